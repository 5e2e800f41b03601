package sinterj.ij;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sinterj.base.Progress;
import sinterj.command.DenoiseTiltSeries;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.TiltSeries;
import sinterj.image.Volume;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Runner;
import sinterj.tomo.InSituSample;

/** A preview shows what the run will make of the plane, neighbours and all. */
class PreviewTest {
    private static final int SIDE = 48;
    private static final InSituSample SAMPLE = new InSituSample(SIDE, 3, 1);

    /** Every other tilt of the sample, in an order that is not that of the angles. */
    private static Frames series() {
        List<Volume> volumes = new ArrayList<>();
        double[] angles = new double[20];
        for (int t = 0; t < 3; t++) {
            TiltSeries all = SAMPLE.projections(t, Progress.SILENT);
            List<float[]> planes = new ArrayList<>();
            for (int k = 0; k < 20; k++) {
                int tilt = 2 * (k * 7 % 20);
                planes.add(all.projection(tilt).clone());
                angles[k] = all.anglesDeg()[tilt];
            }
            volumes.add(new Volume(Planes.ofFloats(planes, SIDE, SIDE), all.pixel()));
        }
        return Frames.of("series", volumes).withAngles(angles);
    }

    private static Call<DenoiseTiltSeries.Settings> call(String method) {
        // What is given need not be found from fewer images.
        Map<String, Object> settings = new HashMap<>(Map.of("method", method, "noise", "poisson_gaussian"));
        settings.putAll(Map.of("gain", 205, "offset", 950, "sigma", 102.5));
        return Call.of(new DenoiseTiltSeries(), settings);
    }

    private static float[] preview(String method, int slice, int frame) {
        Frames made = Preview.plane(call(method), Inputs.of(series()), slice, frame, Progress.SILENT);
        assertEquals(1, made.count());
        assertEquals(1, made.first().depth());
        return made.first().plane(0);
    }

    private static float[] run(String method, int slice, int frame) {
        DenoiseTiltSeries operation = new DenoiseTiltSeries();
        return Runner.run(operation, Inputs.of(series()), call(method).settings(), Progress.SILENT)
                .image("denoised")
                .volumes()
                .get(frame)
                .plane(slice);
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.sqrt(sum);
    }

    @Test
    void aPlaneAloneIsPreviewedAsItWillBe() {
        assertTrue(distance(run("bm3d", 5, 1), preview("bm3d", 5, 1))
                < 1e-2 * distance(run("bm3d", 5, 1), preview("bm3d", 6, 1)));
    }

    @Test
    void anglesThatWereTypedAreThoseOfTheWholeSeries() {
        Frames bare = new Frames("bare", series().volumes(), series().times(), Map.of());
        Call<DenoiseTiltSeries.Settings> typed = Call.of(
                new DenoiseTiltSeries(),
                Map.of("method", "bm3d_tilt", "angles", "-40:4", "noise", "gaussian", "sigma", 300));
        Frames made = Preview.plane(typed, Inputs.of(bare), 5, 1, Progress.SILENT);
        assertEquals(SIDE * SIDE, made.first().plane(0).length);
    }

    /** Its neighbours' own neighbours are not taken along, so it is not the run to the bit. */
    @Test
    void neighboursInTiltAndTimeHaveTheirSayInThePreview() {
        for (int[] place : new int[][] {{5, 1}, {0, 0}, {17, 2}}) {
            float[] real = run("bm3d_tilt", place[0], place[1]);
            double near = distance(real, preview("bm3d_tilt", place[0], place[1]));
            double alone = distance(real, preview("bm3d", place[0], place[1]));
            assertTrue(near < 0.35 * alone, place[0] + " at " + place[1] + ": " + near + " of " + alone);
        }
    }
}
