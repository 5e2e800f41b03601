package sinterj.phasefield;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.trial.Nonsense;

/** Whatever a checkpoint holds, the run goes on or a sentence says why not. */
@Tag(Nonsense.TAG)
class CheckpointFuzzTest {
    private static final Grid GRID = Grid.closed(16, 14, 1, 8e-9, 4);
    private static final String OWNER = "this run";
    private static final int FRAMES = 3;
    private static final Checkpoint GOOD = good();
    private static final byte[] BYTES = plain(GOOD);

    private static Checkpoint good() {
        SinterState start = TestStates.spheres(GRID, new double[][] {{7, 7, 0}}, 4);
        List<Frame> frames = new ArrayList<>();
        List<SinterRun.RestartPoint> points = new ArrayList<>();
        new SinterRun(
                        start,
                        Course.constant(Material.copper()),
                        TestStates.times(0.2, FRAMES),
                        Stepping.adaptive(),
                        Progress.SILENT)
                .to(
                        frame -> {
                            frames.add(frame);
                            return frames.size() < 2;
                        },
                        point -> points.add(point.get()));
        return new Checkpoint(OWNER, frames, points.get(points.size() - 1));
    }

    private static byte[] plain(Checkpoint checkpoint) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            checkpoint.writeTo(out);
            return new GZIPInputStream(new ByteArrayInputStream(out.toByteArray())).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Checkpoint read(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Checkpoint.read(new ByteArrayInputStream(packed.toByteArray()), OWNER, GRID, FRAMES);
    }

    private static void goesOnOrIsRefused(byte[] plain) {
        Nonsense.doneOrSentence(
                "checkpoint", () -> assertTrue(read(plain).frames().size() <= FRAMES));
    }

    @Example
    void whatWasWrittenComesBack() {
        Checkpoint read = read(BYTES);
        assertEquals(2, read.frames().size());
        assertArrayEquals(
                GOOD.point().state().density()[0], read.point().state().density()[0]);
        assertArrayEquals(BYTES, plain(read));
    }

    @Property
    void aByteChangedOrTheEndCut(
            @ForAll @IntRange(max = 400) int where, @ForAll byte value, @ForAll @IntRange(max = 20_000) int length) {
        byte[] bytes = Arrays.copyOf(BYTES, Math.min(BYTES.length, length));
        if (where < bytes.length) bytes[where] = value;
        goesOnOrIsRefused(bytes);
    }

    @Property
    void fourBytesThatClaimMuch(@ForAll @IntRange(max = 12_000) int where) {
        byte[] bytes = BYTES.clone();
        for (int i = where; i < Math.min(bytes.length, where + 4); i++) bytes[i] = (byte) (i == where ? 0x7f : 0xff);
        goesOnOrIsRefused(bytes);
    }

    @Property
    void anyBytes(@ForAll byte[] bytes) {
        assertThrows(InvalidInput.class, () -> Checkpoint.read(new ByteArrayInputStream(bytes), OWNER, GRID, FRAMES));
    }

    @Example
    void anotherGridIsRefusedBeforeItsMemoryIsAskedFor() throws IOException {
        Grid huge = Grid.closed(46_000, 46_000, 4000, 8e-9, 4);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GOOD.writeTo(out);
        byte[] packed = out.toByteArray();
        assertThrows(InvalidInput.class, () -> Checkpoint.read(new ByteArrayInputStream(packed), OWNER, huge, FRAMES));
    }
}
