package sinterj.segment;

import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.math.ShiftFinder;

/**
 * By how much each slice of a stack lies off the first. Neighbours are compared by cross-correlation of their fine detail
 * and the steps are summed, so that small errors add up as a random walk does, and a structure that leans to one side as a
 * whole is taken for drift.
 *
 * @param x along x, in pixels; 0 for the first
 * @param y along y, in pixels
 * @param alike correlation coefficient of the detail of a slice and the one before; 1 for the first
 */
record SliceShifts(double[] x, double[] y, double[] alike) {
    /** Standard deviations in pixels of the detail that is compared: finer is noise, coarser is shading. */
    private static final double FINE = 1;

    private static final double COARSE = 5;
    private static final double TAPER = 0.15;

    /** The middle of larger slices is enough. */
    private static final int MOST_SIDE = 1024;

    /** Steps up to this part of the shorter side are looked for. */
    private static final double REACH = 0.25;

    /** Gives slices to be compared; may be asked by several threads at once. */
    interface Source {
        float[] plane(int z);
    }

    /** The part of each slice that is compared. */
    record Box(int x, int y, int width, int height) {
        /** The middle of it, if it is large. */
        Box middle() {
            int w = Math.min(width, MOST_SIDE);
            int h = Math.min(height, MOST_SIDE);
            return new Box(x + (width - w) / 2, y + (height - h) / 2, w, h);
        }
    }

    /** Compares slices. Cost: four transforms of the box, in double precision, a slice. */
    static SliceShifts of(Source source, int depth, int rowLength, Box wanted, Progress progress) {
        Box box = wanted.middle();
        double[] stepX = new double[depth];
        double[] stepY = new double[depth];
        double[] alike = new double[depth];
        alike[0] = 1;
        double reach = Math.max(1, REACH * Math.min(box.width, box.height));
        ShiftFinder finder = new ShiftFinder(new int[] {box.width, box.height}, FINE, COARSE, TAPER, 2 * reach);
        Parallel.forEach(progress, depth - 1, n -> {
            ShiftFinder.Spectrum before = finder.spectrum(part(source.plane(n), rowLength, box));
            ShiftFinder.Shift step =
                    finder.shift(before, finder.spectrum(part(source.plane(n + 1), rowLength, box)), reach);
            stepX[n + 1] = step.by()[0];
            stepY[n + 1] = step.by()[1];
            alike[n + 1] = step.height();
            progress.report((n + 1.0) / depth, "Comparing slices");
        });
        for (int z = 1; z < depth; z++) {
            stepX[z] += stepX[z - 1];
            stepY[z] += stepY[z - 1];
        }
        return new SliceShifts(stepX, stepY, alike);
    }

    /** The part that is compared, less its mean so that its border is no edge. */
    private static float[] part(float[] plane, int rowLength, Box box) {
        float[] part = new float[box.width * box.height];
        double sum = 0;
        for (int y = 0; y < box.height; y++) {
            System.arraycopy(plane, box.x + rowLength * (box.y + y), part, y * box.width, box.width);
        }
        for (float v : part) sum += v;
        for (int i = 0; i < part.length; i++) part[i] -= (float) (sum / part.length);
        return part;
    }
}
