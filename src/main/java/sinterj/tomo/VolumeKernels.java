package sinterj.tomo;

/**
 * The loops of the solvers over whole rows. Neighbours come as rows of their own, or shifted by a copy, so that all
 * arrays of a loop are read at one index, and no loop has more than six: else HotSpot does not make vector
 * instructions of it (see {@link RowKernels}).
 */
final class VolumeKernels {
    /**
     * Added and taken away again, it rounds away what is below 1e-18. A relaxed step towards a limit comes nearer by a
     * factor each time; the processor would take a hundred times as long for the tiny numbers that this leads to.
     */
    private static final float TINY = 1e-11f;

    private VolumeKernels() {}

    /** {@code out[i] = in[i + 1]}; the last stays. */
    static void shiftDown(float[] in, float[] out) {
        System.arraycopy(in, 1, out, 0, in.length - 1);
        out[in.length - 1] = in[in.length - 1];
    }

    /** {@code out[i] = in[i - 1]}; the first is 0. */
    static void shiftUp(float[] in, float[] out) {
        System.arraycopy(in, 0, out, 1, in.length - 1);
        out[0] = 0;
    }

    /** {@code out = p + s (next - v)}. */
    static void ascend(float[] out, float[] p, float[] next, float[] v, float s) {
        for (int i = 0; i < out.length; i++) out[i] = p[i] + s * (next[i] - v[i]);
    }

    /** The factor that brings the vectors (p, q, r) into the ball of that radius. */
    static void ballFactor(float[] factor, float[] p, float[] q, float[] r, float radius) {
        float radius2 = radius * radius;
        for (int i = 0; i < factor.length; i++) {
            float square = p[i] * p[i] + q[i] * q[i] + r[i] * r[i];
            factor[i] = radius / (float) Math.sqrt(Math.max(square, radius2));
        }
    }

    /** {@code p += relax (factor t - p)}. */
    static void relax(float[] p, float[] t, float[] factor, float relax) {
        for (int i = 0; i < p.length; i++) p[i] += relax * (factor[i] * t[i] - p[i]);
    }

    /** {@code sum = a (p' - p) + (q' - q)}, with p' and q' before p and q. */
    static void divergence2(float[] sum, float[] pBefore, float[] p, float[] qBefore, float[] q, float a) {
        for (int i = 0; i < sum.length; i++) sum[i] = a * (pBefore[i] - p[i]) + (qBefore[i] - q[i]);
    }

    /** {@code sum += a (p' - p)}. */
    static void addDivergence(float[] sum, float[] before, float[] p, float a) {
        for (int i = 0; i < sum.length; i++) sum[i] += a * (before[i] - p[i]);
    }

    /**
     * Steps the volume down, keeps it within limits, looks ahead, and sums what changed.
     *
     * @param x volume; overwritten
     * @param gradient direction to go down
     * @param ahead becomes the volume and twice its step
     * @param change grows by the squared step
     * @param norm grows by the squared volume
     * @param relax factor on the step that is made
     */
    static void descend(
            float[] x,
            float[] gradient,
            float[] ahead,
            float[] change,
            float[] norm,
            float step,
            float low,
            float high,
            float relax) {
        for (int i = 0; i < x.length; i++) {
            float old = x[i];
            float d = Math.max(low, Math.min(high, old - step * gradient[i])) - old;
            ahead[i] = old + 2 * d;
            change[i] += d * d;
            norm[i] += old * old;
            x[i] = old + relax * d + TINY - TINY;
        }
    }

    /** {@code sum += min(low g, high g)}. */
    static void leastProduct(float[] sum, float[] g, float low, float high) {
        for (int i = 0; i < sum.length; i++) sum[i] += Math.min(low * g[i], high * g[i]);
    }

    /** {@code most = max(most, |x|)}. */
    static void largest(float[] most, float[] x) {
        for (int i = 0; i < most.length; i++) most[i] = Math.max(most[i], Math.abs(x[i]));
    }

    /** {@code most = max(most, |(p, q, r)|^2)}. */
    static void largestSquare(float[] most, float[] p, float[] q, float[] r) {
        for (int i = 0; i < most.length; i++) {
            most[i] = Math.max(most[i], p[i] * p[i] + q[i] * q[i] + r[i] * r[i]);
        }
    }

