package sinterj.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
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

    /** Part of the voxels of each phase, and of all, with at least three grains within two voxels along each axis. */
    private static double[] atTripleLines(GrainStructure structure, int[] box) {
        long[] ids = new long[box[0] * box[1] * box[2]];
        int[] phases = new int[ids.length];
        double[] near = new double[3];
        for (int i = 0; i < ids.length; i++) {
            int[] at = {i % box[0], i / box[0] % box[1], i / box[0] / box[1]};
            ids[i] = structure.nearest(at[0], at[1], at[2], near);
            phases[i] = structure.at(at[0], at[1], at[2], near) % 4;
        }
        long[] met = new long[4];
        long[] all = new long[4];
        for (int i = 0; i < ids.length; i++) {
            int[] at = {i % box[0], i / box[0] % box[1], i / box[0] / box[1]};
            boolean inside = true;
            for (int d = 0; d < 3; d++) inside &= at[d] >= 2 && at[d] < box[d] - 2;
            if (!inside) continue;
            Set<Long> grains = new HashSet<>();
            for (int n = 0; n < 125; n++) {
                grains.add(ids[i + n % 5 - 2 + box[0] * (n / 5 % 5 - 2 + box[1] * (n / 25 - 2))]);
            }
            for (int kind : new int[] {phases[i], 3}) {
                all[kind]++;
                if (grains.size() >= 3) met[kind]++;
            }
        }
        double[] part = new double[4];
        for (int kind = 0; kind < 4; kind++) part[kind] = met[kind] / (double) all[kind];
        return part;
    }

    @Test
    void voidsAndImpuritySitWhereThreeGrainsMeet() {
        // Grains of 22 voxels, so that two voxels to each side of any place seldom reach a third grain.
        int[] box = {60, 50, 40};
        double[] part = atTripleLines(new GrainStructure(22, 0.1, 0.05, box, 8), box);
        String figures = Arrays.toString(part);
        assertTrue(part[3] < 0.25, "of all voxels: " + figures);
        assertTrue(part[GrainStructure.VOID] > 0.75, "of voids: " + figures);
        assertTrue(part[GrainStructure.IMPURITY] > 0.75, "of impurity: " + figures);
    }
}
