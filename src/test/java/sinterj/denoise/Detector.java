package sinterj.denoise;

import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** Draws images as a detector would take them. */
final class Detector {
    private Detector() {}

    static float[] image(DetectorNoise noise, int pixels, IntToDoubleFunction counts, long seed) {
        Random random = new Random(seed);
        float[] image = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            double n = poisson(counts.applyAsDouble(i), random);
            image[i] = (float) (noise.offset() + noise.gain() * n + noise.readNoise() * random.nextGaussian());
        }
        return image;
    }

    /** Waiting times between counts are exponential. */
    private static int poisson(double mean, Random random) {
        int n = 0;
        for (double t = wait(random); t < mean; t += wait(random)) n++;
        return n;
    }

    private static double wait(Random random) {
        return -Math.log(1 - random.nextDouble());
    }
}
