package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Phantoms;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.Runner;

class MeasureSurfacesAndChordsTest {
    private static Outputs run(Volume volume, Map<String, Object> keys) {
        Call<MeasureSurfacesAndChords.Settings> call = Call.of(new MeasureSurfacesAndChords(), keys);
        return Runner.run(call.operation(), Inputs.of(volume), call.settings(), Progress.SILENT);
    }

    @Test
    void lengthsAndAreasComeInTheUnitOfTheImage() {
        VoxelSize nm = new VoxelSize(10, 10, 10, "nm");
        Volume ball = Phantoms.volume(
                50,
                50,
                50,
                nm,
                (x, y, z) -> (x - 24.3) * (x - 24.3) + (y - 24.6) * (y - 24.6) + (z - 25) * (z - 25) < 400 ? 255 : 0);
        Table table = run(ball, Map.of()).table("summary");
        double area = 4 * Math.PI * 200 * 200;
        assertEquals("area (nm2)", table.heads().get(0));
        assertEquals(area, table.number(0, "area"), 0.02 * area);
        assertEquals(area, table.number(0, "area_smoothed"), 0.02 * area);
        assertEquals(area / Math.pow(500, 3), table.number(0, "area_per_volume"), 0.02 * area / Math.pow(500, 3));
        // Mean chord of a ball: 4 R / 3.
        assertEquals(4 * 200 / 3.0, table.number(0, "mean_chord"), 6);
        assertEquals(4 * 200 / 3.0, table.number(0, "mean_linear_intercept"), 6);
        assertEquals(4 * 200 / 3.0, table.number(0, "mean_chord_y"), 6);
    }

    @Test
    void oneSliceAndTheOtherPhaseWork() {
        Volume slice = Phantoms.volume(30, 20, 1, (x, y, z) -> x > 8 && x < 21 ? 0 : 255);
        Table table = run(slice, Map.of("phase", "0")).table("summary");
        assertEquals(12, table.number(0, "mean_chord_x"));
        assertEquals(0, table.number(0, "area_smoothed"));
    }

    @Test
    void whatIsNotBinaryIsRefused() {
        Volume grey = Phantoms.volume(9, 9, 9, (x, y, z) -> x + 9 * y);
        String sentence =
                assertThrows(InvalidInput.class, () -> run(grey, Map.of())).getMessage();
        assertTrue(sentence.contains("not binary"), sentence);
    }
}
