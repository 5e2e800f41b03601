package sinterj.phasefield;

import java.util.Arrays;
import java.util.List;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * Turns particles with sharp surfaces into a state with diffuse ones. The density is {@code (1 + tanh(2 s/d)) / 2} for
 * the distance s to the surface of all particles together, so that a neck is not counted twice; each order parameter is
 * the density times the particle's share, which changes over with the same profile where two particles meet.
 */
final class DiffuseStart {
    private final Grid grid;
    private final List<SignedDistance> particles;
    private final float[][] solid;
    private final float[][] nearest;
    private final float[][] second;
    private final float[][] shares;
    private final Progress progress;

    /**
     * @param whole distance to the surface of all particles together
     * @param particles distance to the surface of each
     */
    DiffuseStart(Grid grid, SignedDistance whole, List<SignedDistance> particles, Progress progress) {
        this.grid = grid;
        this.particles = particles;
        this.progress = progress;
        solid = planes(Float.NEGATIVE_INFINITY);
        nearest = planes(Float.NEGATIVE_INFINITY);
        second = planes(Float.NEGATIVE_INFINITY);
        shares = planes(0);
        forEachPlane(grid, List.of(whole), progress, (p, inBox, z, i) -> solid[z][i] = p.values()[inBox]);
        forEachPlane(this::rank);
    }

    private float[][] planes(float value) {
        float[][] planes = new float[grid.nz()][grid.nx() * grid.ny()];
        for (float[] plane : planes) Arrays.fill(plane, value);
        return planes;
    }

    /** Something done with each voxel of a particle that lies in a plane of the grid. */
    interface Visit {
        void at(SignedDistance particle, int inBox, int z, int onPlane);
    }

    private void forEachPlane(Visit visit) {
        forEachPlane(grid, particles, progress, visit);
    }

    /** Visits all voxels of all particles' boxes, planes in parallel and the particles of a plane in their order. */
    static void forEachPlane(Grid grid, List<SignedDistance> particles, Progress progress, Visit visit) {
        Parallel.forEach(progress, grid.nz(), z -> {
            for (SignedDistance p : particles) {
                int k = z - p.from()[2];
                if (grid.periodicZ()) k = Math.floorMod(k, grid.nz());
                if (k < 0 || k >= p.size()[2]) continue;
                for (int y = 0; y < p.size()[1]; y++) {
                    int row = p.onGrid(grid, 1, y) * grid.nx();
                    for (int x = 0; x < p.size()[0]; x++) {
                        visit.at(p, p.index(x, y, k), z, row + p.onGrid(grid, 0, x));
                    }
                }
            }
        });
    }

    private void rank(SignedDistance particle, int inBox, int z, int i) {
        float s = particle.values()[inBox];
        if (s > nearest[z][i]) {
            second[z][i] = nearest[z][i];
            nearest[z][i] = s;
        } else if (s > second[z][i]) {
            second[z][i] = s;
        }
    }

    /** How far the surfaces must be moved outwards, in voxels, for so many voxels to be inside. */
    double shiftFor(long voxels) {
        double low = -2;
        double high = 2;
        for (int i = 0; i < 30; i++) {
            double middle = 0.5 * (low + high);
            if (inside(middle) < voxels) low = middle;
            else high = middle;
        }
        return 0.5 * (low + high);
    }

    private long inside(double outwards) {
        long[] counts = new long[grid.nz()];
        Parallel.forEach(progress, counts.length, z -> {
            for (float s : solid[z]) if (s + outwards > 0) counts[z]++;
        });
        return Arrays.stream(counts).sum();
    }

    /** The state with all surfaces moved outwards by so many voxels. */
    SinterState state(double outwards) {
        double steep = 4 / grid.interfaceVoxels();
        forEachPlane((p, inBox, z, i) -> shares[z][i] += (float) share(p.values()[inBox], z, i, steep));
        float[][] density = new float[grid.nz()][grid.nx() * grid.ny()];
        Parallel.forEach(progress, density.length, z -> {
            for (int i = 0; i < density[z].length; i++) density[z][i] = profile(solid[z][i] + outwards, steep);
        });
        float[][] etas = new float[particles.size()][];
        for (int p = 0; p < etas.length; p++)
            etas[p] = new float[particles.get(p).values().length];
        Parallel.forEach(progress, etas.length, p -> fill(particles.get(p), etas[p], density, steep));
        SinterState.Grain[] grains = new SinterState.Grain[etas.length];
        Arrays.setAll(grains, p -> {
            SignedDistance particle = particles.get(p);
            return new SinterState.Grain(particle.id(), particle.from(), particle.size(), etas[p]);
        });
        return new SinterState(grid, density, null, Arrays.asList(grains));
    }

    /** The density so many voxels inside a flat surface; {@code steep} is 4 over the interface's width. */
    static float profile(double s, double steep) {
        float value = (float) (1 / (1 + Math.exp(-steep * s)));
        return value < 1e-7f ? 0 : value;
    }

    /**
     * A particle's claim on a voxel: how far it is on its side of the middle between its own surface and that of the
     * nearest other one. Capped a little inside its own surface, so that claims on the surfaces of others fade.
     */
    private double share(float s, int z, int i, double steep) {
        float other = s == nearest[z][i] ? second[z][i] : nearest[z][i];
        double inside = Math.min(s + 0.5 * grid.interfaceVoxels(), 0.5 * (s - other));
        return 1 / (1 + Math.exp(-steep * inside));
    }

    private void fill(SignedDistance p, float[] eta, float[][] density, double steep) {
        for (int k = 0; k < p.size()[2]; k++) {
            int z = p.onGrid(grid, 2, k);
            for (int y = 0; y < p.size()[1]; y++) {
                int row = p.onGrid(grid, 1, y) * grid.nx();
                for (int x = 0; x < p.size()[0]; x++) {
                    int i = row + p.onGrid(grid, 0, x);
                    int at = p.index(x, y, k);
                    float sum = shares[z][i];
                    if (sum > 0) eta[at] = (float) (density[z][i] * share(p.values()[at], z, i, steep) / sum);
                }
            }
        }
    }
}
