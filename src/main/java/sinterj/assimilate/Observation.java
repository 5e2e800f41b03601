package sinterj.assimilate;

import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Volume;

/**
 * What was seen: for each frame where the solid is, with the weights of frames and voxels.
 *
 * @param width voxels along x
 * @param height voxels along y
 * @param depth voxels along z
 * @param seconds time of each frame, rising
 * @param solid [frame][z][x + width y], 0 for gas to 255 for solid, as unsigned bytes
 * @param weights of the frames, 0 or more; that of the first frame does not count, as it is the start
 * @param voxelWeights [z][x + width y] from 0 to 1; null if all voxels count
 */
public record Observation(
        int width,
        int height,
        int depth,
        double[] seconds,
        byte[][][] solid,
        double[] weights,
        float[][] voxelWeights) {
    /** The value of solid. */
    static final double FULL = 255;

    /** Most voxels of a segmentation are clear, those of a micrograph are not: nearer than this to 0 or 1. */
    private static final double UNCLEAR = 0.25;

    private static final double MOST_UNCLEAR = 0.5;

    /**
     * Reads an observation.
     *
     * @param frames masks of two values, of which the higher is the solid, or probabilities from 0 to 1 or 0 to 255
     * @param weights of the frames; null for equal ones
     * @param voxelWeights see the record
     * @throws InvalidInput if there is one frame only, a frame without solid or gas, or no time is known
     */
    public static Observation of(Frames frames, double[] weights, float[][] voxelWeights, Progress progress) {
        int count = frames.count();
        if (count < 2) {
            throw new InvalidInput("'" + frames.title() + "' has one frame, but a change is needed to learn from. Give"
                    + " a 4-D stack of at least two frames.");
        }
        if (!frames.times().isKnown()) {
            throw new InvalidInput("'" + frames.title()
                    + "' carries no times. Set the frame interval in Image > Properties, or give 'times'.");
        }
        double[] each = weights == null ? ones(count) : weights.clone();
        if (each.length != count) {
            throw new InvalidInput("There are " + each.length + " weights for the " + count + " frames of '"
                    + frames.title() + "'. Give one for each.");
        }
        Volume first = frames.first();
        byte[][][] solid = new byte[count][first.depth()][];
        double full = full(frames);
        Parallel.forEach(progress, count * first.depth(), i -> {
            int t = i / first.depth();
            int z = i % first.depth();
            solid[t][z] = bytes(frames, t, z, full);
        });
        for (int t = 0; t < count; t++) requireBoth(frames.title(), t, solid[t]);
        return new Observation(
                first.width(), first.height(), first.depth(), frames.times().seconds(), solid, each, voxelWeights);
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    /** The value that stands for solid: the upper of two, else that of a sure probability. */
    private static double full(Frames frames) {
        float top = 0;
        for (Volume v : frames.volumes()) {
            for (int z = 0; z < v.depth(); z++) for (float p : v.plane(z)) top = Math.max(top, p);
        }
        float between = 0;
        long unclear = 0;
        long voxels = 0;
        for (Volume v : frames.volumes()) {
            for (int z = 0; z < v.depth(); z++) {
                for (float p : v.plane(z)) {
                    if (p != 0 && p != top) between = p;
                    if (p > UNCLEAR * FULL && p < (1 - UNCLEAR) * FULL) unclear++;
                    voxels++;
                }
            }
        }
        if (top <= 1) return 1;
        if (between == 0) return top;
        if (top <= FULL && unclear <= MOST_UNCLEAR * voxels) return FULL;
        throw new InvalidInput("'" + frames.title() + "' holds " + between + " beside 0 and " + top
                + ". Give a mask of two values, or probabilities from 0 to 1 or 0 to 255; segment grey values first.");
    }

    private static byte[] bytes(Frames frames, int t, int z, double full) {
        float[] plane = frames.volumes().get(t).plane(z);
        byte[] bytes = new byte[plane.length];
        for (int i = 0; i < plane.length; i++) {
            float p = plane[i];
            if (!(p >= 0)) {
                throw new InvalidInput("'" + frames.title() + "' holds " + p + " in frame " + (t + 1)
                        + ". Give a mask of two values, or probabilities from 0 to 1 or 0 to 255.");
            }
            bytes[i] = (byte) Math.round(FULL * p / full);
        }
        return bytes;
    }

    private static void requireBoth(String title, int t, byte[][] planes) {
        boolean gas = false;
        boolean solid = false;
        for (byte[] plane : planes) {
            for (byte b : plane) {
                if ((b & 0xff) < 128) gas = true;
                else solid = true;
            }
        }
        if (!gas || !solid) {
            throw new InvalidInput("Frame " + (t + 1) + " of '" + title + "' holds no " + (gas ? "solid" : "gas")
                    + ". Leave that frame out.");
        }
    }

    /** Number of frames. */
    public int frames() {
        return seconds.length;
    }

    /** Whether a voxel is rather solid than gas in a frame. */
    public boolean isSolid(int frame, int z, int i) {
        return (solid[frame][z][i] & 0xff) > 127;
    }

    /** The share of a voxel that is solid in a frame. */
    double part(int frame, int z, int i) {
        return (solid[frame][z][i] & 0xff) / FULL;
    }

    /** How much a voxel counts in a frame that counts in full. */
    double weight(int z, int i) {
        return voxelWeights == null ? 1 : voxelWeights[z][i];
    }

    /** How much a voxel counts in a frame. */
    double weight(int frame, int z, int i) {
        return weights[frame] * weight(z, i);
    }

    /** The same with other weights of the voxels. */
    public Observation weighted(float[][] others) {
        return new Observation(width, height, depth, seconds, solid, weights, others);
    }

    /** A number that differs when times, weights or a voxel differ, for telling one observation from another. */
    public String fingerprint() {
        long hash = java.util.Arrays.hashCode(seconds) * 31L + java.util.Arrays.hashCode(weights);
        for (byte[][] frame : solid) {
            for (byte[] plane : frame) hash = hash * 1_000_003 + java.util.Arrays.hashCode(plane);
        }
        if (voxelWeights != null) {
            for (float[] plane : voxelWeights) for (float w : plane) hash = hash * 1_000_003 + Float.hashCode(w);
        }
        return width + " x " + height + " x " + depth + " x " + frames() + ", " + Long.toHexString(hash);
    }

    /** The same with other frames. */
    Observation with(byte[][][] others) {
        return new Observation(width, height, depth, seconds, others, weights, voxelWeights);
    }
}
