package sinterj.tomo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import sinterj.base.Progress;
import sinterj.image.Plot;

/**
 * Chooses the weight of the total variation: the one whose reconstruction from most of the tilts best foretells the
 * tilts that were left out. Too small a weight fits noise, which no other tilt shows; too large a weight loses detail,
 * which all tilts show. No noise model is needed.
 *
 * <p>Every fifth tilt is left out, and some slices with the strongest signal stand for all. The weight is then scaled
 * with the root of the number of tilts, as the noise of a back-projection grows. (A misfit that equals the noise, the
 * discrepancy principle, is no such measure: the fit itself takes up a seventh of the noise on our phantom, so that
 * rule smooths far too much.)
 *
 * <p>It is never below the noise of a back-projection: where neighbouring tilts are displaced alike they foretell each
 * other's error too, and too small a weight would win. (A real needle with shifts that are a fraction of a pixel off:
 * the search alone gives a quarter of the best weight.)
 *
 * <p>Cost: some 400 iterations over at most 32 slices.
 */
public final class LambdaSearch {
    private static final int LEFT_OUT = 5;
    private static final int SLICES = 32;
    private static final int ITERATIONS = 50;
    /** From one weight tried to the next. */
    private static final double FACTOR = 1.5;
    /** Where the search starts, over the noise of a back-projection: on the smooth side, which converges faster. */
    private static final double START = 2.5;

    private static final int MOST_TRIALS = 14;

    private final Geometry geometry;
    private final TotalVariation.Settings settings;
    private final Progress progress;

    private final Projector training;
    private final BackProjector trainingBack;
    private final Projector testing;
    private final float[][] trainingData;
    private final float[][] trainingWeights;
    private final float[][] testingData;
    private final float[][] testingWeights;
    private final double toAllTilts;
    private final List<Trial> trials = new ArrayList<>();

    /**
     * A weight that was tried.
     *
     * @param lambda for all tilts
     * @param error mean squared misfit of the tilts that were left out
     */
    public record Trial(double lambda, double error) {}

    /**
     * What was found.
     *
     * @param lambda the best weight
     * @param trials all that were tried, by rising weight; empty if there were too few tilts to leave any out
     */
    public record Result(double lambda, List<Trial> trials) {
        /** The trials as a curve, with the weight that was chosen. */
        public Plot plot() {
            double[] lambdas = trials.stream().mapToDouble(Trial::lambda).toArray();
            double[] errors = trials.stream().mapToDouble(Trial::error).toArray();
            double low = Arrays.stream(errors).min().orElse(0);
            double high = Arrays.stream(errors).max().orElse(0);
            List<Plot.Curve> curves = List.of(
                    new Plot.Curve("tilts left out", lambdas, errors),
                    new Plot.Curve("chosen", new double[] {lambda, lambda}, new double[] {low, high}));
            return new Plot("Choice of lambda", "lambda", "mean squared misfit of the tilts left out", curves, true);
        }
    }

    private LambdaSearch(
            Geometry geometry, float[][] data, float[][] weights, TotalVariation.Settings settings, Progress progress) {
        this.geometry = geometry;
        this.settings = settings;
        this.progress = progress;
        int[] order = byAngle(geometry.anglesDeg());
        int every = Math.min(LEFT_OUT, (order.length + 1) / 2);
        int[] left = new int[0];
        int[] kept = new int[0];
        for (int i = 0; i < order.length; i++) {
            if (i % every == every / 2) left = plus(left, order[i]);
            else kept = plus(kept, order[i]);
        }
        int[] slices = strongest(data, Math.min(SLICES, data[0].length));
        training = new Projector(geometry.withTilts(kept), progress);
        trainingBack = BackProjector.transposeOf(geometry.withTilts(kept), progress);
        testing = new Projector(geometry.withTilts(left), progress);
        trainingData = part(data, kept, slices);
        testingData = part(data, left, slices);
        trainingWeights = weights == null ? null : part(weights, kept, slices);
        testingWeights = weights == null ? null : part(weights, left, slices);
        toAllTilts = Math.sqrt((double) order.length / kept.length);
    }

    private static int[] plus(int[] numbers, int one) {
        int[] more = Arrays.copyOf(numbers, numbers.length + 1);
        more[numbers.length] = one;
        return more;
    }

