package sinterj.tomo;

import sinterj.base.Progress;

/**
 * Another way to the minimum that {@link TotalVariation} seeks: the monotone fast gradient method of Beck and Teboulle
 * 2009 (doi:10.1109/TIP.2009.2028250), with its fast dual method for the inner problem. Slow and plain, in double.
 */
final class Fista {
    private final Projector projector;
    private final BackProjector back;
    private final float[][] data;
    private final double lambda;
    private final double upper;
    private final double zWeight;
    private final int width;
    private final int depth;
    private final int height;
    private double[][] dual;

    Fista(Projector projector, BackProjector back, float[][] data, double lambda, double upper, double zWeight) {
        this.projector = projector;
        this.back = back;
        this.data = data;
        this.lambda = lambda;
        this.upper = upper;
        this.zWeight = zWeight;
        width = projector.geometry().width();
        depth = projector.geometry().depth();
        height = data[0].length;
        dual = new double[3][width * depth * height];
    }

    /** The minimum of the objective, after some steps. */
    double solve(int steps, int innerSteps) {
        double lipschitz = 1.02 * operatorNormSquared();
        double[] x = new double[width * depth * height];
        double[] z = x.clone();
        double best = objective(x);
        double t = 1;
        for (int i = 0; i < steps; i++) {
            double[] gradient = gradient(z);
            double[] candidate = new double[x.length];
            for (int k = 0; k < x.length; k++) candidate[k] = z[k] - gradient[k] / lipschitz;
            candidate = denoise(candidate, lambda / lipschitz, innerSteps);
            double value = objective(candidate);
            double next = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
            boolean better = value < best;
            double[] old = x;
            if (better) {
                x = candidate;
                best = value;
            }
            for (int k = 0; k < x.length; k++) {
                z[k] = x[k] + t / next * (candidate[k] - x[k]) + (t - 1) / next * (x[k] - old[k]);
            }
            t = next;
        }
        return best;
    }

    private double operatorNormSquared() {
        double[] v = new double[width * depth * height];
        for (int i = 0; i < v.length; i++) v[i] = 1 + 0.01 * (i % 7);
        double norm = 0;
        for (int i = 0; i < 40; i++) {
            double[] w = transposed(project(v));
            norm = Math.sqrt(dot(w, w) / dot(v, v));
            double scale = 1 / Math.sqrt(dot(w, w));
            for (int k = 0; k < v.length; k++) v[k] = w[k] * scale;
        }
        return norm;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }

    private float[][] project(double[] x) {
        float[][] rows = new float[width * depth][height];
        for (int r = 0; r < rows.length; r++) for (int y = 0; y < height; y++) rows[r][y] = (float) x[r * height + y];
        float[][] series = RowImages.zeros(projector.geometry().rayRows(), height);
        projector.project(rows, series, Progress.SILENT);
        return series;
    }

    private double[] transposed(float[][] series) {
        float[][] rows = RowImages.zeros(width * depth, height);
        back.backProject(series, rows, Progress.SILENT);
        double[] x = new double[width * depth * height];
        for (int r = 0; r < rows.length; r++) for (int y = 0; y < height; y++) x[r * height + y] = rows[r][y];
        return x;
    }

    private double[] gradient(double[] x) {
        float[][] residual = project(x);
        for (int r = 0; r < residual.length; r++) {
            for (int y = 0; y < height; y++) residual[r][y] -= data[r][y];
        }
        return transposed(residual);
    }

    double objective(double[] x) {
        float[][] residual = project(x);
        double misfit = 0;
        for (int r = 0; r < residual.length; r++) {
            for (int y = 0; y < height; y++) misfit += Math.pow(residual[r][y] - data[r][y], 2);
        }
        double variation = 0;
        for (int i = 0; i < x.length; i++) {
            double dz = difference(x, i, 0);
            double dx = difference(x, i, 1);
            double dy = difference(x, i, 2);
            variation += Math.sqrt(dz * dz + dx * dx + dy * dy);
        }
        return misfit / 2 + lambda * variation;
    }

    private int neighbour(int i, int axis) {
        int y = i % height;
        int x = i / height % width;
        int z = i / height / width;
        if (axis == 0) return z + 1 < depth ? i + width * height : -1;
        if (axis == 1) return x + 1 < width ? i + height : -1;
        return y + 1 < height ? i + 1 : -1;
    }

    private double factor(int axis) {
        return axis == 0 ? zWeight : 1;
    }

    private double difference(double[] x, int i, int axis) {
        int next = neighbour(i, axis);
        return next < 0 ? 0 : factor(axis) * (x[next] - x[i]);
    }

    /** Minimum of |x - v|^2 / 2 + weight TV(x) within the limits. */
    private double[] denoise(double[] v, double weight, int steps) {
        double[][] p = dual;
        double[][] q = new double[3][];
        for (int a = 0; a < 3; a++) q[a] = p[a].clone();
        double t = 1;
        double[] x = v;
        for (int s = 0; s < steps; s++) {
            x = primal(v, q, weight);
            double[][] before = p;
            p = new double[3][v.length];
            for (int i = 0; i < v.length; i++) {
                double[] g = new double[3];
                double square = 0;
                for (int a = 0; a < 3; a++) {
                    g[a] = q[a][i] + difference(x, i, a) / (4 * (2 + zWeight * zWeight) * weight);
                    square += g[a] * g[a];
                }
                double shrink = 1 / Math.max(1, Math.sqrt(square));
                for (int a = 0; a < 3; a++) p[a][i] = g[a] * shrink;
            }
            double next = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
            for (int a = 0; a < 3; a++) {
                for (int i = 0; i < v.length; i++) q[a][i] = p[a][i] + (t - 1) / next * (p[a][i] - before[a][i]);
            }
            t = next;
        }
        dual = p;
        return primal(v, p, weight);
    }

    private double[] primal(double[] v, double[][] p, double weight) {
        double[] x = v.clone();
        for (int a = 0; a < 3; a++) {
            for (int i = 0; i < v.length; i++) {
                int next = neighbour(i, a);
                if (next < 0) continue;
                x[i] += factor(a) * weight * p[a][i];
                x[next] -= factor(a) * weight * p[a][i];
            }
        }
        for (int i = 0; i < x.length; i++) x[i] = Math.max(0, Math.min(upper, x[i]));
        return x;
    }
}
