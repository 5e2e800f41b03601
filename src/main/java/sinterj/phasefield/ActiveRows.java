package sinterj.phasefield;

import java.util.Arrays;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * The rows of each plane in which there is solid, or gas that is not empty. In the others nothing is worked out, and no
 * matter passes between an active voxel and one that is not: the cost follows the solid, not the box.
 */
final class ActiveRows {
    /** Density that is as good as 0. */
    private static final float EMPTY = 1e-4f;

    /** Rows and planes around what is not empty: enough until the rows are found anew, and how many are taken. */
    private static final int LEAST_MARGIN = 2;

    private static final int MARGIN = 4;

    private final boolean[][] active;

    /** By plane the runs of active rows: first row and row behind the last, in rows of a plane with its ring. */
    final int[][] runs;

    /** The same of rows that are active in a plane and in the one above it. */
    final int[][] upward;

    /** Number of active rows. */
    final long count;

    private ActiveRows(boolean[][] active, Grid grid) {
        this.active = active;
        int nz = active.length;
        runs = new int[nz][];
        upward = new int[nz][];
        long rows = 0;
        for (int z = 0; z < nz; z++) {
            runs[z] = runs(active[z], null);
            boolean top = z + 1 == nz;
            upward[z] = top && !grid.periodicZ() ? new int[0] : runs(active[z], active[top ? 0 : z + 1]);
            for (boolean row : active[z]) if (row) rows++;
        }
        count = rows;
    }

    private static int[] runs(boolean[] a, boolean[] b) {
        int[] found = new int[a.length + 1];
        int n = 0;
        for (int y = 0; y <= a.length; y++) {
            boolean is = y < a.length && a[y] && (b == null || b[y]);
            if (is == (n % 2 == 0)) found[n++] = y + 1;
        }
        return Arrays.copyOf(found, n);
    }

    /** Whether a row of the grid, from 0 on, is active in a plane. */
    boolean has(int z, int y) {
        return active[z][y];
    }

    /** Elements of the active rows of a plane. */
    long work(int z, Grid grid) {
        long rows = 0;
        for (int i = 0; i < runs[z].length; i += 2) rows += runs[z][i + 1] - runs[z][i];
        return rows * grid.stride();
    }

    /**
     * Finds the rows for the state of a store.
     *
     * @param now those in use; null to find them from the state alone
     * @return those in use, if they still do
     */
    static ActiveRows fit(ActiveRows now, Store store, Progress progress) {
        Grid grid = store.grid;
        boolean[][] core = new boolean[grid.nz()][grid.ny()];
        Parallel.forEach(progress, grid.nz(), z -> find(store, z, core[z]));
        boolean[][] wide = grown(core, MARGIN, grid);
        if (now != null && now.holds(grown(core, LEAST_MARGIN, grid)) && now.count <= 1.1 * count(wide) + 16) {
            return now;
        }
        return new ActiveRows(wide, grid);
    }

    private static void find(Store store, int z, boolean[] rows) {
        Grid grid = store.grid;
        for (GrainBox box : store.boxesAt(z)) {
            BoxPlane p = box.planes[box.planeAt(z, grid)];
            for (int y = p.y; y < p.y + p.height; y++) rows[box.gridRow(y, grid)] = true;
        }
        float[] rho = store.density[Store.STATE][z];
        for (int y = 0; y < rows.length; y++) {
            int row = 1 + grid.stride() * (y + 1);
            for (int x = 0; !rows[y] && x < grid.nx(); x++) rows[y] = Math.abs(rho[row + x]) > EMPTY;
        }
    }

    private boolean holds(boolean[][] rows) {
        for (int z = 0; z < rows.length; z++) {
            for (int y = 0; y < rows[z].length; y++) if (rows[z][y] && !active[z][y]) return false;
        }
        return true;
    }

    private static long count(boolean[][] rows) {
        long count = 0;
        for (boolean[] plane : rows) for (boolean row : plane) if (row) count++;
        return count;
    }

    private static boolean[][] grown(boolean[][] core, int by, Grid grid) {
        int nz = core.length;
        boolean[][] inPlane = new boolean[nz][];
        for (int z = 0; z < nz; z++) {
            int ny = core[z].length;
            inPlane[z] = new boolean[ny];
            for (int y = 0; y < ny; y++) {
                for (int d = -by; core[z][y] && d <= by; d++) mark(inPlane[z], y + d, grid.periodicY());
            }
        }
        boolean[][] all = new boolean[nz][grid.ny()];
        for (int z = 0; z < nz; z++) {
            for (int d = -by; d <= by; d++) {
                int to = grid.periodicZ() ? Math.floorMod(z + d, nz) : z + d;
                if (to < 0 || to >= nz) continue;
                for (int y = 0; y < grid.ny(); y++) all[to][y] |= inPlane[z][y];
            }
        }
        return all;
    }

    private static void mark(boolean[] rows, int y, boolean periodic) {
        int at = periodic ? Math.floorMod(y, rows.length) : y;
        if (at >= 0 && at < rows.length) rows[at] = true;
    }
}
