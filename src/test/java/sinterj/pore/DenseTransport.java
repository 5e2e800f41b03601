package sinterj.pore;

import java.util.ArrayDeque;
import sinterj.image.Volume;

/** The conductivity of a small volume in the slow and obvious way: the whole matrix in double, or many sweeps. */
final class DenseTransport {
    private final int[] size;
    private final double[] side;
    private final double[] k;

    private DenseTransport(Volume volume, Conductivities conductivities) {
        size = new int[] {volume.width(), volume.height(), volume.depth()};
        side = new double[] {volume.size().x(), volume.size().y(), volume.size().z()};
        k = new double[size[0] * size[1] * size[2]];
        for (int i = 0; i < k.length; i++) {
            int plane = size[0] * size[1];
            k[i] = conductivities.conductivity(conductivities.material(volume.plane(i / plane)[i % plane]));
        }
    }

    static double along(int axis, Volume volume, Conductivities conductivities) {
        return new DenseTransport(volume, conductivities).solve(axis);
    }

    private int[] place(int i) {
        return new int[] {i % size[0], i / size[0] % size[1], i / size[0] / size[1]};
    }

    private int neighbour(int i, int axis, int step) {
        int[] p = place(i);
        p[axis] += step;
        if (p[axis] < 0 || p[axis] >= size[axis]) return -1;
        return (p[2] * size[1] + p[1]) * size[0] + p[0];
    }

    private double area(int axis) {
        return side[0] * side[1] * side[2] / side[axis];
    }

    private boolean[] connected(int axis, int face) {
        boolean[] seen = new boolean[k.length];
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        for (int i = 0; i < k.length; i++) {
            if (k[i] > 0 && place(i)[axis] == face) {
                seen[i] = true;
                queue.add(i);
            }
        }
        while (!queue.isEmpty()) {
            int i = queue.remove();
            for (int a = 0; a < 3; a++) {
                for (int step = -1; step <= 1; step += 2) {
                    int j = neighbour(i, a, step);
                    if (j >= 0 && k[j] > 0 && !seen[j]) {
                        seen[j] = true;
                        queue.add(j);
                    }
                }
            }
        }
        return seen;
    }

    private double solve(int axis) {
        boolean[] first = connected(axis, 0);
        boolean[] last = connected(axis, size[axis] - 1);
        int[] row = new int[k.length];
        int n = 0;
        for (int i = 0; i < k.length; i++) row[i] = first[i] && last[i] ? n++ : -1;
        if (n == 0) return 0;
        double[][] m = new double[n][n];
        double[] b = new double[n];
        for (int i = 0; i < k.length; i++) if (row[i] >= 0) fill(i, axis, row, m, b);
        double[] u = n > 1200 ? sweeps(m, b) : eliminate(m, b);
        double current = 0;
        for (int i = 0; i < k.length; i++) {
            if (row[i] < 0 || place(i)[axis] != 0) continue;
            current += 2 * k[i] * area(axis) / side[axis] * (1 - u[row[i]]);
        }
        double section = area(axis) * k.length / size[axis];
        return current * size[axis] * side[axis] / section;
    }

    private void fill(int i, int axis, int[] row, double[][] m, double[] b) {
        for (int a = 0; a < 3; a++) {
            for (int step = -1; step <= 1; step += 2) {
                int j = neighbour(i, a, step);
                if (j >= 0 && row[j] >= 0) {
                    double g = 2 * k[i] * k[j] / (k[i] + k[j]) * area(a) / side[a];
                    m[row[i]][row[i]] += g;
                    m[row[i]][row[j]] -= g;
                } else if (j < 0 && a == axis) {
                    double g = 2 * k[i] * area(a) / side[a];
                    m[row[i]][row[i]] += g;
                    if (step < 0) b[row[i]] += g;
                }
            }
        }
    }

    private static double[] sweeps(double[][] m, double[] b) {
        double[] u = new double[b.length];
        int[][] columns = new int[b.length][];
        for (int i = 0; i < b.length; i++) {
            int own = i;
            columns[i] = java.util.stream.IntStream.range(0, b.length)
                    .filter(j -> j != own && m[own][j] != 0)
                    .toArray();
        }
        for (int sweep = 0; sweep < 20_000; sweep++) {
            for (int i = 0; i < b.length; i++) {
                double in = b[i];
                for (int j : columns[i]) in -= m[i][j] * u[j];
                u[i] = in / m[i][i];
            }
        }
        return u;
    }

    private static double[] eliminate(double[][] m, double[] b) {
        int n = b.length;
        for (int p = 0; p < n; p++) {
            for (int i = p + 1; i < n; i++) {
                double factor = m[i][p] / m[p][p];
                if (factor == 0) continue;
                for (int j = p; j < n; j++) m[i][j] -= factor * m[p][j];
                b[i] -= factor * b[p];
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) b[i] -= m[i][j] * b[j];
            b[i] /= m[i][i];
        }
        return b;
    }
}
