package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sinterj.base.Progress;
import sinterj.image.FrameTimes;
import sinterj.image.Frames;
import sinterj.image.GaussianBlur;
import sinterj.image.Planes;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.math.RandomDraws;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.Runner;
import sinterj.phasefield.Course;
import sinterj.phasefield.Grid;
import sinterj.phasefield.Material;
import sinterj.phasefield.RigidBody;
import sinterj.phasefield.SinterState;
import sinterj.phasefield.Sintering;
import sinterj.phasefield.Sphere;
import sinterj.phasefield.StartFromSpheres;
import sinterj.phasefield.Stepping;
import sinterj.phasefield.TwinData;

/**
 * Assimilation of simulations whose parameters are known, seen through noise: what comes out, how far it is off, and
 * whether the stated deviations say so. Minutes each.
 */
@Tag("proof")
class TwinExperimentTest {
    private static final List<String> KEYS = List.of("d_surface", "d_gb", "m_eta", "m_translation*k_stiffness");
    private static final double STIFFNESS = 1.219e6;
    private static final double[] TRUTH = {9.88e-17, 1.09e-17, 6.54e-10, 9.48e-21 * STIFFNESS};
    private static final double SIDE = 64 * TwinData.SPACING;
    private static final double[] SECONDS = FrameTimes.regular(12, 50.0 / 11).seconds();

    private static Outputs run(Frames seen, Inputs more, Map<String, Object> settings) {
        Call<AssimilateSintering.Settings> call = Call.of(new AssimilateSintering(), settings);
        return Runner.run(call.operation(), more.with("input", seen), call.settings(), Progress.SILENT);
    }

    private static Inputs particles() {
        Table table = new Table("x_nm", "y_nm", "z_nm", "r_nm");
        for (Sphere s : TwinData.spheres()) table.add(s.x() * 1e9, s.y() * 1e9, s.z() * 1e9, s.radius() * 1e9);
        return Inputs.none().with("particles", table);
    }

    /** Value over truth and relative deviation of each parameter, printed. */
    private static double[][] estimates(String name, Outputs outputs, double[] truth) {
        double[] value = outputs.table("estimates").numbers("value");
        double[] sd = outputs.table("estimates").numbers("sd");
        double[][] found = new double[4][];
        StringBuilder line = new StringBuilder(name + ":");
        for (int p = 0; p < 4; p++) {
            found[p] = new double[] {value[p] / truth[p], sd[p] / value[p]};
            line.append(String.format(Locale.ROOT, " %s %.3f (%.3f)", KEYS.get(p), found[p][0], found[p][1]));
        }
        System.out.println(line);
        return found;
    }

    /** Deviations that are small enough to be of use, and large enough to be true. */
    private static void assertHonest(double[][] found) {
        for (int p = 0; p < 4; p++) {
            assertTrue(found[p][1] <= (p == 3 ? 0.3 : 0.2), KEYS.get(p) + " has the deviation " + found[p][1]);
            assertTrue(Math.abs(Math.log(found[p][0])) < 2 * found[p][1], KEYS.get(p) + " is off by more than it says");
        }
    }

    @Test
    void thePublicTwinIsFoundFromItsSpheresWhereverTheSearchStarts() {
        Frames seen = TwinData.observation();
        double[][] found = estimates("from spheres", run(seen, particles(), Map.of()), TRUTH);
        String wrong = "d_surface:1e-17:2e-16:2e-16 d_gb:1e-18:2e-17:1e-18 m_eta:5e-11:1e-9:5e-11"
                + " m_translation*k_stiffness:1e-15:1e-13:1e-13";
        double[][] other =
                estimates("from the wrong ends", run(seen, particles(), Map.of("estimate", wrong, "seed", 2)), TRUTH);
        assertHonest(found);
        for (int p = 0; p < 4; p++) {
            assertEquals(Math.log(found[p][0]), Math.log(other[p][0]), found[p][1] / 2, KEYS.get(p));
        }
    }

    @Test
    void thePublicTwinIsFoundFromItsLabels() {
        Frames labels =
                Frames.of("labels", List.of(TwinData.labels("labels_t0.tif").asVolume()));
        Outputs outputs = run(TwinData.observation(), Inputs.none().with("labels", labels), Map.of());
        double[][] found = estimates("from labels", outputs, TRUTH);
        assertHonest(found);
        for (int p = 0; p < 4; p++) assertEquals(1, found[p][0], 0.2, KEYS.get(p));
    }

    @Test
    void framesInAnotherOrderAreNotInformative() {
        Frames seen = TwinData.observation();
        List<Volume> shuffled = new ArrayList<>();
        for (int t : new int[] {0, 7, 3, 10, 1, 9, 5, 11, 2, 8, 4, 6})
            shuffled.add(seen.volumes().get(t));
        Outputs outputs = run(Frames.of("shuffled", shuffled).withTimes(seen.times()), particles(), Map.of());
        Table remarks = outputs.table("remarks");
        List<String> said = new ArrayList<>();
        for (int row = 0; row < remarks.size(); row++)
            said.add(remarks.cell(row, 0).toString());
        assertTrue(said.stream().anyMatch(remark -> remark.startsWith("Not informative")), said::toString);
    }

