package sinterj.tomo;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import sinterj.base.Progress;

/**
 * Reconstruction by total variation from start to end, of one time point or of all together: the weight of the penalty,
 * the weights of the pixels and the upper bound are found where they are not given, on the time point in the middle.
 */
public final class CompressedSensing {
    /** Most iterations when their number is left open; the phantoms settle after about 250. */
    public static final int MOST_ITERATIONS = 300;

    /** Weight of changes over time, over that of the surface, when it is left open. */
    public static final double USUAL_TEMPORAL = 2;

    /**
     * The weight of the surface that was found for one time point alone is lowered by this where all are found together:
     * neighbours in time keep noise out too. Measured on nine frames of the sintering phantom of 64^3: error .355 frame
     * by frame, .297 with this factor and {@link #USUAL_TEMPORAL}; .326 with neither lowered nor doubled.
     */
    private static final double TOGETHER = 0.6;

    private static final double TOLERANCE = 1e-4;
    private static final double RELAXATION = 1.5;
    /** Where the balance of steps starts when it is adapted; it was .03 to .06 for all tilt series tried. */
    private static final double BALANCE = 0.05;

    private final Projector projector;
    private final BackProjector back;
    private final Options options;
    private final Progress progress;

    /**
     * What the user wants; what is left open is empty.
     *
     * @param lambda weight of the total variation
     * @param iterations number of iterations
     * @param lower smallest density
     * @param upper largest density
     * @param findUpper whether the density of the one material is found and taken as the largest
     * @param weighNoise whether pixels count less where their noise is larger
     * @param zWeight factor on differences along z in the total variation, at least 0; 1 treats all directions alike
     * @param temporal weight of changes over time, over lambda; 0 reconstructs frame by frame
     */
    public record Options(
            OptionalDouble lambda,
            OptionalInt iterations,
            float lower,
            OptionalDouble upper,
            boolean findUpper,
            boolean weighNoise,
            double zWeight,
            double temporal) {
        /** Everything left open, values positive, pixels weighed, frame by frame. */
        public static Options automatic() {
            return new Options(
                    OptionalDouble.empty(), OptionalInt.empty(), 0, OptionalDouble.empty(), false, true, 1, 0);
        }

        /** With a weight of the total variation. */
        public Options withLambda(double value) {
            return new Options(
                    OptionalDouble.of(value), iterations, lower, upper, findUpper, weighNoise, zWeight, temporal);
        }

        /** With or without weights of pixels. */
        public Options weighing(boolean noise) {
            return new Options(lambda, iterations, lower, upper, findUpper, noise, zWeight, temporal);
        }

        /** With a weight of changes over time. */
        public Options withTemporal(double factor) {
            return new Options(lambda, iterations, lower, upper, findUpper, weighNoise, zWeight, factor);
        }

        /** With a factor on differences along z. */
        public Options withZWeight(double factor) {
            return new Options(lambda, iterations, lower, upper, findUpper, weighNoise, factor, temporal);
        }

        float high() {
            return upper.isPresent() ? (float) upper.getAsDouble() : Float.MAX_VALUE;
        }
    }

    /**
     * What came of it.
     *
     * @param volumes as rows, one per time point
     * @param convergences one per time point, or one of all together
     * @param lambda how the weight of the total variation was chosen
     * @param upper largest density allowed
     * @param complete false if the user ended it early; volumes that were not reached are missing
     */
    public record Result(
            List<float[][]> volumes,
            List<Convergence> convergences,
            LambdaSearch.Result lambda,
            float upper,
            boolean complete) {}

    /** Projections as rows, of a time point; made anew at each call so that they need not all be kept. */
    public interface Source {
        /** @param frame counted from 0 */
        float[][] rows(int frame);
    }

    /** @param geometry where rays meet voxels; the weights are worked out once for all data */
    public CompressedSensing(Geometry geometry, Options options, Progress progress) {
        progress.report(0, "Working out the rays");
        projector = new Projector(geometry, progress);
        back = BackProjector.transposeOf(geometry, progress);
        this.options = options;
        this.progress = progress;
    }

