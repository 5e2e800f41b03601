package sinterj.phasefield;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import sinterj.base.Progress;
import sinterj.image.LabelVolume;

/** The public twin: a simulation made by another program, whose start, end and parameters are known. */
class TwinTest {
    @Test
    void fromTheSpheresTheEndOfTheTwinIsFound() {
        SinterState start = StartFromSpheres.of(TwinData.GRID, TwinData.spheres(), Progress.SILENT);
        List<Frame> frames = Sintering.run(start, Material.copper(), TestStates.times(50, 12), Progress.SILENT);
        assertEquals(1, TwinData.agreement(frames.get(0).labels(), TwinData.labels("labels_t0.tif"), false));
        double agreement = TwinData.agreement(frames.get(11).labels(), TwinData.labels("labels_final_truth.tif"), true);
        assertTrue(agreement >= 0.9995, "agreement " + agreement);
        assertEquals(1, frames.get(11).mass() / frames.get(0).mass(), 1e-8);
    }

    @Test
    void fromTheLabelsMostOfTheEndOfTheTwinIsFound() {
        LabelVolume labels = TwinData.labels("labels_t0.tif");
        SinterState start = StartFromLabels.of(labels, TwinData.GRID, 1e-9, Progress.SILENT);
        List<Frame> frames = Sintering.run(start, Material.copper(), TestStates.times(50, 2), Progress.SILENT);
        assertEquals(1, volume(frames.get(0).labels()) / 20567.0, 1e-3);
        double agreement = TwinData.agreement(frames.get(1).labels(), TwinData.labels("labels_final_truth.tif"), true);
        assertTrue(agreement >= 0.996, "agreement " + agreement);
    }

    private static long volume(float[][] labels) {
        long count = 0;
        for (float[] plane : labels) for (float label : plane) if (label > 0) count++;
        return count;
    }
}
