package sinterj.phasefield;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import sinterj.base.InvalidInput;

/**
 * The surface energy of a crystal made convex, in a table for fast reading. Where a crystal's energy plus its second
 * derivative is below 0, a surface breaks up into two others, and the equations of its motion have no solution. The
 * energy of what it breaks up into is that of the largest convex function below: the support function of the Wulff
 * shape (Eggleston, McFadden and Voorhees 2001, doi:10.1016/S0167-2789(00)00222-0). Directions on the shape keep their
 * energy. A small part of the mean energy is mixed in, so that missing directions have some stiffness left.
 *
 * <p>The table holds, for a sixteenth of all normals, the vector xi with {@code gamma(n) = xi . n}: the point of the
 * Wulff shape whose surface has the normal n (Hoffman and Cahn 1972, doi:10.1016/0039-6028(72)90268-3).
 */
final class ConvexEnergy {
    /** Part of the energy that is taken from its mean over all directions. */
    private static final double ROUND = 0.02;

    private static final int TILTS = 96;
    private static final int TURNS = 32;
    private static final double DEGREES = 1.5;

    /** Averages with the neighbours in the table: edges of the shape become round within some three degrees. */
    private static final int SMOOTHING = 10;

    private final float[] table = new float[3 * (TILTS + 1) * (TURNS + 1)];

    /** Mean energy over all directions, J/m2. */
    final double mean;

    /** Least and greatest energy, and greatest energy plus second derivative, J/m2. */
    final double least;

    final double greatest;

    final double stiffest;

    /** Least energy plus second derivative. */
    final double softest;

    ConvexEnergy(SurfaceEnergy energy) {
        double[][] normals = SurfaceEnergy.normals(DEGREES);
        double[] gamma = new double[normals.length];
        double sum = 0;
        for (int i = 0; i < gamma.length; i++) {
            gamma[i] = energy.of(normals[i]);
            sum += gamma[i];
            if (gamma[i] > 0) continue;
            throw new InvalidInput("The surface energy falls to " + gamma[i]
                    + " J/m2 for some direction. Give k0 to k3 that keep it above 0.");
        }
        mean = sum / gamma.length;
        List<double[]> shape = new ArrayList<>();
        for (double[] n : normals) {
            // Mirrors give the other points.
            if (n[0] < -1e-9 || n[1] < -1e-9 || n[2] < -1e-9) continue;
            double[] xi = xi(energy, n);
            if (isOnShape(xi, normals, gamma)) shape.add(xi);
        }
        if (shape.isEmpty()) {
            throw new InvalidInput(String.format(
                    Locale.ROOT,
                    "The surface energy changes so steeply with direction, from %.3g to %.3g J/m2, that no crystal has it."
                            + " Give k1 to k3 that are nearer to 0.",
                    Arrays.stream(gamma).min().orElseThrow(),
                    Arrays.stream(gamma).max().orElseThrow()));
        }
        for (int tilt = 0; tilt <= TILTS; tilt++) {
            for (int turn = 0; turn <= TURNS; turn++) {
                double[] n = normal(tilt, turn);
                double[] xi = xi(energy, n);
                fill(tilt, turn, n, isOnShape(xi, normals, gamma) ? xi : furthest(shape, n));
            }
        }
        for (int pass = 0; pass < SMOOTHING; pass++) smooth();
        double low = Double.POSITIVE_INFINITY;
        double top = 0;
        double high = 0;
        double flattest = Double.POSITIVE_INFINITY;
        double h = Math.toRadians(2);
        float[] xi = new float[3];
        for (double[] n : normals) {
            double here = at(n, xi);
            low = Math.min(low, here);
            top = Math.max(top, here);
            double polar = Math.acos(n[2]);
            double azimuth = Math.atan2(n[1], n[0]);
            for (double[] t : new double[][] {tangent(polar, azimuth), {-Math.sin(azimuth), Math.cos(azimuth), 0}}) {
                double bend = (along(n, t, h) + along(n, t, -h) - 2 * here) / (h * h);
                high = Math.max(high, here + bend);
                flattest = Math.min(flattest, here + bend);
            }
        }
        least = low;
        greatest = top;
        stiffest = high;
        softest = flattest;
    }

    private static double[] tangent(double polar, double azimuth) {
        double c = Math.cos(polar);
        return new double[] {c * Math.cos(azimuth), c * Math.sin(azimuth), -Math.sin(polar)};
    }

    private double along(double[] n, double[] t, double angle) {
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        return at(new double[] {c * n[0] + s * t[0], c * n[1] + s * t[1], c * n[2] + s * t[2]}, new float[3]);
    }

    /** Whether no surface cuts a point off. */
    private static boolean isOnShape(double[] xi, double[][] normals, double[] gamma) {
        for (int j = 0; j < gamma.length; j++) {
            double[] m = normals[j];
            if (xi[0] * m[0] + xi[1] * m[1] + xi[2] * m[2] > gamma[j] * (1 + 1e-6)) return false;
        }
        return true;
    }

    /** Energy times normal plus its gradient over the sphere. */
    private static double[] xi(SurfaceEnergy e, double[] n) {
        double u2 = n[0] * n[0];
        double v2 = n[1] * n[1];
        double[] d = {
            4 * e.k2() * (u2 + v2) * n[0] + 2 * e.k3() * n[0] * v2,
            4 * e.k2() * (u2 + v2) * n[1] + 2 * e.k3() * n[1] * u2,
            -2 * e.k1() * n[2]
        };
        double radial = d[0] * n[0] + d[1] * n[1] + d[2] * n[2];
        double gamma = e.of(n);
        return new double[] {
            d[0] + (gamma - radial) * n[0], d[1] + (gamma - radial) * n[1], d[2] + (gamma - radial) * n[2]
        };
    }

