package sinterj.image;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import sinterj.base.InvalidInput;

/**
 * A volume of whole numbers: one per phase, particle or grain; 0 is usually the outside.
 *
 * @param labels 3-D, in the order x, y, z; whole numbers from 0 to 16 777 216, the last that a float can hold
 * @param size side lengths of a voxel
 */
public record LabelVolume(RandomAccessibleInterval<? extends RealType<?>> labels, VoxelSize size) {
    /** The largest label: beyond it a 32-bit float skips whole numbers. */
    public static final int MAX_LABEL = 1 << 24;

    public LabelVolume {
        if (labels.numDimensions() != 3) {
            throw new InvalidInput("A label image has 3 dimensions, this one has " + labels.numDimensions() + ".");
        }
    }

    /**
     * The volume's values as labels.
     *
     * @throws InvalidInput if a value is no whole number from 0 to {@link #MAX_LABEL}. Cost: one look at every voxel.
     */
    public static LabelVolume of(Volume volume) {
        for (int z = 0; z < volume.depth(); z++) {
            float[] plane = volume.plane(z);
            for (int i = 0; i < plane.length; i++) {
                float value = plane[i];
                if (value != Math.rint(value) || !(value >= 0 && value <= MAX_LABEL)) {
                    throw new InvalidInput("Labels are whole numbers from 0 to " + MAX_LABEL + ", but the voxel at x="
                            + i % volume.width() + ", y=" + i / volume.width() + ", z=" + z + " holds " + value + ".");
                }
            }
        }
        return new LabelVolume(volume.voxels(), volume.size());
    }

    /** The labels as grey values; nothing is copied. */
    public Volume asVolume() {
        return new Volume(labels, size);
    }
}
