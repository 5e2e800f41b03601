package sinterj.denoise;

import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;

/**
 * A separable transform of 8 x 8 blocks and its windowed inverse. A block X becomes {@code F X F'}; rows of F have unit
 * length, so white noise keeps its standard deviation in each coefficient, and the first row is constant.
 *
 * @param forward F, as {@code [coefficient][pixel]}
 * @param windowedInverse the inverse of F with row r times the Kaiser window at r, as {@code [pixel][coefficient]}
 */
record BlockBasis(float[][] forward, float[][] windowedInverse) {
    /** Side of a block in pixels. */
    static final int SIDE = 8;

    /** Coefficients of a block. */
    static final int AREA = SIDE * SIDE;

    /** Low-pass analysis filter of the biorthogonal wavelet 1.5, times 128 and the root of 2. */
    private static final double[] AVERAGE = {3, -3, -22, 22, 128, 128, 22, -22, -3, 3};

    /** The biorthogonal wavelet 1.5 on 8 periodic samples, three levels. */
    static final BlockBasis BIOR15 = of(bior15());

    /** The discrete cosine transform. */
    static final BlockBasis DCT = of(dct());

    /** The Kaiser window with beta 2: blocks count less at their rim, which hides their seams. */
    static final float[] WINDOW = kaiser(2);

    private static BlockBasis of(double[][] rows) {
        double[][] unit = new double[SIDE][];
        for (int u = 0; u < SIDE; u++) unit[u] = unitLength(rows[u]);
        double[][] inverse = new LUDecomposition(MatrixUtils.createRealMatrix(unit))
                .getSolver()
                .getInverse()
                .getData();
        float[] window = kaiser(2);
        float[][] forward = new float[SIDE][SIDE];
        float[][] back = new float[SIDE][SIDE];
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) {
                forward[i][j] = (float) unit[i][j];
                back[i][j] = (float) (inverse[i][j] * window[i]);
            }
        }
        return new BlockBasis(forward, back);
    }

    private static double[] unitLength(double[] row) {
        double sum = 0;
        for (double v : row) sum += v * v;
        double[] unit = new double[row.length];
        for (int i = 0; i < row.length; i++) unit[i] = row[i] / Math.sqrt(sum);
        return unit;
    }

    private static double[][] dct() {
        double[][] rows = new double[SIDE][SIDE];
        for (int u = 0; u < SIDE; u++) {
            for (int i = 0; i < SIDE; i++) rows[u][i] = StrictMath.cos(Math.PI * (2 * i + 1) * u / (2 * SIDE));
        }
        return rows;
    }

    private static double[][] bior15() {
        double[][] rows = new double[SIDE][];
        for (int i = 0; i < SIDE; i++) {
            rows[i] = new double[SIDE];
            rows[i][i] = 1;
        }
        // Each level replaces the averages so far by half as many averages, in front, and as many differences.
        for (int n = SIDE; n > 1; n /= 2) {
            double[][] next = new double[n][SIDE];
            for (int i = 0; i < n / 2; i++) {
                for (int tap = 0; tap < AVERAGE.length; tap++) {
                    addTo(next[i], rows[Math.floorMod(2 * i + tap - 4, n)], AVERAGE[tap]);
                }
                addTo(next[n / 2 + i], rows[2 * i], -1);
                addTo(next[n / 2 + i], rows[2 * i + 1], 1);
            }
            System.arraycopy(next, 0, rows, 0, n);
        }
        return rows;
    }

    private static void addTo(double[] sum, double[] row, double factor) {
        for (int i = 0; i < row.length; i++) sum[i] += factor * row[i];
    }

    private static float[] kaiser(double beta) {
        float[] window = new float[SIDE];
        for (int i = 0; i < SIDE; i++) {
            double x = 2.0 * i / (SIDE - 1) - 1;
            window[i] = (float) (bessel0(beta * Math.sqrt(1 - x * x)) / bessel0(beta));
        }
        return window;
    }

    /** Modified Bessel function of order 0 by its series, which converges in a few terms for small x. */
    private static double bessel0(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; k < 30; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }
}
