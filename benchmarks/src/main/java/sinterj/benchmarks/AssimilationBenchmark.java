package sinterj.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import sinterj.assimilate.Answer;
import sinterj.assimilate.Assimilation;
import sinterj.assimilate.ForwardModel;
import sinterj.assimilate.Observation;
import sinterj.assimilate.PhaseFieldModel;
import sinterj.assimilate.Plan;
import sinterj.base.Progress;
import sinterj.image.FrameTimes;
import sinterj.math.RandomDraws;
import sinterj.optimize.ExpectedImprovement;
import sinterj.optimize.FreeParameter;
import sinterj.optimize.SearchSpace;
import sinterj.optimize.Study;
import sinterj.phasefield.Course;
import sinterj.phasefield.Grid;
import sinterj.phasefield.Material;
import sinterj.phasefield.Packing;
import sinterj.phasefield.RigidBody;
import sinterj.phasefield.SinterRun;
import sinterj.phasefield.SinterState;
import sinterj.phasefield.StartFromSpheres;
import sinterj.phasefield.Stepping;

/**
 * An assimilation of 50 s of copper in 12 frames as noisy masks, from its first trial to its answer: by the clock, by
 * processor time, and how much of that is not simulation. {@code AssimilationBenchmark [voxels [trials [plain]]]}, by
 * default 64 and 100; {@code plain} does without pruning and without the coarser grid. {@code AssimilationBenchmark paper
 * [voxels]} compares one whole simulation with that of the review's scheme, in steps of a thousandth of a second
 * throughout. Targets on two free cores: 100 trials at 64 in 6 minutes, at 128 in 15 (plain 40), 5 % outside simulation.
 */
public final class AssimilationBenchmark {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final double SPACING = 6.40625e-9;
    private static final double STIFFNESS = 1.219e6;
    private static final double[] SECONDS = FrameTimes.regular(12, 50.0 / 11).seconds();
    private static final double PAPER_STEP = 1e-3;
    private static final String MOTION = "m_translation*k_stiffness";

    private static final SearchSpace SPACE = new SearchSpace(
            List.of(
                    FreeParameter.log("d_surface", 1e-17, 2e-16),
                    FreeParameter.log("d_gb", 1e-18, 2e-17),
                    FreeParameter.log("m_eta", 5e-11, 1e-9),
                    FreeParameter.log(MOTION, 1e-15, 1e-13)),
            Map.of("m_translation", 9.48e-21, "k_stiffness", STIFFNESS));

    private static final Map<String, Double> TRUTH = Map.of(
            "d_surface", 9.88e-17, "d_gb", 1.09e-17, "m_eta", 6.54e-10, "m_translation", 9.48e-21, "k_stiffness", STIFFNESS);

