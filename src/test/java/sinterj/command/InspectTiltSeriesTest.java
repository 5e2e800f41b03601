package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Affine;
import sinterj.image.Frames;
import sinterj.image.PlaneWarp;
import sinterj.image.Planes;
import sinterj.image.Table;
import sinterj.image.TiltSeries;
import sinterj.image.Volume;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.Runner;
import sinterj.tomo.InSituSample;

class InspectTiltSeriesTest {
    private static final InSituSample SAMPLE = new InSituSample(48, 1, 3);

    private static List<float[]> planes() {
        TiltSeries series = SAMPLE.projections(0, Progress.SILENT);
        List<float[]> planes = new ArrayList<>();
        for (int k = 0; k < series.count(); k++) planes.add(series.projection(k).clone());
        return planes;
    }

    private static Frames image(List<float[]> planes) {
        TiltSeries series = SAMPLE.projections(0, Progress.SILENT);
        return Frames.of("series", series.withProjections(Planes.ofFloats(planes, 48, 48)));
    }

    private static Outputs run(Inputs in, Map<String, ?> settings) {
        InspectTiltSeries operation = new InspectTiltSeries();
        return Runner.run(operation, in, Call.of(operation, settings).settings(), Progress.SILENT);
    }

    private static String state(Table table, int row) {
        return (String) table.cell(row, table.column("state"));
    }

    @Test
    void deadAndSaturatedProjectionsAreNamedAndNoOthers() {
        List<float[]> planes = planes();
        Arrays.fill(planes.get(4), 0);
        Arrays.fill(planes.get(5), 1000);
        planes.get(5)[7] = 1001;
        float most = 65535;
        for (int i = 0; i < 100; i++) planes.get(20)[i] = most;
        planes.get(9)[3] = -4;
        Table table = run(Inputs.of(image(planes)), Map.of()).table("tilts");
        assertEquals(41, table.size());
        for (int k = 0; k < 41; k++) {
            String expected = k == 4 || k == 5 ? "dead" : k == 20 ? "saturated" : "good";
            assertEquals(expected, state(table, k), "tilt " + (k + 1));
        }
        assertEquals(1.0 / 48 / 48, table.number(9, "negative"), 1e-12);
        assertEquals(-40, table.number(0, "angle_deg"));
    }

    @Test
    void sinogramIsTheRowOfEveryProjection() {
        Volume sinogram = run(Inputs.of(image(planes())), Map.of("row", 17))
                .image("sinogram")
                .first();
        assertEquals(48, sinogram.width());
        assertEquals(41, sinogram.height());
        List<float[]> planes = planes();
        for (int k = 0; k < 41; k++) {
            for (int x = 0; x < 48; x++) assertEquals(planes.get(k)[17 * 48 + x], sinogram.plane(0)[k * 48 + x]);
        }
        assertFalse(run(Inputs.of(image(planes())), Map.of()).has("reprojections"));
    }

    /** The truth, projected again, explains all but the noise; a projection that was moved stands out. */
    @Test
    void aShiftedProjectionIsMeasuredAgainstTheReprojection() {
        List<float[]> planes = planes();
        planes.set(30, new PlaneWarp(planes.get(30), 48, 48).moved(Affine.shift(2, -1), 1000));
        Frames truth = Frames.of("truth", SAMPLE.truth(0, Progress.SILENT));
        Outputs made = run(Inputs.of(image(planes)).with("volume", truth), Map.of());
        Table table = made.table("tilts");
        double others = 0;
        for (int k = 0; k < 41; k++) {
            if (k == 30) continue;
            assertEquals(0, table.number(k, "shift_x_px"), 0.5);
            assertEquals(0, table.number(k, "shift_y_px"), 0.5);
            others = Math.max(others, table.number(k, "misfit"));
        }
        assertEquals(2, table.number(30, "shift_x_px"), 0.5);
        assertEquals(-1, table.number(30, "shift_y_px"), 0.5);
        assertTrue(table.number(30, "misfit") > others);
        // In counts: the level without matter is 1000, and the sum over all pixels is that of the data.
        Volume again = made.image("reprojections").first();
        double difference = 0;
        double sum = 0;
        for (int i = 0; i < 48 * 48; i++) {
            difference += again.plane(20)[i] - planes.get(20)[i];
            sum += planes.get(20)[i] - 1000;
        }
        assertTrue(Math.abs(difference) < 0.1 * sum, difference + " of " + sum);
        assertEquals(41, made.image("reprojections").anglesDeg().length);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThrows(InvalidInput.class, () -> run(Inputs.of(image(planes())), Map.of("row", 48)));
        Frames small = Frames.of(
                "small",
                new Volume(
                        Planes.floats(5, 5, 5),
                        SAMPLE.projections(0, Progress.SILENT).pixel()));
        InvalidInput refused = assertThrows(
                InvalidInput.class, () -> run(Inputs.of(image(planes())).with("volume", small), Map.of()));
        assertTrue(refused.getMessage().contains("48 x 48"), refused.getMessage());
    }
}
