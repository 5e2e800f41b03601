package sinterj.phasefield;

import java.util.ArrayList;
import java.util.List;

/** Rotations that leave a crystal as it is. */
public enum Symmetry {
    /** Tetragonal, 4/mmm: the eight rotations of 422, with c the fourfold axis. */
    TETRAGONAL,
    /** Cubic, m-3m: the 24 rotations of 432. */
    CUBIC;

    private final List<int[]> rotations = new ArrayList<>();

    Symmetry() {
        // All of them permute the axes and turn some round: [to][axis] with a sign, of determinant 1.
        int[][] permutations = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {0, 2, 1}, {2, 1, 0}, {1, 0, 2}};
        for (int p = 0; p < 6; p++) {
            if (ordinal() == 0 && permutations[p][2] != 2) continue;
            for (int signs = 0; signs < 8; signs++) {
                boolean odd = Integer.bitCount(signs) % 2 == 1;
                if (odd == p < 3) continue;
                int[] rotation = new int[6];
                for (int i = 0; i < 3; i++) {
                    rotation[i] = permutations[p][i];
                    rotation[3 + i] = (signs >> i & 1) == 0 ? 1 : -1;
                }
                rotations.add(rotation);
            }
        }
    }

    /** Number of rotations. */
    int count() {
        return rotations.size();
    }

    /** The crystal turned by one of its rotations, which it does not notice. */
    Orientation turned(Orientation crystal, int which) {
        double[] g = new double[9];
        int[] r = rotations.get(which);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) g[3 * i + j] = r[3 + i] * crystal.g()[3 * r[i] + j];
        }
        return new Orientation(g);
    }

    /**
     * The least angle by which one crystal must be turned to lie like another, in degrees: at most 98.42 (tetragonal)
     * or 62.80 (cubic).
     */
    public double disorientationDegrees(Orientation one, Orientation two) {
        double[] turn = one.from(two);
        double most = -1;
        for (int[] r : rotations) {
            double trace = 0;
            for (int i = 0; i < 3; i++) trace += r[3 + i] * turn[3 * r[i] + i];
            most = Math.max(most, trace);
        }
        return Math.toDegrees(StrictMath.acos(Math.max(-1, Math.min(1, (most - 1) / 2))));
    }

    /**
     * Energy of a boundary over that of a high-angle boundary, after Read and Shockley 1950,
     * doi:10.1103/PhysRev.78.275: {@code x (1 - ln x)} with x the angle over the greatest of a low-angle boundary.
     *
     * @param degrees disorientation
     * @param highDegrees angle from which the energy is that of a high-angle boundary; 15 is usual
     */
    public static double readShockley(double degrees, double highDegrees) {
        double x = degrees / highDegrees;
        return x >= 1 ? 1 : x <= 0 ? 0 : x * (1 - Math.log(x));
    }
}
