package sinterj.optimize;

/**
 * Covariance {@code height (1 + s + s^2/3) exp(-s)} with {@code s = sqrt(5) |(a - b)/length|} of the values at two
 * points, and {@code noise} more for one value with itself.
 *
 * @param lengths one per axis
 * @param height variance of the surface
 * @param noise variance of what differs between two trials at one point
 */
record MaternKernel(double[] lengths, double height, double noise) {
    /** Added to the noise so that rounding never makes the matrix indefinite. */
    private static final double JITTER = 1e-10;

    /** From the logarithms of lengths, height and noise, in this order. */
    static MaternKernel ofLogs(double[] logs) {
        double[] lengths = new double[logs.length - 2];
        for (int i = 0; i < lengths.length; i++) lengths[i] = StrictMath.exp(logs[i]);
        return new MaternKernel(
                lengths, StrictMath.exp(logs[lengths.length]), StrictMath.exp(logs[lengths.length + 1]));
    }

    /** s of two points. */
    double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < lengths.length; i++) {
            double d = (a[i] - b[i]) / lengths[i];
            sum += d * d;
        }
        return Math.sqrt(5 * sum);
    }

    double[][] matrix(double[][] places) {
        int n = places.length;
        double[][] k = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                k[i][j] = value(places[i], places[j]);
                k[j][i] = k[i][j];
            }
            k[i][i] = height + noise + JITTER * height;
        }
        return k;
    }

    double[] row(double[][] places, double[] at) {
        double[] k = new double[places.length];
        for (int i = 0; i < k.length; i++) k[i] = value(places[i], at);
        return k;
    }

    private double value(double[] a, double[] b) {
        double s = distance(a, b);
        return height * (1 + s + s * s / 3) * StrictMath.exp(-s);
    }
}
