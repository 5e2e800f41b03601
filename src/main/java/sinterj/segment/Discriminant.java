package sinterj.segment;

/**
 * Linear discriminant: classes whose features are normally distributed about means of their own with one covariance,
 * every class as likely as the others and counted alike.
 */
final class Discriminant {
    private final long[] counts;
    private final double[][] sums;
    private final double[][][] products;

    Discriminant(int features, int classes) {
        counts = new long[classes];
        sums = new double[classes][features];
        products = new double[classes][features][features];
    }

    /**
     * Takes labelled pixels in.
     *
     * @param features by pixel
     * @param labels classes, -1 where nobody labelled
     */
    void add(float[][] features, byte[] labels) {
        int n = features.length;
        for (int i = 0; i < labels.length; i++) {
            int c = labels[i];
            if (c < 0) continue;
            counts[c]++;
            for (int a = 0; a < n; a++) {
                sums[c][a] += features[a][i];
                for (int b = 0; b <= a; b++) products[c][a][b] += (double) features[a][i] * features[b][i];
            }
        }
    }

    /**
     * What features count for each class, and at the end of each row the number that is added.
     *
     * @param least variance that is added to that of every feature
     */
    double[][] weights(double least) {
        int classes = counts.length;
        int n = sums[0].length;
        double[][] covariance = new double[n][n];
        for (int c = 0; c < classes; c++) {
            for (int a = 0; a < n; a++) {
                for (int b = 0; b <= a; b++) {
                    double product = products[c][a][b] / counts[c];
                    covariance[a][b] += (product - sums[c][a] / counts[c] * sums[c][b] / counts[c]) / classes;
                }
            }
        }
        for (int a = 0; a < n; a++) covariance[a][a] += least;
        double[][] root = cholesky(covariance);
        double[][] weights = new double[classes][];
        for (int c = 0; c < classes; c++) {
            double[] mean = new double[n];
            for (int a = 0; a < n; a++) mean[a] = sums[c][a] / counts[c];
            double[] solved = solve(root, mean);
            weights[c] = java.util.Arrays.copyOf(solved, n + 1);
            for (int a = 0; a < n; a++) weights[c][n] -= 0.5 * solved[a] * mean[a];
        }
        return weights;
    }

    /** The lower triangular root of a matrix of which the lower triangle is given. */
    private static double[][] cholesky(double[][] m) {
        int n = m.length;
        double[][] root = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = m[i][j];
                for (int k = 0; k < j; k++) sum -= root[i][k] * root[j][k];
                root[i][j] = i == j ? Math.sqrt(sum) : sum / root[j][j];
            }
        }
        return root;
    }

    private static double[] solve(double[][] root, double[] right) {
        int n = right.length;
        double[] x = right.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) x[i] -= root[i][k] * x[k];
            x[i] /= root[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) x[i] -= root[k][i] * x[k];
            x[i] /= root[i][i];
        }
        return x;
    }

    /** Probability of each class at each pixel. */
    static float[][] probabilities(float[][] features, double[][] weights) {
        int n = features.length;
        float[][] p = new float[weights.length][features[0].length];
        double[] score = new double[weights.length];
        for (int i = 0; i < features[0].length; i++) {
            double top = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < score.length; c++) {
                score[c] = weights[c][n];
                for (int a = 0; a < n; a++) score[c] += weights[c][a] * features[a][i];
                top = Math.max(top, score[c]);
            }
            double sum = 0;
            for (int c = 0; c < score.length; c++) sum += score[c] = Math.exp(score[c] - top);
            for (int c = 0; c < score.length; c++) p[c][i] = (float) (score[c] / sum);
        }
        return p;
    }
}
