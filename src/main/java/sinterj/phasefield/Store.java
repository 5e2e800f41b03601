package sinterj.phasefield;

import java.util.Arrays;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * All numbers of a simulation: several vectors, each a density on the whole grid and an order parameter in each grain's
 * box. Vector {@link #STATE} is the state; the others belong to the integrator.
 */
final class Store {
    static final int STATE = 0;
    static final int TRIAL = 1;
    static final int FIRST_RATE = 2;
    static final int CHANGE = 3;
    static final int OLDER = 4;
    static final int OTHER_TRIAL = 5;

    final Grid grid;
    final int vectors;

    /** Density by vector and plane, with a ring of ghosts. */
    final float[][][] density;

    /** What rounding has lost of the state's density so far. */
    final float[][] lost;

    final Update.Sums sums;

    GrainBox[] boxes;

    /** Boxes that reach each plane of the grid, in their order. */
    private GrainBox[][] atPlane;

    private ActiveRows rows;

    /** Holds the state; {@link BoxFit} must make room for the other vectors. */
    Store(SinterState start, boolean stages) {
        grid = start.grid();
        vectors = stages ? 6 : 3;
        density = new float[vectors][grid.nz()][grid.planeLength()];
        sums = new Update.Sums(grid.nz());
        lost = new float[grid.nz()][grid.planeLength()];
        for (int z = 0; z < grid.nz(); z++) {
            for (int y = 0; y < grid.ny(); y++) {
                int at = 1 + grid.stride() * (y + 1);
                System.arraycopy(start.density()[z], y * grid.nx(), density[STATE][z], at, grid.nx());
                if (start.lost() != null) System.arraycopy(start.lost()[z], y * grid.nx(), lost[z], at, grid.nx());
            }
            ring(density[STATE][z]);
        }
        boxes = start.grains().stream().map(this::box).toArray(GrainBox[]::new);
        listPlanes();
    }

    private GrainBox box(SinterState.Grain grain) {
        int[] n = grain.size().clone();
        // The other vectors come when the box is fitted: until then it may be much larger than it need be.
        GrainBox box = new GrainBox(grain.id(), grain.from().clone(), n, GrainBox.whole(n), 1);
        for (int k = 0; k < n[2]; k++) {
            for (int y = 0; y < n[1]; y++) {
                int to = box.planes[k].index(0, y);
                System.arraycopy(grain.values(), n[0] * (y + n[1] * k), box.values[STATE][k], to, n[0]);
            }
            box.ring(STATE, k, grid);
        }
        return box;
    }

    /** To be called when boxes were changed. */
    void listPlanes() {
        atPlane = new GrainBox[grid.nz()][];
        for (int z = 0; z < grid.nz(); z++) {
            int plane = z;
            atPlane[z] = Arrays.stream(boxes)
                    .filter(b -> b.planeAt(plane, grid) >= 0)
                    .toArray(GrainBox[]::new);
        }
    }

    GrainBox[] boxesAt(int z) {
        return atPlane[z];
    }

    /** Plane z of a density vector, or its neighbour beyond a wall or around the corner. */
    float[] plane(int vector, int z) {
        return density[vector][wrapped(z)];
    }

    int wrapped(int z) {
        if (z >= 0 && z < grid.nz()) return z;
        return grid.periodicZ() ? Math.floorMod(z, grid.nz()) : z < 0 ? 0 : grid.nz() - 1;
    }

    /** Sets the ring around a plane: mirrored at walls, wrapped along periodic axes. */
    void ring(float[] plane) {
        int nx = grid.nx();
        int sx = grid.stride();
        int low = grid.periodicX() ? nx : 1;
        int high = grid.periodicX() ? 1 : nx;
        for (int i = sx; i < plane.length - sx; i += sx) {
            plane[i] = plane[i + low];
            plane[i + nx + 1] = plane[i + high];
        }
        int ny = grid.ny();
        System.arraycopy(plane, sx * (grid.periodicY() ? ny : 1), plane, 0, sx);
        System.arraycopy(plane, sx * (grid.periodicY() ? 1 : ny), plane, sx * (ny + 1), sx);
    }

    /** Exchanges two vectors. */
    void swap(int a, int b) {
        exchange(density, a, b);
        for (GrainBox box : boxes) exchange(box.values, a, b);
    }

    private static void exchange(float[][][] values, int a, int b) {
        float[][] planes = values[a];
        values[a] = values[b];
        values[b] = planes;
    }

    /** The rows of the density that are worked on; {@link #fitRows} must have been called. */
    ActiveRows rows() {
        return rows;
    }

    /**
     * Finds the rows that are to be worked on anew. In the others all vectors are as if nothing happened.
     *
     * @param fresh whether to find them from the state alone, without a look at those in use
     * @return whether they changed
     */
    boolean fitRows(boolean fresh, Progress progress) {
        ActiveRows fitted = ActiveRows.fit(fresh ? null : rows, this, progress);
        if (fitted == rows) return false;
        rows = fitted;
        Parallel.forEach(progress, grid.nz(), this::rest);
        return true;
    }

    private void rest(int z) {
        int[] runs = rows.runs[z];
        int row = 0;
        for (int i = 0; i <= runs.length; i += 2) {
            int behind = i < runs.length ? runs[i] : grid.ny() + 2;
            rest(z, row * grid.stride(), behind * grid.stride());
            if (i < runs.length) row = runs[i + 1];
        }
    }

    private void rest(int z, int from, int to) {
        for (int v = 1; v < vectors; v++) {
            if (v == TRIAL || v == OTHER_TRIAL) {
                System.arraycopy(density[STATE][z], from, density[v][z], from, to - from);
            } else {
                Arrays.fill(density[v][z], from, to, 0);
            }
        }
    }

    /** A copy of the state. */
    SinterState state() {
        float[][] rho = new float[grid.nz()][];
        float[][] rest = new float[grid.nz()][];
        for (int z = 0; z < grid.nz(); z++) {
            rho[z] = inner(density[STATE][z]);
            rest[z] = inner(lost[z]);
        }
        return new SinterState(
                grid, rho, rest, Arrays.stream(boxes).map(this::grain).toList());
    }

    private float[] inner(float[] plane) {
        float[] out = new float[grid.nx() * grid.ny()];
        copyInner(plane, out);
        return out;
    }

    void copyInner(float[] plane, float[] out) {
        for (int y = 0; y < grid.ny(); y++) {
            System.arraycopy(plane, 1 + grid.stride() * (y + 1), out, y * grid.nx(), grid.nx());
        }
    }

    private SinterState.Grain grain(GrainBox box) {
        int[] n = box.size;
        float[] all = new float[n[0] * n[1] * n[2]];
        for (int k = 0; k < n[2]; k++) {
            BoxPlane p = box.planes[k];
            for (int y = p.y; y < p.y + p.height; y++) {
                int to = p.x + n[0] * (y + n[1] * k);
                System.arraycopy(box.values[STATE][k], p.index(p.x, y), all, to, p.width);
            }
        }
        return new SinterState.Grain(box.id, box.from.clone(), n.clone(), all);
    }
}