    private AssimilationBenchmark() {}

    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("paper")) {
            comparePaper(args.length > 1 ? Integer.parseInt(args[1]) : 64);
            return;
        }
        int side = args.length > 0 ? Integer.parseInt(args[0]) : 64;
        int trials = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        assimilate(side, trials, args.length > 2 && args[2].equals("plain"));
    }

    private static Material copper(Map<String, Double> p) {
        return Material.copper()
                .with(Material.Diffusion.of(1e-21, 1e-22, p.get("d_surface"), p.get("d_gb"), 7.11e-6, 623.15))
                .withMEta(p.get("m_eta"))
                .with(new Material.Motion(
                        RigidBody.WANG, p.get("m_translation"), Double.NaN, p.get("k_stiffness"), 0.98, 0.14));
    }

    /** Twelve particles of 48 nm at 64 voxels, 24 of 90 nm at 128. */
    private static SinterState start(int side, double finer) {
        int n = (int) Math.ceil(side * finer - 1e-9);
        double box = side * SPACING;
        boolean small = side <= 64;
        return StartFromSpheres.of(
                Grid.closed(n, n, n, SPACING / finer, 4 * finer),
                Packing.random(small ? 12 : 24, small ? 48e-9 : 90e-9, new double[] {box, box, box}, 1),
                Progress.SILENT);
    }

    private static PhaseFieldModel model(int side, double finer) {
        SinterState start = start(side, finer);
        double[] voxel = {SPACING, SPACING, SPACING};
        return new PhaseFieldModel(
                p -> start, (p, from) -> PhaseFieldModel.Physics.of(copper(p)), SECONDS, new int[] {side, side, side}, voxel);
    }

    /** A simulation that counts the processor time it takes, without that of whoever takes the frames. */
    private static ForwardModel counted(ForwardModel model, AtomicLong nanos, AtomicLong runs) {
        return (parameters, sink, progress) -> {
            long[] elsewhere = {0};
            long from = cpu();
            try {
                model.run(
                        parameters,
                        (frame, density) -> {
                            long before = cpu();
                            boolean on = sink.take(frame, density);
                            elsewhere[0] += cpu() - before;
                            return on;
                        },
                        progress);
            } finally {
                nanos.addAndGet(cpu() - from - elsewhere[0]);
                runs.incrementAndGet();
            }
        };
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static Observation seen(PhaseFieldModel truth, int side) {
        SplittableRandom random = new SplittableRandom(1);
        List<byte[][]> frames = new ArrayList<>();
        truth.run(
                TRUTH,
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
        double[] ones = new double[SECONDS.length];
        java.util.Arrays.fill(ones, 1);
        return new Observation(side, side, side, SECONDS, frames.toArray(byte[][][]::new), ones, null);
    }

    private static void assimilate(int side, int trials, boolean plain) {
        PhaseFieldModel fine = model(side, 1);
        Observation seen = seen(fine, side);
        float[][] start = fine.start(Progress.SILENT);
        AtomicLong simulated = new AtomicLong();
        AtomicLong runs = new AtomicLong();
        ForwardModel coarse = plain ? null : counted(model(side, 0.75), simulated, runs);
        Plan plan = new Plan(
                seen,
                SPACE,
                counted(fine, simulated, runs),
                coarse,
                start,
                List.of(),
                new ExpectedImprovement(),
                trials,
                !plain,
                1);
        long wall = System.nanoTime();
        long used = MACHINE.getProcessCpuTime();
        Answer answer = Assimilation.run(plan, Study.inMemory(SPACE), Progress.SILENT);
        double seconds = (System.nanoTime() - wall) / 1e9;
        double cpu = (MACHINE.getProcessCpuTime() - used) / 1e9;
        OUT.printf(
                Locale.ROOT,
                "%d voxels a side, %d trials%s and the finish, %d simulations: %.1f minutes by the clock on %d processors,"
                        + " %.1f CPU minutes, of which %.1f %% are not simulation (compilers and collector of Java counted)%n",
                side,
                trials,
                plain ? ", neither pruned nor on a coarser grid" : "",
                runs.get(),
                seconds / 60,
                Runtime.getRuntime().availableProcessors(),
                cpu / 60,
                100 * (1 - simulated.get() / 1e9 / cpu));
        for (int p = 0; p < SPACE.dimensions(); p++) {
            double truth = p == 3 ? TRUTH.get("m_translation") * STIFFNESS : TRUTH.get(SPACE.free().get(p).key());
            OUT.printf(
                    Locale.ROOT,
                    "  %s: %.3f of the truth, stated deviation %.3f%n",
                    SPACE.free().get(p).key(),
                    answer.posterior().value(p) / truth,
                    answer.posterior().sd(p) / answer.posterior().value(p));
        }
    }

    private static double cpuSeconds(SinterState start, Stepping stepping) {
        long from = cpu();
        new SinterRun(start, Course.constant(copper(TRUTH)), SECONDS, stepping, Progress.SILENT.withThreads(1))
                .to(frame -> true, point -> {});
        return (cpu() - from) / 1e9;
    }

    private static void comparePaper(int side) {
        SinterState start = start(side, 1);
        cpuSeconds(start, Stepping.adaptive()); // compiles
        double ours = cpuSeconds(start, Stepping.adaptive());
        double paper = cpuSeconds(start, Stepping.euler(PAPER_STEP));
        OUT.printf(
                Locale.ROOT,
                "%d voxels a side, 50 s: adaptive steps %.1f CPU s, steps of %.0e s %.1f CPU s: %.0f times%n",
                side,
                ours,
                PAPER_STEP,
                paper,
                paper / ours);
    }
}
