package sinterj.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

/** How patches are turned: on ramps, whose direction says where above and left have gone. */
class PatchSamplerTest {
    private static final int WIDTH = 130;
    private static final int HEIGHT = 110;
    private static final int PATCH = 32;
    private static final int DRAWS = 400;
    /** Hangs over the edge by an eighth of the side, up to 1.25 times further by zoom and 3 more by tilt. */
    private static final int MARGIN = 8;

    /** Three slices that are brighter further down, or further to the right; the second class is the lower or right half. */
    private static TrainingSet ramp(boolean down) {
        float[] grey = new float[WIDTH * HEIGHT];
        byte[] labels = new byte[grey.length];
        for (int i = 0; i < grey.length; i++) {
            int at = down ? i / WIDTH : i % WIDTH;
            grey[i] = at;
            labels[i] = (byte) (at < (down ? HEIGHT : WIDTH) / 2 ? 0 : 1);
        }
        return TrainingSet.of(
                new Volume(Planes.ofFloats(List.of(grey, grey, grey), WIDTH, HEIGHT), VoxelSize.pixels()),
                new Volume(Planes.ofBytes(List.of(labels, labels, labels), WIDTH, HEIGHT), VoxelSize.pixels()),
                new TrainingSet.Choices(Double.NaN, 3, 1, 3),
                Progress.SILENT);
    }

    private static PatchSampler sampler(boolean down, Recipe.Turns turns) {
        return new PatchSampler(ramp(down), new Recipe(1, PATCH, 1, 1, Disturbance.NONE, turns, 0, 1, 1));
    }

    /** By how much a slice of a patch rises from left to right and from top to bottom, in its middle. */
    private static double[] rise(PatchSampler.Patch patch, int slice) {
        int from = slice * PATCH * PATCH;
        double[] rise = new double[2];
        for (int a = MARGIN; a < PATCH - MARGIN; a++) {
            int row = from + PATCH * a;
            rise[0] += patch.slices()[row + PATCH - MARGIN - 1] - patch.slices()[row + MARGIN];
            rise[1] +=
                    patch.slices()[from + a + PATCH * (PATCH - MARGIN - 1)] - patch.slices()[from + a + PATCH * MARGIN];
        }
        return rise;
    }

    @Test
    void whereOrientationIsKeptAboveStaysAbove() {
        PatchSampler sampler = sampler(true, Recipe.Turns.KEEP);
        SplittableRandom random = new SplittableRandom(2);
        int straight = 0;
        for (int n = 0; n < DRAWS; n++) {
            PatchSampler.Patch patch = sampler.draw(random);
            for (int k = 0; k < 3; k++) {
                double[] rise = rise(patch, k);
                assertTrue(rise[1] > 0, "downwards it gets brighter: " + rise[1]);
                assertTrue(
                        Math.abs(rise[0]) < 1.05 * Math.tan(Math.toRadians(8)) * rise[1],
                        "tilted by 8 degrees at most");
                if (k == 0 && Math.abs(rise[0]) < 1e-3 * rise[1]) straight++;
            }
            for (int x = MARGIN; x < PATCH - MARGIN; x++) {
                for (int y = MARGIN + 1; y < PATCH - MARGIN; y++) {
                    int i = x + PATCH * y;
                    assertTrue(patch.labels()[i] >= patch.labels()[i - PATCH], "the lower class stays below");
                }
            }
        }
        assertEquals(0.5, straight / (double) DRAWS, 0.1, "half of them are not tilted");
    }

    @Test
    void whereOrientationIsKeptLeftAndRightAreExchangedInHalfOfThePatches() {
        PatchSampler sampler = sampler(false, Recipe.Turns.KEEP);
        SplittableRandom random = new SplittableRandom(3);
        int mirrored = 0;
        for (int n = 0; n < DRAWS; n++) {
            double[] rise = rise(sampler.draw(random), 1);
            if (rise[0] < 0) mirrored++;
            assertTrue(
                    Math.abs(rise[1]) < 1.05 * Math.tan(Math.toRadians(8)) * Math.abs(rise[0]), "no quarter of a turn");
        }
        assertEquals(0.5, mirrored / (double) DRAWS, 0.1);
    }

    @Test
    void freePatchesAreTurnedAllAround() {
        PatchSampler sampler = sampler(true, Recipe.Turns.FREE);
        SplittableRandom random = new SplittableRandom(4);
        int[] quarters = new int[4];
        for (int n = 0; n < DRAWS; n++) {
            double[] rise = rise(sampler.draw(random), 1);
            double angle = Math.toDegrees(Math.atan2(rise[1], rise[0]));
            quarters[(int) Math.floor((angle + 405) / 90) % 4]++;
        }
        for (int count : quarters) assertEquals(0.25, count / (double) DRAWS, 0.09);
    }

    @Test
    void withoutTurnsAPatchIsAPieceOfTheImage() {
        TrainingSet set = ramp(true);
        PatchSampler sampler = sampler(true, Recipe.Turns.NONE);
        SplittableRandom random = new SplittableRandom(5);
        for (int n = 0; n < 50; n++) {
            PatchSampler.Patch patch = sampler.draw(random);
            float[] grey = set.planes().get(1);
            int top = 0;
            while (grey[WIDTH * top] != patch.slices()[0]) top++;
            for (int k = 0; k < 3; k++) {
                for (int y = 0; y < PATCH; y++) {
                    float[] row = new float[PATCH];
                    float[] expected = new float[PATCH];
                    System.arraycopy(patch.slices(), (k * PATCH + y) * PATCH, row, 0, PATCH);
                    System.arraycopy(grey, WIDTH * (top + y), expected, 0, PATCH);
                    assertArrayEquals(expected, row);
                }
            }
        }
    }
}
