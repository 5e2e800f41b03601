package sinterj.denoise;

import java.util.List;

/**
 * What a denoiser took away, in units of the noise it was told of: when all went well it is white and has standard
 * deviation 1. Less means that noise was left in, more or a correlation that structure was taken out.
 *
 * @param deviation standard deviation of the residual over that of the noise
 * @param correlation mean correlation between neighbouring pixels of the residual; 0 is white
 */
public record Residual(double deviation, double correlation) {
    /** Share of an image's mean variance that every pixel has at least: below it the noise model's own error decides. */
    private static final double LEAST_VARIANCE = 0.1;

    /**
     * Measures a residual.
     *
     * @param noisy images before
     * @param denoised images after
     * @param width pixels a row
     * @param noise of the detector
     */
    public static Residual of(List<float[]> noisy, List<float[]> denoised, int width, NoiseModel noise) {
        double square = 0;
        double across = 0;
        double down = 0;
        long count = 0;
        long countAcross = 0;
        long countDown = 0;
        for (int k = 0; k < noisy.size(); k++) {
            float[] r = scaled(noisy.get(k), denoised.get(k), noise);
            for (int i = 0; i < r.length; i++) {
                square += r[i] * r[i];
                if (i % width > 0) {
                    across += r[i] * r[i - 1];
                    countAcross++;
                }
                if (i >= width) {
                    down += r[i] * r[i - width];
                    countDown++;
                }
            }
            count += r.length;
        }
        double variance = square / Math.max(1, count);
        if (variance == 0) return new Residual(0, 0);
        double neighbours = across / Math.max(1, countAcross) + down / Math.max(1, countDown);
        return new Residual(Math.sqrt(variance), neighbours / 2 / variance);
    }

    private static float[] scaled(float[] noisy, float[] denoised, NoiseModel noise) {
        double[] variance = new double[noisy.length];
        double mean = 0;
        for (int i = 0; i < variance.length; i++) {
            variance[i] = Math.max(0, noise.variance(denoised[i]));
            mean += variance[i] / variance.length;
        }
        float[] r = new float[noisy.length];
        for (int i = 0; i < r.length && mean > 0; i++) {
            r[i] = (float) ((noisy[i] - denoised[i]) / Math.sqrt(Math.max(LEAST_VARIANCE * mean, variance[i])));
        }
        return r;
    }
}
