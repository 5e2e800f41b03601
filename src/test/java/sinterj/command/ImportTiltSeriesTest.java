package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.io.MrcMode;
import sinterj.io.MrcWriter;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.Runner;

class ImportTiltSeriesTest {
    private static final int WIDTH = 4;
    private static final int HEIGHT = 3;

    @TempDir
    private Path folder;

    /** Section s holds 100 s + 10 y + x. */
    private Path series(String name, int sections, MrcMode mode) {
        var img = Planes.floats(WIDTH, HEIGHT, sections);
        for (int s = 0; s < sections; s++) {
            for (int i = 0; i < WIDTH * HEIGHT; i++) {
                Planes.sharedPlane(img, s)[i] = 100 * s + 10 * (i / WIDTH) + i % WIDTH;
            }
        }
        Path path = folder.resolve(name);
        MrcWriter.writeStack(new Volume(img, new VoxelSize(2, 3, 2, "nm")), path, mode, Progress.SILENT);
        return path;
    }

    private static Outputs run(Path path, Object... settings) {
        Map<String, Object> given = new HashMap<>(Map.of("path", path));
        for (int i = 0; i < settings.length; i += 2) given.put((String) settings[i], settings[i + 1]);
        ImportTiltSeries operation = new ImportTiltSeries();
        return Runner.run(operation, Inputs.none(), Call.of(operation, given).settings(), Progress.SILENT);
    }

    private static Frames image(Path path, Object... settings) {
        return run(path, settings).image("tilt_series");
    }

    @Test
    void aFileBecomesAStackWithAnglesAndPixelSize() {
        Frames image = image(series("a.mrc", 2, MrcMode.FLOATS), "angles", "-10:20");
        assertEquals("a.mrc", image.title());
        assertArrayEquals(new double[] {-10, 10}, image.anglesDeg());
        assertEquals(2, image.first().size().x(), 1e-6);
        assertEquals(3, image.first().size().y(), 1e-6);
        assertEquals("nm", image.first().size().unit());
        assertEquals(123, image.first().plane(1)[2 * WIDTH + 3]);
    }

    @Test
    void aHorizontalAxisIsTurnedCounterClockwise() {
        for (MrcMode mode : new MrcMode[] {MrcMode.FLOATS, MrcMode.UNSIGNED_SHORTS}) {
            Frames image = image(series("a.mrc", 2, mode), "angles", "0:1", "axis", "x");
            assertEquals(HEIGHT, image.first().width());
            assertEquals(WIDTH, image.first().height());
            assertEquals(3, image.first().size().x(), 1e-6);
            // The top right corner comes to the top left, the top left to the bottom left.
            assertEquals(3, image.first().plane(0)[0]);
            assertEquals(0, image.first().plane(0)[(WIDTH - 1) * HEIGHT]);
            assertEquals(20, image.first().plane(0)[(WIDTH - 1) * HEIGHT + 2]);
        }
    }

    @Test
    void theAxisIsTakenFromTheMdocAndSaid() throws IOException {
        Path path = series("a.st", 2, MrcMode.FLOATS);
        Files.writeString(
                folder.resolve("a.st.mdoc"),
                "[T = Tilt axis angle = 88.2, binning = 1]\n[ZValue = 0]\nTiltAngle = 1\n[ZValue = 1]\nTiltAngle = 2\n");
        Outputs made = run(path);
        assertEquals(HEIGHT, made.image("tilt_series").first().width());
        assertArrayEquals(new double[] {1, 2}, made.image("tilt_series").anglesDeg());
        assertTrue(made.table("projections").cell(0, 6).toString().contains("88.2"));
        assertTrue(run(series("b.st", 2, MrcMode.FLOATS), "angles", "0:1")
                .table("projections")
                .cell(0, 6)
                .toString()
                .contains("does not say"));
    }

    @Test
    void aLeaningAxisIsSetUpright() {
        int n = 21;
        var img = Planes.floats(n, n, 1);
        double lean = Math.toRadians(20);
        // A bar along an axis that leans counter-clockwise: from the centre up and to the left.
        for (int i = 0; i < n * n; i++) {
            double x = i % n - 10;
            double y = i / n - 10;
            double across = x * Math.cos(lean) - y * Math.sin(lean);
            Planes.sharedPlane(img, 0)[i] = (float) Math.exp(-across * across / 4);
        }
        Path path = folder.resolve("bar.mrc");
        MrcWriter.writeStack(new Volume(img, VoxelSize.cube(1, "nm")), path, MrcMode.FLOATS, Progress.SILENT);
        float[] plane =
                image(path, "angles", "0:1", "axis_angle_deg", 20).first().plane(0);
        for (int y = 5; y <= 15; y++) assertEquals(1, plane[10 + n * y], 0.02, "row " + y);
    }

