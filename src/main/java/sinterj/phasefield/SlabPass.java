package sinterj.phasefield;

import java.util.Arrays;

/**
 * Rates of change in a slab of planes, worked out plane by plane: sums over the grains, chemical potential and mobility
 * of the next plane, then fluxes and rates of this one. Only two planes of each are held. Slabs work out one plane
 * twice at each cut and share nothing, so that their number does not change the result.
 */
final class SlabPass {
    private final Store store;
    private final Grid grid;
    private final int n;
    private final float[] s1;
    private final float[] s3;
    private final float[][] s2;
    private final float[][] mu;
    private final float[][] mobility;
    private final float[][][] drift;
    private final float[][] scratch;
    private float[] fluxBelow;
    private float[] fluxAbove;
    private final float[] fluxX;
    private final float[] fluxY;
    private float[][] boxScratch = new float[0][];

    private Coefficients c;
    private boolean moving;
    private int vector;
    private double topMobility;

    SlabPass(Store store) {
        this.store = store;
        grid = store.grid;
        n = grid.planeLength();
        s1 = new float[n];
        s3 = new float[n];
        s2 = new float[2][n];
        mu = new float[2][n];
        mobility = new float[2][n];
        drift = new float[3][2][n];
        scratch = new float[5][n];
        fluxX = new float[n];
        fluxY = new float[n];
        fluxBelow = new float[n];
        fluxAbove = new float[n];
    }

    /** Greatest mobility met since the last call of {@link #run} that asked for it. */
    double topMobility() {
        return topMobility;
    }

    /**
     * @param from first plane
     * @param to plane behind the last
     * @param in vector whose rates are wanted; its rings are set
     * @param moves whether grains move as bodies
     * @param update what to do with the rates
     * @param measure whether to look for the greatest mobility
     */
    void run(int from, int to, int in, Coefficients coefficients, boolean moves, Update update, boolean measure) {
        c = coefficients;
        moving = moves;
        vector = in;
        topMobility = 0;
        boolean open = grid.periodicZ() || from > 0;
        if (open) prepare(from - 1);
        prepare(from);
        if (open) fluxUp(from - 1, fluxBelow);
        else Arrays.fill(fluxBelow, 0);
        for (int z = from; z < to; z++) {
            if (measure) measure(mobility[z & 1]);
            if (z + 1 < grid.nz() || grid.periodicZ()) {
                prepare(z + 1);
                fluxUp(z, fluxAbove);
            } else {
                Arrays.fill(fluxAbove, 0);
            }
            densityRates(z, update);
            for (GrainBox box : store.boxesAt(z)) orderRates(box, z, update);
            float[] swap = fluxBelow;
            fluxBelow = fluxAbove;
            fluxAbove = swap;
        }
    }

    private void measure(float[] m) {
        float top = 0;
        for (int y = 1; y <= grid.ny(); y++) {
            int row = y * grid.stride();
            for (int i = row + 1; i <= row + grid.nx(); i++) top = Math.max(top, m[i]);
        }
        topMobility = Math.max(topMobility, top);
    }

    /** Chemical potential, mobility and velocity of a plane, into the slot of its parity. */
    private void prepare(int z) {
        int slot = z & 1;
        sumGrains(z, slot);
        float[] rho = store.plane(vector, z);
        float[] six =
                sixNeighbours(rho, store.plane(vector, z - 1), store.plane(vector, z + 1), n, grid.stride(), scratch);
        Kernels.potential(n, rho, s2[slot], s3, six, mu[slot], (float) (2 * c.a()), (float) c.b(), (float) c.kr());
        Kernels.mobility(
                n,
                rho,
                s1,
                s2[slot],
                mobility[slot],
                (float) c.vapour(),
                (float) (c.volume() - c.vapour()),
                (float) c.surface(),
                (float) c.boundary());
        store.ring(mu[slot]);
        store.ring(mobility[slot]);
        if (moving) for (int axis = 0; axis < 3; axis++) store.ring(drift[axis][slot]);
    }

    private static float[] sixNeighbours(float[] a, float[] below, float[] above, int n, int stride, float[][] work) {
        shift(a, -1, work[0], n);
        shift(a, 1, work[1], n);
        shift(a, -stride, work[2], n);
        shift(a, stride, work[3], n);
        Kernels.sumOfSix(n, work[0], work[1], work[2], work[3], below, above, work[4]);
        return work[4];
    }

    /** out[i] = a[i + by]; where that lies outside, the old value stays, which is in the ring only. */
    private static void shift(float[] a, int by, float[] out, int n) {
        if (by < 0) System.arraycopy(a, 0, out, -by, n + by);
        else System.arraycopy(a, by, out, 0, n - by);
    }

    private void sumGrains(int z, int slot) {
        Arrays.fill(s1, 0);
        Arrays.fill(s2[slot], 0);
        Arrays.fill(s3, 0);
        if (moving) for (int axis = 0; axis < 3; axis++) Arrays.fill(drift[axis][slot], 0);
        for (GrainBox box : store.boxesAt(store.wrapped(z))) {
            int k = box.planeAt(store.wrapped(z), grid);
            float[] e = box.values[vector][k];
            int first = Math.min(box.size[0], grid.nx() - box.from[0]);
            for (int y = 0; y < box.size[1]; y++) {
                int row = 1 + grid.stride() * (box.gridRow(y, grid) + 1);
                sumRow(box, e, y, k, 0, row + box.from[0], first, slot);
                if (first < box.size[0]) sumRow(box, e, y, k, first, row, box.size[0] - first, slot);
            }
        }
    }

