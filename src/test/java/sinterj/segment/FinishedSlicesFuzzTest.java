package sinterj.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.trial.Nonsense;

/** Whatever stands in the file of slices that are done, the segmentation goes on after as many as the stack has at most. */
@Tag(Nonsense.TAG)
class FinishedSlicesFuzzTest {
    private static final Path FOLDER = Path.of("target", "fuzz-slices").toAbsolutePath();
    private static final Path FILE = FOLDER.resolve("x.part");
    private static final int PIXELS = 12;
    private static final Volume STACK = new Volume(
            Planes.ofFloats(List.of(new float[PIXELS], new float[PIXELS], new float[PIXELS]), 4, 3),
            VoxelSize.pixels());
    private static final byte[] GOOD = good();

    private static FinishedSlices open() {
        return FinishedSlices.open(FOLDER, "x.part", "these settings", STACK, 1, true, Progress.SILENT);
    }

    private static byte[] good() {
        try (FinishedSlices slices = open()) {
            for (int z = 0; z < 2; z++) {
                slices.add(new FinishedSlices.Slice(new byte[PIXELS], List.of(new byte[PIXELS]), new float[PIXELS]));
            }
            return Files.readAllBytes(FILE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void goesOn(byte[] bytes) throws IOException {
        Files.write(FILE, bytes);
        try (FinishedSlices slices = open()) {
            assertTrue(slices.count() <= STACK.depth(), slices.count() + " slices");
            for (int z = 0; z < slices.count(); z++) {
                assertEquals(PIXELS, slices.read(z).uncertainty().length);
            }
            for (int z = slices.count(); z < STACK.depth(); z++) {
                slices.add(new FinishedSlices.Slice(new byte[PIXELS], List.of(new byte[PIXELS]), new float[PIXELS]));
            }
            assertEquals(STACK.depth(), slices.count());
        }
    }

    @Property
    void aByteChangedCutOrWithMoreBehindIt(
            @ForAll @IntRange(max = 300) int where, @ForAll byte value, @ForAll @IntRange(max = 600) int length)
            throws IOException {
        byte[] damaged = Nonsense.damaged(GOOD, where, value, length);
        goesOn(length > GOOD.length ? Arrays.copyOf(damaged, length) : damaged);
    }

    @Property
    void anyBytes(@ForAll byte[] bytes) throws IOException {
        goesOn(bytes);
    }
}
