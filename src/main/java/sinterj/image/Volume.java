package sinterj.image;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import sinterj.base.InvalidInput;

/**
 * A grey-valued volume.
 *
 * @param voxels 3-D, in the order x, y, z
 * @param size side lengths of a voxel
 */
public record Volume(RandomAccessibleInterval<? extends RealType<?>> voxels, VoxelSize size) {
    public Volume {
        if (voxels.numDimensions() != 3) {
            throw new InvalidInput("A volume has 3 dimensions, this image has " + voxels.numDimensions() + ".");
        }
    }

    /** Voxels along x. */
    public int width() {
        return (int) voxels.dimension(0);
    }

    /** Voxels along y. */
    public int height() {
        return (int) voxels.dimension(1);
    }

    /** Voxels along z. */
    public int depth() {
        return (int) voxels.dimension(2);
    }

    /** Number of voxels. */
    public long count() {
        return (long) width() * height() * depth();
    }

    /** Plane z, see {@link Planes#plane}: do not write to it. */
    public float[] plane(int z) {
        return Planes.plane(voxels, z);
    }
}
