package sinterj.phasefield;

/** Where a grain is, along each axis of its box, and in each plane: first and last column, first and last row. */
final class GrainExtent {
    /**
     * Order parameters below this are as good as 0: they fall by a factor of e over a quarter of an interface, so that at
     * the end of the box some ten-thousandths are cut off.
     */
    private static final float ALIVE = 4e-3f;

    /** Voxels that are held over those needed, before planes are fitted anew. */
    private static final double MOST_SPARE = 1.2;

    final boolean[][] along = new boolean[3][];
    final int[][] inPlane;

    GrainExtent(GrainBox box) {
        for (int axis = 0; axis < 3; axis++) along[axis] = new boolean[box.size[axis]];
        inPlane = new int[box.size[2]][];
        for (int k = 0; k < inPlane.length; k++) inPlane[k] = look(box, k);
    }

    private int[] look(GrainBox box, int k) {
        BoxPlane p = box.planes[k];
        float[] plane = box.values[Store.STATE][k];
        int[] found = {Integer.MAX_VALUE, -1, Integer.MAX_VALUE, -1};
        for (int y = p.y; y < p.y + p.height; y++) {
            int row = p.index(p.x, y);
            for (int x = 0; x < p.width; x++) {
                if (!(Math.abs(plane[row + x]) > ALIVE)) continue;
                along[0][p.x + x] = true;
                along[1][y] = true;
                along[2][k] = true;
                include(found, p.x + x, p.x + x, y, y);
            }
        }
        return found;
    }

    private static void include(int[] all, int left, int right, int low, int high) {
        all[0] = Math.min(all[0], left);
        all[1] = Math.max(all[1], right);
        all[2] = Math.min(all[2], low);
        all[3] = Math.max(all[3], high);
    }

    /** What should be held of each plane of a box, so many voxels around the grain. */
    BoxPlane[] planes(GrainBox box, int[] from, int[] size, Grid grid, int margin) {
        int[] shift = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            shift[axis] = box.from[axis] - from[axis];
            int n = grid.size(axis);
            if (grid.periodic(axis)) shift[axis] = Math.floorMod(shift[axis] + n / 2, n) - n / 2;
        }
        BoxPlane[] planes = new BoxPlane[size[2]];
        for (int k = 0; k < planes.length; k++) {
            int[] all = around(k - shift[2], margin);
            if (all[1] < 0) {
                planes[k] = new BoxPlane(0, 0, size[0], size[1]);
                continue;
            }
            int left = Math.max(0, all[0] + shift[0] - margin);
            int right = Math.min(size[0], all[1] + shift[0] + margin + 1);
            int low = Math.max(0, all[2] + shift[1] - margin);
            int high = Math.min(size[1], all[3] + shift[1] + margin + 1);
            planes[k] = new BoxPlane(left, low, right - left, high - low);
        }
        return planes;
    }

    /** Where the grain is in the planes around one; further away only if it is not near. */
    private int[] around(int k, int margin) {
        int[] all = {Integer.MAX_VALUE, -1, Integer.MAX_VALUE, -1};
        for (int d = 0; d <= 2 * margin + 2 && (d < margin || all[1] < 0); d++) {
            for (int at = k - d; at <= k + d; at += Math.max(1, 2 * d)) {
                if (at < 0 || at >= inPlane.length || inPlane[at][1] < 0) continue;
                include(all, inPlane[at][0], inPlane[at][1], inPlane[at][2], inPlane[at][3]);
            }
        }
        return all;
    }

    /** Whether what is held of a box is enough and not too much. */
    boolean fits(GrainBox box, BoxPlane[] wanted, Grid grid, int margin) {
        BoxPlane[] least = planes(box, box.from, box.size, grid, margin - 1);
        for (int k = 0; k < least.length; k++) if (!box.planes[k].holds(least[k])) return false;
        return area(box.planes) <= MOST_SPARE * area(wanted);
    }

    private static long area(BoxPlane[] planes) {
        long sum = 0;
        for (BoxPlane plane : planes) sum += plane.area();
        return sum;
    }
}
