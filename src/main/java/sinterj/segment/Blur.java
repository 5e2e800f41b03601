package sinterj.segment;

import sinterj.image.GaussianBlur;
import sinterj.image.Mirror;

/** Gaussian smoothing of planes and lines, mirrored at their ends. */
public final class Blur {
    private Blur() {}

    /** Weights to 3 standard deviations. */
    private static double[] weights(double sd) {
        return GaussianBlur.weights(sd, (int) Math.ceil(3 * sd));
    }

    /**
     * Smooths a plane.
     *
     * @param plane row by row; not changed
     * @param sdX standard deviation along x in pixels, 0 for none
     * @param sdY standard deviation along y in pixels, 0 for none
     * @return new plane. Cost: proportional to pixels times standard deviation.
     */
    public static float[] plane(float[] plane, int width, int height, double sdX, double sdY) {
        float[] out = plane.clone();
        if (sdX > 0) {
            double[] w = weights(sdX);
            for (int y = 0; y < height; y++) line(plane, out, y * width, 1, width, w);
        }
        if (sdY > 0) {
            float[] from = out.clone();
            double[] w = weights(sdY);
            for (int x = 0; x < width; x++) line(from, out, x, width, height, w);
        }
        return out;
    }

    private static void line(float[] in, float[] out, int start, int stride, int n, double[] w) {
        for (int i = 0; i < n; i++) {
            double sum = w[0] * in[start + i * stride];
            for (int d = 1; d < w.length; d++) {
                sum += w[d] * (in[start + Mirror.at(i - d, n) * stride] + in[start + Mirror.at(i + d, n) * stride]);
            }
            out[start + i * stride] = (float) sum;
        }
    }
}
