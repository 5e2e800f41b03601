package sinterj.optimize;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.special.Erf;
import sinterj.math.RandomDraws;

/**
 * Bayesian optimisation: a {@link GaussianProcess} through the trials, and next the point that may be expected to
 * better the best of them most (Jones et al. 1998, doi:10.1023/A:1008306431147). Points that are being tried out count
 * with the cost that is expected of them. The first ten points are even.
 *
 * <p>For every other point costs are first warped by a power that makes them nearest to normal, since costs over several
 * powers of ten suit no stationary surface; for the others they are left as they are, which is more exact near a
 * minimum. Costs about 10 ms for a proposal after 50 trials, 40 ms after 100.
 */
public final class ExpectedImprovement implements Sampler {
    private static final int START = 10;
    private static final int SPREAD = 600;
    private static final int NEAR = 200;
    private static final int REFINED = 4;
    private static final int STEPS = 30;
    private static final double DIFFERENCE = 1e-6;

    /** Kernels are fitted anew after every trial up to this many, then after every fifth. */
    private static final int EACH = 30;

    private static final int EVERY = 5;

    private final KernelMemory plainKernels = new KernelMemory();
    private final KernelMemory warpedKernels = new KernelMemory();

    @Override
    public double[] next(History history, int dimensions, long seed) {
        int number = history.asked();
        int n = history.finished().size();
        if (number < START || n < 3) return EvenPoints.point(number, dimensions, seed);
        boolean warped = number % 2 == 0;
        double[] costs = warped ? PowerWarp.of(history.costs()) : history.costs();
        double[][] places = history.places();
        int known = n <= EACH ? n : n - n % EVERY;
        KernelMemory kernels = warped ? warpedKernels : plainKernels;
        MaternKernel kernel = kernels.of(Arrays.copyOf(places, known), Arrays.copyOf(costs, known));
        GaussianProcess surface = withPending(places, costs, history.pending(), kernel);
        SplittableRandom random = RandomDraws.streams(seed, number + 2)[number + 1];
        double[] bestPlace = places[History.byCost(costs)[0]];
        return best(surface, lowest(surface, places), bestPlace, random);
    }

    /** Points without a cost are given the one that is expected, so that their neighbourhood promises little. */
    private static GaussianProcess withPending(
            double[][] places, double[] costs, List<double[]> pending, MaternKernel kernel) {
        GaussianProcess surface = GaussianProcess.with(places, costs, kernel);
        if (pending.isEmpty()) return surface;
        int n = places.length;
        double[][] more = Arrays.copyOf(places, n + pending.size());
        double[] believed = Arrays.copyOf(costs, more.length);
        for (int i = n; i < more.length; i++) {
            more[i] = pending.get(i - n);
            believed[i] = surface.mean(more[i]);
        }
        return GaussianProcess.with(more, believed, kernel);
    }

    /** The lowest of the surface's values at the trials: with noise, the lowest cost was lucky. */
    private static double lowest(GaussianProcess surface, double[][] places) {
        return Arrays.stream(places).mapToDouble(surface::mean).min().orElseThrow();
    }

    private static double[] best(GaussianProcess surface, double target, double[] centre, SplittableRandom random) {
        int d = centre.length;
        double[][] candidates = new double[SPREAD + NEAR][d];
        double[] losses = new double[candidates.length];
        for (int c = 0; c < candidates.length; c++) {
            double reach = StrictMath.pow(10, -1 - 3 * random.nextDouble());
            for (int i = 0; i < d; i++) {
                double near = centre[i] + reach * RandomDraws.gaussian(random);
                candidates[c][i] = c < SPREAD ? random.nextDouble() : Math.min(1, Math.max(0, near));
            }
            losses[c] = loss(surface, target, candidates[c]);
        }
        int[] order = History.byCost(losses);
        double[] low = new double[d];
        double[] high = new double[d];
        Arrays.fill(high, 1);
        BoxMinimum.Result best = null;
        for (int k = 0; k < REFINED; k++) {
            BoxMinimum.Result found =
                    BoxMinimum.of((x, g) -> slope(surface, target, x, g), candidates[order[k]], low, high, STEPS);
            if (best == null || found.value() < best.value()) best = found;
        }
        return best.at();
    }

    private static double slope(GaussianProcess surface, double target, double[] x, double[] gradient) {
        double here = loss(surface, target, x);
        for (int i = 0; i < x.length; i++) {
            double[] moved = x.clone();
            double h = x[i] > 0.5 ? -DIFFERENCE : DIFFERENCE;
            moved[i] += h;
            gradient[i] = (loss(surface, target, moved) - here) / h;
        }
        return here;
    }

    /** Minus the logarithm of the expected improvement. */
    private static double loss(GaussianProcess surface, double target, double[] at) {
        GaussianProcess.Prediction p = surface.predict(at);
        return -StrictMath.log(p.sd()) - logGain((target - p.mean()) / p.sd());
    }

    /** Logarithm of {@code phi(z) + z Phi(z)}, exact also where that is too small for a number. */
    static double logGain(double z) {
        double logBell = -z * z / 2 - StrictMath.log(2 * Math.PI) / 2;
        if (z < -20) return logBell - 2 * StrictMath.log(-z) + StrictMath.log1p(-3 / (z * z));
        return StrictMath.log(StrictMath.exp(logBell) + z * Erf.erfc(-z / Math.sqrt(2)) / 2);
    }
}