    @Test
    void sectionsAreSortedIntoTimePoints() {
        Path path = series("a.mrc", 6, MrcMode.FLOATS);
        Frames tilts = image(path, "angles", "0:1", "frames", 2);
        assertEquals(300, tilts.volumes().get(1).plane(0)[0]);
        assertEquals(500, tilts.volumes().get(1).plane(2)[0]);
        Frames times = image(path, "angles", "0:1", "frames", 2, "order", "time_fastest");
        assertEquals(100, times.volumes().get(1).plane(0)[0]);
        assertEquals(500, times.volumes().get(1).plane(2)[0]);
        InvalidInput e = assertThrows(InvalidInput.class, () -> image(path, "angles", "0:1", "frames", 4));
        assertTrue(e.getMessage().contains("6 sections"), e.getMessage());
    }

    @Test
    void aFolderAndAListHoldOneFilePerTimePoint() throws IOException {
        Files.writeString(folder.resolve("t2.tlt"), "1\n2\n");
        Files.writeString(folder.resolve("notes.txt"), "not a series");
        series("t10.mrc", 2, MrcMode.FLOATS);
        Path two = series("t2.mrc", 2, MrcMode.FLOATS);
        Files.writeString(folder.resolve("times.csv"), "0\n7.5\n");
        Frames image = image(folder, "times", folder.resolve("times.csv"));
        assertEquals(2, image.count());
        assertArrayEquals(new double[] {1, 2}, image.anglesDeg());
        assertArrayEquals(new double[] {0, 7.5}, image.times().seconds());

        Files.writeString(folder.resolve("list.txt"), "# series\nt10.mrc\n\n" + two + "\n");
        assertEquals(2, image(folder.resolve("list.txt"), "angles", "0:1").count());

        Files.writeString(folder.resolve("t10.tlt"), "1\n3\n");
        InvalidInput e = assertThrows(InvalidInput.class, () -> image(folder));
        assertTrue(e.getMessage().contains("frame 2"), e.getMessage());
    }

    @Test
    void filesOfDifferentSizeAndMissingOnesAreSentences() {
        series("t1.mrc", 2, MrcMode.FLOATS);
        series("t2.mrc", 3, MrcMode.FLOATS);
        InvalidInput sizes = assertThrows(InvalidInput.class, () -> image(folder, "angles", "0:1"));
        assertTrue(sizes.getMessage().contains("4 x 3 x 3"), sizes.getMessage());
        assertThrows(InvalidInput.class, () -> image(folder.resolve("no.mrc")));
        InvalidInput tiff = assertThrows(InvalidInput.class, () -> image(Files.createFile(folder.resolve("a.tif"))));
        assertTrue(tiff.getMessage().contains("Open it in ImageJ"), tiff.getMessage());
    }

    @Test
    void aGivenPixelSizeWins() {
        Frames image = image(series("a.mrc", 2, MrcMode.FLOATS), "angles", "0:1", "pixel_nm", 0.5);
        assertEquals(VoxelSize.cube(0.5, "nm"), image.first().size());
    }

    @Test
    void thePixelSizeOfTheMdocStandsInForAMissingOne() throws IOException {
        Path path = folder.resolve("a.mrc");
        Volume plain = new Volume(Planes.floats(WIDTH, HEIGHT, 2), VoxelSize.pixels());
        MrcWriter.writeStack(plain, path, MrcMode.FLOATS, Progress.SILENT);
        assertEquals("pixel", image(path, "angles", "0:1").first().size().unit());
        Files.writeString(folder.resolve("a.mdoc"), "PixelSpacing = 7.88\n[ZValue = 0]\nTiltAngle = 1\n");
        assertEquals(
                VoxelSize.cube(0.788, "nm"),
                image(path, "angles", "0:1").first().size());
        assertEquals(
                3,
                image(series("b.mrc", 2, MrcMode.FLOATS), "angles", "0:1")
                        .first()
                        .size()
                        .y(),
                1e-6);
    }

    @Test
    void brokenAnglesOfALaterFileAreNotPassedOver() throws IOException {
        series("t1.mrc", 2, MrcMode.FLOATS);
        series("t2.mrc", 2, MrcMode.FLOATS);
        Files.writeString(folder.resolve("t1.tlt"), "1\n2\n");
        assertEquals(2, image(folder).count());
        Files.writeString(folder.resolve("t2.tlt"), "1\n2,5\n");
        InvalidInput e = assertThrows(InvalidInput.class, () -> image(folder));
        assertTrue(e.getMessage().contains("t2.tlt', line 2"), e.getMessage());
    }