    private static double[] normal(int tilt, int turn) {
        double a = (double) tilt / TILTS;
        double t = (double) turn / TURNS;
        double across = 1 / Math.sqrt(1 + t * t);
        double length = Math.sqrt(a * a + (1 - a) * (1 - a));
        return new double[] {a * across / length, a * across * t / length, (1 - a) / length};
    }

    private static double[] furthest(List<double[]> shape, double[] n) {
        double most = Double.NEGATIVE_INFINITY;
        double[] best = null;
        for (double[] xi : shape) {
            double gamma = xi[0] * n[0] + xi[1] * n[1] + xi[2] * n[2];
            if (gamma <= most) continue;
            most = gamma;
            best = xi;
        }
        return best;
    }

    private void fill(int tilt, int turn, double[] n, double[] xi) {
        int at = 3 * (turn + (TURNS + 1) * tilt);
        for (int axis = 0; axis < 3; axis++) {
            table[at + axis] = (float) ((1 - ROUND) * xi[axis] + ROUND * mean * n[axis]);
        }
    }

    /**
     * Averages with the energies of the crystal tilted a little to and fro: a convex function again, and xi remains its
     * gradient. Beyond the table's edges lie mirror images.
     */
    private void smooth() {
        float[] old = table.clone();
        for (int tilt = 0; tilt <= TILTS; tilt++) {
            for (int turn = 0; turn <= TURNS; turn++) {
                double[] sum = new double[3];
                for (int by = -1; by <= 1; by++) addTilted(old, tilt, turn, by, by == 0 ? 0.5 : 0.25, sum);
                for (int axis = 0; axis < 3; axis++) {
                    table[3 * (turn + (TURNS + 1) * tilt) + axis] = (float) sum[axis];
                }
            }
        }
    }

    private static void addTilted(float[] table, int tilt, int turn, int by, double weight, double[] sum) {
        int from = tilt + by;
        int inside = from < 0 ? -from : from > TILTS ? 2 * TILTS - from : from;
        int at = 3 * (turn + (TURNS + 1) * inside);
        double length = Math.hypot(1, (double) turn / TURNS);
        double x = 1 / length;
        double y = (double) turn / TURNS / length;
        double out = (from < 0 ? -1 : 1) * (x * table[at] + y * table[at + 1]);
        double aside = (from < 0 ? -1 : 1) * (x * table[at + 1] - y * table[at]);
        double up = (from > TILTS ? -1 : 1) * table[at + 2];
        double angle = polar(tilt) - polar(from);
        double turned = Math.cos(angle) * out + Math.sin(angle) * up;
        sum[0] += weight * (x * turned - y * aside);
        sum[1] += weight * (y * turned + x * aside);
        sum[2] += weight * (Math.cos(angle) * up - Math.sin(angle) * out);
    }

    private static double polar(int tilt) {
        return Math.atan2((double) tilt, TILTS - (double) tilt);
    }

    /**
     * Places of normals in the table: the tilt from c, and the turn between a and b.
     *
     * @param u components along the crystal's a
     * @param v along b
     * @param w along c
     */
    static void locate(int n, float[] u, float[] v, float[] w, float[] tilt, float[] turn) {
        tilts(n, u, v, w, tilt);
        turns(n, u, v, turn);
    }

    static void tilts(int n, float[] u, float[] v, float[] w, float[] tilt) {
        for (int i = 0; i < n; i++) tilt[i] = tilt(u[i], v[i], w[i]);
    }

    static void turns(int n, float[] u, float[] v, float[] turn) {
        for (int i = 0; i < n; i++) turn[i] = turn(u[i], v[i]);
    }

    private static float tilt(float u, float v, float w) {
        float r = (float) Math.sqrt(u * u + v * v);
        return TILTS * r / Math.max(r + Math.abs(w), 1e-12f);
    }

    private static float turn(float u, float v) {
        float x = Math.abs(u);
        float y = Math.abs(v);
        return TURNS * Math.min(x, y) / Math.max(Math.max(x, y), 1e-12f);
    }

    /**
     * The energy's vector for a normal, whose place in the table is known. Its product with the normal is the energy.
     *
     * @param u unit normal along the crystal's a
     * @param v along b
     * @param w along c
     * @param xi receives the vector, along the crystal's axes, J/m2
     */
    void at(float tilt, float turn, float u, float v, float w, float[] xi) {
        int i = Math.min(TILTS - 1, (int) tilt);
        int j = Math.min(TURNS - 1, (int) turn);
        float f = tilt - i;
        float g = turn - j;
        int at = 3 * (j + (TURNS + 1) * i);
        int up = at + 3 * (TURNS + 1);
        float a = mixed(at, up, f, g);
        float b = mixed(at + 1, up + 1, f, g);
        float c = mixed(at + 2, up + 2, f, g);
        boolean swap = Math.abs(v) > Math.abs(u);
        float x = swap ? b : a;
        float y = swap ? a : b;
        xi[0] = u < 0 ? -x : x;
        xi[1] = v < 0 ? -y : y;
        xi[2] = w < 0 ? -c : c;
    }

    /** The energy of a surface with a unit normal along the crystal's axes, and its vector, J/m2. */
    double at(double[] n, float[] xi) {
        float u = (float) n[0];
        float v = (float) n[1];
        float w = (float) n[2];
        at(tilt(u, v, w), turn(u, v), u, v, w, xi);
        return xi[0] * n[0] + xi[1] * n[1] + xi[2] * n[2];
    }

    private float mixed(int at, int up, float f, float g) {
        float low = table[at] + g * (table[at + 3] - table[at]);
        float high = table[up] + g * (table[up + 3] - table[up]);
        return low + f * (high - low);
    }
}
