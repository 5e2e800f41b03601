package sinterj.pore;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.LabelVolume;
import sinterj.image.PhaseMask;
import sinterj.image.Planes;
import sinterj.image.Volume;

/** How often each value above 0 occurs in a map; exact statistics without sorting its voxels. */
public final class Distribution {
    private static final int PLANE_GROUPS = 16;

    private final float[] values;
    private final long[] counts;
    private final long total;

    private Distribution(float[] values, long[] counts) {
        this.values = values;
        this.counts = counts;
        total = Arrays.stream(counts).sum();
    }

    /**
     * The values above 0 of a map.
     *
     * @param map not changed
     * @param region if not null, only voxels in it count
     */
    public static Distribution of(Volume map, PhaseMask region, Progress progress) {
        ValueCounter counter = count(map, null, region, progress);
        return of(counter, counter.sortedKeys(), 0, Integer.MAX_VALUE);
    }

    /**
     * The values above 0 of a map within each label.
     *
     * @param map not changed
     * @param labels of the same size; 0 is outside
     * @param region if not null, only voxels in it count
     * @return by label, rising; labels without a voxel are missing
     */
    public static Map<Integer, Distribution> perLabel(
            Volume map, LabelVolume labels, PhaseMask region, Progress progress) {
        ValueCounter counter = count(map, labels, region, progress);
        long[] keys = counter.sortedKeys();
        Map<Integer, Distribution> byLabel = new TreeMap<>();
        for (int from = 0; from < keys.length; ) {
            int label = (int) (keys[from] >>> 32);
            int to = from;
            while (to < keys.length && (int) (keys[to] >>> 32) == label) to++;
            if (label != 0) byLabel.put(label, of(counter, keys, from, to));
            from = to;
        }
        return byLabel;
    }

    private static Distribution of(ValueCounter counter, long[] keys, int from, int to) {
        int n = Math.min(to, keys.length) - from;
        float[] values = new float[n];
        long[] counts = new long[n];
        for (int i = 0; i < n; i++) {
            values[i] = Float.intBitsToFloat((int) keys[from + i]);
            counts[i] = counter.count(keys[from + i]);
        }
        return new Distribution(values, counts);
    }

    private static ValueCounter count(Volume map, LabelVolume labels, PhaseMask region, Progress progress) {
        int groups = Math.min(PLANE_GROUPS, map.depth());
        ValueCounter[] counters = new ValueCounter[groups];
        Parallel.forEach(progress, groups, g -> {
            ValueCounter counter = new ValueCounter();
            for (int z = map.depth() * g / groups; z < map.depth() * (g + 1) / groups; z++) {
                progress.check();
                countPlane(map, labels, region, z, counter);
            }
            counters[g] = counter;
        });
        ValueCounter all = new ValueCounter();
        for (ValueCounter counter : counters) all.addAll(counter);
        return all;
    }

    private static void countPlane(Volume map, LabelVolume labels, PhaseMask region, int z, ValueCounter counter) {
        float[] plane = map.plane(z);
        float[] names = labels == null ? null : Planes.plane(labels.labels(), z);
        for (int y = 0, i = 0; y < map.height(); y++) {
            for (int x = 0; x < map.width(); x++, i++) {
                if (plane[i] > 0 && (region == null || region.get(x, y, z))) {
                    counter.add(names == null ? 0 : (int) names[i], plane[i]);
                }
            }
        }
    }

    /** Number of voxels. */
    public long n() {
        return total;
    }

    /** Mean; NaN without a voxel. */
    public double mean() {
        double sum = 0;
        for (int i = 0; i < values.length; i++) sum += (double) values[i] * counts[i];
        return sum / total;
    }

    /** Standard deviation of these voxels (divided by n); NaN without a voxel. */
    public double sd() {
        double mean = mean();
        double sum = 0;
        for (int i = 0; i < values.length; i++) sum += (values[i] - mean) * (values[i] - mean) * counts[i];
        return Math.sqrt(sum / total);
    }

    /** Smallest value; NaN without a voxel. */
    public double min() {
        return total == 0 ? Double.NaN : values[0];
    }

    /** Largest value; NaN without a voxel. */
    public double max() {
        return total == 0 ? Double.NaN : values[values.length - 1];
    }

    /** The value that occurs most often, the smaller of several; NaN without a voxel. */
    public double mode() {
        if (total == 0) return Double.NaN;
        int most = 0;
        for (int i = 1; i < values.length; i++) if (counts[i] > counts[most]) most = i;
        return values[most];
    }

    /**
     * The value below which a fraction of the voxels lies, interpolated linearly between the two nearest in order.
     *
     * @param fraction from 0 to 1
     */
    public double quantile(double fraction) {
        if (total == 0) return Double.NaN;
        double rank = fraction * (total - 1);
        long below = (long) Math.floor(rank);
        double low = ranked(below);
        return low + (rank - below) * (ranked(Math.min(total - 1, below + 1)) - low);
    }

    private double ranked(long rank) {
        long passed = 0;
        for (int i = 0; i < values.length; i++) {
            passed += counts[i];
            if (passed > rank) return values[i];
        }
        return max();
    }

    /**
     * Fraction of the voxels in equal bins from 0 to a largest value; a value on a border counts above it, the largest
     * in the last bin.
     *
     * @param bins number of bins
     * @param largest upper end of the last bin
     */
    public double[] histogram(int bins, double largest) {
        double[] fractions = new double[bins];
        for (int i = 0; i < values.length; i++) {
            int bin = (int) (values[i] / largest * bins);
            fractions[Math.min(bins - 1, bin)] += counts[i];
        }
        for (int b = 0; b < bins; b++) fractions[b] /= Math.max(1, total);
        return fractions;
    }
}