    private void sumRow(GrainBox box, float[] e, int y, int k, int column, int to, int count, int slot) {
        float[] copy = scratch[0];
        System.arraycopy(e, box.index(column, y), copy, to, count);
        int end = to + count;
        Kernels.powers(to, end, copy, s1, s2[slot], s3);
        if (!moving) return;
        double dy = y - box.centroid[1];
        double dz = k - box.centroid[2];
        double[] v = box.velocity;
        double[] w = box.spin;
        float[] x = scratch[1];
        System.arraycopy(box.column, box.index(column, y), x, to, count);
        Kernels.addScaled(to, end, copy, (float) (v[0] + w[1] * dz - w[2] * dy), drift[0][slot]);
        double vy = v[1] - w[2] * box.centroid[0] - w[0] * dz;
        Kernels.addRamped(to, end, copy, x, (float) vy, (float) w[2], drift[1][slot]);
        double vz = v[2] + w[0] * dy + w[1] * box.centroid[0];
        Kernels.addRamped(to, end, copy, x, (float) vz, (float) -w[1], drift[2][slot]);
    }

    /** Flux from plane z into the one above it. */
    private void fluxUp(int z, float[] out) {
        int low = z & 1;
        int high = low ^ 1;
        Kernels.flux(n, mu[low], mu[high], mobility[low], mobility[high], out);
        if (!moving) return;
        float[][] v = drift[2];
        Kernels.carry(n, store.plane(vector, z), store.plane(vector, z + 1), v[low], v[high], out);
    }

    private void fluxInPlane(float[] rho, int slot, int axis, float[] out) {
        int by = axis == 0 ? 1 : grid.stride();
        shift(mu[slot], by, scratch[0], n);
        shift(mobility[slot], by, scratch[1], n);
        Kernels.flux(n, mu[slot], scratch[0], mobility[slot], scratch[1], out);
        if (moving) {
            shift(rho, by, scratch[0], n);
            shift(drift[axis][slot], by, scratch[1], n);
            Kernels.carry(n, rho, scratch[0], drift[axis][slot], scratch[1], out);
        }
        if (!grid.periodic(axis)) closeWalls(out, axis);
    }

    /** Nothing passes through a wall. */
    private void closeWalls(float[] flux, int axis) {
        int sx = grid.stride();
        if (axis == 0) {
            for (int i = 0; i < n; i += sx) {
                flux[i] = 0;
                flux[i + grid.nx()] = 0;
            }
        } else {
            Arrays.fill(flux, 0, sx, 0);
            Arrays.fill(flux, sx * grid.ny(), sx * (grid.ny() + 1), 0);
        }
    }

    private void densityRates(int z, Update update) {
        int slot = z & 1;
        float[] rho = store.plane(vector, z);
        fluxInPlane(rho, slot, 0, fluxX);
        fluxInPlane(rho, slot, 1, fluxY);
        shift(fluxX, -1, scratch[0], n);
        shift(fluxY, -grid.stride(), scratch[1], n);
        Kernels.divergence(n, fluxX, scratch[0], fluxY, scratch[1], fluxAbove, fluxBelow, scratch[2]);
        GrainBox.clearRing(scratch[2], grid.stride(), n);
        update.apply(store.density, z, store.lost[z], scratch[2], store.norms);
        if (update.made >= 0) store.ring(store.density[update.made][z]);
    }

    private void orderRates(GrainBox box, int z, Update update) {
        int k = box.planeAt(z, grid);
        int m = box.length;
        float[][] work = boxWork(m);
        float[] e = box.values[vector][k];
        float[] below = box.plane(vector, k - 1, grid);
        float[] above = box.plane(vector, k + 1, grid);
        gather(box, store.plane(vector, z), work[5]);
        gather(box, s2[z & 1], work[6]);
        float[] six = sixNeighbours(e, below, above, m, box.stride, work);
        float c1 = (float) (12 * c.b() * c.mEta());
        Kernels.relax(m, e, six, work[5], work[6], work[7], c1, (float) (c.mEta() * c.ke()));
        if (moving) move(box, k, below, above, work);
        GrainBox.clearRing(work[7], box.stride, m);
        update.apply(box.values, k, null, work[7], box.norms);
        if (update.made >= 0) box.ring(box.values[update.made][k], grid);
    }

    /** work[0] to work[3] hold the neighbours along x and y, work[7] the rates. */
    private static void move(GrainBox box, int k, float[] below, float[] above, float[][] work) {
        double dz = k - box.centroid[2];
        double[] v = box.velocity;
        double[] w = box.spin;
        double[] at = box.centroid;
        double vx = v[0] + w[1] * dz + w[2] * at[1];
        Kernels.moveRamped(box.length, work[1], work[0], box.row, (float) vx, (float) -w[2], work[7]);
        double vy = v[1] - w[2] * at[0] - w[0] * dz;
        Kernels.moveRamped(box.length, work[3], work[2], box.column, (float) vy, (float) w[2], work[7]);
        double vz = v[2] - w[0] * at[1] + w[1] * at[0];
        float wx = (float) w[0];
        Kernels.moveTwice(box.length, above, below, box.column, box.row, (float) vz, (float) -w[1], wx, work[7]);
    }

    private float[][] boxWork(int length) {
        if (boxScratch.length == 0 || boxScratch[0].length < length) boxScratch = new float[8][length];
        return boxScratch;
    }

    /** Copies what a box covers of a plane of the grid into the box's own layout. */
    private void gather(GrainBox box, float[] plane, float[] out) {
        int first = Math.min(box.size[0], grid.nx() - box.from[0]);
        for (int y = 0; y < box.size[1]; y++) {
            int row = 1 + grid.stride() * (box.gridRow(y, grid) + 1);
            System.arraycopy(plane, row + box.from[0], out, box.index(0, y), first);
            if (first < box.size[0]) System.arraycopy(plane, row, out, box.index(first, y), box.size[0] - first);
        }
    }
}
