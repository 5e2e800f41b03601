package sinterj.pore;

import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.PhaseMask;

/**
 * Lengths of the phase's runs along the lines of an axis, in voxels. Runs that the image's border cuts are left out of
 * the counts by length, but not of the total length and the number of ends, from which the mean intercept follows
 * without a bias towards short runs.
 *
 * @param counts number of whole runs by their length
 * @param ends number of ends within the image, two for each whole run
 * @param voxels voxels of the phase on all lines
 */
record Chords(long[] counts, long ends, long voxels) {
    /** Runs along an axis: 0, 1, 2 for x, y, z. */
    static Chords along(int axis, PhaseMask mask, Progress progress) {
        int length = axis == 0 ? mask.width() : axis == 1 ? mask.height() : mask.depth();
        int slabs = axis == 2 ? mask.height() : mask.depth();
        long[][] counts = new long[slabs][length + 1];
        long[] ends = new long[slabs];
        Parallel.forEach(progress, slabs, s -> {
            int lines = axis == 0 ? mask.height() : mask.width();
            for (int line = 0; line < lines; line++) ends[s] += walk(mask, axis, s, line, length, counts[s]);
        });
        long[] all = new long[length + 1];
        long allEnds = 0;
        for (int s = 0; s < slabs; s++) {
            for (int k = 0; k <= length; k++) all[k] += counts[s][k];
            allEnds += ends[s];
        }
        return new Chords(all, allEnds, mask.count());
    }

    /** @return number of ends of runs on this line */
    private static int walk(PhaseMask mask, int axis, int slab, int line, int length, long[] counts) {
        int ends = 0;
        for (int i = 0; i < length; ) {
            while (i < length && !at(mask, axis, slab, line, i)) i++;
            int from = i;
            while (i < length && at(mask, axis, slab, line, i)) i++;
            if (i == from) break;
            if (from > 0) ends++;
            if (i < length) ends++;
            if (from > 0 && i < length) counts[i - from]++;
        }
        return ends;
    }

    private static boolean at(PhaseMask mask, int axis, int slab, int line, int i) {
        if (axis == 0) return mask.get(i, line, slab);
        return axis == 1 ? mask.get(line, i, slab) : mask.get(line, slab, i);
    }

    /** Mean length of the whole runs, in voxels; NaN if there is none. */
    double meanLength() {
        long n = 0;
        long sum = 0;
        for (int k = 0; k < counts.length; k++) {
            n += counts[k];
            sum += k * counts[k];
        }
        return n == 0 ? Double.NaN : (double) sum / n;
    }
}
