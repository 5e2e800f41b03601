package sinterj.segment;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A polycrystal with voids, and an impurity where it is asked for, at the lines where three grains meet. Grains are the
 * Voronoi cells of one point in each cube of a lattice, placed at random in the middle 70 % of the cube. The three
 * points nearest to a place are looked for in the 125 cubes around it, which always hold them: in cube sides, the points
 * of its own cube and of the nearer neighbour along each axis are at most sqrt(1.35^2 + 2 * 0.85^2) = 1.81 away, and a
 * point beyond the 125 cubes at least 2.15. How close a place is to a triple line is the distance
 * to the third nearest point less that to the nearest; a smooth random function decides where voids and where impurity
 * collect, so that they lie in different pockets. The structure can be asked for at any place between voxels.
 */
final class GrainStructure {
    /** Values of the phases in label images. */
    static final int SUPERCONDUCTOR = 0;

    static final int VOID = 1;
    static final int IMPURITY = 2;

    private static final double PLACE = 0.7;
    private static final double POCKETS = 0.35;
    private static final int SAMPLES = 40_000;

    /** The cubes around a place as steps along x, y and z, near ones first so that far ones can be left out soon. */
    private static final List<int[]> CUBES = IntStream.range(0, 125)
            .mapToObj(n -> new int[] {n % 5 - 2, n / 5 % 5 - 2, n / 25 - 2})
            .sorted(Comparator.comparingInt(c -> c[0] * c[0] + c[1] * c[1] + c[2] * c[2]))
            .toList();

    private final long seed;
    private final double grain;
    private final SmoothField pockets;
    private final double voidBelow;
    private final double impurityBelow;

    /**
     * @param grain mean diameter of a grain, in voxels
     * @param voidFraction volume fraction of the voids within the box
     * @param impurityFraction volume fraction of the impurity within the box; 0 for none
     * @param box sides of the part that will be looked at, in voxels from the origin: few grains fit into a small
     *     stack, so fractions that hold for all of space could be far off in it
     * @param seed same seed, same structure
     */
    GrainStructure(double grain, double voidFraction, double impurityFraction, int[] box, long seed) {
        this.seed = seed;
        this.grain = grain;
        pockets = new SmoothField(seed + 1, 1.3 * grain);
        double[] voids = new double[SAMPLES];
        double[] impurities = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            double x = box[0] * SmoothField.unit(seed + 2, i, 0, 0);
            double y = box[1] * SmoothField.unit(seed + 2, i, 1, 0);
            double z = box[2] * SmoothField.unit(seed + 2, i, 2, 0);
            double line = tripleLine(x, y, z, new double[3]);
            double pocket = POCKETS * pockets.at(x, y, z);
            voids[i] = line - pocket;
            impurities[i] = line + pocket;
        }
        voidBelow = quantile(voids.clone(), voidFraction);
        // Voids come first, so the impurity has its part of what they leave.
        double[] left = new double[SAMPLES];
        int n = 0;
        for (int i = 0; i < SAMPLES; i++) if (voids[i] >= voidBelow) left[n++] = impurities[i];
        impurityBelow = impurityFraction == 0
                ? Double.NEGATIVE_INFINITY
                : quantile(Arrays.copyOf(left, n), impurityFraction / (1 - voidFraction));
    }

    private static double quantile(double[] values, double part) {
        Arrays.sort(values);
        return values[(int) Math.min(values.length - 1, Math.floor(part * values.length))];
    }

    /** Third nearest less nearest distance to a grain's point, in grains; squared distances are left in {@code near}. */
    private double tripleLine(double x, double y, double z, double[] near) {
        nearest(x, y, z, near);
        return (Math.sqrt(near[2]) - Math.sqrt(near[0])) / grain;
    }

    /** Square of the least distance along one axis, in cube sides, to the point of a cube some cubes away. */
    private static double gap(int cubes, double within) {
        double low = cubes + 0.5 - PLACE / 2 - within;
        double high = within - (cubes + 0.5 + PLACE / 2);
        double gap = Math.max(0, Math.max(low, high));
        return gap * gap;
    }

    /**
     * The grain at a place.
     *
     * @param near squared distances to the three nearest points are left here, rising
     * @return a number that belongs to the grain
     */
    long nearest(double x, double y, double z, double[] near) {
        long i = (long) Math.floor(x / grain);
        long j = (long) Math.floor(y / grain);
        long k = (long) Math.floor(z / grain);
        Arrays.fill(near, Double.POSITIVE_INFINITY);
        long grainId = 0;
        for (int[] cube : CUBES) {
            double atLeast = grain
                    * grain
                    * (gap(cube[0], x / grain - i) + gap(cube[1], y / grain - j) + gap(cube[2], z / grain - k));
            if (atLeast >= near[2]) continue;
            long a = i + cube[0];
            long b = j + cube[1];
            long c = k + cube[2];
            double dx = (a + place(0, a, b, c)) * grain - x;
            double dy = (b + place(1, a, b, c)) * grain - y;
            double dz = (c + place(2, a, b, c)) * grain - z;
            double d = dx * dx + dy * dy + dz * dz;
            if (d < near[0]) {
                near[2] = near[1];
                near[1] = near[0];
                near[0] = d;
                grainId = (a * 73_856_093L) ^ (b * 19_349_663L) ^ (c * 83_492_791L);
            } else if (d < near[1]) {
                near[2] = near[1];
                near[1] = d;
            } else if (d < near[2]) {
                near[2] = d;
            }
        }
        return grainId;
    }

    /** Where in its cube a grain's point lies along an axis, from 0 to 1. */
    double place(int axis, long a, long b, long c) {
        return 0.5 + PLACE * (SmoothField.unit(seed + 3 + axis, a, b, c) - 0.5);
    }

    /**
     * What is at a place.
     *
     * @param near three numbers of working space
     * @return {@code phase + 4 * shade}, the shade of the grain from 0 to 255
     */
    int at(double x, double y, double z, double[] near) {
        long id = nearest(x, y, z, near);
        double line = (Math.sqrt(near[2]) - Math.sqrt(near[0])) / grain;
        double pocket = POCKETS * pockets.at(x, y, z);
        int phase = line - pocket < voidBelow ? VOID : line + pocket < impurityBelow ? IMPURITY : SUPERCONDUCTOR;
        int shade = (int) (256 * SmoothField.unit(seed + 9, id, 0, 0));
        return phase + 4 * shade;
    }
}
