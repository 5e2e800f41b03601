package sinterj.optimize;

import java.util.SplittableRandom;
import org.apache.commons.math3.random.SobolSequenceGenerator;
import sinterj.math.RandomDraws;

/**
 * Points that fill the cube evenly: the Sobol sequence (Joe and Kuo 2008, doi:10.1137/070709359), shifted by a random
 * vector modulo 1 so that each seed has its own. Any number of them is spread better than random points.
 */
public final class EvenPoints implements Sampler {
    @Override
    public double[] next(History history, int dimensions, long seed) {
        return point(history.asked(), dimensions, seed);
    }

    /** Point of a number, from 0 on. */
    public static double[] point(int number, int dimensions, long seed) {
        // The first point of the sequence is a corner; the shift makes it as good as any.
        double[] point = new SobolSequenceGenerator(dimensions).skipTo(number);
        SplittableRandom random = RandomDraws.streams(seed, 1)[0];
        for (int i = 0; i < dimensions; i++) {
            double moved = point[i] + random.nextDouble();
            point[i] = moved >= 1 ? moved - 1 : moved;
        }
        return point;
    }
}
