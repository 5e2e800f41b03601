package sinterj.image;

import java.util.Arrays;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * The runs of a mask along x, joined where they touch: a union-find over runs rather than voxels. Each tree's root is
 * its first run in the order of z, y, x, so the result does not depend on the order of joining.
 */
final class RunForest {
    private final PhaseMask mask;
    private final int slack;
    private final int[][] bounds;
    private final int[][] rows;
    private final int[] first;
    private final int[] parent;

    /**
     * @param mask not changed
     * @param diagonal whether voxels that share an edge or a corner touch, or only those that share a face
     */
    RunForest(PhaseMask mask, boolean diagonal, Progress progress) {
        this.mask = mask;
        slack = diagonal ? 1 : 0;
        bounds = new int[mask.depth()][];
        rows = new int[mask.depth()][];
        Parallel.forEach(progress, mask.depth(), this::findRuns);
        first = new int[mask.depth() + 1];
        for (int z = 0; z < mask.depth(); z++) {
            long total = (long) first[z] + bounds[z].length / 2;
            if (total > Integer.MAX_VALUE - 16) {
                throw new InvalidInput(
                        "The image has more than 2 147 483 631 runs of voxels. Crop or smooth it first.");
            }
            first[z + 1] = (int) total;
        }
        parent = new int[first[mask.depth()]];
        Parallel.forEach(progress, mask.depth(), this::joinWithinPlane);
        for (int z = 1; z < mask.depth(); z++) {
            progress.check();
            joinToPlaneBefore(z);
        }
        flatten();
    }

    private void findRuns(int z) {
        int[] found = new int[256];
        int n = 0;
        int[] row = new int[mask.height() + 1];
        for (int y = 0; y < mask.height(); y++) {
            for (int a = mask.nextInside(0, y, z); a < mask.width(); ) {
                int b = mask.nextOutside(a, y, z);
                if (n + 2 > found.length) found = Arrays.copyOf(found, 2 * n);
                found[n++] = a;
                found[n++] = b;
                a = mask.nextInside(b, y, z);
            }
            row[y + 1] = n / 2;
        }
        bounds[z] = Arrays.copyOf(found, n);
        rows[z] = row;
    }

    private void joinWithinPlane(int z) {
        for (int i = first[z]; i < first[z + 1]; i++) parent[i] = i;
        for (int y = 1; y < mask.height(); y++) joinRows(z, y, z, y - 1);
    }

    private void joinToPlaneBefore(int z) {
        for (int y = 0; y < mask.height(); y++) {
            for (int other = Math.max(0, y - slack); other <= Math.min(mask.height() - 1, y + slack); other++) {
                joinRows(z, y, z - 1, other);
            }
        }
    }

    private void joinRows(int z, int y, int otherZ, int otherY) {
        int i = rows[z][y];
        int j = rows[otherZ][otherY];
        int endI = rows[z][y + 1];
        int endJ = rows[otherZ][otherY + 1];
        while (i < endI && j < endJ) {
            boolean touch = from(z, i) < to(otherZ, j) + slack && from(otherZ, j) < to(z, i) + slack;
            if (touch) join(first[z] + i, first[otherZ] + j);
            if (to(z, i) <= to(otherZ, j)) i++;
            else j++;
        }
    }

    private void join(int a, int b) {
        int x = root(a);
        int y = root(b);
        if (x < y) parent[y] = x;
        else parent[x] = y;
    }

    private int root(int run) {
        int i = run;
        while (parent[i] != i) {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        return i;
    }

    private void flatten() {
        // A parent stands before its children, so one pass in order suffices.
        for (int i = 0; i < parent.length; i++) parent[i] = parent[parent[i]];
    }

    int planes() {
        return bounds.length;
    }

    /** First run of plane z; that of the plane behind the last ends the list. */
    int first(int z) {
        return first[z];
    }

    /** First run of a row within its plane. */
    int row(int z, int y) {
        return rows[z][y];
    }

    /** First voxel of a run, counted within its plane. */
    int from(int z, int i) {
        return bounds[z][2 * i];
    }

    /** Voxel behind the last of a run, counted within its plane. */
    int to(int z, int i) {
        return bounds[z][2 * i + 1];
    }

    /** The root of each run, by its number; may be overwritten once roots are no longer needed. */
    int[] roots() {
        return parent;
    }
}
