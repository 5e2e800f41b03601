package sinterj.pore;

/** Solves the currents of a small graph directly, by Cholesky's factors of its matrix. */
final class CoarsestSolver {
    /** More nodes than this are not solved directly. */
    static final int MOST_NODES = 600;

    private final double[][] factor;

    CoarsestSolver(ConductanceGraph graph) {
        factor = new double[graph.nodes()][graph.nodes()];
        for (int z = 0; z < graph.layerCount(); z++) {
            ConductanceGraph.Layer layer = graph.layer(z);
            for (int i = graph.firstNode(z); i < graph.firstNode(z + 1); i++) {
                int k = i - graph.firstNode(z);
                double sum = graph.ground[i];
                for (int e = layer.start()[k]; e < layer.start()[k + 1]; e++) {
                    factor[i][layer.to()[e]] -= layer.conductance()[e];
                    sum += layer.conductance()[e];
                }
                factor[i][i] = sum;
            }
        }
        factorize();
    }

    private void factorize() {
        for (int j = 0; j < factor.length; j++) {
            double[] row = factor[j];
            for (int k = 0; k < j; k++) row[j] -= row[k] * row[k];
            // Rounding may eat what ties a far part to the electrodes; a huge pivot leaves its potential at 0.
            row[j] = row[j] > 0 ? Math.sqrt(row[j]) : 1e150;
            for (int i = j + 1; i < factor.length; i++) {
                double sum = factor[i][j];
                for (int k = 0; k < j; k++) sum -= factor[i][k] * row[k];
                factor[i][j] = sum / row[j];
            }
        }
    }

    /** Potentials x for the currents r. */
    void solve(float[] r, float[] x) {
        int n = factor.length;
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = r[i];
            for (int k = 0; k < i; k++) sum -= factor[i][k] * y[k];
            y[i] = sum / factor[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = y[i];
            for (int k = i + 1; k < n; k++) sum -= factor[k][i] * y[k];
            y[i] = sum / factor[i][i];
            x[i] = (float) y[i];
        }
    }
}
