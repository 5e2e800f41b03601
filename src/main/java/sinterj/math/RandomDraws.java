package sinterj.math;

import java.util.SplittableRandom;

/**
 * Random numbers of a given distribution from a given generator. Only arithmetic that every Java carries out alike is
 * used ({@link StrictMath}, and of {@link SplittableRandom} only what its specification fixes), so the same seed gives
 * the same bits on every machine.
 */
public final class RandomDraws {
    /** Means above this are drawn as a sum; exp(-30) is far from the smallest double. */
    private static final double NORMAL_MEAN = 1e6;

    private static final double DIRECT_MEAN = 30;

    private RandomDraws() {}

    /**
     * Independent generators, one for each of a number of tasks, so that tasks may run in any order.
     *
     * @param seed same seed, same generators
     * @param count number of generators; the first few do not depend on it
     */
    public static SplittableRandom[] streams(long seed, int count) {
        SplittableRandom root = new SplittableRandom(seed);
        SplittableRandom[] streams = new SplittableRandom[count];
        for (int i = 0; i < count; i++) streams[i] = root.split();
        return streams;
    }

    /** A number from a normal distribution with mean 0 and standard deviation 1. Polar method of Marsaglia. */
    public static double gaussian(SplittableRandom random) {
        while (true) {
            double x = 2 * random.nextDouble() - 1;
            double y = 2 * random.nextDouble() - 1;
            double s = x * x + y * y;
            if (s > 0 && s < 1) return x * Math.sqrt(-2 * StrictMath.log(s) / s);
        }
    }

    /**
     * A number from a Poisson distribution, exactly: by inversion, and for large means as a sum of draws of small mean.
     * Above a million the normal distribution of the same mean and variance takes its place, whose quantiles are off by
     * a count or two there.
     *
     * @param mean 0 or more, below 1e18. Cost: proportional to it up to a million.
     */
    public static long poisson(SplittableRandom random, double mean) {
        if (mean > NORMAL_MEAN) return Math.round(mean + Math.sqrt(mean) * gaussian(random));
        int sum = 0;
        for (; mean > DIRECT_MEAN; mean -= DIRECT_MEAN) sum += inverted(random, DIRECT_MEAN);
        return sum + inverted(random, mean);
    }

    private static int inverted(SplittableRandom random, double mean) {
        double left = random.nextDouble();
        double probability = StrictMath.exp(-mean);
        int k = 0;
        while (left >= probability && probability > 0) {
            left -= probability;
            probability *= mean / ++k;
        }
        return k;
    }
}
