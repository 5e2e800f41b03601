package sinterj.phasefield;

/**
 * The inner loops, over the elements from one index up to another. Each reads and writes all arrays at the same index
 * and at most seven of them, which is what lets the virtual machine use vector instructions; shifted operands are copied
 * to scratch arrays first.
 */
final class Kernels {
    /**
     * Added and taken away again, it rounds to multiples of 9e-13: far tails become exactly 0 instead of denormal
     * numbers, which processors handle a hundred times slower.
     */
    private static final float TAIL = 1e-5f;

    /** Elements that are added up at once; see {@link #sum}. */
    static final int BLOCK = 512;

    private Kernels() {}

    static void powers(int from, int to, float[] e, float[] s1, float[] s2, float[] s3) {
        for (int i = from; i < to; i++) {
            float v = e[i];
            float q = v * v;
            s1[i] += v;
            s2[i] += q;
            s3[i] += q * v;
        }
    }

    /** The same, and out += e c. */
    static void powersAndDrift(int from, int to, float[] e, float[] s1, float[] s2, float[] s3, float c, float[] out) {
        for (int i = from; i < to; i++) {
            float v = e[i];
            float q = v * v;
            s1[i] += v;
            s2[i] += q;
            s3[i] += q * v;
            out[i] += v * c;
        }
    }

    /** out += e (c + slope x). */
    static void addRamped(int from, int to, float[] e, float[] x, float c, float slope, float[] out) {
        for (int i = from; i < to; i++) out[i] += e[i] * (c + slope * x[i]);
    }

    static void sumOfSix(
            int from, int to, float[] xm, float[] xp, float[] ym, float[] yp, float[] zm, float[] zp, float[] out) {
        for (int i = from; i < to; i++) out[i] = (xm[i] + xp[i]) + (ym[i] + yp[i]) + (zm[i] + zp[i]);
    }

    /** Chemical potential: derivative of the free energy density by rho, minus kr times the Laplacian of rho. */
    static void potential(
            int from,
            int to,
            float[] rho,
            float[] s2,
            float[] s3,
            float[] six,
            float[] mu,
            float a2,
            float b,
            float kr) {
        for (int i = from; i < to; i++) {
            float r = rho[i];
            mu[i] = a2 * r * (1f - r) * (1f - 2f * r) + b * (2f * r - 6f * s2[i] + 4f * s3[i]) - kr * (six[i] - 6f * r);
        }
    }

    static void mobility(
            int from,
            int to,
            float[] rho,
            float[] s1,
            float[] s2,
            float[] m,
            float vapour,
            float bulk,
            float surf,
            float gb) {
        for (int i = from; i < to; i++) {
            float r = Math.max(0f, Math.min(1f, rho[i]));
            float r2 = r * r;
            float q = r * (1f - r);
            float h = r2 * r * (10f - 15f * r + 6f * r2);
            m[i] = Math.max(0f, vapour + bulk * h + surf * q * q + gb * (s1[i] * s1[i] - s2[i]));
        }
    }

    /** out += what flows in through the face to the next element, with a coefficient that varies. */
    static void spread(int from, int to, float[] k, float[] kNext, float[] a, float[] aNext, float[] out) {
        for (int i = from; i < to; i++) out[i] += 0.5f * (k[i] + kNext[i]) * (aNext[i] - a[i]);
    }

    /** out += half the difference of the elements behind and before. */
    static void addSlope(int from, int to, float[] plus, float[] minus, float[] out) {
        for (int i = from; i < to; i++) out[i] += 0.5f * (plus[i] - minus[i]);
    }

    /** Chemical potential where the coefficients vary; before, mu holds the divergence of what the slopes give. */
    static void potentialVaried(
            int from, int to, float[] rho, float[] s2, float[] s3, float[] a, float[] b, float[] mu) {
        for (int i = from; i < to; i++) {
            float r = rho[i];
            mu[i] = 2f * a[i] * r * (1f - r) * (1f - 2f * r) + b[i] * (2f * r - 6f * s2[i] + 4f * s3[i]) - mu[i];
        }
    }

    /** Rate of an order parameter where the coefficients vary. */
    static void relaxVaried(
            int n, float[] e, float[] spread, float[] rho, float[] s2, float[] b, float[] out, float c1, float c2) {
        for (int i = 0; i < n; i++) {
            float v = e[i];
            float r = rho[i];
            out[i] = c2 * spread[i] - c1 * b[i] * v * (v * (r - 2f) + (1f - r) + s2[i]);
        }
    }

    /** Diffusive flux against the gradient, through the face between an element and the next one. */
    static void flux(int from, int to, float[] mu, float[] muNext, float[] m, float[] mNext, float[] out) {
        for (int i = from; i < to; i++) out[i] = 0.5f * (m[i] + mNext[i]) * (muNext[i] - mu[i]);
    }

