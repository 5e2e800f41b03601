package sinterj.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GrainStructureTest {
    private static final double GRAIN = 11.3;

    private final GrainStructure structure = new GrainStructure(GRAIN, 0.1, 0.05, new int[] {50, 40, 30}, 8);

    /** Squared distances to the points of 9 x 9 x 9 cubes, sorted. */
    private double[] oracle(double x, double y, double z) {
        double[] all = new double[729];
        int n = 0;
        for (int a = -4; a <= 4; a++) {
            for (int b = -4; b <= 4; b++) {
                for (int c = -4; c <= 4; c++) {
                    long i = (long) Math.floor(x / GRAIN) + a;
                    long j = (long) Math.floor(y / GRAIN) + b;
                    long k = (long) Math.floor(z / GRAIN) + c;
                    double dx = (i + structure.place(0, i, j, k)) * GRAIN - x;
                    double dy = (j + structure.place(1, i, j, k)) * GRAIN - y;
                    double dz = (k + structure.place(2, i, j, k)) * GRAIN - z;
                    all[n++] = dx * dx + dy * dy + dz * dz;
                }
            }
        }
        Arrays.sort(all);
        return all;
    }

    @Test
    void theThreeNearestGrainsAreThoseOfAMuchWiderSearch() {
        SplittableRandom random = new SplittableRandom(2);
        double[] near = new double[3];
        for (int n = 0; n < 20_000; n++) {
            double x = 300 * random.nextDouble() - 100;
            double y = 300 * random.nextDouble() - 100;
            double z = 300 * random.nextDouble() - 100;
            structure.nearest(x, y, z, near);
            double[] all = oracle(x, y, z);
            for (int i = 0; i < 3; i++) assertEquals(all[i], near[i], 0);
        }
    }
}
