package sinterj.phasefield;

import sinterj.base.InvalidInput;

/**
 * The cubic grid of a simulation.
 *
 * @param nx voxels along x
 * @param ny voxels along y
 * @param nz voxels along z; 1 for a simulation in two dimensions
 * @param spacing side of a voxel in metres
 * @param interfaceVoxels width of a diffuse interface in voxels, from 2 on; 4 is usual, 5 to 6 more exact
 * @param periodicX whether the box repeats along x; else its walls let nothing through
 * @param periodicY the same along y
 * @param periodicZ the same along z
 */
public record Grid(
        int nx,
        int ny,
        int nz,
        double spacing,
        double interfaceVoxels,
        boolean periodicX,
        boolean periodicY,
        boolean periodicZ) {
    public Grid {
        if (nx < 1 || ny < 1 || nz < 1) {
            throw new InvalidInput("The grid has " + nx + " x " + ny + " x " + nz + " voxels. Give at least one each.");
        }
        if (!(spacing > 0) || Double.isInfinite(spacing)) {
            throw new InvalidInput("The grid spacing is " + spacing + " m. Give a length greater than 0.");
        }
        if (!(interfaceVoxels >= 2) || interfaceVoxels > 1000) {
            throw new InvalidInput("'interface_px' is " + interfaceVoxels
                    + ", but an interface needs 2 to 1000 voxels. Give 4, or 5 to 6 for exact laws.");
        }
    }

    /** A box whose walls let nothing through. */
    public static Grid closed(int nx, int ny, int nz, double spacing, double interfaceVoxels) {
        return new Grid(nx, ny, nz, spacing, interfaceVoxels, false, false, false);
    }

    /** Width of a diffuse interface in metres. */
    public double interfaceWidth() {
        return interfaceVoxels * spacing;
    }

    /** Number of voxels. */
    public long count() {
        return (long) nx * ny * nz;
    }

    /** Axes along which there is more than one voxel. */
    int dimensions() {
        return (nx > 1 ? 1 : 0) + (ny > 1 ? 1 : 0) + (nz > 1 ? 1 : 0);
    }

    /** Voxels along an axis. */
    int size(int axis) {
        return axis == 0 ? nx : axis == 1 ? ny : nz;
    }

    /** Whether the box repeats along an axis. */
    boolean periodic(int axis) {
        return axis == 0 ? periodicX : axis == 1 ? periodicY : periodicZ;
    }

    /** Floats of a plane with its ring of ghosts. */
    int stride() {
        return nx + 2;
    }

    /** Floats of a plane with its ring of ghosts. */
    int planeLength() {
        return Math.multiplyExact(nx + 2, ny + 2);
    }
}