    private static Grid grid(int side, double interfaceVoxels) {
        return Grid.closed(side, side, side, SIDE / side, interfaceVoxels);
    }

    /** The density of the twin's particles with its parameters, on a grid. */
    private static List<float[][]> truth(Grid grid, double[] of) {
        Material material = Material.copper()
                .with(Material.Diffusion.of(1e-21, 1e-22, of[0], of[1], 7.11e-6, 623.15))
                .withMEta(of[2])
                .with(new Material.Motion(RigidBody.WANG, of[3] / STIFFNESS, Double.NaN, STIFFNESS, 0.98, 0.14));
        SinterState start = StartFromSpheres.of(grid, TwinData.spheres(), Progress.SILENT);
        List<float[][]> frames = new ArrayList<>();
        Sintering.run(
                start,
                Course.constant(material),
                SECONDS,
                Stepping.adaptive(),
                frame -> frames.add(frame.density()),
                Progress.SILENT);
        return frames;
    }

    /** The particles of the start as labels: spheres as a table would make other necks with another interface. */
    private static Frames labels(Grid grid) {
        List<float[][]> labels = new ArrayList<>();
        Sintering.run(
                StartFromSpheres.of(grid, TwinData.spheres(), Progress.SILENT),
                Course.constant(Material.copper()),
                new double[] {0},
                Stepping.adaptive(),
                frame -> labels.add(frame.labels()),
                Progress.SILENT);
        return Frames.of(
                "labels",
                new Volume(
                        Planes.ofFloats(Arrays.asList(labels.get(0)), grid.nx(), grid.ny()),
                        VoxelSize.cube(grid.spacing() * 1e9, "nm")));
    }

    /** Masks as those of the public twin: a threshold made rough by noise over a voxel, and specks. */
    private static Frames seen(List<float[][]> densities, int side, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Volume> volumes = new ArrayList<>();
        for (float[][] density : densities) {
            float[][] noise = new float[side][side * side];
            for (float[] plane : noise) {
                for (int i = 0; i < plane.length; i++) plane[i] = (float) RandomDraws.gaussian(random);
            }
            GaussianBlur.blur(noise, side, new double[] {1, 1, 1}, Progress.SILENT);
            double squares = 0;
            for (float[] plane : noise) for (float v : plane) squares += (double) v * v;
            double unit = Math.sqrt(squares / Math.pow(side, 3));
            for (int z = 0; z < side; z++) {
                for (int i = 0; i < noise[z].length; i++) {
                    double rho = density[z][i];
                    double rough = rho + 0.12 * 4 * rho * (1 - rho) * noise[z][i] / unit;
                    noise[z][i] = rough > 0.5 ^ random.nextDouble() < 0.002 ? 255 : 0;
                }
            }
            volumes.add(new Volume(
                    Planes.ofFloats(Arrays.asList(noise), side, side), VoxelSize.cube(SIDE / side * 1e9, "nm")));
        }
        return Frames.of("seen", volumes).withTimes(new FrameTimes(SECONDS));
    }

    /** The width is not known either: the model's is 25 % too wide. */
    @Test
    void anObservationMadeOnAnotherGridWithAnotherInterfaceIsFound() {
        // Thinner interfaces with the same surface diffusion, boundary diffusion and boundary motion at large.
        double thinner = 0.8;
        double[] made = {TRUTH[0] / thinner, TRUTH[1] / thinner, TRUTH[2] / thinner, TRUTH[3]};
        Frames seen = seen(truth(grid(80, 4), made), 80, 3);
        Inputs labels = Inputs.none().with("labels", labels(grid(80, 4)));
        String estimate = EstimateList.USUAL + " interface_px:2.7:6";
        double[][] found =
                estimates("another grid", run(seen, labels, Map.of("grid_nm", 6.40625, "estimate", estimate)), TRUTH);
        for (int p = 0; p < 4; p++) assertEquals(1, found[p][0], 0.25, KEYS.get(p));
    }

    @Test
    void intervalsHoldTheTruthAsOftenAsTheySay() {
        List<float[][]> truth = truth(grid(48, 3), TRUTH);
        int[] held = new int[4];
        double[][] sds = new double[4][10];
        for (int seed = 0; seed < 10; seed++) {
            Map<String, Object> settings = new HashMap<>(Map.of("interface_px", 3, "trials", 40, "seed", seed + 1));
            double[][] found = estimates("seed " + seed, run(seen(truth, 48, seed), particles(), settings), TRUTH);
            for (int p = 0; p < 4; p++) {
                if (Math.abs(Math.log(found[p][0])) < 1.96 * found[p][1]) held[p]++;
                sds[p][seed] = found[p][1];
            }
        }
        for (int p = 0; p < 4; p++) {
            Arrays.sort(sds[p]);
            double median = (sds[p][4] + sds[p][5]) / 2;
            System.out.println(String.format(
                    Locale.ROOT, "%s: %d of 10 hold, median deviation %.3f", KEYS.get(p), held[p], median));
            assertTrue(held[p] >= 8, KEYS.get(p) + ": " + held[p] + " of 10 intervals hold the truth");
        }
    }
}
