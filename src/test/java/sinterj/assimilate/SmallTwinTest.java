package sinterj.assimilate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sinterj.base.Progress;
import sinterj.math.RandomDraws;
import sinterj.optimize.ExpectedImprovement;
import sinterj.optimize.FreeParameter;
import sinterj.optimize.SearchSpace;
import sinterj.optimize.Study;
import sinterj.phasefield.Grid;
import sinterj.phasefield.Material;
import sinterj.phasefield.SinterState;
import sinterj.phasefield.Sphere;
import sinterj.phasefield.StartFromSpheres;

/** The phase-field simulation of a few grains, observed with noise and assimilated. */
class SmallTwinTest {
    private static final double DX = 6.40625e-9;
    private static final int[] SIZE = {26, 18, 18};
    private static final double[] SECONDS = {0, 8, 16, 24, 32, 40};
    private static final SearchSpace SPACE = new SearchSpace(
            List.of(FreeParameter.log("d_surface", 1e-17, 2e-16), FreeParameter.log("m_eta", 5e-11, 1e-9)), Map.of());
    private static final double D_SURFACE = 6e-17;
    private static final double M_ETA = 3e-10;

    private static Material material(Map<String, Double> p) {
        return Material.copper()
                .with(Material.Diffusion.of(1e-21, 1e-22, p.get("d_surface"), 1.09e-17, 7.11e-6, 623.15))
                .with(Material.Motion.none())
                .withMEta(p.get("m_eta"));
    }

    private static PhaseFieldModel model(double finer) {
        int[] n = new int[3];
        for (int axis = 0; axis < 3; axis++) n[axis] = (int) Math.ceil(SIZE[axis] * finer - 1e-9);
        Grid grid = Grid.closed(n[0], n[1], n[2], DX / finer, 4 * finer);
        List<Sphere> spheres = List.of(
                new Sphere(1, 9 * DX, 9 * DX, 9 * DX, 5.2 * DX), new Sphere(2, 17.4 * DX, 9 * DX, 9 * DX, 3.9 * DX));
        SinterState start = StartFromSpheres.of(grid, spheres, Progress.SILENT);
        return new PhaseFieldModel(
                p -> start, (p, from) -> PhaseFieldModel.Physics.of(material(p)), SECONDS, SIZE, new double[] {
                    DX, DX, DX
                });
    }

    /** As the public twin: a threshold roughened by correlated noise, and specks. */
    private static Observation seen(PhaseFieldModel truth, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[][]> frames = new ArrayList<>();
        truth.run(
                Map.of("d_surface", D_SURFACE, "m_eta", M_ETA),
                (t, density) -> {
                    byte[][] planes = new byte[density.length][density[0].length];
                    for (int z = 0; z < planes.length; z++) {
                        for (int i = 0; i < planes[z].length; i++) {
                            double rho = density[z][i];
                            double rough = rho + 0.12 * 4 * rho * (1 - rho) * RandomDraws.gaussian(random);
                            planes[z][i] = (byte) (rough > 0.5 ^ random.nextDouble() < 0.002 ? 255 : 0);
                        }
                    }
                    return frames.add(planes);
                },
                Progress.SILENT);
        double[] ones = {1, 1, 1, 1, 1, 1};
        return new Observation(SIZE[0], SIZE[1], SIZE[2], SECONDS, frames.toArray(byte[][][]::new), ones, null);
    }

    @Test
    void whatASimulationWasMadeWithIsFoundInItsNoisyMasks() {
        PhaseFieldModel fine = model(1);
        Plan plan = new Plan(
                seen(fine, 1),
                SPACE,
                fine,
                model(0.75),
                fine.start(Progress.SILENT),
                List.of(),
                new ExpectedImprovement(),
                20,
                true,
                1);
        Answer a = Assimilation.run(plan, Study.inMemory(SPACE), Progress.SILENT);
        assertTrue(a.informative(), a.remarks() + " " + a.frames());
        double surface = Math.log(a.posterior().value(0) / D_SURFACE);
        double eta = Math.log(a.posterior().value(1) / M_ETA);
        double sdSurface = a.posterior().sd(0) / a.posterior().value(0);
        double sdEta = a.posterior().sd(1) / a.posterior().value(1);
        String words = surface + " +- " + sdSurface + ", " + eta + " +- " + sdEta;
        assertTrue(Math.abs(surface) < 3 * sdSurface && Math.abs(eta) < 3 * sdEta, words);
        assertTrue(sdSurface < 0.3, words);
        assertEquals(6, a.frames().size());
    }

    @Test
    void aCoarserGridIsSeenOnTheSameVoxels() {
        float[][] fine = model(1).start(Progress.SILENT);
        float[][] coarse = model(0.75).start(Progress.SILENT);
        double most = 0;
        for (int z = 0; z < fine.length; z++) {
            for (int i = 0; i < fine[z].length; i++) most = Math.max(most, Math.abs(fine[z][i] - coarse[z][i]));
        }
        // Linear interpolation of a profile three voxels wide.
        assertTrue(most < 0.12, "differs by " + most);
    }
}