    /** Takes the flux that is carried along from the face's flux. */
    static void carry(int from, int to, float[] rho, float[] rhoNext, float[] v, float[] vNext, float[] out) {
        for (int i = from; i < to; i++) out[i] -= 0.25f * (rho[i] + rhoNext[i]) * (v[i] + vNext[i]);
    }

    /** What stays of the fluxes through the six faces. */
    static void divergence(
            int from, int to, float[] fx, float[] fxm, float[] fy, float[] fym, float[] fz, float[] fzm, float[] out) {
        for (int i = from; i < to; i++) out[i] = (fx[i] - fxm[i]) + (fy[i] - fym[i]) + (fz[i] - fzm[i]);
    }

    /** Rate of an order parameter: minus its mobility times the variational derivative. */
    static void relax(int n, float[] e, float[] six, float[] rho, float[] s2, float[] out, float c1, float c2) {
        for (int i = 0; i < n; i++) {
            float v = e[i];
            float r = rho[i];
            out[i] = c2 * (six[i] - 6f * v) - c1 * v * (v * (r - 2f) + (1f - r) + s2[i]);
        }
    }

    /** Rate by motion: minus the velocity times half the difference of squares; velocity is c + slope times ramp. */
    static void moveRamped(int n, float[] plus, float[] minus, float[] ramp, float c, float slope, float[] out) {
        for (int i = 0; i < n; i++) {
            out[i] -= 0.5f * (c + slope * ramp[i]) * (plus[i] * plus[i] - minus[i] * minus[i]);
        }
    }

    /** The same with a velocity of two ramps. */
    static void moveTwice(
            int n, float[] plus, float[] minus, float[] x, float[] y, float c, float sx, float sy, float[] out) {
        for (int i = 0; i < n; i++) {
            out[i] -= 0.5f * (c + sx * x[i] + sy * y[i]) * (plus[i] * plus[i] - minus[i] * minus[i]);
        }
    }

    /** One Euler step. */
    static void step(int from, int to, float[] y, float[] rate, float[] out, float dt) {
        for (int i = from; i < to; i++) out[i] = (y[i] + dt * rate[i] + TAIL) - TAIL;
    }

    /** One Euler step whose rounding is remembered and made good in the next (Kahan). */
    static void stepExactly(int from, int to, float[] y, float[] rate, float[] lost, float[] out, float dt) {
        for (int i = from; i < to; i++) {
            float add = dt * rate[i] - lost[i];
            float sum = (y[i] + add + TAIL) - TAIL;
            lost[i] = (sum - y[i]) - add;
            out[i] = sum;
        }
    }

    /** A stage of Runge, Kutta and Legendre, for the change since the start of the step. */
    static void stage(
            int from,
            int to,
            float[] rate,
            float[] first,
            float[] previous,
            float[] older,
            float mu,
            float nu,
            float now,
            float start) {
        for (int i = from; i < to; i++) {
            older[i] = mu * previous[i] + nu * older[i] + now * rate[i] + start * first[i];
        }
    }

    static void sum(int from, int to, float[] a, float[] b, float[] out) {
        for (int i = from; i < to; i++) out[i] = (a[i] + b[i] + TAIL) - TAIL;
    }

    static void scale(int from, int to, float[] a, float c, float[] out) {
        for (int i = from; i < to; i++) out[i] = c * a[i];
    }

    /** all += a, scaled += c a. */
    static void addTwice(int n, float[] a, float c, float[] all, float[] scaled) {
        for (int i = 0; i < n; i++) {
            all[i] += a[i];
            scaled[i] += c * a[i];
        }
    }

    /** out = max(out, a). */
    static void most(int from, int to, float[] a, float[] out) {
        for (int i = from; i < to; i++) out[i] = Math.max(out[i], a[i]);
    }

    /** Estimated error of a step; see {@link Update#check}. */
    static void error(int from, int to, float[] first, float[] rate, float[] change, float[] out, float half) {
        for (int i = from; i < to; i++) out[i] = half * (first[i] + rate[i]) - 0.8f * change[i];
    }

    /** out += a squared. */
    static void addSquares(int n, float[] a, float[] out) {
        for (int i = 0; i < n; i++) out[i] += a[i] * a[i];
    }

    /**
     * Sum of squares, in an order that depends on the range only: elements a block apart are added up first, which
     * vector instructions can do.
     *
     * @param work two arrays of {@link #BLOCK}
     */
    static double sumOfSquares(int from, int to, float[] a, float[][] work) {
        java.util.Arrays.fill(work[1], 0);
        for (int i = from; i < to; i += BLOCK) {
            int n = Math.min(BLOCK, to - i);
            System.arraycopy(a, i, work[0], 0, n);
            addSquares(n, work[0], work[1]);
        }
        double sum = 0;
        for (float part : work[1]) sum += part;
        return sum;
    }
}
