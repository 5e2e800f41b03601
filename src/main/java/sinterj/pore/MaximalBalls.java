package sinterj.pore;

import java.util.Arrays;
import sinterj.base.Progress;

/**
 * The centres, within some planes of a distance map, of balls that no ball around a neighbouring voxel covers, sorted
 * from large to small. Centres of equal radius follow each other and make a run.
 */
final class MaximalBalls {
    private static final int MOST_KEYS = 1 << 20;

    private final int firstPlane;
    private final int[] centres;
    private float[] runRadius = new float[1024];
    private int[] runStart = new int[1025];
    private int runs;

    /**
     * @param map squared distances; not changed
     * @param largest the largest of them
     */
    MaximalBalls(
            DistancePlanes map, int firstPlane, int endPlane, Containment covered, float largest, Progress progress) {
        this.firstPlane = firstPlane;
        double keysPerUnit = map.metric().whole() && largest < MOST_KEYS ? 1 : (MOST_KEYS - 1) / (double) largest;
        int[] place = new int[(int) (largest * keysPerUnit) + 2];
        long[][] ridge = new long[endPlane - firstPlane][];
        RidgeFinder finder = new RidgeFinder(map, covered);
        for (int z = firstPlane; z < endPlane; z++) {
            progress.check();
            ridge[z - firstPlane] = finder.find(z);
            count(ridge[z - firstPlane], map.planes()[z], keysPerUnit, place);
        }
        int total = 0;
        for (int key = place.length - 1; key >= 0; key--) {
            int n = place[key];
            place[key] = total;
            total += n;
        }
        centres = new int[total];
        for (int z = firstPlane; z < endPlane; z++) {
            progress.check();
            put(ridge[z - firstPlane], z, map.planes()[z], keysPerUnit, place);
        }
        makeRuns(map, place, progress);
    }

    private static void count(long[] ridge, float[] plane, double keysPerUnit, int[] counts) {
        for (int w = 0; w < ridge.length; w++) {
            for (long bits = ridge[w]; bits != 0; bits &= bits - 1) {
                counts[(int) (plane[(w << 6) + Long.numberOfTrailingZeros(bits)] * keysPerUnit)]++;
            }
        }
    }

    private void put(long[] ridge, int z, float[] plane, double keysPerUnit, int[] place) {
        int offset = (z - firstPlane) * plane.length;
        for (int w = 0; w < ridge.length; w++) {
            for (long bits = ridge[w]; bits != 0; bits &= bits - 1) {
                int i = (w << 6) + Long.numberOfTrailingZeros(bits);
                centres[place[(int) (plane[i] * keysPerUnit)]++] = offset + i;
            }
        }
    }

    /** @param ends where the centres of each key end, large keys first */
    private void makeRuns(DistancePlanes map, int[] ends, Progress progress) {
        for (int key = ends.length - 1, from = 0; key >= 0; from = ends[key--]) {
            if (from == ends[key]) continue;
            if (!sameRadius(map, from, ends[key])) sort(map, from, ends[key]);
            for (int i = from; i < ends[key]; i++) {
                float radius = radius(map, centres[i]);
                if (runs == 0 || runRadius[runs - 1] != radius) startRun(radius, i);
            }
            if ((key & 1023) == 0) progress.check();
        }
        runStart[runs] = centres.length;
    }

    private boolean sameRadius(DistancePlanes map, int from, int to) {
        float first = radius(map, centres[from]);
        for (int i = from + 1; i < to; i++) if (radius(map, centres[i]) != first) return false;
        return true;
    }

    private float radius(DistancePlanes map, int centre) {
        int pixels = map.pixelsPerPlane();
        return map.planes()[firstPlane + centre / pixels][centre % pixels];
    }

    private void sort(DistancePlanes map, int from, int to) {
        long[] pairs = new long[to - from];
        for (int i = from; i < to; i++) {
            // Bits of a positive float rise with it; turned over, large radii come first.
            long bits = ~Float.floatToRawIntBits(radius(map, centres[i]));
            pairs[i - from] = bits << 32 | centres[i];
        }
        Arrays.sort(pairs);
        for (int i = from; i < to; i++) centres[i] = (int) pairs[i - from];
    }

    private void startRun(float radius, int start) {
        if (runs == runRadius.length) {
            runRadius = Arrays.copyOf(runRadius, 2 * runs);
            runStart = Arrays.copyOf(runStart, 2 * runs + 1);
        }
        runRadius[runs] = radius;
        runStart[runs++] = start;
    }

    /** Number of different radii. */
    int runs() {
        return runs;
    }

    /** Squared radius of a run; they fall from run to run. */
    float squaredRadius(int run) {
        return runRadius[run];
    }

    /** Where the centres of a run start; those of the last run end at {@code start(runs())}. */
    int start(int run) {
        return runStart[run];
    }

    /** A centre, as its place in the planes from {@link #firstPlane} on. */
    int centre(int i) {
        return centres[i];
    }

    /** The plane where places start. */
    int firstPlane() {
        return firstPlane;
    }
}
