package sinterj.tomo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TiltCurveTest {
    private static double[] radians(int from, int step, int count) {
        return IntStream.range(0, count)
                .mapToDouble(k -> Math.toRadians(from + k * step))
                .toArray();
    }

    private static double curve(double t) {
        return 3.3 - 12 * Math.cos(t) + 7 * Math.sin(t);
    }

    @Test
    void aBodyOnTheStageIsFollowedExactlyPastWrongPositionsAndGaps() {
        double[] radians = radians(-40, 2, 41);
        double[] truth =
                java.util.Arrays.stream(radians).map(TiltCurveTest::curve).toArray();
        double[] seen = truth.clone();
        seen[4] += 8;
        seen[30] = Double.NaN;
        assertArrayEquals(truth, TiltCurve.fit(radians, seen), 0.02);
    }

    @Test
    void fewTiltsAndNoPositionsAreNoProblem() {
        assertEquals(4, TiltCurve.fit(new double[] {0.3}, new double[] {4})[0], 1e-9);
        assertEquals(0, TiltCurve.fit(new double[] {0.3}, new double[] {Double.NaN})[0]);
    }

    @Test
    void offsetAndDistanceAreHarderToTellApartOverAShortRange() {
        double narrow = TiltCurve.condition(radians(-40, 2, 41));
        double wide = TiltCurve.condition(radians(-90, 2, 91));
        assertTrue(narrow > 20 && narrow < 30, "narrow " + narrow);
        assertTrue(wide < 6, "wide " + wide);
    }
}
