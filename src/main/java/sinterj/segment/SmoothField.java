package sinterj.segment;

/**
 * A random function of space, smooth over a given length: random values from -1 to 1 at the points of a lattice, joined
 * by cubic steps. It can be asked for anywhere, in any order; the same seed gives the same values.
 *
 * @param seed same seed, same function
 * @param length distance between lattice points
 */
record SmoothField(long seed, double length) {
    /** The value at a point, from -1 to 1. */
    double at(double x, double y, double z) {
        double u = x / length;
        double v = y / length;
        double w = z / length;
        long i = (long) Math.floor(u);
        long j = (long) Math.floor(v);
        long k = (long) Math.floor(w);
        double a = step(u - i);
        double b = step(v - j);
        double c = step(w - k);
        double near =
                mix(mix(node(i, j, k), node(i + 1, j, k), a), mix(node(i, j + 1, k), node(i + 1, j + 1, k), a), b);
        double far = mix(
                mix(node(i, j, k + 1), node(i + 1, j, k + 1), a),
                mix(node(i, j + 1, k + 1), node(i + 1, j + 1, k + 1), a),
                b);
        return mix(near, far, c);
    }

    private double node(long i, long j, long k) {
        return 2 * unit(seed, i, j, k) - 1;
    }

    private static double step(double t) {
        return t * t * (3 - 2 * t);
    }

    private static double mix(double a, double b, double t) {
        return a + (b - a) * t;
    }

    /** A number from 0 to 1 that belongs to a lattice point: bits mixed as in SplitMix64. */
    static double unit(long seed, long i, long j, long k) {
        long h = seed;
        for (long part : new long[] {i, j, k}) {
            h = (h ^ part) * 0x9E3779B97F4A7C15L;
            h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
            h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
            h ^= h >>> 31;
        }
        return (h >>> 11) * 0x1.0p-53;
    }
}
