package sinterj.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Volume;

class FibSemStackTest {
    private static final FibSemStack.Sample SAMPLE = new FibSemStack.Sample(97, 80, 24, true, 400, 0.12, 20);

    private static FibSemStack make(Artefacts artefacts, long seed) {
        return FibSemStack.make(SAMPLE, artefacts, seed, Progress.SILENT);
    }

    private static double[] fractions(FibSemStack stack) {
        double[] fractions = new double[3];
        Volume labels = stack.labels().asVolume();
        for (int z = 0; z < labels.depth(); z++) {
            for (float v : labels.plane(z)) fractions[(int) v] += 1.0 / labels.count();
        }
        return fractions;
    }

    @Test
    void voidsAndImpurityHaveTheVolumeThatWasAskedFor() {
        for (int seed = 1; seed <= 4; seed++) {
            double[] f = fractions(make(Artefacts.NONE, seed));
            // Thresholds come from 40 000 of the 186 000 voxels' places: five standard errors.
            assertEquals(0.12, f[1], 0.008);
            assertEquals(0.06, f[2], 0.006);
        }
    }

    @Test
    void withoutFaultsThresholdsFindNearlyEveryVoxel() {
        FibSemStack stack = make(Artefacts.NONE, 3);
        long right = 0;
        for (int z = 0; z < 24; z++) {
            float[] grey = stack.image().plane(z);
            float[] label = stack.labels().asVolume().plane(z);
            for (int i = 0; i < grey.length; i++) {
                int found = grey[i] < 95 ? 1 : grey[i] > 170 ? 2 : 0;
                if (found == label[i]) right++;
            }
        }
        assertTrue(right > 0.97 * stack.image().count(), "right: " + right); // the beam blurs the edges
    }

    @Test
    void neighbouringSlicesResembleEachOther() {
        FibSemStack stack = make(Artefacts.NONE, 4);
        Volume labels = stack.labels().asVolume();
        long same = 0;
        for (int z = 1; z < 24; z++) {
            float[] a = labels.plane(z - 1);
            float[] b = labels.plane(z);
            for (int i = 0; i < a.length; i++) if (a[i] == b[i]) same++;
        }
        assertTrue(same > 0.93 * labels.count() * 23 / 24, "same: " + same);
    }

    @Test
    void theNoiseHasTheDeviationThatWasAskedFor() {
        FibSemStack quiet = make(Artefacts.NONE, 5);
        FibSemStack noisy = make(new Artefacts(0, 0, 0.2, 0, 0, 0, 0), 5);
        double squares = 0;
        long n = 0;
        for (int z = 0; z < 24; z++) {
            float[] a = quiet.image().plane(z);
            float[] b = noisy.image().plane(z);
            float[] label = quiet.labels().asVolume().plane(z);
            for (int i = 0; i < a.length; i++) {
                if (label[i] != 0 || a[i] < 130) continue;
                squares += (b[i] - a[i]) * (b[i] - a[i]);
                n++;
            }
        }
        assertEquals(0.2 * 90, Math.sqrt(squares / n), 0.4); // counting makes it 1 % larger in bright grains
    }

    @Test
    void driftMovesImageAndLabelsTogether() {
        FibSemStack still = make(Artefacts.NONE, 6);
        FibSemStack moved = make(new Artefacts(0, 0, 0, 1, 0, 0, 0), 6);
        assertArrayEquals(
                still.labels().asVolume().plane(0), moved.labels().asVolume().plane(0));
        assertFalse(Arrays.equals(
                still.labels().asVolume().plane(20), moved.labels().asVolume().plane(20)));
        assertTrue(Arrays.stream(moved.shiftX()).map(Math::abs).max().orElse(0) > 0.5);
    }

    @Test
    void aMissingSliceLetsTheStructureJump() {
        FibSemStack gaps = make(new Artefacts(0, 0, 0, 0, 0, 0, 0.3), 6);
        int last = gaps.depthAt()[23];
        // 23 gaps, each 0.3 / 0.7 deep on average: 9.9 with a standard deviation of 3.7.
        assertTrue(last > 23 && last < 23 + 25, "cut at " + last);
        FibSemStack whole = FibSemStack.make(
                new FibSemStack.Sample(97, 80, last + 1, true, 400, 0.12, 20), Artefacts.NONE, 6, Progress.SILENT);
        for (int z = 0; z < 24; z++) {
            assertArrayEquals(
                    whole.image().plane(gaps.depthAt()[z]), gaps.image().plane(z));
        }
    }

