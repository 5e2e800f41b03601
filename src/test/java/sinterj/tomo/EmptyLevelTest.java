package sinterj.tomo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EmptyLevelTest {
    @Test
    void theLevelOfCountsWithoutMatterIsFoundAndTheObjectStandsOut() {
        MisalignedPhantom phantom =
                MisalignedPhantom.of(SinteringPhantom.of(24, 1).at(0, 256), 128, 2, 0, 0, 0, 1);
        float[] path = phantom.path(20);
        float[] counts = MisalignedPhantom.dose(2).expose(path, new SplittableRandom(1));
        EmptyLevel level = EmptyLevel.of(counts, 128, 128);
        // 0.70 counts of noise over some 10 000 empty pixels: 0.01.
        assertEquals(0.244, level.mean(), 0.03);
        int wrong = 0;
        for (int i = 0; i < path.length; i++) if (path[i] > 20 && !level.object()[i]) wrong++;
        assertTrue(wrong < 20, wrong + " pixels of thick matter are missed");
    }

    @Test
    void anImageOfOneValueHasThatLevelAndNoObject() {
        float[] image = new float[35];
        java.util.Arrays.fill(image, 7);
        EmptyLevel level = EmptyLevel.of(image, 7, 5);
        assertEquals(7, level.mean());
        for (boolean o : level.object()) assertFalse(o);
    }

    @Test
    void growingAddsASquareAroundEachPixel() {
        boolean[] object = new boolean[63];
        object[2 + 9 * 3] = true;
        boolean[] grown = new EmptyLevel(0, object).grown(2, 9, 7);
        for (int i = 0; i < grown.length; i++) {
            assertEquals(i % 9 <= 4 && Math.abs(i / 9 - 3) <= 2, grown[i], "x " + i % 9 + " y " + i / 9);
        }
    }
}
