package sinterj.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import sinterj.base.Progress;
import sinterj.command.AlignTiltSeries;
import sinterj.command.DenoiseTiltSeries;
import sinterj.command.ReconstructTiltSeries;
import sinterj.command.SampleData;
import sinterj.image.Frames;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.Outputs;
import sinterj.op.Runner;
import sinterj.tomo.BackProjector;
import sinterj.tomo.Geometry;
import sinterj.tomo.Projector;
import sinterj.tomo.TotalVariation;

/**
 * CPU seconds of a full iteration of reconstruction by total variation (projection, back-projection, gradient, limits)
 * on one thread, over those of SciPy's sparse single-precision product A x, slice by slice, taking turns in one run
 * after warm-up: the median of five. Arguments choose parts, all but the series without any:
 *
 * <ul>
 *   <li>{@code small}: 128 x 128 slices of 128, 41 tilts (target 0.65), with its harder cases (target 1.3 times that)
 *       and the cost per slice for other numbers of slices
 *   <li>{@code large}: 256 x 256 slices of 256 (target 0.50)
 *   <li>{@code threads}: clock time on two threads over one, and whether the bits are equal
 *   <li>{@code full}: a hundred iterations of the large case on all cores in 600 MB of heap (target 35 s on two free
 *       cores)
 *   <li>{@code series}: 18 time points of 256 x 256 x 256 voxels from files to volumes: denoised, aligned, reconstructed,
 *       by the commands as a user calls them (target 25 minutes on two free cores)
 *   <li>{@code vectors}: the small case over the same in a Java that may not make vector instructions; fails above 0.6,
 *       since then a loop has stopped being made of them
 * </ul>
 *
 * Needs Python with SciPy, see {@link PythonReference}.
 */
public final class TomographyBenchmark {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final int TURNS = 5;

    private TomographyBenchmark() {}

    /** What is reconstructed, and how. */
    private record Case(String name, Geometry geometry, int slices, boolean weights, TotalVariation.Settings settings) {
        static Case of(String name, double[] angles, int rays, int width, int depth, int slices) {
            TotalVariation.Settings plain = TotalVariation.Settings.of(20, 1).withFixedBalance(0.1);
            return new Case(name, new Geometry(angles, rays, width, depth, false), slices, false, plain);
        }

        Case asCommand(String other) {
            TotalVariation.Settings usual =
                    TotalVariation.Settings.of(20, 1).withStartBalance(0.05).withRelaxation(1.5);
            return new Case(other, geometry, slices, true, usual);
        }

        float[][] start() {
            return new float[geometry.voxelRows()][slices];
        }

        /** A ball of density 1 with noise, so that volume and fields hold what they hold in earnest. */
        float[][] data() {
            Random random = new Random(1);
            double radius = 0.3 * Math.min(geometry.width(), slices);
            float[][] rows = new float[geometry.rayRows()][slices];
            for (int r = 0; r < rows.length; r++) {
                double u = r % geometry.rays() - geometry.rays() / 2.0;
                for (int y = 0; y < slices; y++) {
                    double square = radius * radius - u * u - Math.pow(y - slices / 2.0, 2);
                    rows[r][y] = (float) (2 * Math.sqrt(Math.max(0, square)) + 3 * random.nextGaussian());
                }
            }
            return rows;
        }

        float[][] pixelWeights() {
            if (!weights) return null;
            Random random = new Random(2);
            float[][] rows = new float[geometry.rayRows()][slices];
            for (float[] row : rows) for (int y = 0; y < slices; y++) row[y] = 0.5f + random.nextFloat();
            return rows;
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> parts = args.length > 0 ? List.of(args) : List.of("small", "large", "threads", "full", "vectors");
        for (String part : parts) {
            switch (part) {
                case "small" -> small();
                case "large" -> report(ball(256, 256));
                case "threads" -> threads();
                case "full" -> child(List.of("-Xmx600m"), "full-here");
                case "full-here" -> full();
                case "series" -> series(256, 18);
                case "vectors" -> vectors();
                case "seconds-here" -> OUT.println(cpuPerIteration(ball(128, 128)));
                default -> throw new IllegalArgumentException(part);
            }
        }
    }

    private static double[] range(double start, double step, int count) {
        double[] angles = new double[count];
        for (int i = 0; i < count; i++) angles[i] = start + i * step;
        return angles;
    }

