package sinterj.phasefield;

import java.util.List;
import sinterj.base.InvalidInput;

/**
 * Where a simulation starts, or stands: the density on the grid and each grain's order parameter in a box of its own.
 * It is never written to, so that many runs may start from one.
 *
 * @param grid the grid
 * @param density [z][x + nx y], 0 in the gas and 1 in the solid
 * @param lost what rounding has lost of the density so far, of the same shape; null at a start
 * @param grains one per particle
 */
public record SinterState(Grid grid, float[][] density, float[][] lost, List<Grain> grains) {
    /**
     * One grain.
     *
     * @param id its label, from 1 on
     * @param from first voxel of its box along x, y and z
     * @param size voxels of its box; along a periodic axis the box may wrap around
     * @param values order parameter, x fastest, then y, then z
     */
    public record Grain(int id, int[] from, int[] size, float[] values) {}

    public SinterState {
        grains = List.copyOf(grains);
        if (density.length != grid.nz()) throw new IllegalArgumentException("planes: " + density.length);
        for (float[] plane : density) {
            if (plane.length != grid.nx() * grid.ny()) throw new IllegalArgumentException("pixels: " + plane.length);
        }
        if (grains.isEmpty()) {
            throw new InvalidInput("There is no grain to sinter. Give an image or a table with at least one.");
        }
        for (Grain grain : grains) requireInside(grid, grain);
    }

    private static void requireInside(Grid grid, Grain grain) {
        long count = 1;
        for (int axis = 0; axis < 3; axis++) {
            int from = grain.from()[axis];
            int size = grain.size()[axis];
            boolean inside = from >= 0 && from < grid.size(axis) && size >= 1 && size <= grid.size(axis);
            if (!inside || !grid.periodic(axis) && from + size > grid.size(axis)) {
                throw new IllegalArgumentException("grain " + grain.id() + " leaves the grid");
            }
            count *= size;
        }
        if (count != grain.values().length) throw new IllegalArgumentException("grain " + grain.id() + ": values");
    }

    /** Sum of the density over all voxels. */
    public double mass() {
        double sum = 0;
        for (int z = 0; z < density.length; z++) {
            for (int i = 0; i < density[z].length; i++) {
                sum += density[z][i] - (lost == null ? 0 : (double) lost[z][i]);
            }
        }
        return sum;
    }
}
