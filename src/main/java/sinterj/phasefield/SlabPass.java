package sinterj.phasefield;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Rates of change in a slab of planes, worked out plane by plane: sums over the grains, chemical potential and mobility
 * of the next plane, then fluxes and rates of this one. Only two planes of each are held. Slabs work out one plane
 * twice at each cut and share nothing, so that their number does not change the result.
 */
final class SlabPass {
    private final Store store;
    private final InterfaceEnergies energies;
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
    private final float[] top;
    private final float[] columns;
    private final float[] fluxX;
    private final float[] fluxY;
    private float[][] boxScratch = new float[0][];
    private final Map<Integer, float[][]> ramps = new HashMap<>();

    private Coefficients c;
    private boolean moving;
    private int vector;
    private ActiveRows rows;

    /** @param energies coefficients by voxel; null where those of the material hold everywhere */
    SlabPass(Store store, InterfaceEnergies energies) {
        this.store = store;
        this.energies = energies;
        grid = store.grid;
        n = grid.planeLength();
        s1 = new float[n];
        s3 = new float[n];
        s2 = new float[2][n];
        mu = new float[2][n];
        mobility = new float[2][n];
        drift = new float[3][2][n];
        scratch = new float[5][n];
        top = new float[n];
        columns = new float[n];
        for (int i = 0; i < n; i++) columns[i] = i % grid.stride() - 1;
        fluxX = new float[n];
        fluxY = new float[n];
        fluxBelow = new float[n];
        fluxAbove = new float[n];
    }