    private static Case ball(int side, int slices) {
        return Case.of(side + " x " + side + " x " + slices, range(-40, 2, 41), side, side, side, slices);
    }

    private static void small() throws IOException {
        report(ball(128, 128));
        report(ball(128, 128).asCommand("  weighted, relaxed, adapted, as the command does it"));
        report(Case.of("  tilts to 70 degrees", range(-70, 3.5, 41), 128, 128, 128, 128));
        report(Case.of("  padded by 43 voxels a side", range(-40, 2, 41), 128, 214, 128, 128));
        report(Case.of("  131 x 97 slices of 127", range(-40, 2, 41), 131, 131, 97, 127));
        for (int slices : new int[] {64, 256, 512}) report(ball(128, slices));
    }

    private static void report(Case given) throws IOException {
        Geometry g = given.geometry();
        String angles = Arrays.stream(g.anglesDeg()).mapToObj(Double::toString).collect(Collectors.joining(","));
        boolean large = g.width() > 200 && g.depth() > 200;
        try (PythonReference scipy = new PythonReference(
                "projection.py", "" + g.rays(), "" + g.width(), "" + g.depth(), "" + given.slices(), angles)) {
            Turns turns = new Turns(scipy, large ? 6 : 25, large ? 3 : 10);
            Projector projector = new Projector(g, turns);
            // A few weights near 0 are 0 for one and not for the other.
            if (Math.abs(projector.weights() - scipy.first()) > 1e-4 * scipy.first()) {
                throw new IllegalStateException(projector.weights() + " weights, but SciPy has " + scipy.first());
            }
            solve(given, projector, turns.iterations(), turns);
            double ours = Measured.median(turns.ours) * 1e3 / given.slices();
            double theirs = Measured.median(turns.theirs) * 1e3 / given.slices();
            OUT.printf(
                    Locale.ROOT,
                    "%s: %.2f of SciPy's product (%.2f to %.2f); %.3f and %.3f CPU ms a slice%n",
                    given.name(),
                    Measured.median(turns.ratios()),
                    Arrays.stream(turns.ratios()).min().orElse(0),
                    Arrays.stream(turns.ratios()).max().orElse(0),
                    ours,
                    theirs);
        }
    }

    private static float[][] solve(Case given, Projector projector, int iterations, Progress progress) {
        BackProjector back = BackProjector.transposeOf(given.geometry(), progress);
        TotalVariation.Settings settings = given.settings().withLambda(20, iterations);
        return TotalVariation.solve(
                        projector, back, given.data(), given.pixelWeights(), given.start(), settings, progress)
                .rows();
    }

    /** Measures iterations, and lets the reference work between them. */
    private static final class Turns implements Progress {
        private final PythonReference reference; // or null
        private final int warm;
        private final int each;
        private int iteration;
        private double started;
        final double[] ours = new double[TURNS];
        final double[] theirs = new double[TURNS + 1];

        Turns(PythonReference reference, int warm, int each) {
            this.reference = reference;
            this.warm = warm;
            this.each = each;
        }

        int iterations() {
            return warm + TURNS * each;
        }

        @Override
        public void report(double fraction, String what) {
            if (!what.equals("Reconstructing")) return;
            iteration++;
            int done = iteration - warm;
            if (done < 0 || done % each != 0) return;
            int turn = done / each;
            if (turn > 0) ours[turn - 1] = (Measured.cpu() - started) / each;
            if (reference != null) theirs[turn] = reference.cpuSeconds();
            started = Measured.cpu();
        }

        double[] ratios() {
            double[] ratios = new double[TURNS];
            for (int i = 0; i < TURNS; i++) ratios[i] = ours[i] / ((theirs[i] + theirs[i + 1]) / 2);
            return ratios;
        }

        @Override
        public void check() {}

        @Override
        public int threads() {
            return 1;
        }
    }

    private static void threads() {
        for (Case given : List.of(ball(128, 128), ball(256, 256))) {
            int iterations = given.slices() > 200 ? 10 : 60;
            double one = secondsPerIteration(given, 8, iterations, 1);
            double two = secondsPerIteration(given, 8, iterations, 2);
            float[][] a = solve(given, new Projector(given.geometry(), Progress.SILENT), 5, Measured.threads(1));
            float[][] b = solve(given, new Projector(given.geometry(), Progress.SILENT), 5, Measured.threads(2));
            OUT.printf(
                    Locale.ROOT,
                    "%s: two threads take %.2f of the time (%.3f and %.3f s an iteration), bits %s%n",
                    given.name(),
                    two / one,
                    two,
                    one,
                    Arrays.deepEquals(a, b) ? "equal" : "DIFFER");
        }
    }

