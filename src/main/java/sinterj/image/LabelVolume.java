package sinterj.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * A volume of whole numbers: one per phase, particle or grain; 0 is usually the outside.
 *
 * @param labels 3-D, in the order x, y, z; whole numbers from 0 to 16 777 216, the last that a float can hold
 * @param size side lengths of a voxel
 */
public record LabelVolume(RandomAccessibleInterval<? extends RealType<?>> labels, VoxelSize size) {
    /** The largest label: beyond it a 32-bit float skips whole numbers. */
    public static final int MAX_LABEL = 1 << 24;

    /** Share of equal neighbours in labels. */
    private static final double MOST = 0.7;

    public LabelVolume {
        if (labels.numDimensions() != 3) {
            throw new InvalidInput("A label image has 3 dimensions, this one has " + labels.numDimensions() + ".");
        }
    }

    /**
     * Whether a volume holds labels rather than grey values: whole numbers, and along x most neighbours that are not 0
     * share one. In a grey image few do.
     */
    public static boolean isLikely(Volume volume, Progress progress) {
        long[] pairs = new long[volume.depth()];
        long[] equal = new long[volume.depth()];
        boolean[] wrong = new boolean[volume.depth()];
        Parallel.forEach(progress, volume.depth(), z -> {
            float[] plane = volume.plane(z);
            for (int i = 0; i < plane.length; i++) {
                float value = plane[i];
                if (!isLabel(value)) {
                    wrong[z] = true;
                    return;
                }
                if (i % volume.width() == 0 || value == 0 || plane[i - 1] == 0) continue;
                pairs[z]++;
                if (plane[i - 1] == value) equal[z]++;
            }
        });
        for (boolean w : wrong) if (w) return false;
        long all = Arrays.stream(pairs).sum();
        return all == 0 || Arrays.stream(equal).sum() >= MOST * all;
    }

    private static boolean isLabel(float value) {
        return value == Math.rint(value) && value >= 0 && value <= MAX_LABEL;
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
                if (!isLabel(value)) {
                    throw new InvalidInput("Labels are whole numbers from 0 to " + MAX_LABEL + ", but the voxel at x="
                            + i % volume.width() + ", y=" + i / volume.width() + ", z=" + z + " holds " + value + ".");
                }
            }
        }
        return new LabelVolume(volume.voxels(), volume.size());
    }

    /**
     * Labels as an image: 16-bit if they fit, else 32-bit.
     *
     * @param planes one array for each z, labels from 0 to {@link #MAX_LABEL}; copied
     * @param width voxels along x
     * @param size side lengths of a voxel
     */
    public static LabelVolume of(int[][] planes, int width, VoxelSize size) {
        int height = planes[0].length / width;
        int largest = 0;
        for (int[] plane : planes) for (int label : plane) largest = Math.max(largest, label);
        if (largest <= 0xffff) {
            List<short[]> shorts = new ArrayList<>();
            for (int[] plane : planes) {
                short[] copy = new short[plane.length];
                for (int i = 0; i < copy.length; i++) copy[i] = (short) plane[i];
                shorts.add(copy);
            }
            return new LabelVolume(Planes.ofShorts(shorts, width, height), size);
        }
        List<float[]> floats = new ArrayList<>();
        for (int[] plane : planes) {
            float[] copy = new float[plane.length];
            for (int i = 0; i < copy.length; i++) copy[i] = plane[i];
            floats.add(copy);
        }
        return new LabelVolume(Planes.ofFloats(floats, width, height), size);
    }

    /** The labels as grey values; nothing is copied. */
    public Volume asVolume() {
        return new Volume(labels, size);
    }
}
