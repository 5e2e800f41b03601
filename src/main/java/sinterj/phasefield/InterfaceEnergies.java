package sinterj.phasefield;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * The coefficients of the free energy by voxel, where grains are crystals.
 *
 * <p>The surface energy of a voxel is that of its grains for the normal {@code n = -grad rho / |grad rho|}, weighted by
 * their order parameters (Eq. 6); the energy of a boundary that of its pairs of grains, weighted by the squares of both
 * (Moelans, Blanpain and Wollants 2008, doi:10.1103/PhysRevB.78.024113). The free energy is varied with the normal, not
 * with the weights: {@code dF/drho = df/drho - div(kr grad rho) - div P},
 * {@code P = [12/d rho^2 (1-rho)^2 + 3/4 d |grad rho|^2] dgs/d(grad rho)}. Without P a crystal would not become its
 * Wulff shape, but something like its opposite.
 */
final class InterfaceEnergies {
    /**
     * Slope of the density, over the greatest in a surface, below which directions fade. In the middle of a pore that
     * closes, or where grains meet, the density is that of a surface but hardly slopes; a direction that turns with every
     * small change there would be stiffer than all else.
     */
    private static final double LEAST_SLOPE = 0.3;

    /** The same, below which there are none at all. */
    private static final double NO_SLOPE = 0.02;

    /** What is taken from an order parameter before it is the weight of its grain: tails have none. */
    private static final float TAIL = 5e-3f;

    /** Weight, squared, below which a grain fades from the energy of a surface. */
    private static final double FAINT = 1e-4;

    /** Weight of the energy of a high-angle boundary where no two grains meet. */
    private static final float ELSEWHERE = 1e-6f;

    private final Store store;
    private final Grid grid;
    private final Crystals crystals;
    private final ConvexEnergy convex;
    private final double d;
    private final float fainter;
    private final float flat;

    /** Makes good what fading takes from the energy of a flat surface. */
    private final float whole;

    private final Queue<Work> pool = new ConcurrentLinkedQueue<>();

    /** Coefficients A and B of the free energy and that of the slope of the density; by plane, with ring. */
    final float[][] a;

    final float[][] b;
    final float[][] kr;

    /** Contacts that are weighed: boundaries of low angle, and those that reach there. */
    private Contact[] weighed = {};

    private Map<GrainBox, boolean[]> varying = new IdentityHashMap<>();

    /** The vector P along x, y and z; by axis and plane, with ring. */
    final float[][][] p;

    InterfaceEnergies(Store store, Crystals crystals, ConvexEnergy convex) {
        this.store = store;
        this.crystals = crystals;
        this.convex = convex;
        grid = store.grid;
        d = grid.interfaceVoxels();
        fainter = (float) (LEAST_SLOPE * LEAST_SLOPE / (d * d));
        whole = (float) (1 / shareOfFlatSurface());
        flat = (float) (NO_SLOPE * NO_SLOPE / (d * d));
        a = new float[grid.nz()][grid.planeLength()];
        b = new float[grid.nz()][grid.planeLength()];
        kr = new float[grid.nz()][grid.planeLength()];
        p = new float[3][grid.nz()][grid.planeLength()];
    }

    /** What fading leaves of the part of a flat surface's energy that has a direction. */
    private static double shareOfFlatSurface() {
        int n = 10_000;
        double left = 0;
        double all = 0;
        for (int i = 0; i < n; i++) {
            // Through the surface the energy goes with q dq, and the slope is 4 q/d, for q = rho (1 - rho).
            double rho = (i + 0.5) / n;
            double q = rho * (1 - rho);
            double steep = Math.max(0, 16 * q * q - NO_SLOPE * NO_SLOPE);
            left += q * steep / (steep + LEAST_SLOPE * LEAST_SLOPE);
            all += q;
        }
        return left / all;
    }

    /**
     * How much stiffer than the material's the stiffest surface is on the grid. Slopes of directions are taken over two
     * voxels, which the finest waves have none of: of the shares of those waves that give most, {@code (1-c)^2 (1+c)} for
     * the cosine c of their phase, the energy's second derivative keeps 0.15, the energy itself 0.45. Fading between a
     * direction and none adds a second derivative of its own, of at most {@code 1.7} times what fades.
     */
    double stiffness(Material material) {
        double fading = Math.max(convex.greatest - convex.mean, convex.mean - convex.least);
        double turning = 0.45 * convex.greatest + 0.15 * (convex.stiffest - convex.least) + 1.7 * fading;
        return Math.max(1, Math.max(convex.greatest, turning) / material.gammaSurface());
    }

    /** To be called when contacts were found. */
    void take(BodyMotion motion) {
        List<Contact> low = new ArrayList<>();
        for (Contact contact : motion.contacts()) {
            contact.boundary = (float) crystals.boundary(contact.one.id, contact.two.id);
            if (contact.boundary < 1) low.add(contact);
        }
        weighed = motion.contacts().stream()
                .filter(contact -> low.stream().anyMatch(other -> contact.overlaps(other, grid)))
                .toArray(Contact[]::new);
        varying = new IdentityHashMap<>();
        for (GrainBox box : store.boxes) {
            boolean[] planes = new boolean[box.size[2]];
            for (int k = 0; k < planes.length; k++) {
                int plane = k;
                planes[k] = low.stream().anyMatch(contact -> contact.reaches(box, plane, grid));
            }
            varying.put(box, planes);
        }
    }

