package sinterj.phasefield;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * The state in which spherical particles start: each order parameter is {@code (1 + tanh(2 (r - |x - centre|)/d)) / 2},
 * and the density their sum, at most 1. Where particles touch, the sum fills the gusset between their diffuse surfaces,
 * so that the solid holds more than the spheres: a first, small neck. This is the usual start of such simulations, and
 * that of the review.
 */
public final class StartFromSpheres {
    private static final double FAR = 1e9;

    private StartFromSpheres() {}

    /**
     * Makes the state.
     *
     * @param grid the grid; in two dimensions, with one plane, spheres are discs and z does not count
     * @param spheres at least one; those that lie outside the grid are left out
     * @throws InvalidInput if none is inside, or one is too small for its interface. Cost: O(voxels of all boxes)
     */
    public static SinterState of(Grid grid, List<Sphere> spheres, Progress progress) {
        SignedDistance[] found = new SignedDistance[spheres.size()];
        Parallel.forEach(progress, found.length, i -> found[i] = distance(grid, spheres.get(i)));
        List<SignedDistance> inside = new ArrayList<>();
        IntStream.range(0, found.length).filter(i -> found[i] != null).forEach(i -> inside.add(found[i]));
        if (inside.isEmpty()) {
            throw new InvalidInput("None of the " + spheres.size() + " particles lies on the grid. Check their"
                    + " positions, in nm from the corner of the volume, and its size.");
        }
        double steep = 4 / grid.interfaceVoxels();
        Parallel.forEach(progress, inside.size(), p -> {
            float[] values = inside.get(p).values();
            for (int i = 0; i < values.length; i++) values[i] = DiffuseStart.profile(values[i], steep);
        });
        float[][] density = new float[grid.nz()][grid.nx() * grid.ny()];
        DiffuseStart.forEachPlane(grid, inside, progress, (p, inBox, z, i) -> density[z][i] += p.values()[inBox]);
        for (float[] plane : density) for (int i = 0; i < plane.length; i++) plane[i] = Math.min(1, plane[i]);
        List<SinterState.Grain> grains = inside.stream()
                .map(p -> new SinterState.Grain(p.id(), p.from(), p.size(), p.values()))
                .toList();
        return new SinterState(grid, density, null, grains);
    }

    private static SignedDistance distance(Grid grid, Sphere sphere) {
        double dx = grid.spacing();
        // Positions count from the corner of the grid, and the middle of the first voxel is half a voxel from there.
        double[] at = {sphere.x() / dx - 0.5, sphere.y() / dx - 0.5, grid.nz() == 1 ? 0 : sphere.z() / dx - 0.5};
        double r = sphere.radius() / dx;
        if (!(r >= grid.interfaceVoxels() / 2)) {
            throw new InvalidInput(
                    "Particle " + sphere.id() + " has a radius of " + r + " voxels, but its interface is "
                            + grid.interfaceVoxels() + " voxels wide. Choose a grid of at most "
                            + sphere.radius() * 2e9 / grid.interfaceVoxels() + " nm.");
        }
        double[] low = new double[3];
        double[] high = new double[3];
        for (int axis = 0; axis < 3; axis++) { // a ball may be larger than any number of voxels
            low[axis] = Math.max(-FAR, at[axis] - r);
            high[axis] = Math.min(FAR, at[axis] + r);
        }
        int[][] box = SignedDistance.box(grid, low, high);
        if (box == null) return null;
        SignedDistance out =
                new SignedDistance(sphere.id(), box[0], box[1], new float[box[1][0] * box[1][1] * box[1][2]]);
        for (int z = 0; z < box[1][2]; z++) {
            for (int y = 0; y < box[1][1]; y++) {
                for (int x = 0; x < box[1][0]; x++) {
                    double d2 = square(out, grid, 0, x, at) + square(out, grid, 1, y, at) + square(out, grid, 2, z, at);
                    out.values()[out.index(x, y, z)] = (float) (r - Math.sqrt(d2));
                }
            }
        }
        return out;
    }

    private static double square(SignedDistance box, Grid grid, int axis, int i, double[] at) {
        double d = Math.abs(box.onGrid(grid, axis, i) - at[axis]);
        if (grid.periodic(axis)) {
            d = d % grid.size(axis);
            d = Math.min(d, grid.size(axis) - d);
        }
        return d * d;
    }
}