    /** Greatest mobility met since the last call of {@link #run} that asked for it. */
    double topMobility() {
        double most = 0;
        for (int y = 1; y <= grid.ny(); y++) {
            for (int i = start(y) + 1; i <= start(y) + grid.nx(); i++) most = Math.max(most, top[i]);
        }
        return most;
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
        rows = store.rows();
        if (measure) Arrays.fill(top, 0);
        boolean open = grid.periodicZ() || from > 0;
        if (open) prepare(from - 1);
        prepare(from);
        if (open) fluxUp(from - 1, fluxBelow);
        else Arrays.fill(fluxBelow, 0);
        for (int z = from; z < to; z++) {
            if (measure) measure(z);
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

    private int[] runs(int z) {
        return rows.runs[store.wrapped(z)];
    }

    private int start(int row) {
        return row * grid.stride();
    }

    private void measure(int z) {
        int[] runs = runs(z);
        for (int i = 0; i < runs.length; i += 2) {
            Kernels.most(start(runs[i]), start(runs[i + 1]), mobility[z & 1], top);
        }
    }

    /** Chemical potential, mobility and velocity of a plane, into the slot of its parity. */
    private void prepare(int z) {
        int slot = z & 1;
        sumGrains(z, slot);
        float[] rho = store.plane(vector, z);
        float[] below = store.plane(vector, z - 1);
        float[] above = store.plane(vector, z + 1);
        int[] runs = runs(z);
        for (int i = 0; i < runs.length; i += 2) {
            int from = start(runs[i]);
            int to = start(runs[i + 1]);
            potential(z, from, to, rho, below, above);
            Kernels.mobility(
                    from,
                    to,
                    rho,
                    s1,
                    s2[slot],
                    mobility[slot],
                    (float) c.vapour(),
                    (float) (c.volume() - c.vapour()),
                    (float) c.surface(),
                    (float) c.boundary());
        }
        store.ring(mu[slot]);
        store.ring(mobility[slot]);
        if (moving) for (int axis = 0; axis < 3; axis++) store.ring(drift[axis][slot]);
    }

    private void potential(int z, int from, int to, float[] rho, float[] below, float[] above) {
        float[] out = mu[z & 1];
        float[] squares = s2[z & 1];
        float[] six = sixNeighbours(from, to, rho, below, above, grid.stride(), scratch);
        if (energies == null) {
            float twice = (float) (2 * c.a());
            Kernels.potential(from, to, rho, squares, s3, six, out, twice, (float) c.b(), (float) c.kr());
            return;
        }
        int here = store.wrapped(z);
        int up = store.wrapped(z + 1);
        int down = store.wrapped(z - 1);
        float[][] kr = energies.kr;
        float[][][] p = energies.p;
        Arrays.fill(out, from, to, 0);
        spread(from, to, kr[here], kr[down], kr[up], rho, below, above, grid.stride(), scratch, out);
        int[] by = {1, grid.stride()};
        for (int axis = 0; axis < 2; axis++) {
            shift(from, to, p[axis][here], -by[axis], scratch[0]);
            shift(from, to, p[axis][here], by[axis], scratch[1]);
            Kernels.addSlope(from, to, scratch[1], scratch[0], out);
        }
        // A mirror turns the vector's z round.
        if (up == here || down == here) Kernels.scale(from, to, p[2][here], -1, scratch[0]);
        Kernels.addSlope(from, to, up == here ? scratch[0] : p[2][up], down == here ? scratch[0] : p[2][down], out);
        Kernels.potentialVaried(from, to, rho, squares, s3, energies.a[here], energies.b[here], out);
    }

    /** Adds the divergence of k grad a; the first four arrays of work hold the neighbours of a along x and y. */
    private static void spread(
            int from,
            int to,
            float[] k,
            float[] kBelow,
            float[] kAbove,
            float[] a,
            float[] below,
            float[] above,
            int stride,
            float[][] work,
            float[] out) {
        int[] by = {-1, 1, -stride, stride};
        for (int side = 0; side < 4; side++) {
            shift(from, to, k, by[side], work[4]);
            Kernels.spread(from, to, k, work[4], a, work[side], out);
        }
        Kernels.spread(from, to, k, kBelow, a, below, out);
        Kernels.spread(from, to, k, kAbove, a, above, out);
    }

    private static float[] sixNeighbours(
            int from, int to, float[] a, float[] below, float[] above, int stride, float[][] work) {
        shift(from, to, a, -1, work[0]);
        shift(from, to, a, 1, work[1]);
        shift(from, to, a, -stride, work[2]);
        shift(from, to, a, stride, work[3]);
        Kernels.sumOfSix(from, to, work[0], work[1], work[2], work[3], below, above, work[4]);
        return work[4];
    }

    /** out[i] = a[i + by]; where that lies outside, the old value stays, which is in the ring only. */
    private static void shift(int from, int to, float[] a, int by, float[] out) {
        int first = Math.max(from, -by);
        int behind = Math.min(to, a.length - Math.max(0, by));
        System.arraycopy(a, first + by, out, first, behind - first);
    }

    private void sumGrains(int z, int slot) {
        int[] runs = runs(z);
        for (int i = 0; i < runs.length; i += 2) {
            int from = start(runs[i]);
            int to = start(runs[i + 1]);
            Arrays.fill(s1, from, to, 0);
            Arrays.fill(s2[slot], from, to, 0);
            Arrays.fill(s3, from, to, 0);
            if (moving) for (int axis = 0; axis < 3; axis++) Arrays.fill(drift[axis][slot], from, to, 0);
        }
        for (GrainBox box : store.boxesAt(store.wrapped(z))) {
            int k = box.planeAt(store.wrapped(z), grid);
            BoxPlane p = box.planes[k];
            float[] e = box.values[vector][k];
            int column = box.gridColumn(p.x, grid);
            int first = Math.min(p.width, grid.nx() - column);
            for (int y = p.y; y < p.y + p.height; y++) {
                int row = 1 + start(box.gridRow(y, grid) + 1);
                sumRow(box, e, y, k, p.x, row + column, first, slot);
                if (first < p.width) sumRow(box, e, y, k, p.x + first, row, p.width - first, slot);
            }
        }
    }

    private void sumRow(GrainBox box, float[] e, int y, int k, int column, int to, int count, int slot) {
        float[] copy = scratch[0];
        System.arraycopy(e, box.planes[k].index(column, y), copy, to, count);
        int end = to + count;
        if (!moving) {
            Kernels.powers(to, end, copy, s1, s2[slot], s3);
            return;
        }
        double dy = y - box.centroid[1];
        double dz = k - box.centroid[2];
        double[] v = box.velocity;
        double[] w = box.spin;
        float vx = (float) (v[0] + w[1] * dz - w[2] * dy);
        Kernels.powersAndDrift(to, end, copy, s1, s2[slot], s3, vx, drift[0][slot]);
        // The ramp counts the grid's columns, the centroid those of the box.
        double x = box.centroid[0] + to % grid.stride() - 1 - column;
        float vy = (float) (v[1] - w[2] * x - w[0] * dz);
        float vz = (float) (v[2] + w[0] * dy + w[1] * x);
        Kernels.addRamped(to, end, copy, columns, vy, (float) w[2], drift[1][slot]);
        Kernels.addRamped(to, end, copy, columns, vz, (float) -w[1], drift[2][slot]);
    }

    /** Flux from plane z into the one above it. */
    private void fluxUp(int z, float[] out) {
        int low = z & 1;
        int high = low ^ 1;
        Arrays.fill(out, 0);
        int[] runs = rows.upward[store.wrapped(z)];
        for (int i = 0; i < runs.length; i += 2) {
            int from = start(runs[i]);
            int to = start(runs[i + 1]);
            Kernels.flux(from, to, mu[low], mu[high], mobility[low], mobility[high], out);
            if (!moving) continue;
            float[][] v = drift[2];
            Kernels.carry(from, to, store.plane(vector, z), store.plane(vector, z + 1), v[low], v[high], out);
        }
    }

    private void densityRates(int z, Update update) {
        float[] rho = store.plane(vector, z);
        int[] runs = runs(z);
        int sx = grid.stride();
        for (int i = 0; i < runs.length; i += 2) {
            int from = start(runs[i]);
            int to = start(runs[i + 1]);
            fluxAlongX(from, to, rho, z & 1);
            fluxAlongY(runs[i], runs[i + 1], rho, z);
            shift(from, to, fluxX, -1, scratch[0]);
            shift(from, to, fluxY, -sx, scratch[1]);
            float[] rate = scratch[2];
            Kernels.divergence(from, to, fluxX, scratch[0], fluxY, scratch[1], fluxAbove, fluxBelow, rate);
            for (int at = from; at < to; at += sx) {
                rate[at] = 0;
                rate[at + sx - 1] = 0;
            }
            update.apply(store.density, z, from, to, store.lost[z], rate, store.sums);
        }
        if (update.made >= 0) store.ring(store.density[update.made][z]);
    }

    private void fluxAlongX(int from, int to, float[] rho, int slot) {
        flux(from, to, rho, slot, 0, 1, fluxX);
        if (grid.periodicX()) return;
        for (int i = from; i < to; i += grid.stride()) {
            fluxX[i] = 0;
            fluxX[i + grid.nx()] = 0;
        }
    }

    /** Nothing passes a wall, nor the end of a run of active rows. */
    private void fluxAlongY(int firstRow, int behind, float[] rho, int z) {
        boolean around = grid.periodicY() && rows.has(z, 0) && rows.has(z, grid.ny() - 1);
        int low = around && firstRow == 1 ? 0 : firstRow;
        int high = around && behind == grid.ny() + 1 ? behind : behind - 1;
        Arrays.fill(fluxY, start(firstRow - 1), start(firstRow), 0);
        Arrays.fill(fluxY, start(behind - 1), start(behind), 0);
        flux(start(low), start(high), rho, z & 1, 1, grid.stride(), fluxY);
    }

    /** Flux through the faces towards the elements so many further on. */
    private void flux(int from, int to, float[] rho, int slot, int axis, int by, float[] out) {
        shift(from, to, mu[slot], by, scratch[0]);
        shift(from, to, mobility[slot], by, scratch[1]);
        Kernels.flux(from, to, mu[slot], scratch[0], mobility[slot], scratch[1], out);
        if (!moving) return;
        shift(from, to, rho, by, scratch[0]);
        shift(from, to, drift[axis][slot], by, scratch[1]);
        Kernels.carry(from, to, rho, scratch[0], drift[axis][slot], scratch[1], out);
    }

    private void orderRates(GrainBox box, int z, Update update) {
        int k = box.planeAt(z, grid);
        BoxPlane p = box.planes[k];
        int m = p.length;
        float[][] work = boxWork(m);
        float[] e = box.values[vector][k];
        float[] below = box.neighbour(vector, k, -1, grid, work[12]);
        float[] above = box.neighbour(vector, k, 1, grid, work[13]);
        gather(box, k, store.plane(vector, z), work[5]);
        gather(box, k, s2[z & 1], work[6]);
        if (energies != null && energies.boundariesVary(box, k)) {
            relaxVaried(box, k, z, e, below, above, work);
        } else {
            float[] six = sixNeighbours(0, m, e, below, above, p.stride, work);
            float c1 = (float) (12 * c.b() * c.mEta());
            Kernels.relax(m, e, six, work[5], work[6], work[7], c1, (float) (c.mEta() * c.ke()));
        }
        if (moving) move(box, k, below, above, work);
        GrainBox.clearRing(work[7], p);
        update.apply(box.values, k, 0, m, null, work[7], box.sums);
        if (update.made >= 0) box.ring(update.made, k, grid);
    }

    /** The same where the energy of boundaries varies. */
    private void relaxVaried(GrainBox box, int k, int z, float[] e, float[] below, float[] above, float[][] work) {
        BoxPlane p = box.planes[k];
        int m = p.length;
        int[] planes = {z, store.wrapped(z - 1), store.wrapped(z + 1)};
        for (int i = 0; i < 3; i++) {
            gather(box, k, energies.b[planes[i]], work[8 + i]);
            box.ring(work[8 + i], k, grid);
        }
        sixNeighbours(0, m, e, below, above, p.stride, work);
        Arrays.fill(work[11], 0, m, 0);
        spread(0, m, work[8], work[9], work[10], e, below, above, p.stride, work, work[11]);
        double d = grid.interfaceVoxels();
        float c2 = (float) (0.75 * d * d * c.mEta());
        Kernels.relaxVaried(m, e, work[11], work[5], work[6], work[8], work[7], (float) (12 * c.mEta()), c2);
    }

    /** work[0] to work[3] hold the neighbours along x and y, work[7] the rates. */
    private void move(GrainBox box, int k, float[] below, float[] above, float[][] work) {
        BoxPlane p = box.planes[k];
        int m = p.length;
        float[][] ramps = ramps(p.stride, m);
        float[] column = ramps[0];
        float[] row = ramps[1];
        double dz = k - box.centroid[2];
        double[] v = box.velocity;
        double[] w = box.spin;
        // From the first voxel that is held.
        double[] at = {box.centroid[0] - p.x, box.centroid[1] - p.y};
        double vx = v[0] + w[1] * dz + w[2] * at[1];
        Kernels.moveRamped(m, work[1], work[0], row, (float) vx, (float) -w[2], work[7]);
        double vy = v[1] - w[2] * at[0] - w[0] * dz;
        Kernels.moveRamped(m, work[3], work[2], column, (float) vy, (float) w[2], work[7]);
        double vz = v[2] - w[0] * at[1] + w[1] * at[0];
        float wx = (float) w[0];
        Kernels.moveTwice(m, above, below, column, row, (float) vz, (float) -w[1], wx, work[7]);
    }

    /** Column and row of each element of a plane with rows so long, counted from its first voxel. */
    private float[][] ramps(int stride, int length) {
        float[][] known = ramps.get(stride);
        if (known != null && known[0].length >= length) return known;
        float[][] made = new float[2][length];
        for (int i = 0; i < length; i++) {
            made[0][i] = i % stride - 1;
            made[1][i] = i / stride - 1;
        }
        ramps.put(stride, made);
        return made;
    }

    private float[][] boxWork(int length) {
        if (boxScratch.length == 0 || boxScratch[0].length < length) boxScratch = new float[14][length];
        return boxScratch;
    }

    /** Copies what a plane of a box covers of a plane of the grid into the layout of the box's. */
    private void gather(GrainBox box, int k, float[] plane, float[] out) {
        BoxPlane p = box.planes[k];
        int column = box.gridColumn(p.x, grid);
        int first = Math.min(p.width, grid.nx() - column);
        for (int y = p.y; y < p.y + p.height; y++) {
            int row = 1 + grid.stride() * (box.gridRow(y, grid) + 1);
            int to = p.index(p.x, y);
            System.arraycopy(plane, row + column, out, to, first);
            if (first < p.width) System.arraycopy(plane, row, out, to + first, p.width - first);
        }
    }
}
