package sinterj.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

class MrcWriterTest {
    @TempDir
    Path folder;

    /** Values that the mode holds, in a volume with unequal sides and voxels. */
    private static Volume volume(MrcMode mode) {
        Random random = new Random(11);
        List<float[]> planes = new ArrayList<>();
        for (int z = 0; z < 5; z++) {
            float[] plane = new float[7 * 11];
            for (int i = 0; i < plane.length; i++) {
                plane[i] = switch (mode) {
                    case SHORTS -> random.nextInt(65536) - 32768;
                    case UNSIGNED_SHORTS -> random.nextInt(65536);
                    case HALF_FLOATS -> HalfFloat.toFloat((short) random.nextInt(0x7c00));
                    default -> (float) random.nextGaussian();
                };
            }
            planes.add(plane);
        }
        return new Volume(Planes.ofFloats(planes, 7, 11), new VoxelSize(1, 1.5, 3, "nm"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SHORTS", "FLOATS", "UNSIGNED_SHORTS", "HALF_FLOATS"})
    void writtenVolumeIsReadBackEqual(MrcMode mode) {
        Volume volume = volume(mode);
        Path path = folder.resolve("a.mrc");
        MrcWriter.writeVolume(volume, path, mode, Progress.SILENT);
        Volume back = Mrc.volume(path, Progress.SILENT);
        assertEquals(mode, Mrc.header(path).mode());
        assertEquals(volume.size(), back.size());
        for (int z = 0; z < 5; z++) assertArrayEquals(volume.plane(z), back.plane(z));
    }

    @Test
    void headerSaysWhatIsInTheFile() throws IOException {
        Volume v = new Volume(
                Planes.ofFloats(List.of(new float[] {1, 2}, new float[] {3, 6}), 2, 1), VoxelSize.cube(20, "Angstrom"));
        Path path = folder.resolve("a.mrc");
        MrcWriter.writeVolume(v, path, MrcMode.FLOATS, Progress.SILENT);
        ByteBuffer head = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(1024 + 16, head.capacity());
        assertArrayEquals(new int[] {2, 1, 2, 2}, ints(head, 0));
        assertEquals(List.of(40f, 20f, 40f), List.of(head.getFloat(40), head.getFloat(44), head.getFloat(48)));
        assertEquals(List.of(1f, 6f, 3f), List.of(head.getFloat(76), head.getFloat(80), head.getFloat(84)));
        assertEquals(1, head.getInt(88), "a volume");
        assertEquals((float) Math.sqrt(3.5), head.getFloat(216));
        assertEquals(0x4444, head.getShort(212));
        MrcWriter.writeStack(v, path, MrcMode.FLOATS, Progress.SILENT);
        head = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0, head.getInt(88), "a stack");
        assertEquals(VoxelSize.cube(2, "nm"), Mrc.volume(path, Progress.SILENT).size());
    }

    private static int[] ints(ByteBuffer head, int offset) {
        return new int[] {
            head.getInt(offset), head.getInt(offset + 4), head.getInt(offset + 8), head.getInt(offset + 12)
        };
    }

    @Test
    void uncalibratedStaysUncalibrated() {
        Volume v = new Volume(Planes.floats(2, 2, 1), VoxelSize.pixels());
        Path path = folder.resolve("a.mrc");
        MrcWriter.writeVolume(v, path, MrcMode.FLOATS, Progress.SILENT);
        assertFalse(Mrc.volume(path, Progress.SILENT).size().isCalibrated());
    }

    @Test
    void modeIsTheOneThatLosesNothing() {
        assertEquals(MrcMode.FLOATS, MrcWriter.modeFor(volume(MrcMode.FLOATS)));
        Volume bytes = new Volume(Planes.ofBytes(List.of(new byte[] {-1}), 1, 1), VoxelSize.pixels());
        assertEquals(MrcMode.UNSIGNED_SHORTS, MrcWriter.modeFor(bytes));
        Path path = folder.resolve("a.mrc");
        MrcWriter.writeVolume(bytes, path, MrcMode.UNSIGNED_SHORTS, Progress.SILENT);
        assertEquals(255, Mrc.volume(path, Progress.SILENT).plane(0)[0]);
    }

    @Test
    void valueThatTheModeCannotHoldIsRefusedWithItsPlaceAndNothingIsWritten() throws IOException {
        Path path = folder.resolve("a.mrc");
        float[][] bad = {{0.5f}, {40000}, {-1}, {1e5f}, {Float.NaN}};
        MrcMode[] modes = {
            MrcMode.SHORTS, MrcMode.SHORTS, MrcMode.UNSIGNED_SHORTS, MrcMode.HALF_FLOATS, MrcMode.UNSIGNED_SHORTS
        };
        for (int i = 0; i < bad.length; i++) {
            Volume v = new Volume(Planes.ofFloats(List.of(new float[] {0}, bad[i]), 1, 1), VoxelSize.pixels());
            MrcMode mode = modes[i];
            String message = assertThrows(
                            InvalidInput.class, () -> MrcWriter.writeVolume(v, path, mode, Progress.SILENT))
                    .getMessage();
            assertTrue(message.contains("plane 2") && message.contains("" + bad[i][0]), message);
        }
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void cancelledWritingLeavesNothing() throws IOException {
        Progress stop = new Progress() {
            private int planes;

            @Override
            public void report(double fraction, String what) {}

            @Override
            public void check() {
                if (++planes > 2) throw new CancellationException();
            }
        };
        Path path = folder.resolve("a.mrc");
        assertThrows(
                CancellationException.class,
                () -> MrcWriter.writeVolume(volume(MrcMode.FLOATS), path, MrcMode.FLOATS, stop));
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void sameImageGivesTheSameBytes() throws IOException {
        MrcWriter.writeStack(volume(MrcMode.FLOATS), folder.resolve("a"), MrcMode.FLOATS, Progress.SILENT);
        MrcWriter.writeStack(volume(MrcMode.FLOATS), folder.resolve("b"), MrcMode.FLOATS, Progress.SILENT);
        assertEquals(-1, Files.mismatch(folder.resolve("a"), folder.resolve("b")));
    }
}
