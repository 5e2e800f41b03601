package sinterj.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sinterj.base.Progress;
import sinterj.math.RandomDraws;

class GaussNewtonTest {
    private static final GaussNewton.Options OPTIONS = new GaussNewton.Options(1e-3, 1e-6, 200, 2);
    private static final SearchSpace TWO =
            SearchSpace.of(FreeParameter.linear("a", 0, 1), FreeParameter.linear("b", 0, 1));

    private static GaussNewton.Finish finish(LeastSquares problem, double... start) {
        int n = start.length;
        return GaussNewton.finish(problem, start, start, GaussNewton.noPrior(n), OPTIONS, Progress.SILENT);
    }

    /** A straight line a + b t through points with a given noise. */
    private static LeastSquares line(double[] noise, double sd) {
        return points -> points.stream()
                .map(p -> {
                    float[] r = new float[noise.length];
                    for (int k = 0; k < r.length; k++) {
                        double t = (double) k / r.length;
                        r[k] = (float) ((p[0] + p[1] * t - (0.3 + 0.6 * t) - noise[k]) / sd);
                    }
                    return r;
                })
                .toList();
    }

    private static double[] noise(int count, double sd, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, count)
                .mapToDouble(i -> sd * RandomDraws.gaussian(random))
                .toArray();
    }

    @Test
    void aJumpBesideThePointIsNoSlope() {
        // Below 0.45 something else happens, such as grains that touch: all residuals change at once.
        LeastSquares cliff = points -> points.stream()
                .map(p -> {
                    float[] r = new float[50];
                    for (int k = 0; k < r.length; k++)
                        r[k] = (float) ((k - 20) * (p[0] - 0.5) + (p[0] < 0.45 ? 40 : 0));
                    return r;
                })
                .toList();
        GaussNewton.Options wide = new GaussNewton.Options(0.1, 1e-6, 40, 2);
        double[] start = {0.6};
        GaussNewton.Finish end = GaussNewton.finish(cliff, start, start, GaussNewton.noPrior(1), wide, Progress.SILENT);
        assertEquals(0.5, end.at()[0], 1e-4);
        for (int k = 0; k < 50; k++) assertEquals(k - 20, end.slopes()[0][k], 1e-3);
    }

    /** One number seen twice, 0.2 and 0.6, the second with a weight that depends on where the search is thought to end. */
    private static final class Weighted implements LeastSquares {
        double weight = 1;
        final List<double[]> near = new ArrayList<>();

        @Override
        public List<float[]> residuals(List<double[]> points) {
            return points.stream()
                    .map(p -> new float[] {(float) (100 * (p[0] - 0.2)), (float) (weight * 100 * (p[0] - 0.6))})
                    .toList();
        }

        @Override
        public void near(double[] point) {
            near.add(point.clone());
            weight = 3;
        }
    }

    @Test
    void weightsAreTakenFromNearTheEnd() {
        Weighted problem = new Weighted();
        GaussNewton.Options two = new GaussNewton.Options(1e-3, 0.05, 1e-3, 60, 2);
        double[] start = {0.95};
        GaussNewton.Finish end =
                GaussNewton.finish(problem, start, start, GaussNewton.noPrior(1), two, Progress.SILENT);
        assertEquals(1, problem.near.size());
        assertEquals(0.4, problem.near.get(0)[0], 1e-3);
        assertEquals((0.2 + 9 * 0.6) / 10, end.at()[0], 1e-3);
        assertEquals(300, end.slopes()[0][1], 0.5);
        assertEquals(0.5 * (36 * 36 + 12 * 12), end.cost(), 1);
        assertTrue(end.settled() && end.runs() <= 60, "runs " + end.runs());
    }

    @Test
    void rosenbrocksValleyIsFollowedToItsEnd() {
        LeastSquares valley = points -> points.stream()
                .map(p -> {
                    double x = 4 * p[0] - 2;
                    double y = 4 * p[1] - 2;
                    return new float[] {(float) (10 * (y - x * x)), (float) (1 - x)};
                })
                .toList();
        GaussNewton.Finish end = finish(valley, 0.2, 0.8);
        assertArrayEquals(new double[] {0.75, 0.75}, end.at(), 1e-3);
    }

    @Test
    void aLineIsFoundInAFewStepsWithItsTextbookDeviations() {
        int n = 200;
        double sd = 0.05;
        GaussNewton.Finish end = finish(line(noise(n, sd, 1), sd), 0.5, 0.5);
        assertTrue(end.settled());
        // Five to look around the start, and six for each of three steps.
        assertTrue(end.runs() <= 23, "runs " + end.runs());
        Posterior known = Posterior.of(TWO, end, null, List.of());
        // Of ordinary least squares: var(b) = sd^2 / sum (t - mean t)^2.
        double spread = (n * n - 1.0) / (12.0 * n);
        assertEquals(sd / Math.sqrt(spread), known.sd(1), 2e-3 * known.sd(1));
        assertEquals(-Math.sqrt(3) / 2, known.correlation(0, 1), 0.01);
        assertTrue(known.blindDirections().isEmpty());
    }

    @Test
    void intervalsHoldTheTruthAboutNinetyFiveTimesInAHundred() {
        int inside = 0;
        int trials = 300;
        for (int s = 0; s < trials; s++) {
            Posterior known = Posterior.of(TWO, finish(line(noise(60, 0.1, s), 0.1), 0.5, 0.5), null, List.of());
            if (known.low(1) <= 0.6 && 0.6 <= known.high(1)) inside++;
        }
        // 95 % of 300 is 285 with a deviation of 3.8.
        assertTrue(Math.abs(inside - 285) < 12, "inside " + inside);
    }

    /**
     * Residuals that change from run to run by more than the parameters change them: the squares of the slopes are several
     * times too large, and without a correction the deviations would be a third of what they are.
     */
    @Test
    void aModelThatTremblesDoesNotSeemBetterKnown() {
        int n = 4000;
        double sd = 0.5;
        double h = 0.05;
        double tremble = 0.06;
        double[] noise = noise(n, sd, 5);
        LeastSquares steady = points -> points.stream()
                .map(p -> {
                    float[] r = new float[n];
                    for (int k = 0; k < n; k++) {
                        double t = 2.0 * k / n - 1; // from -1 to 1: the two are seen apart
                        r[k] = (float) ((p[0] - 0.4 + (p[1] - 0.6) * t - noise[k]) / sd);
                    }
                    return r;
                })
                .toList();
        SplittableRandom random = new SplittableRandom(9);
        LeastSquares trembling = points -> points.stream()
                .map(p -> {
                    float[] r = steady.residuals(List.of(p)).get(0).clone();
                    for (int k = 0; k < r.length; k++) r[k] += (float) (tremble / sd * RandomDraws.gaussian(random));
                    return r;
                })
                .toList();
        GaussNewton.Options wide = new GaussNewton.Options(h, 1e-3, 60, 2);
        double[] start = {0.5, 0.5};
        double[] none = GaussNewton.noPrior(2);
        Posterior calm = Posterior.of(
                TWO, GaussNewton.finish(steady, start, start, none, wide, Progress.SILENT), null, List.of());
        GaussNewton.Finish end = GaussNewton.finish(trembling, start, start, none, wide, Progress.SILENT);
        double square = 0;
        double shaken = 0;
        for (int k = 0; k < n; k++) {
            square += end.slopes()[1][k] * end.slopes()[1][k];
            shaken += end.trembling()[1][k] * end.trembling()[1][k];
        }
        assertTrue(shaken > 0.5 * square, "it trembles: " + shaken / square);
        Posterior known = Posterior.of(TWO, end, null, List.of());
        assertEquals(1, known.sd(1) / calm.sd(1), 0.4);
        int[] alone = IntStream.range(0, n).toArray();
        assertEquals(1, Posterior.of(TWO, end, alone, List.of()).sd(1) / calm.sd(1), 0.4);
    }

    @Test
    void clustersOfEqualErrorsWidenTheIntervalsAsTheyShould() {
        // Each error is there nine times: the deviations are three times those of independent errors.
        int clusters = 60;
        int inside = 0;
        int trials = 300;
        for (int s = 0; s < trials; s++) {
            double[] few = noise(clusters, 0.1, s);
            double[] many = new double[9 * clusters];
            int[] cluster = new int[many.length];
            for (int k = 0; k < many.length; k++) {
                cluster[k] = k / 9;
                many[k] = few[k / 9];
            }
            GaussNewton.Finish end = finish(line(many, 0.1), 0.5, 0.5);
            Posterior known = Posterior.of(TWO, end, cluster, List.of());
            if (s == 0) {
                double naive = Posterior.of(TWO, end, null, List.of()).sd(1);
                assertEquals(3, known.sd(1) / naive, 0.6);
            }
            if (known.low(1) <= 0.6 && 0.6 <= known.high(1)) inside++;
        }
        assertTrue(inside > 270 && inside < 295, "inside " + inside);
    }

    @Test
    void aPairThatOccursAsAProductIsSaidToBeOne() {
        SearchSpace space = new SearchSpace(
                List.of(FreeParameter.log("m_translation", 1e-21, 1e-19), FreeParameter.log("k_stiffness", 1e5, 1e7)),
                Map.of());
        LeastSquares product = points -> points.stream()
                .map(p -> {
                    double[] v = space.values(p);
                    float log = (float) Math.log(v[0] * v[1] / 2e-14);
                    return new float[] {100 * log, -50 * log};
                })
                .toList();
        GaussNewton.Finish end = GaussNewton.finish(
                product, new double[] {0.4, 0.5}, space.priorMean(), space.priorSd(), OPTIONS, Progress.SILENT);
        Posterior known = Posterior.of(space, end, null, List.of());
        assertFalse(known.isIdentifiable(0));
        assertFalse(known.isIdentifiable(1));
        assertEquals(-1, known.correlation(0, 1), 0.01);
        assertEquals(1, known.blindDirections().size());
        String words = known.blindDirections().get(0);
        assertTrue(words.startsWith("The data determine only the product of"), words);
        assertEquals(2e-14, known.value(0) * known.value(1), 1e-17);
    }

    @Test
    void whatTheDataDoNotSayIsLeftToThePrior() {
        SearchSpace space = SearchSpace.of(FreeParameter.log("a", 1, 100), FreeParameter.log("b", 1, 100, 50));
        LeastSquares onlyA = points -> points.stream()
                .map(p -> new float[] {(float) (30 * (p[0] - 0.7)), (float) (20 * (p[0] - 0.72))})
                .toList();
        GaussNewton.Finish end = GaussNewton.finish(
                onlyA, new double[] {0.5, 0.1}, space.priorMean(), space.priorSd(), OPTIONS, Progress.SILENT);
        Posterior known = Posterior.of(space, end, null, List.of());
        assertTrue(known.isIdentifiable(0));
        assertFalse(known.isIdentifiable(1));
        assertEquals(50, known.value(1), 0.1);
        assertEquals(0.25, known.sdUnit(1), 1e-6);
        assertEquals(List.of("The data say little of b beyond what was assumed of it."), known.blindDirections());
    }

    @Test
    void aMinimumOutsideTheRangeEndsAtItsWall() {
        LeastSquares outside = points -> points.stream()
                .map(p -> new float[] {(float) (10 * (p[0] - 1.4) + 3 * p[1]), (float) (5 * (p[1] - 0.2))})
                .toList();
        GaussNewton.Finish end = finish(outside, 0.5, 0.5);
        assertEquals(1, end.at()[0], 1e-9);
        // With the first at its wall: (-4 + 3 b) 3 + 25 (b - 0.2) = 0.
        assertEquals(17.0 / 34, end.at()[1], 1e-3);
    }

    @Test
    void aFactKnownWithAnErrorAddsWhatItsErrorShifts() {
        // One residual depends on the parameter, and an error of one deviation of the fact moves it by 3.
        SearchSpace one = SearchSpace.of(FreeParameter.linear("a", 0, 1));
        LeastSquares problem = points -> points.stream()
                .map(p -> new float[] {(float) (10 * (p[0] - 0.5))})
                .toList();
        GaussNewton.Finish end = finish(problem, 0.4);
        assertEquals(0.1, Posterior.of(one, end, null, List.of()).sd(0), 1e-4);
        Posterior wider = Posterior.of(one, end, null, List.of(new float[] {3}));
        assertEquals(Math.sqrt(0.01 + 0.09), wider.sd(0), 1e-4);
    }

    @Test
    void runsThatFailAreSteppedBackFrom() {
        LeastSquares half = points -> points.stream()
                .map(p -> p[0] > 0.6 ? null : new float[] {(float) (p[0] - 0.9), 0})
                .toList();
        GaussNewton.Finish end = finish(half, 0.2);
        assertTrue(end.at()[0] <= 0.6 && end.at()[0] >= 0.2, "at " + end.at()[0]);
    }

    @Test
    void theProfileOfAParabolaIsItsMarginalParabola() {
        // Cost with the information matrix {{4, 2}, {2, 5}}: what remains of a is 4 - 2 * 2 / 5.
        ProfileCurve curve = ProfileCurve.of(
                p -> 2 * (p[0] - .5) * (p[0] - .5) + 2 * (p[0] - .5) * (p[1] - .5) + 2.5 * (p[1] - .5) * (p[1] - .5),
                new double[] {0.5, 0.5},
                0,
                0.3,
                0.7,
                9);
        for (int k = 0; k < 9; k++) {
            double d = curve.unit()[k] - 0.5;
            assertEquals(3.2 * d * d / 2, curve.cost()[k], 1e-6);
        }
    }

    @Test
    void importanceIsTheShareOfTheVariance() {
        double[] shares = Importance.of(p -> 2 * p[0] + p[1], 3, 1);
        assertEquals(0.8, shares[0], 0.03);
        assertEquals(0.2, shares[1], 0.03);
        assertEquals(0, shares[2], 1e-12);
    }

    @Test
    void aProcessThroughASmoothSurfacePredictsItBetweenThePoints() {
        double[][] places =
                IntStream.range(0, 40).mapToObj(i -> EvenPoints.point(i, 2, 3)).toArray(double[][]::new);
        double[] costs = IntStream.range(0, 40)
                .mapToDouble(i -> Math.sin(3 * places[i][0]) + places[i][1] * places[i][1])
                .toArray();
        GaussianProcess surface = GaussianProcess.fitted(places, costs);
        GaussianProcess.Prediction middle = surface.predict(new double[] {0.4, 0.6});
        assertEquals(Math.sin(1.2) + 0.36, middle.mean(), 2e-3);
        assertTrue(middle.sd() < 0.02, "sd " + middle.sd());
        assertEquals(middle.mean(), surface.mean(new double[] {0.4, 0.6}), 1e-12);
        assertTrue(surface.noise() < 1e-2);
    }

    @Test
    void theNoiseOfCostsIsLearnt() {
        double[][] places =
                IntStream.range(0, 80).mapToObj(i -> EvenPoints.point(i, 1, 3)).toArray(double[][]::new);
        double[] noise = noise(80, 0.1, 7);
        double[] costs = IntStream.range(0, 80)
                .mapToDouble(i -> Math.sin(5 * places[i][0]) + noise[i])
                .toArray();
        assertEquals(0.1, GaussianProcess.fitted(places, costs).noise(), 0.02);
    }
}
