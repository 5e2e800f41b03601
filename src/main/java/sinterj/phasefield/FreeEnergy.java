package sinterj.phasefield;

import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * The free energy of a state: {@code f = A rho^2 (1-rho)^2 + B [rho^2 + 6 (1-rho) S2 - 4 (2-rho) S3 + 3 S2^2]} with
 * {@code S2}, {@code S3} the sums of squares and cubes of the order parameters, plus
 * {@code kr/2 |grad rho|^2 + ke/2 sum |grad eta|^2}, gradients taken between neighbouring voxels. This is the very sum
 * whose derivatives the simulation follows.
 */
final class FreeEnergy {
    private final Store store;
    private final Grid grid;
    private final Coefficients c;
    private final InterfaceEnergies energies;

    /** @param energies coefficients by voxel, as last measured; null where those of the material hold everywhere */
    FreeEnergy(Store store, Coefficients c, InterfaceEnergies energies) {
        this.store = store;
        this.c = c;
        this.energies = energies;
        grid = store.grid;
    }

    /** Free energy of the state in joule; in two dimensions that of a layer one voxel thick. */
    double joule(Progress progress) {
        double[] bulk = new double[grid.nz()];
        Parallel.forEach(progress, bulk.length, z -> bulk[z] = plane(z));
        double[] order = new double[store.boxes.length];
        Parallel.forEach(progress, order.length, b -> order[b] = box(store.boxes[b]));
        double sum = 0;
        for (double part : bulk) sum += part;
        for (double part : order) sum += part;
        return sum * c.energyUnit();
    }

    private double plane(int z) {
        int sx = grid.stride();
        float[] s2 = new float[grid.planeLength()];
        float[] s3 = new float[grid.planeLength()];
        for (GrainBox box : store.boxesAt(z)) addPowers(box, z, s2, s3);
        float[] rho = store.density[Store.STATE][z];
        float[] above = z + 1 < grid.nz() || grid.periodicZ() ? store.plane(Store.STATE, z + 1) : rho;
        if (energies != null) return varied(z, rho, s2, s3);
        double local = 0;
        double slopes = 0;
        for (int y = 1; y <= grid.ny(); y++) {
            for (int i = y * sx + 1; i <= y * sx + grid.nx(); i++) {
                double r = rho[i];
                local += density(r, s2[i], s3[i], c.a(), c.b());
                slopes += squares(rho[i + 1] - r, rho[i + sx] - r, above[i] - r);
            }
        }
        return local + 0.5 * c.kr() * slopes;
    }

    private static double density(double r, double s2, double s3, double a, double b) {
        return a * r * r * (1 - r) * (1 - r) + b * (r * r + 6 * (1 - r) * s2 - 4 * (2 - r) * s3 + 3.0 * s2 * s2);
    }

    /** The same with coefficients by voxel; half the square of the slope through each face belongs to the voxel. */
    private double varied(int z, float[] rho, float[] s2, float[] s3) {
        int sx = grid.stride();
        float[] below = store.plane(Store.STATE, z - 1);
        float[] above = store.plane(Store.STATE, z + 1);
        double sum = 0;
        int[] runs = store.rows().runs[z];
        for (int run = 0; run < runs.length; run += 2) {
            for (int i = runs[run] * sx + 1; i < runs[run + 1] * sx - 1; i++) {
                if (i % sx == 0 || i % sx == sx - 1) continue;
                double r = rho[i];
                double slopes = squares(rho[i + 1] - r, rho[i + sx] - r, above[i] - r)
                        + squares(rho[i - 1] - r, rho[i - sx] - r, below[i] - r);
                sum += density(r, s2[i], s3[i], energies.a[z][i], energies.b[z][i]) + 0.25 * energies.kr[z][i] * slopes;
            }
        }
        return sum;
    }

    private static double squares(double x, double y, double z) {
        return x * x + y * y + z * z;
    }

    private void addPowers(GrainBox box, int z, float[] s2, float[] s3) {
        int k = box.planeAt(z, grid);
        float[] e = box.values[Store.STATE][k];
        BoxPlane p = box.planes[k];
        for (int y = p.y; y < p.y + p.height; y++) {
            int row = 1 + grid.stride() * (box.gridRow(y, grid) + 1);
            for (int x = p.x; x < p.x + p.width; x++) {
                int i = row + box.gridColumn(x, grid);
                float v = e[p.index(x, y)];
                s2[i] += v * v;
                s3[i] += v * v * v;
            }
        }
    }

    /** Gradient energy in and around a box; beyond what is held of it the order parameter is 0. */
    private double box(GrainBox box) {
        double sum = 0;
        double slopes = 0;
        for (int k = 0; k < box.size[2]; k++) {
            if (energies != null) sum += varied(box, k);
            else slopes += slopesUp(box, k) + slopesInPlane(box, k);
        }
        return energies != null ? 0.25 * sum : 0.5 * c.ke() * slopes;
    }

    private double varied(GrainBox box, int k) {
        double d = grid.interfaceVoxels();
        BoxPlane p = box.planes[k];
        float[] e = box.values[Store.STATE][k];
        float[] below = box.neighbour(Store.STATE, k, -1, grid, new float[p.length]);
        float[] above = box.neighbour(Store.STATE, k, 1, grid, new float[p.length]);
        float[] b = energies.b[store.wrapped(box.from[2] + k)];
        double sum = 0;
        for (int y = p.y; y < p.y + p.height; y++) {
            int row = 1 + grid.stride() * (box.gridRow(y, grid) + 1);
            for (int x = p.x; x < p.x + p.width; x++) {
                int i = p.index(x, y);
                double v = e[i];
                double slopes = squares(e[i + 1] - v, e[i + p.stride] - v, above[i] - v)
                        + squares(e[i - 1] - v, e[i - p.stride] - v, below[i] - v);
                sum += 0.75 * d * d * b[row + box.gridColumn(x, grid)] * slopes;
            }
        }
        return sum;
    }

    /** Slopes through the upper faces of a plane, and through those lower ones below which nothing is held. */
    private double slopesUp(GrainBox box, int k) {
        BoxPlane p = box.planes[k];
        float[] e = box.values[Store.STATE][k];
        float[] above = box.neighbour(Store.STATE, k, 1, grid, new float[p.length]);
        int below = box.planeOrMirror(k - 1, grid);
        double sum = 0;
        for (int y = p.y; y < p.y + p.height; y++) {
            for (int x = p.x; x < p.x + p.width; x++) {
                int i = p.index(x, y);
                double d = above[i] - e[i];
                boolean ends = below < 0 || !box.planes[below].holds(x, y);
                sum += d * d + (ends ? (double) e[i] * e[i] : 0);
            }
        }
        return sum;
    }

    private double slopesInPlane(GrainBox box, int k) {
        BoxPlane p = box.planes[k];
        float[] e = box.values[Store.STATE][k];
        boolean wholeX = grid.periodicX() && p.width == grid.nx();
        boolean wholeY = grid.periodicY() && p.height == grid.ny();
        double sum = 0;
        for (int y = wholeY ? 0 : -1; y < p.height; y++) {
            for (int x = wholeX ? 0 : -1; x < p.width; x++) {
                int i = x + 1 + p.stride * (y + 1);
                double dx = y >= 0 ? e[i + 1] - e[i] : 0;
                double dy = x >= 0 ? e[i + p.stride] - e[i] : 0;
                sum += dx * dx + dy * dy;
            }
        }
        return sum;
    }
}
