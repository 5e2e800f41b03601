package sinterj.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import sinterj.base.InvalidInput;
import sinterj.base.PassedOn;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.trial.Threads;

class StackSegmentationTest {
    private static final int WIDTH = 211;
    private static final int HEIGHT = 149;
    private static final BoxNetwork NETWORK = new BoxNetwork(5, 5, 4);

    private static Volume noise() {
        List<float[]> planes = IntStream.range(0, 3).mapToObj(z -> plane(z)).toList();
        return new Volume(Planes.ofFloats(planes, WIDTH, HEIGHT), VoxelSize.pixels());
    }

    private static float[] plane(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] plane = new float[WIDTH * HEIGHT];
        for (int i = 0; i < plane.length; i++) plane[i] = (float) (20 * random.nextDouble() - 10);
        return plane;
    }

    private static StackSegmentation segmentation(Network network) {
        return new StackSegmentation(
                network,
                new int[] {0, 1},
                1,
                Normalisation.Rule.NONE,
                StackSegmentation.Flips.NONE,
                network.halo(),
                true,
                true);
    }

    /** Has no memory for arrays of more pixels than this. */
    private static Network shortOfMemory(int most, Supplier<? extends Throwable> says) {
        return new Network() {
            @Override
            public int inputs() {
                return NETWORK.inputs();
            }

            @Override
            public int classes() {
                return NETWORK.classes();
            }

            @Override
            public int multiple() {
                return NETWORK.multiple();
            }

            @Override
            public int halo() {
                return NETWORK.halo();
            }

            @Override
            public float[] probabilities(float[] slices, int width, int height) {
                if (width * height <= most) return NETWORK.probabilities(slices, width, height);
                Throwable thrown = says.get();
                if (thrown instanceof Error e) throw e;
                throw (RuntimeException) thrown;
            }

            @Override
            public void close() {}
        };
    }

    /** Keeps what is said for good. */
    private static final class Remarks extends PassedOn {
        private final List<String> said = new ArrayList<>();

        Remarks(int threads) {
            super(new Threads(threads));
        }

        @Override
        public synchronized void remark(String sentence) {
            said.add(sentence);
        }
    }

    /** As the engines said it on a computer whose memory was limited. */
    @TestFactory
    Stream<DynamicTest> partsAreHalvedUntilMemoryIsEnoughAndItIsSaid() {
        Supplier<Throwable> heap = () -> new OutOfMemoryError("Java heap space");
        Supplier<Throwable> onnx = () -> new InvalidInput(
                "ONNX Runtime failed: Error code - ORT_FAIL - message: Non-zero"
                        + " status code returned while running Concat node. Name:'t35' Status Message: bfc_arena.cc:359 void*"
                        + " AllocateRawInternal(size_t, bool) Failed to allocate memory for requested buffer of size 1073741824.");
        Supplier<Throwable> torch = () -> new IllegalStateException("[enforce fail at alloc_cpu.cpp:119] err == 0."
                + " DefaultCPUAllocator: can't allocate memory: you tried to allocate 67108864 bytes. Error code 12");
        Supplier<Throwable> within =
                () -> new InvalidInput("ONNX Runtime failed.", new IllegalStateException("std::bad_alloc"));
        return Stream.of(heap, onnx, torch, within)
                .flatMap(says -> Stream.of(1, 3)
                        .map(threads -> DynamicTest.dynamicTest(
                                threads + " threads, " + says.get(), () -> halved(says, threads))));
    }

    private static void halved(Supplier<Throwable> says, int threads) {
        StackSegmentation.Result whole = segmentation(NETWORK).run(noise(), Progress.SILENT);
        Remarks remarks = new Remarks(threads);
        // Enough for parts of 64 x 32 with 8 pixels around them, not for 128 x 64.
        StackSegmentation.Result parts = segmentation(shortOfMemory(6000, says)).run(noise(), remarks);
        for (int z = 0; z < 3; z++) {
            assertArrayEquals(whole.labels().plane(z), parts.labels().plane(z));
            assertArrayEquals(whole.uncertainty().plane(z), parts.uncertainty().plane(z), 1e-4f);
            assertArrayEquals(
                    whole.probabilities().get(1).plane(z),
                    parts.probabilities().get(1).plane(z),
                    1);
        }
        assertEquals(1024, whole.core());
        assertEquals(64, parts.core());
        String last = remarks.said.get(remarks.said.size() - 1);
        assertTrue(last.contains("64 x 32 pixels") && last.contains("slice 1"), last);
        assertEquals(threads == 1 ? 4 : 5, remarks.said.size(), remarks.said.toString());
    }

    @Test
    void whereEvenTheSmallestPartIsTooMuchASentenceSaysWhatToDo() {
        Network none = shortOfMemory(0, () -> new OutOfMemoryError("Java heap space"));
        String message = assertThrows(
                        InvalidInput.class, () -> segmentation(none).run(noise(), Progress.SILENT))
                .getMessage();
        assertTrue(message.contains("64 x 32") && message.contains("crop") && message.endsWith("."), message);
    }

    @Test
    void whatIsNoWantOfMemoryIsThrownAsItIs() {
        InvalidInput wrong = new InvalidInput("ONNX Runtime failed: the model wants 3 slices.");
        Remarks remarks = new Remarks(1);
        StackSegmentation refusing = segmentation(shortOfMemory(0, () -> wrong));
        assertSame(wrong, assertThrows(InvalidInput.class, () -> refusing.run(noise(), remarks)));
        assertEquals(List.of(), remarks.said);
    }
}
