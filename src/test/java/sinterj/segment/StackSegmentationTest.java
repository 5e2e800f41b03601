package sinterj.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
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
        return MadeUpNetwork.like(NETWORK, true, (slices, width, height) -> {
            if (width * height <= most) return NETWORK.probabilities(slices, width, height);
            Throwable thrown = says.get();
            if (thrown instanceof Error e) throw e;
            throw (RuntimeException) thrown;
        });
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

    private static final double[][] KNOWN = {
        {1, 0, 0}, {0, 0, 1}, {1 / 3.0, 1 / 3.0, 1 / 3.0}, {0.5, 0.5, 0}, {0.5, 0.25, 0.25}, {0.9, 0.05, 0.05}
    };

    /** Grey value i stands for the i-th of the known probabilities. */
    private static float[] known(float[] slices, int width, int height) {
        float[] p = new float[3 * slices.length];
        for (int i = 0; i < p.length; i++) {
            p[i] = (float) KNOWN[(int) slices[i % slices.length]][i / slices.length];
        }
        return p;
    }

    @Test
    void uncertaintyIsTheEntropyOverThatOfAllEqual() {
        float[] cases = {0, 1, 2, 3, 4, 5};
        Volume stack = new Volume(Planes.ofFloats(List.of(cases), 6, 1), VoxelSize.pixels());
        StackSegmentation.Result made = new StackSegmentation(
                        new MadeUpNetwork(1, 3, 1, 0, true, StackSegmentationTest::known),
                        new int[] {0, 1, 2},
                        1,
                        Normalisation.Rule.NONE,
                        StackSegmentation.Flips.NONE,
                        0,
                        true,
                        true)
                .run(stack, Progress.SILENT);
        // Of 1/2, 1/2: ln 2 / ln 3. Of 1/2, 1/4, 1/4: 1.5 ln 2 / ln 3. Of 0.9 and twice 0.05 by hand.
        float[] entropy = {0, 0, 1, 0.630930f, 0.946395f, 0.358997f};
        assertArrayEquals(entropy, made.uncertainty().plane(0), 1e-6f);
        assertArrayEquals(
                new float[] {255, 0, 85, 128, 128, 230},
                made.probabilities().get(0).plane(0));
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Slices that are made when they are asked for, of which it is known how often that was and how many still live. */
    @Test
    void ofAStackThatIsReadSliceBySliceOnlyAFewSlicesAreHeld() {
        int side = 256;
        int depth = 130;
        List<WeakReference<float[]>> given = Collections.synchronizedList(new ArrayList<>());
        AtomicIntegerArray asked = new AtomicIntegerArray(depth);
        Volume stack = new Volume(
                Planes.lazyFloats(side, side, depth, z -> {
                    asked.incrementAndGet(z);
                    float[] plane = new float[side * side];
                    plane[z] = 1;
                    given.add(new WeakReference<>(plane));
                    return plane;
                }),
                VoxelSize.pixels());
        long[] used = new long[depth];
        int[] alive = new int[depth];
        AtomicInteger slice = new AtomicInteger();
        Network looks = new MadeUpNetwork(3, 2, 1, 0, true, (slices, width, height) -> {
            int z = slice.getAndIncrement();
            if (z % 10 == 5) {
                used[z] = usedBytes();
                alive[z] = (int) given.stream().filter(r -> r.get() != null).count();
            }
            return new float[2 * width * height];
        });
        new StackSegmentation(
                        looks,
                        new int[] {0, 1},
                        1,
                        Normalisation.Rule.STACK,
                        StackSegmentation.Flips.NONE,
                        0,
                        false,
                        false)
                .run(stack, new Threads(1));
        assertEquals(depth, slice.get());
        // Once for the percentiles, which look at 64 of the slices, and once to be segmented.
        for (int z = 0; z < depth; z++) assertTrue(asked.get(z) >= 1 && asked.get(z) <= 2, z + ": " + asked.get(z));
        for (int held : alive) assertTrue(held <= 3, "slices that live: " + Arrays.toString(alive));
        // The labels of 110 slices take a byte a pixel; one plane of floats more a slice would be five times that.
        long grown = used[125] - used[15];
        assertTrue(grown < 2 * 110 * side * side, "bytes for 110 slices: " + grown);
    }
}
