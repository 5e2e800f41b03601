package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.Runner;

class FitSurfaceEnergyTest {
    private static Outputs run(Inputs in) {
        FitSurfaceEnergy command = new FitSurfaceEnergy();
        return Runner.run(command, in, Call.of(command, Map.of()).settings(), Progress.SILENT);
    }

    @Test
    void tableThreeOfTheReviewGivesItsNumbers() {
        Outputs made = run(Inputs.none());
        Table fit = made.table("fit");
        assertEquals(0.90476, fit.number(0, "k0"), 5e-6);
        assertEquals(0.35776, fit.number(0, "k1"), 5e-6);
        assertEquals(0.40424, fit.number(0, "k2"), 5e-6);
        assertEquals(0.04000, fit.number(0, "k3"), 5e-6);
        assertEquals(0, fit.number(0, "rms_residual"), 1e-12);
        assertEquals(0.547, fit.number(0, "min"), 1e-3);
        assertEquals(68.5, fit.number(0, "missing_from"), 0.1);
        assertEquals(90, fit.number(0, "missing_to"), 0.1);
    }

    @Test
    void anIsotropicCrystalIsABall() {
        Table data = new Table("h", "k", "l", "energy (J/m2)");
        int[][] planes = {{0, 0, 1}, {1, 0, 0}, {1, 1, 0}, {0, 1, 1}, {0, 1, 3}};
        for (int[] p : planes) data.add(p[0], p[1], p[2], 1.5);
        Outputs made = run(Inputs.none().with("data", data));
        assertEquals(1.5, made.table("fit").number(0, "k0"), 1e-9);
        assertEquals(1, made.table("fit").number(0, "convex"));
        Volume shape = made.image("wulff_shape").first();
        double volume = 0;
        for (int z = 0; z < shape.depth(); z++) for (float v : shape.plane(z)) volume += v;
        assertEquals(4.0 / 3 * Math.PI * 32 * 32 * 32, volume, 0.03 * volume);
    }

    @Test
    void theShapeOfALayeredCrystalIsFlat() {
        Volume shape = run(Inputs.none()).image("wulff_shape").first();
        int along = 0;
        int across = 0;
        for (int i = 0; i < 65; i++) {
            if (shape.plane(i)[32 + 65 * 32] > 0) along++;
            if (shape.plane(32)[i + 65 * 32] > 0) across++;
        }
        assertTrue(along < 0.6 * across, along + " by " + across);
    }

    @Test
    void tooFewSurfacesAreRefused() {
        Table data = new Table("h", "k", "l", "energy")
                .add(0, 0, 1, 1.0)
                .add(1, 0, 0, 1.2)
                .add(2, 0, 0, 1.2);
        String message = assertThrows(
                        InvalidInput.class, () -> run(Inputs.none().with("data", data)))
                .getMessage();
        assertTrue(message.contains("do not determine"), message);
    }
}
