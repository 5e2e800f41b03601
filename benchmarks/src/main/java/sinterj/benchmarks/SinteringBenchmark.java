package sinterj.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import sinterj.base.Progress;
import sinterj.phasefield.Course;
import sinterj.phasefield.Frame;
import sinterj.phasefield.Grid;
import sinterj.phasefield.Material;
import sinterj.phasefield.Packing;
import sinterj.phasefield.SinterState;
import sinterj.phasefield.Sintering;
import sinterj.phasefield.Sphere;
import sinterj.phasefield.StartFromSpheres;
import sinterj.phasefield.Stepping;

/**
 * Nanoseconds per voxel of the box and step of a simulation of sintering, without and with motion of grains, on one
 * thread and on two: {@code SinteringBenchmark [voxels [particles [radius_nm]]]}, by default 128, 24 and 90, of which
 * 13 % is solid. {@code SinteringBenchmark whole [voxels [particles [radius_nm]]]} runs 50 s of copper on two threads,
 * {@code error} in place of {@code whole} 10 s of it with adaptive and with small steps, to compare.
 *
 * <p>Times are processor time of the calling thread, since the machine may be shared; that of a fixed loop is printed
 * beside them, over its best, so that contention for memory and cache shows. Wall times are for an idle machine.
 */
public final class SinteringBenchmark {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final double SPACING = 820e-9 / 128;
    private static final int WARM_UP = 60;
    private static final int STEPS = 60;

    private SinteringBenchmark() {}

    /** Notes the time after each step. */
    private static class Clock implements Progress {
        private final int threads;
        private final List<long[]> times = new ArrayList<>();
        private int steps;

        Clock(int threads) {
            this.threads = threads;
        }

        @Override
        public void report(double fraction, String what) {
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            times.add(new long[] {System.nanoTime(), cpu, MACHINE.getProcessCpuTime()});
            steps++;
        }

        @Override
        public void check() {}

        @Override
        public boolean finishEarly() {
            return steps > WARM_UP + STEPS;
        }

        @Override
        public int threads() {
            return threads;
        }

        /** Best and mean of a clock over the steps after those that warm up. */
        double[] perVoxel(int clock, long voxels) {
            double best = Double.POSITIVE_INFINITY;
            for (int i = WARM_UP + 1; i < times.size(); i++) {
                best = Math.min(best, times.get(i)[clock] - times.get(i - 1)[clock]);
            }
            double all = times.get(times.size() - 1)[clock] - times.get(WARM_UP)[clock];
            return new double[] {best / voxels, all / (times.size() - 1 - WARM_UP) / voxels};
        }
    }

    public static void main(String[] args) {
        boolean whole = args.length > 0 && args[0].equals("whole");
        boolean error = args.length > 0 && args[0].equals("error");
        String[] numbers = whole || error ? Arrays.copyOfRange(args, 1, args.length) : args;
        int n = numbers.length > 0 ? Integer.parseInt(numbers[0]) : 128;
        int particles = numbers.length > 1 ? Integer.parseInt(numbers[1]) : 24;
        double radius = (numbers.length > 2 ? Double.parseDouble(numbers[2]) : 90) * 1e-9;
        Grid grid = Grid.closed(n, n, n, SPACING, 4);
        double side = n * SPACING;
        List<Sphere> spheres = Packing.random(particles, radius, new double[] {side, side, side}, 1);
        SinterState start = StartFromSpheres.of(grid, spheres, Progress.SILENT);
        OUT.printf(
                Locale.ROOT,
                "%d^3 voxels, %d particles, %.1f %% solid, Java %s%n",
                n,
                particles,
                100 * start.mass() / grid.count(),
                Runtime.version());
        if (whole) whole(start);
        if (error) error(start);
        if (whole || error) return;
        for (boolean moves : new boolean[] {false, true}) {
            Material material = moves ? Material.copper() : Material.copper().with(Material.Motion.none());
            double fixed = FixedLoop.nanoseconds();
            double[] one = run(start, material, 1);
            fixed = Math.max(fixed, FixedLoop.nanoseconds());
            double[] two = run(start, material, 2);
            OUT.printf(
                    Locale.ROOT,
                    "motion %s: one thread, processor %.2f ns per voxel and step at best, %.2f in the mean (wall %.2f,"
                            + " %.2f); fixed loop at %.2f of its best%n",
                    moves ? "on" : "off",
                    one[2],
                    one[3],
                    one[0],
                    one[1],
                    fixed / FixedLoop.best());
            OUT.printf(
                    Locale.ROOT,
                    "           two threads, wall %.2f at best, %.2f in the mean; %.2f and %.2f times as fast%n",
                    two[0],
                    two[1],
                    one[0] / two[0],
                    one[1] / two[1]);
        }
    }

    /** Best and mean of wall time, then of processor time. */
    private static double[] run(SinterState start, Material material, int threads) {
        Clock clock = new Clock(threads);
        double[] seconds = {0, 1e6};
        Sintering.run(start, Course.constant(material), seconds, Stepping.euler(0.01), frame -> true, clock);
        double[] wall = clock.perVoxel(0, start.grid().count());
        double[] cpu = clock.perVoxel(1, start.grid().count());
        return new double[] {wall[0], wall[1], cpu[0], cpu[1]};
    }

    /** Norm of the difference in density between adaptive and small steps, over that of the whole change. */
    private static void error(SinterState start) {
        float[][] adaptive = end(start, Stepping.adaptive());
        float[][] small = end(start, Stepping.euler(0.01));
        double difference = 0;
        double change = 0;
        for (int z = 0; z < small.length; z++) {
            for (int i = 0; i < small[z].length; i++) {
                difference += Math.pow(adaptive[z][i] - small[z][i], 2);
                change += Math.pow(small[z][i] - start.density()[z][i], 2);
            }
        }
        OUT.printf(Locale.ROOT, "error of the change in density: %.3f %%%n", 100 * Math.sqrt(difference / change));
    }

    private static float[][] end(SinterState start, Stepping stepping) {
        List<Frame> frames = new ArrayList<>();
        Course course = Course.constant(Material.copper());
        Sintering.run(start, course, new double[] {0, 10}, stepping, frames::add, Progress.SILENT);
        OUT.printf(Locale.ROOT, "%d evaluations%n", frames.get(1).evaluations());
        return frames.get(1).density();
    }

    private static void whole(SinterState start) {
        OUT.printf(
                Locale.ROOT,
                "memory of the run beside its frames: %.0f MB%n",
                Sintering.memory(start, Stepping.adaptive()) / 1e6);
        long before = System.nanoTime();
        long cpu = MACHINE.getProcessCpuTime();
        List<Frame> frames = new ArrayList<>();
        double[] seconds = {0, 50};
        Course course = Course.constant(Material.copper());
        Clock clock = new Clock(2) {
            @Override
            public boolean finishEarly() {
                return false;
            }
        };
        Sintering.run(start, course, seconds, Stepping.adaptive(), frames::add, clock);
        OUT.printf(
                Locale.ROOT,
                "50 s of copper: %.1f s on two threads, %.1f s of processor, %d evaluations, mass kept to %.1e%n",
                (System.nanoTime() - before) / 1e9,
                (MACHINE.getProcessCpuTime() - cpu) / 1e9,
                frames.get(1).evaluations(),
                Math.abs(frames.get(1).mass() / frames.get(0).mass() - 1));
    }
}
