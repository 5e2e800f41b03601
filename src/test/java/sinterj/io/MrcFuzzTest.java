package sinterj.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Volume;
import sinterj.trial.Nonsense;
import sinterj.trial.Scratch;

/**
 * Headers that lie. Whatever a file says, it is read or refused in a sentence with its name, and no more is read from
 * it than it holds.
 */
@Tag(Nonsense.TAG)
class MrcFuzzTest {
    private static final Scratch SCRATCH = new Scratch("fuzz.mrc");

    /** Offsets of the fields that decide what is read; others are hit by the random ones. */
    private static final Integer[] FIELDS = {
        0, 4, 8, 12, 28, 32, 36, 40, 64, 68, 72, 76, 80, 92, 104, 108, 128, 152, 156, 208, 212, 220
    };

    record Change(int offset, int value) {}

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<Integer> offsets = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.of(FIELDS)),
                Tuple.of(1, Arbitraries.integers().between(0, 1020)));
        Arbitrary<Integer> values = Arbitraries.oneOf(
                Arbitraries.of(
                        0,
                        1,
                        -1,
                        2,
                        3,
                        4,
                        6,
                        12,
                        16,
                        101,
                        64,
                        255,
                        256,
                        32767,
                        65535,
                        65536,
                        46341,
                        0x7fc00000,
                        0x7f800000,
                        0x01000000,
                        Integer.MAX_VALUE,
                        Integer.MAX_VALUE - 1,
                        Integer.MIN_VALUE,
                        0x44440000,
                        0x11110000),
                Arbitraries.integers().between(-100, 2000),
                Arbitraries.integers());
        return Combinators.combine(offsets, values).as(Change::new).list().ofMaxSize(6);
    }

    @Property(seed = "20240602")
    void noiseIsReadOrRefused(@ForAll("noise") byte[] noise) {
        readOrRefuse(SCRATCH.holding(noise), noise.length);
    }

    @Provide
    Arbitrary<Integer> lengths() {
        return Arbitraries.oneOf(
                Arbitraries.just(Integer.MAX_VALUE), Arbitraries.integers().between(0, 1500));
    }

    @Provide
    Arbitrary<byte[]> noise() {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(1024).ofMaxSize(1300);
    }

    @Property(seed = "20240601", edgeCases = EdgeCasesMode.NONE)
    void damagedHeaderIsReadOrRefused(
            @ForAll("changes") List<Change> changes, @ForAll boolean big, @ForAll("lengths") int length) {
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        MrcFile file = MrcFile.of(order, 6, 5, 4, 6)
                .extended("SERI", 6, 5, 4 * 6, b -> b.putShort((short) -4000))
                .zeros();
        for (Change change : changes) file.head.putInt(change.offset, change.value);
        byte[] bytes = file.bytes();
        byte[] cut = Arrays.copyOf(bytes, Math.min(length, bytes.length));
        boolean read = readOrRefuse(SCRATCH.holding(cut), cut.length);
        // Both must happen, or the property says nothing.
        Statistics.collect(read);
        Statistics.coverage(c -> {
            c.check(true).percentage(share -> share > 5);
            c.check(false).percentage(share -> share > 5);
        });
    }

    private static boolean readOrRefuse(Path path, int length) {
        try {
            MrcHeader header = Mrc.header(path);
            assertTrue(header.dataOffset() + header.bytesPerPlane() * header.sections() <= length);
            Volume volume = Mrc.volume(path, Progress.SILENT);
            for (int z = 0; z < volume.depth(); z++) assertEquals(header.pixelsPerPlane(), volume.plane(z).length);
            return true;
        } catch (InvalidInput e) {
            assertTrue(e.getMessage().contains("fuzz.mrc") && e.getMessage().endsWith("."), e.getMessage());
            assertTrue(e.getMessage().length() < 500, e.getMessage());
            return false;
        }
    }

    @Property(seed = "20240603")
    void everyTruncationOfAWholeFileIsRefused(@ForAll boolean big, @ForAll("cuts") int cut) {
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        byte[] whole = MrcFile.of(order, 6, 5, 4, 6).zeros().bytes();
        Path path = SCRATCH.holding(Arrays.copyOf(whole, whole.length - cut));
        try {
            Mrc.header(path);
        } catch (InvalidInput e) {
            return;
        }
        throw new AssertionError("read with " + cut + " bytes missing");
    }

    @Provide
    Arbitrary<Integer> cuts() {
        return Arbitraries.integers().between(1, 1024 + 240);
    }

    @Property(seed = "20240604")
    void orderIsFoundWhateverTheStampSays(
            @ForAll boolean big, @ForAll byte stamp, @ForAll("sides") int width, @ForAll("sides") int height) {
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        MrcFile file = MrcFile.of(order, width, height, 2, 1);
        file.data(ByteBuffer::array, 4 * width * height);
        file.head.put(212, stamp);
        MrcHeader header = Mrc.header(SCRATCH.holding(file.bytes()));
        assertEquals(List.of(order, width, height), List.of(header.order(), header.width(), header.height()));
    }

    @Provide
    Arbitrary<Integer> sides() {
        return Arbitraries.integers().between(1, 300);
    }
}
