package sinterj.phasefield;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/** Keeps each grain's box around the grain, and lets go of grains that have vanished. */
final class BoxFit {
    /** Voxels left around what is alive; fitted anew when fewer than two are left, or twice as many. */
    private static final int MARGIN = 3;

    /** A grain whose order parameter is below this everywhere is dropped: it has vanished in its neighbours or in gas. */
    private static final float LEAST_PEAK = 0.05f;

    private BoxFit() {}

    /**
     * Fits all boxes to the state.
     *
     * @param fresh whether what is held of each plane is to depend on the state alone, not on what was held before
     * @return whether any was changed or dropped; only the state is kept then, the other vectors are not
     */
    static boolean fit(Store store, boolean fresh, Progress progress) {
        GrainBox[] fitted = new GrainBox[store.boxes.length];
        Parallel.forEach(progress, fitted.length, g -> fitted[g] = fitted(store.boxes[g], store, fresh));
        List<GrainBox> left = new ArrayList<>();
        boolean changed = false;
        for (int g = 0; g < fitted.length; g++) {
            changed |= fitted[g] != store.boxes[g];
            if (fitted[g] != null) left.add(fitted[g]);
        }
        if (changed) {
            store.boxes = left.toArray(GrainBox[]::new);
            store.listPlanes();
        }
        return changed;
    }

    private static GrainBox fitted(GrainBox box, Store store, boolean fresh) {
        Grid grid = store.grid;
        if (peak(box) < LEAST_PEAK) return null;
        GrainExtent alive = new GrainExtent(box);
        int[] from = new int[3];
        int[] size = new int[3];
        boolean fits = true;
        boolean wasWhole = false;
        for (int axis = 0; axis < 3; axis++) {
            int[] range = range(alive.along[axis], axis, box, grid);
            from[axis] = range[0];
            size[axis] = range[1];
            fits &= range[2] == 0;
            wasWhole |= fills(box.size, axis, grid) && !fills(size, axis, grid);
        }
        boolean whole = wasWhole;
        for (int axis = 0; axis < 3; axis++) whole |= fills(size, axis, grid);
        BoxPlane[] planes = whole ? GrainBox.whole(size) : alive.planes(box, from, size, grid, MARGIN);
        fits &= box.values.length == store.vectors;
        if (fits && (fresh ? same(box.planes, planes) : whole || alive.fits(box, planes, grid, MARGIN))) return box;
        GrainBox moved = moved(box, from, size, planes, store);
        return wasWhole ? fitted(moved, store, fresh) : moved;
    }

    private static boolean fills(int[] size, int axis, Grid grid) {
        return grid.periodic(axis) && size[axis] == grid.size(axis);
    }

    private static boolean same(BoxPlane[] a, BoxPlane[] b) {
        for (int k = 0; k < a.length; k++) if (!a[k].isLike(b[k])) return false;
        return true;
    }

    private static float peak(GrainBox box) {
        float peak = 0;
        for (float[] plane : box.values[Store.STATE]) for (float value : plane) peak = Math.max(peak, value);
        return peak;
    }

    private static int first(boolean[] alive) {
        for (int i = 0; i < alive.length; i++) if (alive[i]) return i;
        return -1;
    }

    /** First voxel and number of voxels a box should have along an axis, on the grid; and 1 if it has others. */
    private static int[] range(boolean[] alive, int axis, GrainBox box, Grid grid) {
        int n = grid.size(axis);
        int low = first(alive);
        int high = alive.length - 1;
        while (!alive[high]) high--;
        if (grid.periodic(axis) && alive.length == n) {
            int[] occupied = withoutWidestGap(alive);
            low = occupied[0];
            high = occupied[1];
        }
        if (grid.periodic(axis)) {
            int size = Math.min(n, high - low + 1 + 2 * MARGIN);
            if (size == n) return whole(axis, box, n);
            int from = Math.floorMod(box.from[axis] + low - MARGIN, n);
            boolean keep = alive.length < n && holds(low) && holds(alive.length - 1 - high);
            return new int[] {from, size, keep ? 0 : 1};
        }
        int from = Math.max(0, box.from[axis] + low - MARGIN);
        int to = Math.min(n, box.from[axis] + high + 1 + MARGIN);
        boolean keepLow = box.from[axis] == from || holds(low);
        boolean keepHigh = box.from[axis] + box.size[axis] == to || holds(alive.length - 1 - high);
        return new int[] {from, to - from, keepLow && keepHigh ? 0 : 1};
    }

