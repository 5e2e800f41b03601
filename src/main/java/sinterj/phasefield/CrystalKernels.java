package sinterj.phasefield;

/** The inner loops of {@link InterfaceEnergies}, written like {@link Kernels}. */
final class CrystalKernels {
    private CrystalKernels() {}

    /** out = half the difference of the elements behind and before. */
    static void slope(int from, int to, float[] plus, float[] minus, float[] out) {
        for (int i = from; i < to; i++) out[i] = 0.5f * (plus[i] - minus[i]);
    }

    /** out += half the squares of the differences from the elements behind and before. */
    static void addFaces(int from, int to, float[] a, float[] plus, float[] minus, float[] out) {
        for (int i = from; i < to; i++) {
            float p = plus[i] - a[i];
            float m = minus[i] - a[i];
            out[i] += 0.5f * (p * p + m * m);
        }
    }

    static void squaredLength(int from, int to, float[] x, float[] y, float[] z, float[] out) {
        for (int i = from; i < to; i++) out[i] = x[i] * x[i] + y[i] * y[i] + z[i] * z[i];
    }

    /** out = 1 / sqrt(a), of no less than a least a. */
    static void perRoot(int from, int to, float[] a, float least, float[] out) {
        for (int i = from; i < to; i++) out[i] = 1f / (float) Math.sqrt(Math.max(least, a[i]));
    }

    /**
     * Divides the energy by its weight, and makes two factors ready: {@code per = 1 / weight},
     * {@code keen = 1 / (square + faint)}.
     */
    static void mean(
            int from, int to, float[] weight, float[] energy, float[] square, float[] per, float[] keen, float faint) {
        for (int i = from; i < to; i++) {
            float p = 1f / Math.max(1e-9f, weight[i]);
            per[i] = p;
            energy[i] *= p;
            keen[i] = 1f / (square[i] + faint);
        }
    }

    /** Makes of a weight the share that it has against a faint one, times a factor. */
    static void fade(int from, int to, float[] weight, float faint, float whole) {
        for (int i = from; i < to; i++) {
            float w = weight[i] * weight[i];
            weight[i] = whole * w / (w + faint);
        }
    }

    /** Surface energy: its mean where there is no direction or no grain. */
    static void surfaceEnergy(
            int from, int to, float[] share, float[] square, float[] keen, float[] energy, float[] out, float mean) {
        for (int i = from; i < to; i++) out[i] = mean + share[i] * square[i] * keen[i] * (energy[i] - mean);
    }

    /** The part of the free energy that goes with the surface energy; before, faces holds the square of the slope. */
    static void stress(int from, int to, float[] rho, float[] share, float[] faces, float well, float steep) {
        for (int i = from; i < to; i++) {
            float q = rho[i] * (1f - rho[i]);
            faces[i] = share[i] * (well * q * q + steep * faces[i]);
        }
    }

    /**
     * Factors of the slope, in place of the energy, and of the energy's vector, in place of per.
     *
     * @param root 1 over the length of the slope
     * @param square what is steep enough of the square of the slope
     */
    static void turning(
            int from,
            int to,
            float[] stress,
            float[] keen,
            float[] root,
            float[] square,
            float[] energy,
            float[] per,
            float mean,
            float faint) {
        for (int i = from; i < to; i++) {
            float s = stress[i] * keen[i];
            float e = energy[i];
            float q = square[i] * root[i];
            energy[i] = s * (2f * (e - mean) * faint * keen[i] - e * q * root[i]);
            per[i] *= -s * q;
        }
    }

    /** out = -a b. */
    static void turned(int from, int to, float[] a, float[] b, float[] out) {
        for (int i = from; i < to; i++) out[i] = -a[i] * b[i];
    }

    /** a = max(0, a - c). */
    static void takeAway(int from, int to, float[] a, float c) {
        for (int i = from; i < to; i++) a[i] = Math.max(0f, a[i] - c);
    }

    /** out = a x + b y + c z. */
    static void along(int n, float[] x, float[] y, float[] z, float a, float b, float c, float[] out) {
        for (int i = 0; i < n; i++) out[i] = a * x[i] + b * y[i] + c * z[i];
    }

    /** out = a x + b y. */
    static void combine(int from, int to, float[] a, float[] x, float[] b, float[] y, float[] out) {
        for (int i = from; i < to; i++) out[i] = a[i] * x[i] + b[i] * y[i];
    }

    /** Energy of boundaries from sums over pairs, in place of their weights. */
    static void boundaryEnergy(int from, int to, float[] weights, float[] energies, float elsewhere, float high) {
        for (int i = from; i < to; i++) weights[i] = high * (energies[i] + elsewhere) / (weights[i] + elsewhere);
    }

    /** Coefficients of the free energy from the energies of surface and boundary. */
    static void coefficients(int from, int to, float[] gs, float[] gg, float[] a, float[] b, float[] kr, float d) {
        float per = 1f / d;
        for (int i = from; i < to; i++) {
            a[i] = (12f * gs[i] - 7f * gg[i]) * per;
            b[i] = gg[i] * per;
            kr[i] = 0.75f * d * (2f * gs[i] - gg[i]);
        }
    }
}
