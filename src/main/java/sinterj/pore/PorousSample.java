package sinterj.pore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.GaussianBlur;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.math.RandomDraws;

/**
 * A porous solid to try the measurements on: noise smoothed by a Gaussian and cut at the level below which a given part
 * of the voxels lies. Voids and solid are both connected, and about as wide as three sigmas.
 */
public final class PorousSample {
    /** Voxels of a FIB-SEM stack: slices are thicker than pixels are wide. */
    public static final VoxelSize VOXEL = new VoxelSize(20, 20, 30, "nm");

    private static final double SIGMA_NM = 80;
    private static final double VOIDS = 0.25;
    private static final int BINS = 1 << 16;

    private PorousSample() {}

    /**
     * Makes a sample.
     *
     * @param size voxels along x and y; there are two thirds as many slices, so that it is a cube
     * @param seed same seed, same sample
     * @return 255 where it is solid, 0 in the voids. Cost: O(voxels), 5 bytes a voxel
     */
    public static Volume make(int size, long seed, Progress progress) {
        int depth = Math.max(1, Math.round(size * 2 / 3f));
        float[][] planes = new float[depth][size * size];
        SplittableRandom[] randoms = RandomDraws.streams(seed, depth);
        Parallel.forEach(progress, depth, z -> {
            for (int i = 0; i < planes[z].length; i++) planes[z][i] = (float) (randoms[z].nextDouble() - 0.5);
            progress.report(0.2 * (z + 1) / depth, "Making noise");
        });
        double[] sigma = {SIGMA_NM / VOXEL.x(), SIGMA_NM / VOXEL.y(), SIGMA_NM / VOXEL.z()};
        GaussianBlur.blur(planes, size, sigma, progress);
        progress.report(0.8, "Cutting voids");
        float level = level(planes);
        List<byte[]> masks = new ArrayList<>();
        for (float[] plane : planes) {
            byte[] mask = new byte[plane.length];
            for (int i = 0; i < mask.length; i++) mask[i] = (byte) (plane[i] < level ? 0 : 255);
            masks.add(mask);
        }
        return new Volume(Planes.ofBytes(masks, size, size), VOXEL);
    }

    /** The level below which the voids' part of the voxels lies, to one 65 536th of the range. */
    private static float level(float[][] planes) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float[] plane : planes) {
            for (float value : plane) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        long[] counts = new long[BINS];
        double scale = (BINS - 1) / Math.max(1e-30, (double) high - low);
        for (float[] plane : planes) for (float value : plane) counts[(int) ((value - low) * scale)]++;
        long wanted = (long) (VOIDS * Arrays.stream(counts).sum());
        int bin = 0;
        for (long below = 0; below < wanted; bin++) below += counts[bin];
        return (float) (low + bin / scale);
    }
}
