package sinterj.optimize;

import java.util.List;
import java.util.SplittableRandom;
import sinterj.math.RandomDraws;

/**
 * CMA-ES: points are drawn from a normal distribution that moves to, and stretches along, what proved good.
 *
 * <p>Hansen 2016, arXiv:1604.00772, with usual constants. As with every {@link Sampler} nothing is kept: the
 * distribution is worked out anew from the history, each run of finished trials as long as a population being one
 * generation. A trial that was asked for under an earlier distribution, or that another sampler chose, thus counts as
 * an injected solution, whose step is limited (Hansen 2011, arXiv:1110.4181). Points outside the cube are drawn again.
 * Cost: O(trials dimensions^2).
 */
public final class CovarianceAdaptation implements Sampler {
    private static final double FIRST_STEP = 1.0 / 6;
    private static final int DRAWS = 100;

    @Override
    public double[] next(History history, int dimensions, long seed) {
        CovarianceState state = new CovarianceState(dimensions, FIRST_STEP);
        List<Trial> finished = history.finished();
        double[] costs = history.costs();
        int population = state.population();
        for (int from = 0; from + population <= finished.size(); from += population) {
            double[][] points = new double[population][];
            double[] cost = new double[population];
            for (int i = 0; i < population; i++) {
                points[i] = finished.get(from + i).at();
                cost[i] = costs[from + i];
            }
            state.learn(points, cost);
        }
        int number = history.asked();
        SplittableRandom random = RandomDraws.streams(seed, number + 2)[number + 1];
        return draw(state, dimensions, random);
    }

    private static double[] draw(CovarianceState state, int dimensions, SplittableRandom random) {
        double[] point = new double[dimensions];
        for (int attempt = 0; attempt < DRAWS; attempt++) {
            double[] normal = new double[dimensions];
            for (int i = 0; i < dimensions; i++) normal[i] = RandomDraws.gaussian(random);
            point = state.point(normal);
            boolean inside = true;
            for (double p : point) inside &= p >= 0 && p <= 1;
            if (inside) return point;
        }
        for (int i = 0; i < dimensions; i++) point[i] = Math.min(1, Math.max(0, point[i]));
        return point;
    }
}