    @Test
    void shineThroughBrightensVoidsOnly() {
        FibSemStack dark = make(Artefacts.NONE, 7);
        FibSemStack lit = make(new Artefacts(0, 0, 0, 0, 0, 0.5, 0), 7);
        double inVoid = 0;
        double inGrain = 0;
        for (int z = 0; z < 24; z++) {
            float[] a = dark.image().plane(z);
            float[] b = lit.image().plane(z);
            float[] label = dark.labels().asVolume().plane(z);
            for (int i = 0; i < a.length; i++) {
                if (label[i] == 1) inVoid += b[i] - a[i];
                else if (a[i] > 130) inGrain += Math.abs(b[i] - a[i]);
            }
        }
        assertTrue(inVoid > 20 * inGrain, inVoid + " and " + inGrain);
    }

    /**
     * By how much charging alone brightens: [0] 1 to 3 pixels and [1] 8 to 12 pixels to the left of a void, [2] and [3]
     * to its right, [4] within.
     */
    private static double[] charged(double strength, long seed) {
        FibSemStack plain = make(Artefacts.NONE, seed);
        FibSemStack charged = make(new Artefacts(0, strength, 0, 0, 0, 0, 0), seed);
        double[] sum = new double[5];
        long[] n = new long[5];
        for (int z = 0; z < 24; z++) {
            float[] a = plain.image().plane(z);
            float[] b = charged.image().plane(z);
            float[] label = plain.labels().asVolume().plane(z);
            assertArrayEquals(label, charged.labels().asVolume().plane(z));
            for (int i = 0; i < a.length; i++) {
                int x = i % 97;
                if (label[i] == 1) {
                    sum[4] += b[i] - a[i];
                    n[4]++;
                    continue;
                }
                int left = 1; // distance to the next void on this side
                while (left <= 12 && x - left >= 0 && label[i - left] != 1) left++;
                int right = 1;
                while (right <= 12 && x + right < 97 && label[i + right] != 1) right++;
                boolean voidOnLeft = left <= 12 && x - left >= 0;
                boolean voidOnRight = right <= 12 && x + right < 97;
                if (voidOnLeft == voidOnRight) continue;
                int distance = voidOnRight ? right : left;
                if (distance > 3 && distance < 8) continue;
                int kind = (voidOnRight ? 0 : 2) + (distance > 3 ? 1 : 0);
                sum[kind] += b[i] - a[i];
                n[kind]++;
            }
        }
        for (int k = 0; k < 5; k++) sum[k] /= n[k];
        return sum;
    }

    @Test
    void chargingAloneBrightensTheRimOfVoidsAndDarkensWhatTheBeamScansAfterThem() {
        double[] strong = charged(0.4, 1);
        double[] weak = charged(0.2, 1);
        String figures = Arrays.toString(strong);
        assertTrue(strong[0] > strong[1] + 5, "a halo to the left: " + figures);
        assertTrue(strong[2] > strong[3] + 5, "a halo to the right: " + figures);
        assertTrue(strong[2] < strong[0] - 5, "a streak to the right, near: " + figures);
        assertTrue(strong[3] < strong[1] - 2, "a streak to the right, far: " + figures);
        assertTrue(strong[4] < strong[1] - 5, "voids themselves have no halo: " + figures);
        for (int k = 0; k < 5; k++) assertEquals(0.5 * strong[k], weak[k], 0.6, "half as strong: " + figures);
    }

    @Test
    void anotherSeedGivesAnotherStack() {
        Artefacts all = new Artefacts(0.1, 0.1, 0.1, 0.5, 0.05, 0.3, 0);
        assertArrayEquals(make(all, 1).image().plane(9), make(all, 1).image().plane(9));
        assertFalse(Arrays.equals(
                make(all, 1).image().plane(9), make(all, 2).image().plane(9)));
    }

    @Test
    void grainsSmallerThanThreeVoxelsAreRefused() {
        assertThrows(InvalidInput.class, () -> new FibSemStack.Sample(9, 9, 9, true, 50, 0.1, 20));
    }
}
