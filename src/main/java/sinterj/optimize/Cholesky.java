package sinterj.optimize;

/** The lower triangle L with {@code L L' = A} of a symmetric positive matrix. */
final class Cholesky {
    private final double[][] lower;

    private Cholesky(double[][] lower) {
        this.lower = lower;
    }

    /**
     * Decomposes a matrix, which is overwritten.
     *
     * @throws ArithmeticException if it is not positive
     */
    static Cholesky of(double[][] a) {
        int n = a.length;
        for (int i = 0; i < n; i++) {
            double[] row = a[i];
            for (int j = 0; j <= i; j++) {
                double[] other = a[j];
                double sum = row[j];
                for (int k = 0; k < j; k++) sum -= row[k] * other[k];
                if (j < i) {
                    row[j] = sum / other[j];
                } else {
                    if (!(sum > 0)) throw new ArithmeticException("not positive in row " + i);
                    row[j] = Math.sqrt(sum);
                }
            }
        }
        return new Cholesky(a);
    }

    /** The x with {@code L x = b}. */
    double[] forward(double[] b) {
        double[] x = b.clone();
        for (int i = 0; i < x.length; i++) {
            double[] row = lower[i];
            double sum = x[i];
            for (int k = 0; k < i; k++) sum -= row[k] * x[k];
            x[i] = sum / row[i];
        }
        return x;
    }

    /** The x with {@code A x = b}. */
    double[] solve(double[] b) {
        double[] x = forward(b);
        for (int i = x.length - 1; i >= 0; i--) {
            x[i] /= lower[i][i];
            double[] row = lower[i];
            for (int k = 0; k < i; k++) x[k] -= row[k] * x[i];
        }
        return x;
    }

    /** The inverse of the matrix, symmetric. */
    double[][] inverse() {
        int n = lower.length;
        // Columns of L^-1, then their products: two thirds of the work of n solutions.
        double[][] columns = new double[n][n];
        for (int c = 0; c < n; c++) {
            double[] x = columns[c];
            x[c] = 1 / lower[c][c];
            for (int i = c + 1; i < n; i++) {
                double[] row = lower[i];
                double sum = 0;
                for (int k = c; k < i; k++) sum -= row[k] * x[k];
                x[i] = sum / row[i];
            }
        }
        double[][] inverse = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = i; k < n; k++) sum += columns[i][k] * columns[j][k];
                inverse[i][j] = sum;
                inverse[j][i] = sum;
            }
        }
        return inverse;
    }

    /** Half the logarithm of the determinant. */
    double halfLogDeterminant() {
        double sum = 0;
        for (int i = 0; i < lower.length; i++) sum += StrictMath.log(lower[i][i]);
        return sum;
    }
}