    /** Steps the dual of a change: {@code q += relax (clip(q + s (next - v)) - q)}, clipped to a radius. */
    static void ascendClipped(float[] q, float[] next, float[] v, float s, float radius, float relax) {
        for (int i = 0; i < q.length; i++) {
            float target = Math.max(-radius, Math.min(radius, q[i] + s * (next[i] - v[i])));
            q[i] += relax * (target - q[i]);
        }
    }

    /** {@code sum += |next - v|}. */
    static void addDistances(float[] sum, float[] next, float[] v) {
        for (int i = 0; i < sum.length; i++) sum[i] += Math.abs(next[i] - v[i]);
    }

    /** Half the sum of y^2, or of y^2 over w, where a weight of 0 adds nothing since y is 0 there. */
    static double halfSquares(float[] y, float[] w, int from, int to) {
        double sum = 0;
        if (w == null) for (int i = from; i < to; i++) sum += y[i] * y[i];
        else for (int i = from; i < to; i++) sum += w[i] > 0 ? y[i] * y[i] / w[i] : 0;
        return sum / 2;
    }

    /** Sum of the products of two rows. */
    static double product(float[] a, float[] b, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) sum += a[i] * b[i];
        return sum;
    }

    /** Brings values within limits. */
    static void clip(float[] x, float low, float high) {
        for (int i = 0; i < x.length; i++) x[i] = Math.max(low, Math.min(high, x[i]));
    }

    /** Squares of the differences to two neighbours. */
    static void squares2(float[] out, float[] next, float[] side, float[] v, float a) {
        for (int i = 0; i < v.length; i++) {
            float d = a * (next[i] - v[i]);
            float e = side[i] - v[i];
            out[i] = d * d + e * e;
        }
    }

    /** {@code sum += sqrt(square + (next - v)^2)}. */
    static void addLengths(float[] sum, float[] square, float[] next, float[] v) {
        for (int i = 0; i < v.length; i++) {
            float d = next[i] - v[i];
            sum[i] += (float) Math.sqrt(square[i] + d * d);
        }
    }

    /** Steps the dual of the misfit: {@code y = keep y + gain (before + ahead (ax - before) - b)}. */
    static void misfit(
            float[] y, float[] ax, float[] before, float[] b, float keep, float gain, float ahead, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = keep * y[i] + gain * (before[i] + ahead * (ax[i] - before[i]) - b[i]);
        }
    }

    /** The same with weights w: to {@code w (y + s (before + ahead (ax - before) - b)) / (w + s)}, relaxed. */
    static void misfit(
            float[] y,
            float[] ax,
            float[] before,
            float[] b,
            float[] w,
            float s,
            float ahead,
            float relax,
            int from,
            int to) {
        for (int i = from; i < to; i++) {
            float target = w[i] * (y[i] + s * (before[i] + ahead * (ax[i] - before[i]) - b[i])) / (w[i] + s);
            y[i] += relax * (target - y[i]);
        }
    }

    /** {@code a = c (a - b)}. */
    static void scaledDifference(float[] a, float[] b, float c, int from, int to) {
        for (int i = from; i < to; i++) a[i] = c * (a[i] - b[i]);
    }

    /** {@code a *= b}. */
    static void multiply(float[] a, float[] b, int from, int to) {
        for (int i = from; i < to; i++) a[i] *= b[i];
    }

    /** Weighted squared distance of two rows; w may be null. */
    static double squaredDistance(float[] a, float[] b, float[] w, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            float d = a[i] - b[i];
            sum += w == null ? d * d : w[i] * d * d;
        }
        return sum;
    }

    /** Sum in double, from first to last. */
    static double sum(float[] a) {
        double sum = 0;
        for (float v : a) sum += v;
        return sum;
    }

    /** Sum from first to last. */
    static double sum(double[] a) {
        double sum = 0;
        for (double v : a) sum += v;
        return sum;
    }

    /** Sum of the squares in double, from first to last. */
    static double sumOfSquares(float[] a) {
        double sum = 0;
        for (float v : a) sum += (double) v * v;
        return sum;
    }
}
