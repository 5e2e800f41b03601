package sinterj.djl;

/**
 * What a network of others gives, turned into probabilities of classes: scores by softmax, a single channel as a score for
 * class 1 against 0. What is probabilities already stays as it is.
 *
 * @param channels that the network gives
 * @param channelsLast whether they come after y and x
 */
record ForeignScores(int channels, boolean channelsLast) {
    private static final double SUM_TOLERANCE = 1e-2;

    int classes() {
        return Math.max(2, channels);
    }

    /** @param out what the network gave for n pixels */
    float[] probabilities(float[] out, int n) {
        float[] scores = channelsLast ? turned(out, n, channels) : out;
        return channels == 1 ? twoClasses(scores) : softmaxUnlessDone(scores, n);
    }

    /** Rows and columns exchanged: rows of n values become columns. */
    static float[] turned(float[] values, int rows, int columns) {
        float[] out = new float[values.length];
        for (int r = 0; r < rows; r++) for (int c = 0; c < columns; c++) out[c * rows + r] = values[r * columns + c];
        return out;
    }

    private static float[] twoClasses(float[] scores) {
        boolean done = true;
        for (float v : scores) done &= v >= 0 && v <= 1;
        float[] out = new float[2 * scores.length];
        for (int i = 0; i < scores.length; i++) {
            float p = done ? scores[i] : (float) (1 / (1 + Math.exp(-scores[i])));
            out[i] = 1 - p;
            out[scores.length + i] = p;
        }
        return out;
    }

    private float[] softmaxUnlessDone(float[] scores, int n) {
        boolean done = true;
        for (int i = 0; i < n && done; i++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += scores[c * n + i];
                done &= scores[c * n + i] >= 0;
            }
            done &= Math.abs(sum - 1) < SUM_TOLERANCE;
        }
        if (done) return scores;
        float[] out = new float[scores.length];
        for (int i = 0; i < n; i++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < channels; c++) most = Math.max(most, scores[c * n + i]);
            double sum = 0;
            for (int c = 0; c < channels; c++) sum += Math.exp(scores[c * n + i] - most);
            for (int c = 0; c < channels; c++) out[c * n + i] = (float) (Math.exp(scores[c * n + i] - most) / sum);
        }
        return out;
    }
}
