package sinterj.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import sinterj.base.Progress;
import sinterj.phasefield.Checkpoint;
import sinterj.phasefield.Course;
import sinterj.phasefield.Crystals;
import sinterj.phasefield.Frame;
import sinterj.phasefield.Grid;
import sinterj.phasefield.Material;
import sinterj.phasefield.Packing;
import sinterj.phasefield.SinterRun;
import sinterj.phasefield.SinterState;
import sinterj.phasefield.Sintering;
import sinterj.phasefield.Sphere;
import sinterj.phasefield.StartFromSpheres;
import sinterj.phasefield.Stepping;
import sinterj.phasefield.SurfaceEnergy;

/**
 * Nanoseconds per voxel of the box and step of a simulation of sintering, without and with motion of grains, on one
 * thread and on two: {@code SinteringBenchmark [voxels [particles [radius_nm]]]}, by default 128, 24 and 90, of which
 * 13 % is solid. {@code SinteringBenchmark whole [voxels [particles [radius_nm]]]} runs 50 s of copper on two threads,
 * {@code error} in place of {@code whole} 10 s of it with adaptive and with small steps, to compare, {@code memory} looks
 * for the smallest heap in which 4 s of it run, to 10 MB (target 250 MB), and {@code crystals} runs the first steps of 732 crystals
 * of Ba122 on 512 x 512 x 128 voxels, with a checkpoint, in a heap of 6 GB.
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

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 0 && args[0].startsWith("crystals")) {
            if (args[0].equals("crystals")) OUT.println(child(List.of("-Xmx6g"), "crystals-here"));
            else crystals();
            return;
        }
        boolean whole = args.length > 0 && !Character.isDigit(args[0].charAt(0));
        String[] numbers = whole ? Arrays.copyOfRange(args, 1, args.length) : args;
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
        if (whole) {
            switch (args[0]) {
                case "whole" -> whole(start);
                case "error" -> error(start);
                case "memory" -> memory(numbers);
                case "memory-here" -> briefly(start);
                default -> throw new IllegalArgumentException(args[0]);
            }
            return;
        }
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

    /** Looks for the smallest heap of a Java of its own; its frames are let go as they come. */
    private static void memory(String[] numbers) throws IOException, InterruptedException {
        int enough = 400;
        int tooLittle = 40;
        while (enough - tooLittle > 10) {
            int tried = (enough + tooLittle) / 20 * 10;
            boolean fits = true;
            try {
                OUT.println(tried + " MB: " + child(List.of("-Xmx" + tried + "m"), "memory-here", numbers));
            } catch (IOException e) {
                OUT.println(tried + " MB: too little");
                fits = false;
            }
            if (fits) enough = tried;
            else tooLittle = tried;
        }
        OUT.println("smallest heap: " + enough + " MB");
    }

    private static void briefly(SinterState start) {
        long[] most = {0};
        Clock clock = new Clock(2) {
            private int reports;

            @Override
            public void report(double fraction, String what) {
                if (reports++ % 5 == 0) most[0] = Math.max(most[0], used());
            }

            @Override
            public boolean finishEarly() {
                return false;
            }
        };
        Course course = Course.constant(Material.copper());
        double[] seconds = {0, 4};
        Sintering.run(start, course, seconds, Stepping.adaptive(), frame -> true, clock);
        OUT.printf(Locale.ROOT, "4 s of copper, at most %d MB in use between steps%n", most[0] >> 20);
    }

    /** Bytes of the heap in use after a collection. */
    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void crystals() throws IOException {
        double[] box = {51.2e-6, 51.2e-6, 12.8e-6};
        Grid grid = Grid.closed(512, 512, 128, 0.1e-6, 4);
        SinterState start = StartFromSpheres.of(grid, Packing.hexagonal(732, 1.6e-6, box), Progress.SILENT);
        Crystals crystals = Crystals.random(new SurfaceEnergy(0.904761, 0.357761, 0.404239, 0.04), start.grains(), 1);
        Material.Diffusion diffusion = new Material.Diffusion(8.46e-23, 8.46e-24, 8.46e-21, 8.46e-22);
        Material material = new Material(1.35, 0.6995, diffusion, 2e-8, Material.Motion.none());
        double[] seconds = {0, 0.02};
        List<Frame> frames = new ArrayList<>();
        SinterRun run = new SinterRun(
                new SinterRun.RestartPoint(start, 0, 0),
                Course.constant(material),
                seconds,
                crystals,
                Stepping.ofCrystals(),
                Measured.threads(2));
        Path file = Files.createTempFile("crystals", ".checkpoint");
        double[] from = new double[2];
        try {
            run.to(
                    frame -> {
                        frames.add(frame);
                        if (frames.size() == 2) {
                            OUT.printf(
                                    Locale.ROOT,
                                    "%d evaluations: %.1f s of processor and %.1f s of wall time each on two threads%n",
                                    frame.evaluations(),
                                    (Measured.cpu() - from[0]) / frame.evaluations(),
                                    (Measured.wall() - from[1]) / frame.evaluations());
                        }
                        return true;
                    },
                    point -> {
                        Checkpoint now = new Checkpoint("benchmark", List.copyOf(frames), point.get());
                        long used = used();
                        try {
                            now.writeTo(Files.newOutputStream(file));
                            OUT.printf(
                                    Locale.ROOT,
                                    "checkpoint of %d MB, %d MB of heap in use%n",
                                    Files.size(file) >> 20,
                                    used >> 20);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                        from[0] = Measured.cpu();
                        from[1] = Measured.wall();
                    });
        } finally {
            Files.delete(file);
        }
    }

    /** Runs a part in a Java of its own, and returns what it prints last. */
    private static String child(List<String> options, String part, String... numbers)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SinteringBenchmark.class.getName(), part));
        command.addAll(List.of(numbers));
        Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        if (process.waitFor() != 0) throw new IOException("'" + part + "' failed: " + said);
        return said;
    }
}
