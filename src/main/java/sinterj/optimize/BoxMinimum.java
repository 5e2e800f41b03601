package sinterj.optimize;

import java.util.Arrays;

/**
 * The lowest point near a start of a smooth function in a box, by the BFGS formula, with components at a wall held
 * there while the function falls through it. Nocedal and Wright 2006, Numerical Optimization, chapters 6 and 16.7.
 */
final class BoxMinimum {
    private static final double SUFFICIENT = 1e-4;
    private static final double FLAT = 1e-9;
    private static final int HALVINGS = 25;

    private final Smooth f;
    private final double[] low;
    private final double[] high;

    private BoxMinimum(Smooth f, double[] low, double[] high) {
        this.f = f;
        this.low = low;
        this.high = high;
    }

    /** A function with its gradient. */
    interface Smooth {
        /**
         * @param at where
         * @param gradient filled by the function
         * @return the value, or infinity where there is none
         */
        double at(double[] at, double[] gradient);
    }

    record Result(double[] at, double value) {}

    static Result of(Smooth f, double[] start, double[] low, double[] high, int steps) {
        return new BoxMinimum(f, low, high).search(start, steps);
    }

    private Result search(double[] start, int steps) {
        int n = start.length;
        double[] x = inside(start.clone());
        double[] g = new double[n];
        double value = f.at(x, g);
        double[][] h = identity(n);
        for (int step = 0; step < steps && Double.isFinite(value); step++) {
            double[] direction = direction(x, g, h);
            double slope = dot(direction, g);
            if (!(slope < 0)) {
                h = identity(n);
                direction = direction(x, g, h);
                slope = dot(direction, g);
            }
            if (!(slope < -FLAT * FLAT)) break;
            double[] next = null;
            double[] nextG = new double[n];
            double nextValue = value;
            double t = step == 0 ? Math.min(1, 1 / Math.sqrt(dot(direction, direction))) : 1;
            for (int k = 0; k < HALVINGS; k++, t /= 2) {
                double[] tried = moved(x, direction, t);
                nextValue = f.at(tried, nextG);
                if (nextValue <= value + SUFFICIENT * gain(x, tried, g)) {
                    next = tried;
                    break;
                }
            }
            if (next == null || Arrays.equals(next, x)) break;
            double fall = value - nextValue;
            update(h, x, next, g, nextG);
            x = next;
            g = nextG;
            value = nextValue;
            if (fall < FLAT * (1 + Math.abs(value))) break;
        }
        return new Result(x, value);
    }

    private static double gain(double[] from, double[] to, double[] g) {
        double sum = 0;
        for (int i = 0; i < g.length; i++) sum += g[i] * (to[i] - from[i]);
        return Math.min(0, sum);
    }

    private double[] inside(double[] x) {
        for (int i = 0; i < x.length; i++) x[i] = Math.min(high[i], Math.max(low[i], x[i]));
        return x;
    }

    private double[] moved(double[] x, double[] direction, double t) {
        double[] to = x.clone();
        for (int i = 0; i < x.length; i++) to[i] += t * direction[i];
        return inside(to);
    }

    private double[] direction(double[] x, double[] g, double[][] h) {
        int n = x.length;
        boolean[] held = new boolean[n];
        for (int i = 0; i < n; i++) held[i] = x[i] <= low[i] && g[i] > 0 || x[i] >= high[i] && g[i] < 0;
        double[] direction = new double[n];
        for (int i = 0; i < n; i++) {
            if (held[i]) continue;
            for (int j = 0; j < n; j++) if (!held[j]) direction[i] -= h[i][j] * g[j];
        }
        return direction;
    }

    private static void update(double[][] h, double[] x, double[] next, double[] g, double[] nextG) {
        int n = x.length;
        double[] s = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            s[i] = next[i] - x[i];
            y[i] = nextG[i] - g[i];
        }
        double sy = dot(s, y);
        if (sy <= 1e-10 * Math.sqrt(dot(s, s) * dot(y, y))) return; // curved the wrong way: keep what is known
        double[] hy = new double[n];
        for (int i = 0; i < n; i++) hy[i] = dot(h[i], y);
        double factor = (1 + dot(y, hy) / sy) / sy;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) h[i][j] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / sy;
        }
    }

    private static double[][] identity(int n) {
        double[][] h = new double[n][n];
        for (int i = 0; i < n; i++) h[i][i] = 1;
        return h;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }
}