    /**
     * Reconstructs.
     *
     * @param source the data
     * @param frames number of time points
     */
    public Result solve(Source source, int frames) {
        double planned = options.lambda.isPresent() ? 0.05 : 0.3 / frames;
        Progress planning = progress.part(0, planned);
        int middle = frames / 2;
        float[][] data = source.rows(middle);
        float[][] first = needsFirst() ? first(data, settings(), planning) : null;
        TotalVariation.Frame frame = prepared(data, first, planning);
        TotalVariation.Settings settings = settings();
        if (options.findUpper()) settings = settings.within(options.lower(), upperBound(first));
        LambdaSearch.Result lambda = options.lambda.isPresent()
                ? new LambdaSearch.Result(options.lambda.getAsDouble(), List.of())
                : LambdaSearch.best(
                        projector.geometry(), frame.data(), frame.weights(), settings, planning.part(0.2, 1));
        boolean together = options.temporal > 0 && frames > 1;
        if (together && options.lambda.isEmpty()) {
            lambda = new LambdaSearch.Result(TOGETHER * lambda.lambda(), lambda.trials());
        }
        settings = settings.withLambda(lambda.lambda(), settings.iterations());
        Progress solving = progress.part(planned, 1);
        return together
                ? together(source, frames, settings, lambda, solving)
                : oneByOne(source, frames, frame, settings, lambda, solving);
    }

    private Result together(
            Source source, int count, TotalVariation.Settings settings, LambdaSearch.Result lambda, Progress solving) {
        List<TotalVariation.Frame> frames = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            frames.add(prepared(source.rows(t), settings, solving));
            solving.report(0.15 * (t + 1) / count, "Starting from coarse volumes");
        }
        double temporal = options.temporal * settings.lambda();
        TotalVariation.OverTime found =
                TotalVariation.solve(projector, back, frames, temporal, settings, solving.part(0.15, 1));
        return new Result(found.volumes(), List.of(found.convergence()), lambda, settings.upper(), found.complete());
    }

    private Result oneByOne(
            Source source,
            int count,
            TotalVariation.Frame middle,
            TotalVariation.Settings settings,
            LambdaSearch.Result lambda,
            Progress solving) {
        List<float[][]> volumes = new ArrayList<>();
        List<Convergence> convergences = new ArrayList<>();
        boolean complete = true;
        for (int t = 0; t < count && complete; t++) {
            TotalVariation.Frame frame = t == count / 2 ? middle : prepared(source.rows(t), settings, solving);
            Progress part = solving.part((double) t / count, (t + 1.0) / count);
            Reconstruction made =
                    TotalVariation.solve(projector, back, frame.data(), frame.weights(), frame.start(), settings, part);
            volumes.add(made.rows());
            convergences.add(made.convergence());
            complete = made.complete();
        }
        return new Result(volumes, convergences, lambda, settings.upper(), complete);
    }

    private boolean needsFirst() {
        return options.iterations.isEmpty() || options.weighNoise || options.findUpper;
    }

    private float[][] first(float[][] data, TotalVariation.Settings limits, Progress part) {
        part.report(0, "Starting from coarse volumes");
        return CoarseToFine.volume(projector.geometry(), data, limits, part);
    }

    private TotalVariation.Frame prepared(float[][] data, TotalVariation.Settings limits, Progress part) {
        return prepared(data, needsFirst() ? first(data, limits, part) : null, part);
    }

    /** A time point with, from a first volume, the weights of its pixels and the start. */
    private TotalVariation.Frame prepared(float[][] data, float[][] first, Progress part) {
        float[][] weights = options.weighNoise ? NoiseWeights.of(projector, first, data, part) : null;
        return new TotalVariation.Frame(data, weights, options.iterations.isPresent() ? null : first);
    }

    /**
     * A given number of iterations is made with plain steps of fixed balance from an empty volume, so that the same
     * number means the same everywhere; an open number allows longer, adapted steps until the volume has settled.
     */
    private TotalVariation.Settings settings() {
        if (options.iterations.isPresent()) {
            return TotalVariation.Settings.of(0, options.iterations.getAsInt())
                    .within(options.lower, options.high())
                    .withZWeight(options.zWeight)
                    .withFixedBalance(TotalVariation.USUAL_BALANCE);
        }
        return TotalVariation.Settings.of(0, MOST_ITERATIONS)
                .within(options.lower, options.high())
                .withZWeight(options.zWeight)
                .withStartBalance(BALANCE)
                .withRelaxation(RELAXATION)
                .withTolerance(TOLERANCE);
    }

    /** Density of the one material in a volume: the value that a twentieth of the voxels above Otsu's threshold exceed. */
    static float upperBound(float[][] volume) {
        ValueHistogram values = ValueHistogram.of(volume);
        return values.percentileAbove(values.otsu(), 0.95);
    }
}
