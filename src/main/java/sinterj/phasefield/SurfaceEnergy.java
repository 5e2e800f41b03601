package sinterj.phasefield;

import java.util.Locale;
import sinterj.base.InvalidInput;

/**
 * Surface energy of a tetragonal crystal by the direction of its normal, Eq. 7 of Yamamoto et al. 2025:
 * {@code gamma = k0 - k1 w^2 + k2 (u^2 + v^2)^2 + k3 u^2 v^2} for the unit normal (u, v, w), w along c.
 *
 * @param k0 J/m2
 * @param k1 J/m2
 * @param k2 J/m2
 * @param k3 J/m2
 */
public record SurfaceEnergy(double k0, double k1, double k2, double k3) {
    /** Directions of which one decides nothing that the others do not. */
    private static final double DEPENDENT = 1e-9;

    /**
     * Fits the four numbers to energies of surfaces by least squares.
     *
     * @param hkl Miller indices of each surface; normals are those of the reciprocal lattice, (h/a, k/a, l/c)
     * @param energies J/m2
     * @param a lattice constant a, any unit
     * @param c lattice constant c, the same unit
     * @throws InvalidInput if the surfaces do not determine four numbers
     */
    public static SurfaceEnergy fit(double[][] hkl, double[] energies, double a, double c) {
        double[][] m = new double[4][5];
        for (int i = 0; i < energies.length; i++) {
            double[] terms = terms(normal(hkl[i], a, c));
            for (int row = 0; row < 4; row++) {
                for (int column = 0; column < 4; column++) m[row][column] += terms[row] * terms[column];
                m[row][4] += terms[row] * energies[i];
            }
        }
        double[] k = solve(m);
        return new SurfaceEnergy(k[0], k[1], k[2], k[3]);
    }

    /** The unit normal of a lattice plane. */
    public static double[] normal(double[] hkl, double a, double c) {
        double[] n = {hkl[0] / a, hkl[1] / a, hkl[2] / c};
        double length = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
        if (!(length > 0)) throw new InvalidInput("A surface has the indices 0 0 0. Give h, k and l.");
        for (int i = 0; i < 3; i++) n[i] /= length;
        return n;
    }

    private static double[] terms(double[] n) {
        double u2 = n[0] * n[0];
        double v2 = n[1] * n[1];
        return new double[] {1, -n[2] * n[2], (u2 + v2) * (u2 + v2), u2 * v2};
    }

    /** Elimination with pivots, of four equations. */
    private static double[] solve(double[][] m) {
        for (int i = 0; i < 4; i++) {
            int pivot = i;
            for (int row = i + 1; row < 4; row++) if (Math.abs(m[row][i]) > Math.abs(m[pivot][i])) pivot = row;
            double[] swap = m[i];
            m[i] = m[pivot];
            m[pivot] = swap;
            if (Math.abs(m[i][i]) < DEPENDENT) {
                throw new InvalidInput(
                        "These surfaces do not determine k0 to k3: they are too few, or their normals too"
                                + " much alike. Give at least (001), (100), (110) and one inclined to c, such as (011).");
            }
            for (int row = i + 1; row < 4; row++) {
                double f = m[row][i] / m[i][i];
                for (int column = i; column < 5; column++) m[row][column] -= f * m[i][column];
            }
        }
        double[] k = new double[4];
        for (int i = 3; i >= 0; i--) {
            double sum = m[i][4];
            for (int j = i + 1; j < 4; j++) sum -= m[i][j] * k[j];
            k[i] = sum / m[i][i];
        }
        return k;
    }

    /** Energy of a surface with the unit normal n, J/m2. */
    public double of(double[] n) {
        double[] t = terms(n);
        return k0 * t[0] + k1 * t[1] + k2 * t[2] + k3 * t[3];
    }

    /** Energy of a surface whose normal lies at an angle from c, and at an azimuth from a; in radians. */
    public double of(double polar, double azimuth) {
        return of(direction(polar, azimuth));
    }

    private static double[] direction(double polar, double azimuth) {
        double s = Math.sin(polar);
        return new double[] {s * Math.cos(azimuth), s * Math.sin(azimuth), Math.cos(polar)};
    }

    /**
     * Stiffness against tilting away from c: energy plus its second derivative by the polar angle. Below 0 a surface of
     * this direction breaks up into others.
     */
    public double stiffness(double polar, double azimuth) {
        double h = 1e-3;
        double middle = of(polar, azimuth);
        return middle + (of(polar + h, azimuth) - 2 * middle + of(polar - h, azimuth)) / (h * h);
    }

    /** Half of the Wulff shape's width in a direction: the least of {@code gamma(n) / (n x)} over all normals n. */
    public double wulff(double[] x, double[][] normals, double[] energies) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < normals.length; i++) {
            double[] n = normals[i];
            double cosine = n[0] * x[0] + n[1] * x[1] + n[2] * x[2];
            if (cosine > 0.05) least = Math.min(least, energies[i] / cosine);
        }
        return least;
    }

    /** Normals spread over the sphere, about so many degrees apart. */
    public static double[][] normals(double degrees) {
        int rings = (int) Math.ceil(180 / degrees);
        java.util.List<double[]> all = new java.util.ArrayList<>();
        for (int i = 0; i <= rings; i++) {
            double polar = Math.PI * i / rings;
            int count = Math.max(1, 8 * (int) Math.round(Math.sin(polar) * 2 * rings / 8));
            for (int j = 0; j < count; j++) all.add(direction(polar, 2 * Math.PI * j / count));
        }
        return all.toArray(double[][]::new);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.4f - %.4f w2 + %.4f (u2 + v2)2 + %.4f u2 v2", k0, k1, k2, k3);
    }
}