    @Test
    void filesOfDifferentPixelTypesAreAllReadAsFloats() {
        series("t1.mrc", 2, MrcMode.UNSIGNED_SHORTS);
        series("t2.mrc", 2, MrcMode.FLOATS);
        for (String axis : new String[] {"x", "y"}) {
            Frames image = image(folder, "angles", "0:1", "axis", axis);
            for (Volume volume : image.volumes()) {
                assertTrue(Planes.sharedPlane(volume.voxels(), 1) != null, "floats");
            }
            assertArrayEquals(
                    image.volumes().get(0).plane(1), image.volumes().get(1).plane(1));
        }
    }

    @Test
    void filesOfDifferentPixelSizeNeedOneGiven() {
        series("t1.mrc", 2, MrcMode.FLOATS);
        Volume other = new Volume(Planes.floats(WIDTH, HEIGHT, 2), VoxelSize.cube(2.1, "nm"));
        MrcWriter.writeStack(other, folder.resolve("t2.mrc"), MrcMode.FLOATS, Progress.SILENT);
        InvalidInput e = assertThrows(InvalidInput.class, () -> image(folder, "angles", "0:1"));
        assertTrue(e.getMessage().contains("2.1 x 2.1 nm") && e.getMessage().contains("pixel_nm"), e.getMessage());
        assertEquals(2, image(folder, "angles", "0:1", "pixel_nm", 2).count());
    }

    @Test
    void hiddenCompanionsOfFilesAreNoTimePoints() throws IOException {
        series("t1.mrc", 2, MrcMode.FLOATS);
        Files.write(folder.resolve("._t1.mrc"), new byte[4096]);
        assertEquals(1, image(folder, "angles", "0:1").count());
    }

    @Test
    void filesOfOtherProgramsAndWrongPathsAreSentences() throws IOException {
        for (String name : new String[] {"a.ser", "a.emd", "a.dm4", "a"}) {
            Path file = Files.write(folder.resolve(name), new byte[3000]);
            InvalidInput e = assertThrows(InvalidInput.class, () -> image(file, "angles", "0:1"));
            assertTrue(
                    e.getMessage().contains("Open it in ImageJ")
                            && e.getMessage().contains("angles="),
                    name);
        }
        ImportTiltSeries operation = new ImportTiltSeries();
        InvalidInput path = assertThrows(
                InvalidInput.class,
                () -> Runner.run(
                        operation,
                        Inputs.none(),
                        Call.of(operation, Map.of("path", "a\0b")).settings(),
                        Progress.SILENT));
        assertTrue(path.getMessage().contains("no path"), path.getMessage());
    }

    @Test
    void memoryIsThatOfTheProjections() {
        series("t1.mrc", 5, MrcMode.UNSIGNED_SHORTS);
        long pixels = WIDTH * HEIGHT * 5L;
        assertEquals(2 * pixels + 500, memory(0));
        assertEquals(4 * pixels + 500 + 2 * pixels + 500, memory(3));
        series("t2.mrc", 5, MrcMode.FLOATS);
        assertEquals(2 * (4 * pixels + 500), memory(0));
    }

    private long memory(double lean) {
        ImportTiltSeries operation = new ImportTiltSeries();
        Map<String, Object> given = Map.of("path", folder, "axis_angle_deg", lean);
        return operation.memory(Inputs.none(), Call.of(operation, given).settings());
    }

    @Test
    void aLongTableCanBeStopped() {
        Path path = series("a.mrc", 50, MrcMode.FLOATS);
        Progress stop = new Progress() {
            private boolean read;

            @Override
            public void report(double fraction, String what) {
                read |= what.equals("Read");
            }

            @Override
            public void check() {
                if (read) throw new CancellationException();
            }
        };
        ImportTiltSeries operation = new ImportTiltSeries();
        ImportTiltSeries.Settings settings =
                Call.of(operation, Map.of("path", path, "angles", "0:1")).settings();
        assertThrows(CancellationException.class, () -> operation.run(Inputs.none(), settings, stop));
    }

    @Test
    void realSeriesAreReadWithTheAnglesBesideThem() {
        String data = System.getProperty("sinterj.data", "");
        assumeTrue(!data.isEmpty(), "skipped: importing real series, for want of -Dsinterj.data=folder");
        Path real = Path.of(data, "tomography", "real");
        Frames needle = image(real.resolve("etspy_haadf_pm40_41x64x64.mrc"), "axis", "x");
        assertEquals(41, needle.anglesDeg().length);
        assertEquals(-40, needle.anglesDeg()[0]);
        assertEquals(VoxelSize.cube(18, "nm"), needle.first().size());
        assertEquals(16, image(real.resolve("ncem_idp_haadf_16x256x256.mrc")).anglesDeg().length);
        Frames overTime =
                image(Path.of(data, "tomography", "cu24_4d_64_noisy_x50.mrc"), "angles", "-40:2:40", "frames", 18);
        assertEquals(18, overTime.count());
    }
}
