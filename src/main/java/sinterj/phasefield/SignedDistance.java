package sinterj.phasefield;

/**
 * Distance to the surface of one particle, positive inside, in voxels of the grid; known in a box around it.
 *
 * @param id the particle's label
 * @param from first voxel of the box on the grid
 * @param size voxels of the box; along a periodic axis it may wrap around
 * @param values x fastest, then y, then z
 */
record SignedDistance(int id, int[] from, int[] size, float[] values) {
    /** How far beyond the surface, in voxels, the box must reach. */
    static int reach(Grid grid) {
        return (int) Math.ceil(3 * grid.interfaceVoxels()) + 1;
    }

    /**
     * The box around what lies between two points, in voxels; null if it lies outside.
     *
     * @return first voxels, then numbers of voxels
     */
    static int[][] box(Grid grid, double[] low, double[] high) {
        int[] from = new int[3];
        int[] size = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int n = grid.size(axis);
            int first = (int) Math.floor(low[axis]) - reach(grid);
            int last = (int) Math.ceil(high[axis]) + reach(grid);
            if (grid.periodic(axis)) {
                size[axis] = Math.min(n, last - first + 1);
                from[axis] = size[axis] == n ? 0 : Math.floorMod(first, n);
            } else {
                from[axis] = Math.max(0, first);
                size[axis] = Math.min(n - 1, last) - from[axis] + 1;
                if (size[axis] < 1) return null;
            }
        }
        return new int[][] {from, size};
    }

    int index(int x, int y, int z) {
        return x + size[0] * (y + size[1] * z);
    }

    /** Voxel of the grid at a voxel of the box. */
    int onGrid(Grid grid, int axis, int i) {
        int at = from[axis] + i;
        return at >= grid.size(axis) ? at - grid.size(axis) : at;
    }
}
