package sinterj.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each fault alone, and what it does to patches that no other fault does. */
class PatchFaultsTest {
    private static final int SIDE = 32;
    private static final int N = SIDE * SIDE;
    private static final int DRAWS = 200;
    /** A void, class 1, of 6 x 8 pixels in the middle of class 0. */
    private static final byte[] VOID = new byte[N];

    private static final int LEFT = 12;
    private static final int RIGHT = 17;
    private static final int TOP = 12;
    private static final int BOTTOM = 19;

    static {
        for (int y = TOP; y <= BOTTOM; y++) for (int x = LEFT; x <= RIGHT; x++) VOID[x + SIDE * y] = 1;
    }

    private static Disturbance curtaining(double s) {
        return new Disturbance(s, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static Disturbance charging(double s) {
        return new Disturbance(0, s, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static Disturbance noise(double s) {
        return new Disturbance(0, 0, s, 0, 0, 0, 0, 0, 0, 0);
    }

    private static Disturbance defocus(double s) {
        return new Disturbance(0, 0, 0, s, 0, 0, 0, 0, 0, 0);
    }

    private static Disturbance shift(int s) {
        return new Disturbance(0, 0, 0, 0, s, 0, 0, 0, 0, 0);
    }

    private static Disturbance brightness(double s) {
        return new Disturbance(0, 0, 0, 0, 0, s, 0, 0, 0, 0);
    }

    private static Disturbance tone(double s) {
        return new Disturbance(0, 0, 0, 0, 0, 0, s, 0, 0, 0);
    }

    private static Disturbance jumps(double s) {
        return new Disturbance(0, 0, 0, 0, 0, 0, 0, s, 0, 0);
    }

    private static Disturbance shineThrough(double s) {
        return new Disturbance(0, 0, 0, 0, 0, 0, 0, 0, s, 0);
    }

    private static Disturbance missing(double s) {
        return new Disturbance(0, 0, 0, 0, 0, 0, 0, 0, 0, s);
    }

    /** Three slices of smooth noise from -1 to 1, darker in the void, each its own. */
    private static float[] patch() {
        float[] slices = new float[3 * N];
        for (int k = 0; k < 3; k++) {
            SplittableRandom random = new SplittableRandom(50 + k);
            float[] noise = new float[N];
            for (int i = 0; i < N; i++) noise[i] = (float) (4 * random.nextDouble() - 2);
            float[] smooth = Blur.plane(noise, SIDE, SIDE, 1, 1);
            for (int i = 0; i < N; i++)
                slices[k * N + i] = VOID[i] == 1 ? -0.8f + 0.1f * smooth[i] : 0.2f + smooth[i] / 2;
        }
        return slices;
    }

    private static float[] disturbed(float[] slices, byte[] labels, Disturbance faults, long seed) {
        float[] out = slices.clone();
        byte[] same = labels.clone();
        new PatchFaults(slices.length / N, SIDE, 1, faults).apply(out, same, new SplittableRandom(seed));
        assertArrayEquals(labels, same, "labels stay");
        return out;
    }

    /** Of many draws those that are changed, of which there must be a certain part. */
    private static List<float[]> changed(float[] slices, Disturbance faults, double part) {
        List<float[]> changed = new ArrayList<>();
        for (int seed = 0; seed < DRAWS; seed++) {
            float[] out = disturbed(slices, VOID, faults, seed);
            if (!Arrays.equals(slices, out)) changed.add(out);
        }
        // Four standard deviations of a count.
        double sd = Math.sqrt(DRAWS * part * (1 - part));
        assertEquals(DRAWS * part, changed.size(), 4 * sd, "how many of " + DRAWS + " are changed");
        return changed;
    }

    private static float[] plane(float[] slices, int k) {
        return Arrays.copyOfRange(slices, k * N, (k + 1) * N);
    }

    private static double mean(float[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElseThrow();
    }

    private static float[] difference(float[] a, float[] b) {
        float[] d = new float[a.length];
        for (int i = 0; i < d.length; i++) d[i] = a[i] - b[i];
        return d;
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }

    @Test
    void noStrengthChangesNothing() {
        float[] slices = patch();
        for (int seed = 0; seed < DRAWS; seed++) {
            assertArrayEquals(slices, disturbed(slices, VOID, Disturbance.NONE, seed));
        }
    }

    @Test
    void curtainsAddTheSameToAColumnFromTopToBottomAndNearlySoFromSliceToSlice() {
        float[] slices = patch();
        double alike = 0;
        List<float[]> changed = changed(slices, curtaining(0.4), 0.3);
        for (float[] out : changed) {
            float[] d = difference(out, slices);
            double[][] columns = new double[3][SIDE];
            for (int k = 0; k < 3; k++) {
                for (int x = 0; x < SIDE; x++) {
                    columns[k][x] = d[k * N + x];
                    for (int y = 1; y < SIDE; y++) assertEquals(d[k * N + x], d[k * N + x + SIDE * y], 1e-5);
                }
                assertTrue(Arrays.stream(columns[k]).distinct().count() > SIDE / 2, "columns differ");
            }
            alike += correlation(columns[0], columns[2]) / changed.size();
        }
        // 0.85 squared against 0.85 squared and 0.5 squared.
        assertEquals(0.74, alike, 0.1);
    }

    /** Of a patch with a void and one without, the same chance makes the same slope; the rest is the charge of the void. */
    @Test
    void chargesBrightenTheRimOfAVoidDarkenWhatIsBehindItInTheScanAndSlope() {
        float[] slices = patch();
        byte[] none = new byte[N];
        int changed = 0;
        for (int seed = 0; seed < DRAWS; seed++) {
            float[] slope = difference(disturbed(slices, none, charging(0.5), seed), slices);
            float[] both = difference(disturbed(slices, VOID, charging(0.5), seed), slices);
            if (Arrays.equals(both, new float[3 * N])) continue;
            changed++;
            for (int k = 1; k < 3; k++) assertArrayEquals(plane(both, 0), plane(both, k), 1e-6f, "in all slices alike");
            for (int y = 0; y < SIDE; y++) {
                for (int x = 2; x < SIDE; x++) {
                    int i = x + SIDE * y;
                    assertEquals(0, slope[i] - 2 * slope[i - 1] + slope[i - 2], 1e-5, "a slope is straight");
                }
            }
            float[] charge = difference(both, slope);
            int row = SIDE * ((TOP + BOTTOM) / 2);
            double rim = charge[LEFT - 1 + row];
            assertTrue(rim > 0, "left of the void: " + rim);
            assertTrue(charge[LEFT + 3 + row] < 0, "in the void: " + charge[LEFT + 3 + row]);
            assertTrue(charge[RIGHT + 1 + row] < rim, "right of it " + charge[RIGHT + 1 + row] + ", left " + rim);
            assertTrue(charge[SIDE - 1 + row] < charge[row], "far to the right and left of it");
            assertTrue(Math.abs(charge[row]) < rim && Math.abs(charge[SIDE / 2]) < rim, "it fades");
        }
        assertEquals(0.3 * DRAWS, changed, 4 * Math.sqrt(0.21 * DRAWS));
    }

    @Test
    void shotNoiseIsOfEachPixelAloneAndGrowsWithTheRootOfTheSignal() {
        float[] slices = new float[N];
        for (int i = 0; i < N; i++) slices[i] = i < N / 2 ? -1 : 1;
        double dark = 0;
        double bright = 0;
        double neighbours = 0;
        List<float[]> changed = changed(slices, noise(0.3), 0.5);
        for (float[] out : changed) {
            float[] d = difference(out, slices);
            for (int i = 0; i < N / 2; i++) {
                dark += d[i] * d[i];
                bright += d[N / 2 + i] * d[N / 2 + i];
                if (i % SIDE > 0) neighbours += d[N / 2 + i] * d[N / 2 + i - 1];
            }
            assertEquals(0, mean(d), 0.05);
        }
        // (1 + 1.5) / 2 against (-1 + 1.5) / 2.
        assertEquals(5, bright / dark, 0.3);
        assertEquals(0, neighbours / bright, 0.02, "neighbours have nothing to do with each other");
        // A part of the strength, evenly drawn: its square is a third on average, and a tenth more or less of that.
        assertEquals(0.09 / 3 * 1.25, bright / (changed.size() * N / 2.0), 0.015);
    }

    @Test
    void defocusTakesFineDetailAwayAndLeavesTheMeanAndCoarseOnes() {
        float[] fine = wave(4);
        float[] coarse = wave(32);
        int changed = 0;
        for (int seed = 0; seed < DRAWS; seed++) {
            double left = contrast(disturbed(fine, VOID, defocus(1.2), seed)) / contrast(fine);
            double kept = contrast(disturbed(coarse, VOID, defocus(1.2), seed)) / contrast(coarse);
            if (left == 1) continue;
            changed++;
            assertTrue(left < kept && kept <= 1.000001 && kept > 0.9, "fine " + left + ", coarse " + kept);
            assertEquals(0.1, inner(disturbed(fine, VOID, defocus(1.2), seed)), 1e-5);
            float[] flat = new float[3 * N];
            Arrays.fill(flat, 0.3f);
            assertArrayEquals(flat, disturbed(flat, VOID, defocus(1.2), seed), 1e-6f);
        }
        assertEquals(0.2 * DRAWS, changed, 4 * Math.sqrt(0.16 * DRAWS));
    }

    /** Mean over four whole waves along each axis, away from the edge. */
    private static double inner(float[] slices) {
        double sum = 0;
        for (int i = 0; i < 256; i++) sum += slices[8 + i % 16 + SIDE * (8 + i / 16)] / 256;
        return sum;
    }

    /** Three slices with waves along both axes, around 0.1. */
    private static float[] wave(int period) {
        float[] slices = new float[3 * N];
        for (int i = 0; i < slices.length; i++) {
            double x = 2 * Math.PI * (i % SIDE + 0.5) / period;
            double y = 2 * Math.PI * (i / SIDE % SIDE + 0.5) / period;
            slices[i] = (float) (0.1 + 0.3 * Math.cos(x) + 0.3 * Math.cos(y));
        }
        return slices;
    }

    private static double contrast(float[] slices) {
        double mean = mean(slices);
        double sum = 0;
        for (float v : slices) sum += (v - mean) * (v - mean);
        return sum;
    }

    @Test
    void shiftsMoveWholeNeighboursByWholePixelsAndNeverTheLabelledSlice() {
        float[] slices = patch();
        boolean[] met = new boolean[25];
        for (float[] out : changed(slices, shift(2), 0.3 * (1 - 1 / 625.0))) {
            assertArrayEquals(plane(slices, 1), plane(out, 1));
            for (int k : new int[] {0, 2}) met[shiftOf(plane(slices, k), plane(out, k))] = true;
        }
        int directions = 0;
        for (boolean m : met) if (m) directions++;
        // 120 draws of 25.
        assertTrue(directions > 20, directions + " different shifts");
        float[] alone = plane(slices, 1);
        assertTrue(changed(alone, shift(2), 0).isEmpty(), "a slice without neighbours");
    }

    /** Number of the shift, by up to two pixels along each axis, that makes one plane of the other. */
    private static int shiftOf(float[] from, float[] to) {
        for (int s = 0; s < 25; s++) {
            int dx = s % 5 - 2;
            int dy = s / 5 - 2;
            boolean same = true;
            for (int y = 2; y < SIDE - 2; y++) {
                for (int x = 2; x < SIDE - 2; x++) same &= to[x + SIDE * y] == from[x + dx + SIDE * (y + dy)];
            }
            if (same) return s;
        }
        throw new AssertionError("no shift by whole pixels");
    }

    /** Gain and offset of a slice, after it was seen that these are all that happened to it. */
    private static double[] level(float[] before, float[] after) {
        int low = 0;
        int high = 0;
        for (int i = 0; i < N; i++) {
            if (before[i] < before[low]) low = i;
            if (before[i] > before[high]) high = i;
        }
        double gain = (after[high] - (double) after[low]) / (before[high] - (double) before[low]);
        double offset = after[low] - gain * before[low];
        for (int i = 0; i < N; i++) assertEquals(gain * before[i] + offset, after[i], 1e-5);
        return new double[] {gain, offset};
    }

    @Test
    void brightnessJumpsGiveEachSliceItsOwnGainAndOffset() {
        float[] slices = patch();
        double[] all = new double[DRAWS];
        int n = 0;
        for (float[] out : changed(slices, jumps(0.1), 0.3)) {
            double[][] levels = new double[3][];
            for (int k = 0; k < 3; k++) levels[k] = level(plane(slices, k), plane(out, k));
            for (int k = 1; k < 3; k++) {
                assertTrue(Math.abs(levels[0][0] - levels[k][0]) > 1e-6, "gains differ");
                assertTrue(Math.abs(levels[0][1] - levels[k][1]) > 1e-6, "offsets differ");
            }
            all[n++] = levels[0][1];
        }
        double square = Arrays.stream(all).map(o -> o * o).sum() / n;
        assertEquals(0.1, Math.sqrt(square), 0.03, "offsets are as large as the strength");
    }

    @Test
    void brightnessIsOneGainAndOffsetForAllSlices() {
        float[] slices = patch();
        for (float[] out : changed(slices, brightness(0.1), 1)) {
            double[] first = level(plane(slices, 0), plane(out, 0));
            for (int k = 1; k < 3; k++) assertArrayEquals(first, level(plane(slices, k), plane(out, k)), 1e-5);
        }
    }

    @Test
    void toneMovesMiddleGreysAndLeavesDarkAndBright() {
        float[] slices = new float[N];
        for (int i = 0; i < N; i++) slices[i] = 2 * i / (N - 1f) - 1;
        for (float[] out : changed(slices, tone(0.1), 1)) {
            assertEquals(-1, out[0], 0);
            assertEquals(1, out[N - 1], 0);
            double bend = out[N / 2] - slices[N / 2];
            assertTrue(bend != 0);
            for (int i = 0; i < N; i++) assertEquals(bend * (1 - slices[i] * slices[i]), out[i] - slices[i], 1e-5);
        }
    }

    @Test
    void whatShinesThroughBrightensVoidsOnly() {
        float[] slices = patch();
        double most = 0;
        for (float[] out : changed(slices, shineThrough(0.5), 0.2)) {
            for (int i = 0; i < 3 * N; i++) {
                double d = out[i] - slices[i];
                if (VOID[i % N] == 0) assertEquals(0, d, 0);
                assertTrue(d >= 0 && slices[i] + d < 1, "never darker, and never more than what is behind");
                most = Math.max(most, d);
            }
        }
        assertTrue(most > 0.3, "the brightest: " + most);
    }

    @Test
    void ofAMissingSliceTheNextOneStandsInItsPlace() {
        float[] slices = patch();
        int[] lost = new int[3];
        for (float[] out : changed(slices, missing(1), 2 / 3.0)) {
            assertArrayEquals(plane(slices, 1), plane(out, 1), "the labelled slice is never missing");
            for (int k : new int[] {0, 2}) {
                if (Arrays.equals(plane(slices, k), plane(out, k))) continue;
                assertArrayEquals(plane(slices, 1), plane(out, k));
                lost[k]++;
            }
        }
        assertTrue(lost[0] > 40 && lost[2] > 40, Arrays.toString(lost));
        assertNotEquals(0, changed(slices, missing(0.3), 0.2).size());
        assertTrue(changed(plane(slices, 1), missing(1), 0).isEmpty(), "a slice without neighbours");
    }

    /** Of five slices an outer one is replaced by the one towards the middle, not by the middle. */
    @Test
    void ofFiveSlicesAnOuterOneIsReplacedByItsNeighbour() {
        SplittableRandom random = new SplittableRandom(4);
        float[] five = new float[5 * N];
        for (int i = 0; i < five.length; i++) five[i] = (float) random.nextDouble();
        boolean[] met = new boolean[5];
        for (float[] out : changed(five, missing(1), 0.8)) {
            for (int k = 0; k < 5; k++) {
                if (Arrays.equals(plane(five, k), plane(out, k))) continue;
                assertArrayEquals(plane(five, k < 2 ? k + 1 : k - 1), plane(out, k), "slice " + k);
                met[k] = true;
            }
        }
        assertArrayEquals(new boolean[] {true, true, false, true, true}, met);
    }
}
