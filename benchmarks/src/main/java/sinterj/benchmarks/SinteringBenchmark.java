package sinterj.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
 * Nanoseconds per voxel and evaluation of the rates of a simulation of sintering, without and with motion of grains, on
 * one thread and on two, and the wall time of 50 s of copper: {@code SinteringBenchmark [voxels [particles [whole]]]}.
 */
public final class SinteringBenchmark {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final double SPACING = 820e-9 / 128;

    private SinteringBenchmark() {}

    private record Threads(int threads) implements Progress {
        @Override
        public void report(double fraction, String what) {}

        @Override
        public void check() {}
    }

    public static void main(String[] args) {
        int n = args.length > 0 ? Integer.parseInt(args[0]) : 128;
        int particles = args.length > 1 ? Integer.parseInt(args[1]) : 24;
        Grid grid = Grid.closed(n, n, n, SPACING, 4);
        double side = n * SPACING;
        List<Sphere> spheres = Packing.random(particles, 50e-9, new double[] {side, side, side}, 1);
        SinterState start = StartFromSpheres.of(grid, spheres, Progress.SILENT);
        OUT.printf(Locale.ROOT, "%d^3 voxels, %d particles, Java %s%n", n, particles, Runtime.version());
        for (boolean moves : new boolean[] {false, true}) {
            Material material = moves ? Material.copper() : Material.copper().with(Material.Motion.none());
            double[] one = perVoxel(start, material, 1);
            double[] two = perVoxel(start, material, 2);
            OUT.printf(
                    Locale.ROOT,
                    "motion %s: %.2f ns per voxel and step on one thread (%.2f of CPU), %.2f on two (%.2f of CPU)%n",
                    moves ? "on" : "off",
                    one[0],
                    one[1],
                    two[0],
                    two[1]);
        }
        if (args.length > 2) whole(start);
    }

    /** Wall and CPU time of the best of several stretches: what the machine does when little else runs. */
    private static double[] perVoxel(SinterState start, Material material, int threads) {
        double[] best = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        long voxels = start.grid().count();
        int steps = (int) Math.max(20, 60_000_000 / voxels);
        double[] seconds = {0, steps * 0.01};
        for (int repeat = 0; repeat < 4; repeat++) {
            long wall = System.nanoTime();
            long cpu = MACHINE.getProcessCpuTime();
            List<Frame> frames = new ArrayList<>();
            Stepping stepping = Stepping.euler(0.01);
            Sintering.run(start, Course.constant(material), seconds, stepping, frames::add, new Threads(threads));
            double work = (double) frames.get(1).evaluations() * voxels;
            best[0] = Math.min(best[0], (System.nanoTime() - wall) / work);
            best[1] = Math.min(best[1], (MACHINE.getProcessCpuTime() - cpu) / work);
        }
        return best;
    }

    private static void whole(SinterState start) {
        long before = System.nanoTime();
        List<Frame> frames = new ArrayList<>();
        double[] seconds = {0, 50};
        Course course = Course.constant(Material.copper());
        Sintering.run(start, course, seconds, Stepping.adaptive(), frames::add, new Threads(2));
        OUT.printf(
                Locale.ROOT,
                "50 s of copper: %.1f s on two threads, %d evaluations, mass kept to %.1e%n",
                (System.nanoTime() - before) / 1e9,
                frames.get(1).evaluations(),
                Math.abs(frames.get(1).mass() / frames.get(0).mass() - 1));
    }
}