    /** Whether the energy of boundaries may differ from that of high angles in a plane of a box, or next to it. */
    boolean boundariesVary(GrainBox box, int plane) {
        return varying.get(box)[plane];
    }

    /** Sums and factors of a plane, with ring. */
    private static final class Work {
        final float[] weight;
        final float[] energy;
        final float[][] xi;
        final float[] pairs;
        final float[] pairEnergy;

        /** Slopes of the density along x, y and z, 1 over their length, and what is steep enough of its square. */
        final float[][] slope;

        final float[][] normal;

        /** Normals, in the axes of the grid and the crystal, and places in the table, of a plane of a box. */
        float[][] inBox = new float[1][0];

        final float[] square;
        final float[] perLength;

        /** Square of the slope as the free energy has it: half the sum over all six faces. */
        final float[] faces;

        final float[] per;
        final float[] keen;
        final float[] before;
        final float[] behind;

        Work(int n) {
            slope = new float[3][n];
            normal = new float[3][n];
            square = new float[n];
            perLength = new float[n];
            faces = new float[n];
            weight = new float[n];
            energy = new float[n];
            xi = new float[3][n];
            pairs = new float[n];
            pairEnergy = new float[n];
            per = new float[n];
            keen = new float[n];
            before = new float[n];
            behind = new float[n];
        }
    }

    /** Works out all coefficients for a vector. */
    void measure(int vector, Material material, Progress progress) {
        Parallel.forEach(progress, grid.nz(), z -> {
            Work work = pool.poll();
            if (work == null) work = new Work(grid.planeLength());
            int[] runs = store.rows().runs[z];
            int sx = grid.stride();
            for (int r = 0; r < runs.length; r += 2) findSlopes(z, vector, runs[r] * sx, runs[r + 1] * sx, work);
            for (GrainBox box : store.boxesAt(z)) addSurface(box, z, vector, work);
            for (Contact contact : weighed) contact.weigh(vector, z, store, work.pairs, work.pairEnergy);
            restElsewhere(z, runs, material);
            for (int r = 0; r < runs.length; r += 2) {
                finish(z, vector, runs[r] * sx, runs[r + 1] * sx, material, work);
            }
            for (float[][] field : new float[][][] {a, b, kr, p[0], p[1], p[2]}) store.ring(field[z]);
            turnMirrors(z);
            pool.add(work);
        });
    }

    /** A mirror turns that component of a vector round that points at it. */
    private void turnMirrors(int z) {
        int sx = grid.stride();
        int n = grid.planeLength();
        for (int y = 0; !grid.periodicX() && y < n; y += sx) {
            p[0][z][y] *= -1;
            p[0][z][y + sx - 1] *= -1;
        }
        for (int x = 0; !grid.periodicY() && x < sx; x++) {
            p[1][z][x] *= -1;
            p[1][z][n - sx + x] *= -1;
        }
    }

    private void findSlopes(int z, int vector, int from, int to, Work work) {
        for (float[] sum : new float[][] {
            work.faces, work.weight, work.energy, work.xi[0], work.xi[1], work.xi[2], work.pairs, work.pairEnergy
        }) {
            Arrays.fill(sum, from, to, 0);
        }
        float[] rho = store.plane(vector, z);
        int[] by = {1, grid.stride()};
        for (int axis = 0; axis < 2; axis++) {
            // The first and last element of a run lie in the ring and may be anything.
            int first = Math.max(from, by[axis]);
            int count = Math.min(to, rho.length - by[axis]) - first;
            System.arraycopy(rho, first - by[axis], work.before, first, count);
            System.arraycopy(rho, first + by[axis], work.behind, first, count);
            findSlopes(from, to, rho, work.before, work.behind, work.slope[axis], work.faces);
        }
        float[] below = store.plane(vector, z - 1);
        float[] above = store.plane(vector, z + 1);
        findSlopes(from, to, rho, below, above, work.slope[2], work.faces);
        CrystalKernels.squaredLength(from, to, work.slope[0], work.slope[1], work.slope[2], work.square);
        CrystalKernels.perRoot(from, to, work.square, flat, work.perLength);
        for (int axis = 0; axis < 3; axis++) {
            CrystalKernels.turned(from, to, work.slope[axis], work.perLength, work.normal[axis]);
        }
        CrystalKernels.takeAway(from, to, work.square, flat);
    }

    private static void findSlopes(
            int from, int to, float[] rho, float[] before, float[] behind, float[] slope, float[] faces) {
        CrystalKernels.slope(from, to, behind, before, slope);
        CrystalKernels.addFaces(from, to, rho, behind, before, faces);
    }

