package sinterj.phasefield;

import java.util.Arrays;
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
    /** Slope of the density, over the greatest in a surface, below which a surface begins to have no direction. */
    private static final double LEAST_SLOPE = 0.05;

    private static final double FLAT = 1e-8;
    private static final float PRESENT = 1e-4f;

    /** Order parameter, squared, below which a grain fades from the energy of a surface. */
    private static final double FAINT = 1e-4;

    /** Weight of the energy of a high-angle boundary where no two grains meet. */
    private static final float ELSEWHERE = 1e-6f;

    private final Store store;
    private final Grid grid;
    private final Crystals crystals;
    private final ConvexEnergy convex;
    private final double d;
    private final double fainter;
    private final Queue<Work> pool = new ConcurrentLinkedQueue<>();

    /** Coefficients A and B of the free energy and that of the slope of the density; by plane, with ring. */
    final float[][] a;

    final float[][] b;
    final float[][] kr;

    /** The vector P along x, y and z; by axis and plane, with ring. */
    final float[][][] p;

    InterfaceEnergies(Store store, Crystals crystals, ConvexEnergy convex) {
        this.store = store;
        this.crystals = crystals;
        this.convex = convex;
        grid = store.grid;
        d = grid.interfaceVoxels();
        fainter = LEAST_SLOPE * LEAST_SLOPE / (d * d);
        a = new float[grid.nz()][grid.planeLength()];
        b = new float[grid.nz()][grid.planeLength()];
        kr = new float[grid.nz()][grid.planeLength()];
        p = new float[3][grid.nz()][grid.planeLength()];
    }

    /** How much stiffer than the material's the stiffest surface is. */
    double stiffness(Material material) {
        return Math.max(1, convex.stiffest / material.gammaSurface());
    }

    /** To be called when contacts were found. */
    void take(BodyMotion motion) {
        for (Contact contact : motion.contacts()) {
            contact.boundary = (float) crystals.boundary(contact.one.id, contact.two.id);
        }
    }

    private static final class Work {
        final float[] weight;
        final float[] energy;
        final float[][] xi;
        final float[] pairs;
        final float[] pairEnergy;

        /** Slopes of the density along x, y and z, and one over the length of that vector; 0 where it is flat. */
        final float[][] slope;

        final float[] perLength;

        Work(int n) {
            slope = new float[3][n];
            perLength = new float[n];
            weight = new float[n];
            energy = new float[n];
            xi = new float[3][n];
            pairs = new float[n];
            pairEnergy = new float[n];
        }

        void clear() {
            for (float[] plane : new float[][] {weight, energy, xi[0], xi[1], xi[2], pairs, pairEnergy}) {
                Arrays.fill(plane, 0);
            }
        }
    }

    /** Works out all coefficients for a vector. */
    void measure(int vector, Material material, BodyMotion motion, Progress progress) {
        Parallel.forEach(progress, grid.nz(), z -> {
            Work work = pool.poll();
            if (work == null) work = new Work(grid.planeLength());
            work.clear();
            findSlopes(z, vector, work);
            for (GrainBox box : store.boxesAt(z)) addSurface(box, z, vector, work);
            for (Contact contact : motion.contacts()) contact.weigh(vector, z, store, work.pairs, work.pairEnergy);
            finish(z, vector, material, work);
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

    private void findSlopes(int z, int vector, Work work) {
        float[][] rho = neighbours(vector, z);
        Arrays.fill(work.perLength, 0);
        int[] runs = store.rows().runs[z];
        for (int r = 0; r < runs.length; r += 2) {
            for (int i = runs[r] * grid.stride() + 1; i < runs[r + 1] * grid.stride() - 1; i++) {
                double square = 0;
                for (int axis = 0; axis < 3; axis++) {
                    double slope = slope(rho, i, axis);
                    work.slope[axis][i] = (float) slope;
                    square += slope * slope;
                }
                if (square >= FLAT) work.perLength[i] = (float) (1 / Math.sqrt(square));
            }
        }
    }

    private void addSurface(GrainBox box, int z, int vector, Work work) {
        float[] e = box.values[vector][box.planeAt(z, grid)];
        double[] g = crystals.orientations().get(box.id).g();
        double[] xi = new double[3];
        for (int y = 0; y < box.size[1]; y++) {
            int row = 1 + grid.stride() * (box.gridRow(y, grid) + 1);
            int from = box.index(0, y);
            for (int x = 0; x < box.size[0]; x++) {
                float share = e[from + x];
                if (share < PRESENT) continue;
                int i = row + (box.from[0] + x) % grid.nx();
                double f = -work.perLength[i];
                if (f == 0) continue;
                double px = work.slope[0][i];
                double py = work.slope[1][i];
                double pz = work.slope[2][i];
                double u = f * (g[0] * px + g[1] * py + g[2] * pz);
                double v = f * (g[3] * px + g[4] * py + g[5] * pz);
                double w = f * (g[6] * px + g[7] * py + g[8] * pz);
                work.weight[i] += share;
                work.energy[i] += (float) (share * convex.at(u, v, w, xi));
                for (int axis = 0; axis < 3; axis++) {
                    double along = g[axis] * xi[0] + g[3 + axis] * xi[1] + g[6 + axis] * xi[2];
                    work.xi[axis][i] += (float) (share * along);
                }
            }
        }
    }

    private float[][] neighbours(int vector, int z) {
        return new float[][] {store.plane(vector, z - 1), store.plane(vector, z), store.plane(vector, z + 1)};
    }

    private double slope(float[][] rho, int i, int axis) {
        if (axis == 2) return 0.5 * ((double) rho[2][i] - rho[0][i]);
        int by = axis == 0 ? 1 : grid.stride();
        return 0.5 * ((double) rho[1][i + by] - rho[1][i - by]);
    }

    private void finish(int z, int vector, Material material, Work work) {
        float[][] rho = neighbours(vector, z);
        double unit = 1 / material.gammaSurface();
        double high = material.gammaBoundary() * unit;
        double mean = convex.mean * unit;
        for (float[][] along : p) Arrays.fill(along[z], 0);
        Arrays.fill(a[z], (float) ((12 * mean - 7 * high) / d));
        Arrays.fill(b[z], (float) (high / d));
        Arrays.fill(kr[z], (float) (0.75 * d * (2 * mean - high)));
        int[] runs = store.rows().runs[z];
        for (int r = 0; r < runs.length; r += 2) {
            for (int i = runs[r] * grid.stride() + 1; i < runs[r + 1] * grid.stride() - 1; i++) {
                double gg = high * (work.pairEnergy[i] + ELSEWHERE) / (work.pairs[i] + ELSEWHERE);
                double gs = mean;
                if (work.weight[i] > 0) gs = surface(z, i, rho, unit, mean, work);
                a[z][i] = (float) ((12 * gs - 7 * gg) / d);
                b[z][i] = (float) (gg / d);
                kr[z][i] = (float) (0.75 * d * (2 * gs - gg));
            }
        }
    }

    /** Surface energy of a voxel, in units of the material's; leaves the vector P. */
    private double surface(int z, int i, float[][] rho, double unit, double mean, Work work) {
        double length = 1 / work.perLength[i];
        double square = length * length;
        double soft = fainter / (square + fainter);
        double directed = unit * work.energy[i] / work.weight[i];
        double r = rho[1][i];
        double well = r * r * (1 - r) * (1 - r);
        double here = work.weight[i] * (double) work.weight[i];
        double share = here / (here + FAINT);
        double weight = share * (12 / d * well + 0.75 * d * squares(rho, i));
        for (int axis = 0; axis < 3; axis++) {
            double slope = work.slope[axis][i];
            double n = -slope / length;
            double xi = unit * work.xi[axis][i] / work.weight[i];
            double turning = (1 - soft) * (directed * n - xi) / length;
            double fading = (directed - mean) * 2 * slope * soft / (square + fainter);
            p[axis][z][i] = (float) (weight * (turning + fading));
        }
        return mean + share * (1 - soft) * (directed - mean);
    }

    /** Square of the slope as the free energy has it: half the sum over all six faces. */
    private double squares(float[][] rho, int i) {
        double r = rho[1][i];
        double sum = 0;
        for (float other : new float[] {
            rho[1][i - 1], rho[1][i + 1], rho[1][i - grid.stride()], rho[1][i + grid.stride()], rho[0][i], rho[2][i]
        }) {
            sum += (other - r) * (other - r);
        }
        return 0.5 * sum;
    }
}