    /**
     * A box that fills a periodic axis starts opposite to its grain: positions are counted from its start, and a grain
     * that lay across it would seem to be in two places.
     */
    private static int[] whole(int axis, GrainBox box, int n) {
        double sine = 0;
        double cosine = 0;
        double[] sums = sums(axis, box);
        for (int i = 0; i < sums.length; i++) {
            double angle = 2 * Math.PI * i / n;
            sine += sums[i] * StrictMath.sin(angle);
            cosine += sums[i] * StrictMath.cos(angle);
        }
        int middle = (int) Math.rint(StrictMath.atan2(sine, cosine) / (2 * Math.PI) * n);
        int off = Math.abs(Math.floorMod(middle, n) - n / 2);
        boolean keep = box.size[axis] == n && off <= Math.max(1, n / 8);
        int from = keep ? box.from[axis] : Math.floorMod(box.from[axis] + middle - n / 2, n);
        return new int[] {from, n, keep ? 0 : 1};
    }

    private static double[] sums(int axis, GrainBox box) {
        double[] sums = new double[box.size[axis]];
        for (int z = 0; z < box.size[2]; z++) {
            float[] plane = box.values[Store.STATE][z];
            BoxPlane p = box.planes[z];
            for (int y = p.y; y < p.y + p.height; y++) {
                for (int x = p.x; x < p.x + p.width; x++) {
                    sums[axis == 0 ? x : axis == 1 ? y : z] += plane[p.index(x, y)];
                }
            }
        }
        return sums;
    }

    private static boolean holds(int margin) {
        return margin >= MARGIN - 1 && margin <= 2 * MARGIN;
    }

    /** On a circle, where the occupied arc starts and ends; the end may lie beyond the circle's length. */
    private static int[] withoutWidestGap(boolean[] alive) {
        int n = alive.length;
        int start = first(alive);
        int widest = -1;
        int[] arc = {start, start + n - 1};
        int last = start;
        for (int i = start + 1; i <= start + n; i++) {
            if (!alive[i % n]) continue;
            if (i - last - 1 > widest) {
                widest = i - last - 1;
                arc = new int[] {i % n, i % n + n - 1 - widest};
            }
            last = i;
        }
        return arc;
    }

    private static GrainBox moved(GrainBox box, int[] from, int[] size, BoxPlane[] planes, Store store) {
        Grid grid = store.grid;
        GrainBox to = new GrainBox(box.id, from, size, planes, store.vectors);
        for (int k = 0; k < size[2]; k++) {
            BoxPlane p = planes[k];
            int oldPlane = at(from[2] + k - box.from[2], box.size[2], grid.nz(), grid.periodicZ());
            for (int y = p.y; oldPlane >= 0 && y < p.y + p.height; y++) {
                int oldRow = at(from[1] + y - box.from[1], box.size[1], grid.ny(), grid.periodicY());
                if (oldRow < 0) continue;
                for (int x = p.x; x < p.x + p.width; x++) {
                    int oldColumn = at(from[0] + x - box.from[0], box.size[0], grid.nx(), grid.periodicX());
                    if (oldColumn < 0) continue;
                    to.values[Store.STATE][k][p.index(x, y)] = box.at(Store.STATE, oldColumn, oldRow, oldPlane, grid);
                }
            }
            to.ring(Store.STATE, k, grid);
        }
        return to;
    }

    private static int at(int offset, int size, int n, boolean periodic) {
        int at = periodic ? Math.floorMod(offset, n) : offset;
        return at >= 0 && at < size ? at : -1;
    }
}
