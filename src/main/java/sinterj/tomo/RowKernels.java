package sinterj.tomo;

/**
 * Sums of scaled rows: the innermost loops of projection and back-projection. Each is so small because HotSpot turns a
 * loop into vector instructions only if all arrays are read at one index and there are at most six of them (measured on
 * JDK 17: five summands take 0.06 ns each, six take 0.20 ns). The order of additions is fixed by the callers' tables.
 */
final class RowKernels {
    private RowKernels() {}

    /**
     * Adds scaled rows to a row.
     *
     * @param out row to add to
     * @param rows rows to choose from
     * @param which numbers of the rows to add
     * @param weights their factors
     * @param start first entry of {@code which} and {@code weights}
     * @param end behind the last entry
     * @param from first position in the rows
     * @param to behind the last position
     */
    static void add(float[] out, float[][] rows, int[] which, float[] weights, int start, int end, int from, int to) {
        float[] w = weights;
        int k = start;
        for (; end - k >= 5; k += 5) {
            add5(
                    out,
                    rows[which[k]],
                    rows[which[k + 1]],
                    rows[which[k + 2]],
                    rows[which[k + 3]],
                    rows[which[k + 4]],
                    w[k],
                    w[k + 1],
                    w[k + 2],
                    w[k + 3],
                    w[k + 4],
                    from,
                    to);
        }
        switch (end - k) {
            case 4 ->
                add4(
                        out,
                        rows[which[k]],
                        rows[which[k + 1]],
                        rows[which[k + 2]],
                        rows[which[k + 3]],
                        w[k],
                        w[k + 1],
                        w[k + 2],
                        w[k + 3],
                        from,
                        to);
            case 3 ->
                add3(out, rows[which[k]], rows[which[k + 1]], rows[which[k + 2]], w[k], w[k + 1], w[k + 2], from, to);
            case 2 -> add2(out, rows[which[k]], rows[which[k + 1]], w[k], w[k + 1], from, to);
            case 1 -> add1(out, rows[which[k]], w[k], from, to);
            default -> {}
        }
    }

    private static void add5(
            float[] o,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float[] e,
            float wa,
            float wb,
            float wc,
            float wd,
            float we,
            int from,
            int to) {
        for (int i = from; i < to; i++) o[i] += wa * a[i] + wb * b[i] + wc * c[i] + wd * d[i] + we * e[i];
    }

    private static void add4(
            float[] o,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float wa,
            float wb,
            float wc,
            float wd,
            int from,
            int to) {
        for (int i = from; i < to; i++) o[i] += wa * a[i] + wb * b[i] + wc * c[i] + wd * d[i];
    }

    private static void add3(
            float[] o, float[] a, float[] b, float[] c, float wa, float wb, float wc, int from, int to) {
        for (int i = from; i < to; i++) o[i] += wa * a[i] + wb * b[i] + wc * c[i];
    }

    private static void add2(float[] o, float[] a, float[] b, float wa, float wb, int from, int to) {
        for (int i = from; i < to; i++) o[i] += wa * a[i] + wb * b[i];
    }

    private static void add1(float[] o, float[] a, float wa, int from, int to) {
        for (int i = from; i < to; i++) o[i] += wa * a[i];
    }
}
