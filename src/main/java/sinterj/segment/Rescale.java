package sinterj.segment;

/** Planes made smaller or larger, with the corners of the image staying where they are. */
final class Rescale {
    private Rescale() {}

    /** Pixels along a side of n pixels after scaling; at least one. */
    static int side(int n, double scale) {
        return Math.max(1, (int) Math.round(n * scale));
    }

    /**
     * Grey values at another size: averages over what each new pixel covers when it gets smaller, straight lines
     * between pixel centres when it gets larger.
     */
    static float[] grey(float[] in, int width, int height, int newWidth, int newHeight) {
        if (width == newWidth && height == newHeight) return in;
        float[] rows = new float[newWidth * height];
        Taps x = Taps.of(width, newWidth);
        for (int y = 0; y < height; y++) x.apply(in, y * width, 1, rows, y * newWidth, 1);
        float[] out = new float[newWidth * newHeight];
        Taps y = Taps.of(height, newHeight);
        for (int i = 0; i < newWidth; i++) y.apply(rows, i, newWidth, out, i, newWidth);
        return out;
    }

    /** From which pixels each new one is made, and with which weights. */
    private record Taps(int[] first, float[][] weights) {
        static Taps of(int n, int m) {
            int[] first = new int[m];
            float[][] weights = new float[m][];
            double ratio = (double) n / m;
            for (int i = 0; i < m; i++) {
                if (ratio > 1) {
                    double from = i * ratio;
                    double to = Math.min(n, (i + 1) * ratio);
                    first[i] = (int) from;
                    weights[i] = new float[Math.min(n, (int) Math.ceil(to - 1e-9)) - first[i]];
                    for (int k = 0; k < weights[i].length; k++) {
                        double covered = Math.min(to, first[i] + k + 1.0) - Math.max(from, first[i] + k);
                        weights[i][k] = (float) (covered / (to - from));
                    }
                } else {
                    double at = Math.max(0, Math.min(n - 1.0, (i + 0.5) * ratio - 0.5));
                    first[i] = Math.min((int) at, Math.max(0, n - 2));
                    float part = (float) (at - first[i]);
                    weights[i] = n == 1 ? new float[] {1} : new float[] {1 - part, part};
                }
            }
            return new Taps(first, weights);
        }

        void apply(float[] in, int start, int stride, float[] out, int outStart, int outStride) {
            for (int i = 0; i < first.length; i++) {
                float sum = 0;
                for (int k = 0; k < weights[i].length; k++) sum += weights[i][k] * in[start + (first[i] + k) * stride];
                out[outStart + i * outStride] = sum;
            }
        }
    }

    /**
     * Classes at another size: where pixels get larger, the class that most of what a pixel covers has; what nobody
     * labelled has no vote.
     *
     * @param in class by pixel, -1 for none
     */
    static byte[] classes(byte[] in, int width, int height, int newWidth, int newHeight, int classes) {
        if (width == newWidth && height == newHeight) return in;
        byte[] out = new byte[newWidth * newHeight];
        double rx = (double) width / newWidth;
        double ry = (double) height / newHeight;
        int[] votes = new int[classes];
        for (int y = 0; y < newHeight; y++) {
            int y0 = (int) Math.min(height - 1, Math.floor(y * ry + 1e-9));
            int y1 = (int) Math.max(y0 + 1, Math.min(height, Math.round((y + 1) * ry)));
            for (int x = 0; x < newWidth; x++) {
                int x0 = (int) Math.min(width - 1, Math.floor(x * rx + 1e-9));
                int x1 = (int) Math.max(x0 + 1, Math.min(width, Math.round((x + 1) * rx)));
                out[x + newWidth * y] = most(in, width, x0, x1, y0, y1, votes);
            }
        }
        return out;
    }

    private static byte most(byte[] in, int width, int x0, int x1, int y0, int y1, int[] votes) {
        java.util.Arrays.fill(votes, 0);
        for (int y = y0; y < y1; y++)
            for (int x = x0; x < x1; x++) if (in[x + width * y] >= 0) votes[in[x + width * y]]++;
        int best = -1;
        for (int c = 0; c < votes.length; c++) if (votes[c] > 0 && (best < 0 || votes[c] > votes[best])) best = c;
        return (byte) best;
    }
}
