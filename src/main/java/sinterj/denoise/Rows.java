package sinterj.denoise;

/**
 * Loops over whole rows, each in a small method of its own with one index for all arrays: only then does HotSpot turn
 * them into vector instructions.
 */
final class Rows {
    private static final float HALF_ROOT = 0.70710677f;

    private Rows() {}

    /** {@code o = w0 a + w1 b + w2 c + w3 d}. */
    static void sum4(
            int n, float[] a, float[] b, float[] c, float[] d, float w0, float w1, float w2, float w3, float[] o) {
        for (int i = 0; i < n; i++) o[i] = a[i] * w0 + b[i] * w1 + (c[i] * w2 + d[i] * w3);
    }

    /** {@code o = o + a}. */
    static void add(int n, float[] a, float[] o) {
        for (int i = 0; i < n; i++) o[i] += a[i];
    }

    /** {@code o} = sum over k of {@code w[k] rows[k]}, 8 terms; {@code spare} is overwritten. */
    static void sum8(int n, float[][] rows, float[] w, float[] spare, float[] o) {
        sum4(n, rows[0], rows[1], rows[2], rows[3], w[0], w[1], w[2], w[3], o);
        sum4(n, rows[4], rows[5], rows[6], rows[7], w[4], w[5], w[6], w[7], spare);
        add(n, spare, o);
    }

    /** {@code o = (a - b)^2 + (c - d)^2}. */
    static void squares2(int n, float[] a, float[] b, float[] c, float[] d, float[] o) {
        for (int i = 0; i < n; i++) {
            float p = a[i] - b[i];
            float q = c[i] - d[i];
            o[i] = p * p + q * q;
        }
    }

    /** {@code o = s + (a - b)^2}. */
    static void squares1(int n, float[] s, float[] a, float[] b, float[] o) {
        for (int i = 0; i < n; i++) {
            float p = a[i] - b[i];
            o[i] = s[i] + p * p;
        }
    }

    /** {@code o = a + b}. */
    static void sum2(int n, float[] a, float[] b, float[] o) {
        for (int i = 0; i < n; i++) o[i] = a[i] + b[i];
    }

    /** {@code o = a + b + c}. */
    static void sum3(int n, float[] a, float[] b, float[] c, float[] o) {
        for (int i = 0; i < n; i++) o[i] = a[i] + b[i] + c[i];
    }

    /** Replaces each pair by its mean and difference, scaled so that a second call undoes the first. */
    static void haar(int n, float[] a, float[] b) {
        for (int i = 0; i < n; i++) {
            float x = a[i];
            float y = b[i];
            a[i] = (x + y) * HALF_ROOT;
            b[i] = (x - y) * HALF_ROOT;
        }
    }

    /** Drops what is nearer to 0 than {@code t}, from index {@code from} on; returns how many values are left. */
    static int threshold(int from, int n, float t, float[] v) {
        int kept = 0;
        for (int i = from; i < n; i++) {
            if (Math.abs(v[i]) < t) v[i] = 0;
            else kept++;
        }
        return kept;
    }

    /** Turns the guide into Wiener weights {@code g^2 / (g^2 + variance)} and applies them. */
    static void wiener(int n, float variance, float[] g, float[] v) {
        for (int i = 0; i < n; i++) {
            float s = g[i] * g[i];
            float w = s / (s + variance);
            g[i] = w;
            v[i] *= w;
        }
    }

    /** Sum of squares of the first n values; n is a multiple of 4. */
    static float energy(int n, float[] v) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int i = 0; i < n; i += 4) {
            s0 += v[i] * v[i];
            s1 += v[i + 1] * v[i + 1];
            s2 += v[i + 2] * v[i + 2];
            s3 += v[i + 3] * v[i + 3];
        }
        return s0 + s1 + (s2 + s3);
    }
}
