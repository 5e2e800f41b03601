package sinterj.segment;

import java.util.Arrays;

/**
 * How bright a slice is, and how that changes slowly across it: medians of squares of 64 pixels, or a quarter of the shorter
 * side if that is more. A median is the grey value of the phase that fills most of the square, so this holds as long as one
 * phase fills more than half of each.
 *
 * @param level median of the slice
 * @param columns squares along x
 * @param rows squares along y
 * @param medians of the squares, row by row, smoothed
 */
record SliceLevel(double level, int columns, int rows, float[] medians) {
    private static final int SMALLEST = 64;
    private static final int NEAR = 20;

    /** Measures a slice; it is not changed. Cost: sorts all pixels twice. */
    static SliceLevel of(float[] plane, int width, int height) {
        int side = Math.max(SMALLEST, Math.min(width, height) / 4);
        int columns = Math.max(1, width / side);
        int rows = Math.max(1, height / side);
        float[] medians = new float[columns * rows];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int x0 = c * width / columns;
                int x1 = (c + 1) * width / columns;
                int y0 = r * height / rows;
                int y1 = (r + 1) * height / rows;
                float[] part = new float[(x1 - x0) * (y1 - y0)];
                for (int y = y0; y < y1; y++) {
                    System.arraycopy(plane, x0 + width * y, part, (y - y0) * (x1 - x0), x1 - x0);
                }
                medians[c + columns * r] = median(part);
            }
        }
        return new SliceLevel(median(plane.clone()), columns, rows, Blur.plane(medians, columns, rows, 0.5, 0.5));
    }

    /** Sorts what is given. */
    private static float median(float[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /**
     * Takes the slow change across the slice away, in place; the level stays. Between the middles of squares it is a
     * straight line, beyond the outermost it stays as it is.
     */
    void flatten(float[] plane, int width, int height) {
        if (columns * rows == 1) return;
        for (int y = 0; y < height; y++) {
            double v = at(y, height, rows);
            int r = Math.min((int) v, Math.max(0, rows - 2));
            double b = v - r;
            int below = Math.min(r + 1, rows - 1);
            for (int x = 0; x < width; x++) {
                double u = at(x, width, columns);
                int c = Math.min((int) u, Math.max(0, columns - 2));
                double a = u - c;
                int right = Math.min(c + 1, columns - 1);
                double top = medians[c + columns * r] * (1 - a) + medians[right + columns * r] * a;
                double bottom = medians[c + columns * below] * (1 - a) + medians[right + columns * below] * a;
                plane[x + width * y] -= (float) (top * (1 - b) + bottom * b - level);
            }
        }
    }

    private static double at(int i, int n, int squares) {
        return Math.max(0, Math.min(squares - 1.0, (i + 0.5) * squares / n - 0.5));
    }

    /**
     * By how much each slice is brighter than those around it: its level over the median level of the 20 before, itself
     * and the 20 after. 1 where a level is not above 0, since nothing can be said then.
     */
    static double[] gains(double[] levels) {
        double[] gains = new double[levels.length];
        for (int z = 0; z < levels.length; z++) {
            double[] near = Arrays.copyOfRange(levels, Math.max(0, z - NEAR), Math.min(levels.length, z + NEAR + 1));
            Arrays.sort(near);
            double middle = near[near.length / 2];
            gains[z] = middle > 0 && levels[z] > 0 ? levels[z] / middle : 1;
        }
        return gains;
    }
}
