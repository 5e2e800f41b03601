package sinterj.tomo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sinterj.math.RandomDraws;

class RobustPositionsTest {
    private static final int N = 30;

    private static double truth(int k) {
        return 5 * Math.sin(1.3 * k) + 0.2 * k;
    }

    @Test
    void exactDifferencesGiveExactPositions() {
        RobustPositions positions = new RobustPositions(N);
        for (int k = 1; k < N; k++) positions.difference(k - 1, k, truth(k) - truth(k - 1));
        positions.fix(10);
        double[] found = positions.solve();
        for (int k = 0; k < N; k++) assertEquals(truth(k) - truth(10), found[k], 1e-4);
    }

    @Test
    void oneImageThatContradictsItsNeighboursMovesNoOther() {
        RobustPositions positions = new RobustPositions(N);
        for (int k = 0; k < N; k++) {
            for (int j = k + 1; j <= k + 2 && j < N; j++) {
                double wrong = k == 13 || j == 13 ? 20 * Math.sin(7 * k + 3 * j) : 0;
                positions.difference(k, j, truth(j) - truth(k) + wrong);
            }
        }
        positions.fix(0);
        double[] found = positions.solve();
        for (int k = 0; k < N; k++) {
            if (k != 13) assertEquals(truth(k) - truth(0), found[k], 0.01, "image " + k);
        }
        assertTrue(positions.misfit(found)[13] > 3);
    }

    @Test
    void noiseIsAveragedOverDifferencesAndPositions() {
        SplittableRandom random = new SplittableRandom(1);
        RobustPositions positions = new RobustPositions(N);
        for (int k = 0; k < N; k++) {
            positions.position(k, truth(k) + 0.1 * RandomDraws.gaussian(random));
            if (k > 0) {
                positions.difference(k - 1, k, truth(k) - truth(k - 1) + 0.1 * RandomDraws.gaussian(random));
            }
        }
        double[] found = positions.solve();
        double square = 0;
        for (int k = 0; k < N; k++) square += (found[k] - truth(k)) * (found[k] - truth(k)) / N;
        assertTrue(Math.sqrt(square) < 0.09, "rms " + Math.sqrt(square));
    }

    @Test
    void anImageOfWhichNothingIsKnownLiesBetweenItsNeighbours() {
        RobustPositions positions = new RobustPositions(3);
        positions.position(0, 2);
        positions.position(2, 4);
        positions.together(0, 1);
        positions.together(1, 2);
        assertEquals(3, positions.solve()[1], 1e-2);
    }
}