    /** Adds a grain's part in a plane: its energy for each voxel's normal, and the energy's vector, by its weight. */
    private void addSurface(GrainBox box, int z, int vector, Work work) {
        int k = box.planeAt(z, grid);
        BoxPlane plane = box.planes[k];
        float[] e = box.values[vector][k];
        float[] g = new float[9];
        for (int i = 0; i < 9; i++)
            g[i] = (float) crystals.orientations().get(box.id).g()[i];
        int n = plane.length;
        if (work.inBox[0].length < n) work.inBox = new float[8][n];
        float[][] in = work.inBox;
        int column = box.gridColumn(plane.x, grid);
        int first = Math.min(plane.width, grid.nx() - column);
        for (int axis = 0; axis < 3; axis++) {
            for (int y = plane.y; y < plane.y + plane.height; y++) {
                int row = 1 + grid.stride() * (box.gridRow(y, grid) + 1);
                int to = plane.index(plane.x, y);
                System.arraycopy(work.normal[axis], row + column, in[axis], to, first);
                if (first == plane.width) continue;
                System.arraycopy(work.normal[axis], row, in[axis], to + first, plane.width - first);
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            CrystalKernels.along(n, in[0], in[1], in[2], g[3 * axis], g[3 * axis + 1], g[3 * axis + 2], in[3 + axis]);
        }
        ConvexEnergy.locate(n, in[3], in[4], in[5], in[6], in[7]);
        float[] xi = new float[3];
        for (int y = plane.y; y < plane.y + plane.height; y++) {
            int row = 1 + grid.stride() * (box.gridRow(y, grid) + 1);
            int at = plane.index(plane.x, y);
            addRow(e, at, first, row + column, g, xi, work);
            if (first < plane.width) addRow(e, at + first, plane.width - first, row, g, xi, work);
        }
    }

    private void addRow(float[] e, int from, int count, int to, float[] g, float[] xi, Work work) {
        float[] u = work.inBox[3];
        float[] v = work.inBox[4];
        float[] w = work.inBox[5];
        int by = to - from;
        for (int j = from; j < from + count; j++) {
            float share = e[j] - TAIL;
            int i = j + by;
            if (!(share > 0 && work.square[i] > 0)) continue;
            convex.at(work.inBox[6][j], work.inBox[7][j], u[j], v[j], w[j], xi);
            float a = share * xi[0];
            float b = share * xi[1];
            float c = share * xi[2];
            work.weight[i] += share;
            work.energy[i] += a * u[j] + b * v[j] + c * w[j];
            work.xi[0][i] += g[0] * a + g[3] * b + g[6] * c;
            work.xi[1][i] += g[1] * a + g[4] * b + g[7] * c;
            work.xi[2][i] += g[2] * a + g[5] * b + g[8] * c;
        }
    }

    /** Coefficients of rows that rest, which those next to them read. */
    private void restElsewhere(int z, int[] runs, Material material) {
        double unit = 1 / material.gammaSurface();
        double high = material.gammaBoundary() * unit;
        double mean = convex.mean * unit;
        int from = 0;
        for (int r = 0; r <= runs.length; r += 2) {
            int to = r < runs.length ? runs[r] * grid.stride() : grid.planeLength();
            for (float[][] along : p) Arrays.fill(along[z], from, to, 0);
            Arrays.fill(a[z], from, to, (float) ((12 * mean - 7 * high) / d));
            Arrays.fill(b[z], from, to, (float) (high / d));
            Arrays.fill(kr[z], from, to, (float) (0.75 * d * (2 * mean - high)));
            if (r < runs.length) from = runs[r + 1] * grid.stride();
        }
    }

    /** From sums over the grains to coefficients, in units of the material's surface energy. */
    private void finish(int z, int vector, int from, int to, Material material, Work work) {
        float unit = (float) (1 / material.gammaSurface());
        float high = (float) material.gammaBoundary() * unit;
        float mean = (float) convex.mean * unit;
        Kernels.scale(from, to, work.energy, unit, work.energy);
        CrystalKernels.mean(from, to, work.weight, work.energy, work.square, work.per, work.keen, fainter);
        CrystalKernels.fade(from, to, work.weight, (float) FAINT, whole);
        float[] gs = work.before;
        CrystalKernels.surfaceEnergy(from, to, work.weight, work.square, work.keen, work.energy, gs, mean);
        float well = (float) (12 / d);
        float steep = (float) (0.75 * d);
        CrystalKernels.stress(from, to, store.plane(vector, z), work.weight, work.faces, well, steep);
        CrystalKernels.turning(
                from, to, work.faces, work.keen, work.perLength, work.square, work.energy, work.per, mean, fainter);
        Kernels.scale(from, to, work.per, unit, work.per);
        for (int axis = 0; axis < 3; axis++) {
            CrystalKernels.combine(from, to, work.energy, work.slope[axis], work.per, work.xi[axis], p[axis][z]);
        }
        CrystalKernels.boundaryEnergy(from, to, work.pairs, work.pairEnergy, ELSEWHERE, high);
        CrystalKernels.coefficients(from, to, gs, work.pairs, a[z], b[z], kr[z], (float) d);
    }
}
