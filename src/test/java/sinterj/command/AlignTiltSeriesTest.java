package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Affine;
import sinterj.image.FrameTimes;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.io.XfFile;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.Runner;
import sinterj.tomo.AlignedSeries;

class AlignTiltSeriesTest {
    @TempDir
    private Path folder;

    private static Outputs run(Frames image, Map<String, String> settings) {
        Call<AlignTiltSeries.Settings> call = Call.of(new AlignTiltSeries(), settings);
        return Runner.run(new AlignTiltSeries(), Inputs.of(image), call.settings(), Progress.SILENT);
    }

    /** Two time points of the sample, each shifted by known whole pixels. */
    private static Frames drifting() {
        SampleData.Settings small = new SampleData.Settings(SampleData.Sample.IN_SITU_TILT_SERIES, 48, 2, 4);
        Frames sample =
                new SampleData().run(Inputs.none(), small, Progress.SILENT).image("tilt_series");
        List<Volume> shifted = new ArrayList<>();
        for (Volume volume : sample.volumes()) {
            List<Affine> moves = new ArrayList<>();
            for (int k = 0; k < volume.depth(); k++) moves.add(Affine.shift(drift(k, 2), drift(k, 3)));
            Frames one = new Frames("x", List.of(volume), FrameTimes.unknown(), sample.notes());
            shifted.add(new Volume(
                    AlignedSeries.of(TiltInput.series(one, 0, ""), moves, Progress.SILENT)
                            .projections(),
                    volume.size()));
        }
        return new Frames("drifting", shifted, sample.times(), sample.notes());
    }

    private static int drift(int k, int factor) {
        return k == 20 ? 0 : k * factor % 5 - 2;
    }

    @Test
    void everyProjectionOfEveryFrameHasARowAndTheSeriesKeepsWhatIsKnownOfIt() {
        Frames image = drifting();
        Outputs made = run(image, Map.of("method", "common_line", "find_axis", "false"));
        Frames aligned = made.image("aligned");
        assertEquals(image.times(), aligned.times());
        assertArrayEquals(image.anglesDeg(), aligned.anglesDeg());
        assertEquals(image.first().size(), aligned.first().size());
        assertEquals("drifting-aligned", aligned.title());
        Table shifts = made.table("shifts");
        assertEquals(
                List.of("frame", "projection", "angle_deg", "shift_x_px", "shift_y_px", "axis_deg", "residual (px)"),
                shifts.heads());
        assertEquals(82, shifts.size());
        for (int row = 0; row < 82; row++) {
            int k = row % 41;
            assertEquals(-drift(k, 3), shifts.number(row, "shift_y_px"), 0.5, "along, row " + row);
            assertEquals(2 * k - 40, shifts.number(row, "angle_deg"));
        }
        assertEquals(2, made.table("axis").size());
    }

    @Test
    void savedTransformsAppliedGiveTheSameSeries() throws IOException {
        Frames image = drifting();
        Path xf = folder.resolve("a.xf");
        Outputs found = run(image, Map.of("save_transforms", xf.toString()));
        assertEquals(82, XfFile.read(xf).size());
        List<String> angles = Files.readAllLines(folder.resolve("a.tlt"));
        assertEquals(82, angles.size());
        assertEquals(-40, Double.parseDouble(angles.get(41)));
        Outputs applied = run(image, Map.of("transforms", xf.toString()));
        for (int t = 0; t < 2; t++) {
            for (int k = 0; k < 41; k++) {
                float[] a = found.image("aligned").volumes().get(t).plane(k);
                float[] b = applied.image("aligned").volumes().get(t).plane(k);
                // The file holds shifts to 0.0005 pixel; neighbouring pixels differ by some hundred counts. A pixel on
                // the border may fall to the other side of it.
                int off = 0;
                for (int i = 0; i < a.length; i++) if (Math.abs(a[i] - b[i]) > 3) off++;
                assertTrue(off <= 5, off + " pixels differ");
            }
        }
        assertEquals(
                found.table("shifts").number(50, "axis_deg"),
                applied.table("shifts").number(50, "axis_deg"),
                1e-4);
        assertTrue(Double.isNaN(applied.table("shifts").number(0, "residual")));
    }

    @Test
    void oneTransformPerProjectionServesEveryFrame() {
        Path xf = folder.resolve("b.xf");
        XfFile.write(xf, java.util.Collections.nCopies(41, Affine.shift(1, 0)));
        Frames image = drifting();
        Frames moved = run(image, Map.of("transforms", xf.toString())).image("aligned");
        for (int t = 0; t < 2; t++) {
            assertEquals(
                    image.volumes().get(t).plane(3)[5], moved.volumes().get(t).plane(3)[6]);
        }
    }

    @Test
    void aWrongNumberOfTransformsIsRefusedWithBothNumbers() {
        Path xf = folder.resolve("c.xf");
        XfFile.write(xf, List.of(Affine.IDENTITY, Affine.IDENTITY));
        InvalidInput e = assertThrows(InvalidInput.class, () -> run(drifting(), Map.of("transforms", xf.toString())));
        assertTrue(e.getMessage().contains("41 projections") && e.getMessage().contains("2 lines"), e.getMessage());
    }

    @Test
    void aReferenceBeyondTheStackAndAFolderThatIsMissingAreRefusedBeforeAnyWork() {
        InvalidInput e = assertThrows(InvalidInput.class, () -> run(drifting(), Map.of("reference", "42")));
        assertTrue(e.getMessage().contains("42") && e.getMessage().contains("41"), e.getMessage());
        assertThrows(InvalidInput.class, () -> run(drifting(), Map.of("reference", "1.5")));
        String nowhere = folder.resolve("missing").resolve("a.xf").toString();
        e = assertThrows(InvalidInput.class, () -> run(drifting(), Map.of("save_transforms", nowhere)));
        assertTrue(e.getMessage().contains("save_transforms"), e.getMessage());
        assertFalse(Files.exists(Path.of(nowhere)));
    }

    @Test
    void aStackWithoutAnglesIsRefusedWithWhatToDo() {
        Frames bare = Frames.of("bare", new Volume(Planes.floats(7, 11, 5), new VoxelSize(1, 1, 3, "nm")));
        InvalidInput e = assertThrows(InvalidInput.class, () -> run(bare, Map.of()));
        assertTrue(e.getMessage().contains("angles="), e.getMessage());
        Frames aligned = run(bare, Map.of("angles", "-20:10")).image("aligned");
        assertEquals(new VoxelSize(1, 1, 3, "nm"), aligned.first().size());
    }
}
