package sinterj.tomo;

/**
 * By how much mass and moment profiles of projections violate what they must fulfil: equal masses but for the
 * brightness of each projection, and moments that are a cosine and a sine of the tilt, frequency by frequency.
 */
final class SliceMisfit {
    private final double[] cos;
    private final double[] sin;
    private final double meanSquare;
    private final boolean[] counted;
    private final double[][] mass;
    private final double[][] moment;

    /**
     * @param meanSquare mean squared distance from the axis, by which the noise of moments exceeds that of masses
     * @param counted projections that decide what the common profile is
     */
    SliceMisfit(double[] radians, double meanSquare, boolean[] counted) {
        int n = radians.length;
        cos = new double[n];
        sin = new double[n];
        for (int k = 0; k < n; k++) {
            cos[k] = Math.cos(radians[k]);
            sin[k] = Math.sin(radians[k]);
        }
        this.meanSquare = meanSquare;
        this.counted = counted.clone();
        mass = new double[n][];
        moment = new double[n][];
    }

    /** Gives the spectra of projection k, shifted so that they lie on the common one. */
    void set(int k, double[] massSpectrum, double[] momentSpectrum) {
        mass[k] = massSpectrum;
        moment[k] = momentSpectrum;
    }

    /** Number of terms in the sum less the numbers that were fitted to them. */
    double terms() {
        int n = 0;
        for (boolean c : counted) if (c) n++;
        return Math.max(1, mass[0].length * (2.0 * n - 3));
    }

    /** The sum over the projections that count. */
    double sum() {
        double sum = 0;
        double[] each = each();
        for (int k = 0; k < each.length; k++) if (counted[k]) sum += each[k];
        return sum;
    }

    /** The violation by each projection. */
    double[] each() {
        int n = mass.length;
        double[] common = common();
        double[] brightness = new double[n];
        double norm = 0;
        for (double v : common) norm += v * v;
        for (int k = 0; k < n; k++) {
            double product = 0;
            for (int i = 0; i < common.length; i++) product += common[i] * mass[k][i];
            // A projection that does not resemble the others at all is as good as dark.
            brightness[k] = norm > 0 ? Math.max(0.1, product / norm) : 1;
        }
        double[] each = new double[n];
        for (int i = 0; i < common.length; i++) addFrequency(i, common[i], brightness, each);
        return each;
    }

    private double[] common() {
        double[] common = new double[mass[0].length];
        int n = 0;
        for (int k = 0; k < mass.length; k++) {
            if (!counted[k]) continue;
            n++;
            for (int i = 0; i < common.length; i++) common[i] += mass[k][i];
        }
        for (int i = 0; i < common.length; i++) common[i] /= Math.max(1, n);
        return common;
    }

    private void addFrequency(int i, double common, double[] brightness, double[] each) {
        double cc = 0;
        double cs = 0;
        double ss = 0;
        double mc = 0;
        double ms = 0;
        for (int k = 0; k < each.length; k++) {
            if (!counted[k]) continue;
            double m = moment[k][i] / brightness[k];
            cc += cos[k] * cos[k];
            cs += cos[k] * sin[k];
            ss += sin[k] * sin[k];
            mc += m * cos[k];
            ms += m * sin[k];
        }
        double det = cc * ss - cs * cs;
        boolean both = det > 1e-12 * cc * cc;
        double x = both ? (mc * ss - ms * cs) / det : mc / Math.max(1e-12, cc);
        double z = both ? (ms * cc - mc * cs) / det : 0;
        for (int k = 0; k < each.length; k++) {
            double offMass = mass[k][i] / brightness[k] - common;
            double offMoment = moment[k][i] / brightness[k] - x * cos[k] - z * sin[k];
            each[k] += offMass * offMass + offMoment * offMoment / meanSquare;
        }
    }
}
