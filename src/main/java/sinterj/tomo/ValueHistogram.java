package sinterj.tomo;

/** How often the values of a volume occur, in bins of equal width from the smallest to the largest. */
final class ValueHistogram {
    private static final int BINS = 1024;
    private final double low;
    private final double width;
    private final long[] counts = new long[BINS];

    private ValueHistogram(double low, double width) {
        this.low = low;
        this.width = width;
    }

    static ValueHistogram of(float[][] rows) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float[] row : rows) {
            for (float v : row) {
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
        }
        ValueHistogram histogram = new ValueHistogram(low, ((double) high - low) / BINS);
        for (float[] row : rows) for (float v : row) histogram.counts[histogram.bin(v)]++;
        return histogram;
    }

    private int bin(double value) {
        return width == 0 ? 0 : Math.max(0, Math.min(BINS - 1, (int) ((value - low) / width)));
    }

    /** The threshold that separates two classes best (Otsu 1979, doi:10.1109/TSMC.1979.4310076). */
    double otsu() {
        double total = 0;
        double moment = 0;
        for (int i = 0; i < BINS; i++) {
            total += counts[i];
            moment += (double) i * counts[i];
        }
        double below = 0;
        double momentBelow = 0;
        double best = -1;
        int at = 0;
        for (int i = 0; i < BINS - 1; i++) {
            below += counts[i];
            momentBelow += (double) i * counts[i];
            if (below == 0 || below == total) continue;
            double gap = momentBelow / below - (moment - momentBelow) / (total - below);
            double between = below * (total - below) * gap * gap;
            if (between > best) {
                best = between;
                at = i;
            }
        }
        return low + (at + 1) * width;
    }

    /** The value that a fraction of those above a threshold stays below. */
    float percentileAbove(double threshold, double fraction) {
        int first = bin(threshold);
        long above = 0;
        for (int i = first; i < BINS; i++) above += counts[i];
        double wanted = fraction * above;
        for (int i = first; i < BINS; i++) {
            if (wanted <= counts[i]) return (float) (low + (i + wanted / Math.max(1, counts[i])) * width);
            wanted -= counts[i];
        }
        return (float) (low + BINS * width);
    }
}