    /** Clock time of an iteration after some others: the median, which a short disturbance does not touch. */
    private static double secondsPerIteration(Case given, int warm, int counted, int threads) {
        List<Double> ends = new ArrayList<>();
        Progress clock = new Progress() {
            @Override
            public void report(double fraction, String what) {
                if (what.equals("Reconstructing")) ends.add(Measured.wall());
            }

            @Override
            public void check() {}

            @Override
            public int threads() {
                return threads;
            }
        };
        solve(given, new Projector(given.geometry(), clock), warm + counted, clock);
        double[] steps = new double[counted - 1];
        for (int i = 0; i < steps.length; i++) steps[i] = ends.get(warm + i + 1) - ends.get(warm + i);
        return Measured.median(steps);
    }

    private static double cpuPerIteration(Case given) {
        Turns turns = new Turns(null, 30, 10);
        solve(given, new Projector(given.geometry(), turns), turns.iterations(), turns);
        return Measured.median(turns.ours);
    }

    private static void full() {
        Case given = ball(256, 256);
        double wall = Measured.wall();
        double cpu = Measured.cpu();
        int threads = Runtime.getRuntime().availableProcessors();
        solve(given, new Projector(given.geometry(), Progress.SILENT), 100, Measured.threads(threads));
        OUT.printf(
                Locale.ROOT,
                "256 x 256 x 256, 100 iterations, %d threads, heap of %d MB: %.1f s (%.1f CPU s), weights worked out and"
                        + " code compiled%n",
                threads,
                Runtime.getRuntime().maxMemory() >> 20,
                Measured.wall() - wall,
                Measured.cpu() - cpu);
    }

    /** The whole way of a series over time, made beforehand: seconds by the clock of each step. */
    private static void series(int size, int frames) {
        Outputs made = outputs(new SampleData(), Inputs.none(), Map.of("size", size, "frames", frames));
        Frames series = made.image("tilt_series");
        double start = Measured.wall();
        double cpu = Measured.cpu();
        series = outputs(new DenoiseTiltSeries(), Inputs.of(series), Map.of("method", "bm3d_tilt"))
                .image("denoised");
        double denoised = Measured.wall();
        series = outputs(new AlignTiltSeries(), Inputs.of(series), Map.of()).image("aligned");
        double aligned = Measured.wall();
        Map<String, Object> scale = Map.of("algorithm", "tv", "background", 1000, "counts_per_pixel_path", 100);
        outputs(new ReconstructTiltSeries(), Inputs.of(series), scale);
        OUT.printf(
                Locale.ROOT,
                "%d time points of %d x %d x %d: denoising %.0f s, alignment %.0f s, reconstruction %.0f s; in all %.1f"
                        + " minutes (%.1f CPU minutes)%n",
                frames,
                size,
                size,
                size,
                denoised - start,
                aligned - denoised,
                Measured.wall() - aligned,
                (Measured.wall() - start) / 60,
                (Measured.cpu() - cpu) / 60);
    }

    private static Outputs outputs(Operation<?> operation, Inputs in, Map<String, Object> settings) {
        return run(Call.of(operation, settings), in);
    }

    private static <S extends Record> Outputs run(Call<S> call, Inputs in) {
        return Runner.run(call.operation(), in, call.settings(), Progress.SILENT);
    }

    private static void vectors() throws IOException, InterruptedException {
        double with = Double.parseDouble(child(List.of(), "seconds-here"));
        double without = Double.parseDouble(child(List.of("-XX:-UseSuperWord"), "seconds-here"));
        OUT.printf(Locale.ROOT, "Vector instructions: an iteration takes %.2f of the CPU time without them%n", with / without);
        if (with / without > 0.6) throw new IllegalStateException("a loop is no longer made of vector instructions");
    }

    /** Runs a part in a Java of its own; what it prints is shown, and returned. */
    private static String child(List<String> options, String part) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), TomographyBenchmark.class.getName(), part));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        if (process.waitFor() != 0) throw new IOException("'" + part + "' failed: " + said);
        if (!part.equals("seconds-here")) OUT.println(said);
        return said;
    }
}