    private static int[] byAngle(double[] angles) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < angles.length; i++) order.add(i);
        order.sort(Comparator.comparingDouble(i -> angles[i]));
        return order.stream().mapToInt(i -> i).toArray();
    }

    /** First and last of the neighbouring slices that hold most of the squared signal. */
    private static int[] strongest(float[][] data, int count) {
        double[] power = new double[data[0].length];
        for (float[] row : data) for (int y = 0; y < row.length; y++) power[y] += (double) row[y] * row[y];
        double sum = 0;
        double best = -1;
        int start = 0;
        for (int y = 0; y < power.length; y++) {
            sum += power[y] - (y >= count ? power[y - count] : 0);
            if (y >= count - 1 && sum > best) {
                best = sum;
                start = y - count + 1;
            }
        }
        return new int[] {start, start + count};
    }

    private float[][] part(float[][] rows, int[] tilts, int[] slices) {
        int rays = geometry.rays();
        float[][] some = new float[tilts.length * rays][];
        for (int r = 0; r < some.length; r++) {
            some[r] = Arrays.copyOfRange(rows[tilts[r / rays] * rays + r % rays], slices[0], slices[1]);
        }
        return some;
    }

    /**
     * Chooses a weight.
     *
     * @param data projections as rows
     * @param weights one per value of the data, or null for 1
     * @param settings limits and metric to solve with; its weight does not matter
     */
    public static Result best(
            Geometry geometry, float[][] data, float[][] weights, TotalVariation.Settings settings, Progress progress) {
        double guess = guess(geometry, data, weights, settings.zWeight());
        if (geometry.tilts() < 4 || guess == 0) return new Result(guess, List.of());
        Result found = new LambdaSearch(geometry, data, weights, settings, progress).search(START * guess);
        return found.lambda >= guess ? found : new Result(guess, found.trials);
    }

    /**
     * A weight of the right order without a search: the noise of the back-projection,
     * {@code sqrt(tilts * mean(w^2 variance))}. Where differences along z count a times, the volume is as if seen with
     * voxels a times as thick, over which noise averages; thinner ones than there are show no more of it.
     */
    public static double guess(Geometry geometry, float[][] data, float[][] weights, double zWeight) {
        double noise = SeriesLevels.noise(weights == null ? data : product(data, weights), geometry.rays());
        return noise * Math.sqrt(geometry.tilts() / Math.max(1, zWeight));
    }

    private static float[][] product(float[][] a, float[][] b) {
        float[][] product = copy(a);
        for (int r = 0; r < a.length; r++) VolumeKernels.multiply(product[r], b[r], 0, b[r].length);
        return product;
    }

    private Result search(double start) {
        float[][] first = tryOne(start, null);
        float[][] x = copy(first);
        double lambda = start;
        // Downwards from the smooth side, each from the last, until it gets worse twice.
        while (trials.size() < MOST_TRIALS && !risen()) {
            lambda /= FACTOR;
            x = tryOne(lambda, x);
        }
        lambda = start;
        x = first;
        while (trials.size() < MOST_TRIALS && best() == 0) {
            lambda *= FACTOR;
            x = tryOne(lambda, x);
        }
        return new Result(vertex(), List.copyOf(trials));
    }

    private static float[][] copy(float[][] rows) {
        float[][] copy = new float[rows.length][];
        for (int r = 0; r < rows.length; r++) copy[r] = rows[r].clone();
        return copy;
    }

    private float[][] tryOne(double lambda, float[][] start) {
        progress.report(Math.min(0.95, trials.size() / 9.0), "Choosing lambda");
        TotalVariation.Settings here = settings.withLambda(lambda / toAllTilts, ITERATIONS);
        float[][] x = TotalVariation.solve(
                        training, trainingBack, trainingData, trainingWeights, start, here, progress.hidden())
                .rows();
        float[][] foretold = RowImages.zeros(testingData.length, testingData[0].length);
        testing.project(x, foretold, progress);
        trials.add(new Trial(lambda, error(foretold)));
        trials.sort(Comparator.comparingDouble(Trial::lambda));
        return x;
    }

    private double error(float[][] foretold) {
        float[] lengths = testing.rayLengths();
        double sum = 0;
        long count = 0;
        for (int r = 0; r < foretold.length; r++) {
            if (!(lengths[r] > 0)) continue;
            float[] w = testingWeights == null ? null : testingWeights[r];
            sum += VolumeKernels.squaredDistance(foretold[r], testingData[r], w, 0, foretold[r].length);
            count += foretold[r].length;
        }
        return count == 0 ? 0 : sum / count;
    }

    /** Place of the best trial, counted from the largest weight. */
    private int best() {
        int best = trials.size() - 1;
        for (int i = best; i >= 0; i--) if (trials.get(i).error < trials.get(best).error) best = i;
        return trials.size() - 1 - best;
    }

    /** Whether the two smallest weights are worse than the best. */
    private boolean risen() {
        return trials.size() - 1 - best() >= 2;
    }

    /** The lowest point of the parabola through the best trial and its neighbours. */
    private double vertex() {
        int i = trials.size() - 1 - best();
        if (i == 0 || i == trials.size() - 1) return trials.get(i).lambda;
        double left = trials.get(i - 1).error - trials.get(i).error;
        double right = trials.get(i + 1).error - trials.get(i).error;
        double shift = left + right == 0 ? 0 : 0.5 * (left - right) / (left + right);
        return trials.get(i).lambda * Math.pow(FACTOR, shift);
    }
}
