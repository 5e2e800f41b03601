package sinterj.segment;

import java.util.Arrays;
import java.util.SplittableRandom;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.LabelVolume;
import sinterj.image.Planes;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.math.RandomDraws;

/**
 * A labelled FIB-SEM stack made by calculation, with the faults of the measurement built in: what a network must learn
 * to see through, and what a cleaning step must take away.
 *
 * @param image 8-bit grey values
 * @param labels 0 superconductor, 1 void, 2 impurity, as seen in each slice, drift included
 * @param shiftX by how much each slice is displaced along x, in pixels
 * @param shiftY by how much each slice is displaced along y, in pixels
 * @param gain by how much each slice is brighter than it should be, around 1
 * @param depthAt at which depth each slice was cut, in slice distances; it skips what was not recorded
 */
public record FibSemStack(
        Volume image, LabelVolume labels, double[] shiftX, double[] shiftY, double[] gain, int[] depthAt) {
    private static final double[] LEVELS = {140, 50, 200};
    private static final double STEP = LEVELS[0] - LEVELS[1];
    private static final double GRAIN_CONTRAST = 0.16;
    private static final double BEAM_SD = 0.7;
    /** Slices behind a void from which signal comes; it fades over this many. */
    private static final int BEHIND = 8;

    private static final double FADE = 4;
    private static final double STRIPE_MEMORY = 0.7;
    private static final double STRIPE_LIFE = 0.85;
    /** Above this many counts a normal distribution is as good as Poisson's: its skewness is below 0.05. */
    private static final double MANY = 400;

    /**
     * What is to be made.
     *
     * @param width pixels a row
     * @param height rows
     * @param depth slices
     * @param impurity whether there is a third phase
     * @param grainNm mean diameter of a grain
     * @param voidFraction volume fraction of the voids; the impurity has half of it
     * @param voxelNm side of a voxel
     */
    public record Sample(
            int width, int height, int depth, boolean impurity, double grainNm, double voidFraction, double voxelNm) {
        public Sample {
            if (grainNm < 3 * voxelNm) {
                throw new InvalidInput("Grains of " + grainNm + " nm are less than 3 voxels of " + voxelNm
                        + " nm wide. Give larger grains or smaller voxels.");
            }
        }
    }

    /**
     * Makes a stack.
     *
     * @param seed same seed, same bits, whatever the number of threads. Cost: a search among the 125
     *     nearest grains a voxel, and up to 8 more in a void that shines through.
     */
    public static FibSemStack make(Sample sample, Artefacts artefacts, long seed, Progress progress) {
        int depth = sample.depth;
        SplittableRandom[] streams = RandomDraws.streams(seed, depth + 3);
        int[] depthAt = depths(depth, artefacts.missing(), streams[depth + 2]);
        GrainStructure structure = new GrainStructure(
                sample.grainNm / sample.voxelNm,
                sample.voidFraction,
                sample.impurity ? sample.voidFraction / 2 : 0,
                new int[] {sample.width, sample.height, depthAt[depth - 1] + 1},
                seed);
        double[] shiftX = walk(depth, artefacts.drift(), streams[depth]);
        double[] shiftY = walk(depth, artefacts.drift(), streams[depth]);
        double[] gain = new double[depth];
        for (int z = 0; z < depth; z++) {
            gain[z] = Math.max(0.2, 1 + artefacts.brightnessJumps() * RandomDraws.gaussian(streams[depth]));
        }
        float[][] stripes = stripes(sample.width, depth, artefacts.curtaining() * STEP, streams[depth + 1]);
        byte[][] image = new byte[depth][];
        byte[][] labels = new byte[depth][];
        Parallel.forEach(progress, depth, z -> {
            Slice slice = new Slice(sample, artefacts, structure, depthAt[z], shiftX[z], shiftY[z], progress);
            labels[z] = slice.labels;
            image[z] = slice.recorded(stripes[z], gain[z], streams[z], new SmoothField(seed + 20 + z, sample.width));
            progress.report((z + 1.0) / depth, "Making slices");
        });
        VoxelSize voxel = VoxelSize.cube(sample.voxelNm, "nm");
        return new FibSemStack(
                new Volume(Planes.ofBytes(Arrays.asList(image), sample.width, sample.height), voxel),
                new LabelVolume(Planes.ofBytes(Arrays.asList(labels), sample.width, sample.height), voxel),
                shiftX,
                shiftY,
                gain,
                depthAt);
    }

    private static int[] depths(int n, double missing, SplittableRandom random) {
        int[] at = new int[n];
        for (int z = 1; z < n; z++) {
            at[z] = at[z - 1] + 1;
            while (random.nextDouble() < missing) at[z]++;
        }
        return at;
    }

    private static double[] walk(int n, double sd, SplittableRandom random) {
        double[] at = new double[n];
        for (int z = 1; z < n; z++) at[z] = at[z - 1] + sd * RandomDraws.gaussian(random);
        return at;
    }

    /** Stripes that hang together across a few columns, and live for some slices. */
    private static float[][] stripes(int width, int depth, double sd, SplittableRandom random) {
        float[][] stripes = new float[depth][width];
        double[] state = new double[width];
        for (int z = 0; z < depth; z++) {
            double fresh = z == 0 ? 1 : Math.sqrt(1 - STRIPE_LIFE * STRIPE_LIFE);
            double column = RandomDraws.gaussian(random);
            for (int x = 0; x < width; x++) {
                column = STRIPE_MEMORY * column
                        + Math.sqrt(1 - STRIPE_MEMORY * STRIPE_MEMORY) * RandomDraws.gaussian(random);
                state[x] = (z == 0 ? 0 : STRIPE_LIFE * state[x]) + fresh * column;
                stripes[z][x] = (float) (sd * state[x]);
            }
        }
        return stripes;
    }

    /** Depth, displacement and gain of each slice; slices and depths are counted from 1. */
    public Table slices() {
        Table table = new Table("slice", "depth (slice)", "shift_x (px)", "shift_y (px)", "gain");
        for (int z = 0; z < gain.length; z++) table.add(z + 1, depthAt[z] + 1, shiftX[z], shiftY[z], gain[z]);
        return table;
    }

    /** One slice on its way from structure to grey values. */
    private static final class Slice {
        private final Sample sample;
        private final Artefacts artefacts;
        private final int width;
        private final int height;
        private final byte[] labels;
        private final float[] grey;

        Slice(
                Sample sample,
                Artefacts artefacts,
                GrainStructure structure,
                int z,
                double dx,
                double dy,
                Progress progress) {
            this.sample = sample;
            this.artefacts = artefacts;
            width = sample.width;
            height = sample.height;
            labels = new byte[Math.multiplyExact(width, height)];
            grey = new float[labels.length];
            double[] near = new double[3];
            for (int i = 0; i < labels.length; i++) {
                if (i % width == 0) progress.check(); // a large slice takes seconds
                double x = i % width - dx;
                double y = i / width - dy;
                int here = structure.at(x, y, z, near);
                int phase = here % 4;
                labels[i] = (byte) phase;
                double level = level(here);
                if (phase == GrainStructure.VOID && artefacts.shineThrough() > 0) {
                    double behind = behind(structure, x, y, z, near);
                    level += artefacts.shineThrough() * behind;
                }
                grey[i] = (float) level;
            }
        }

        private static double level(int here) {
            int phase = here % 4;
            double contrast = phase == GrainStructure.SUPERCONDUCTOR ? GRAIN_CONTRAST * STEP : 0;
            return LEVELS[phase] + contrast * (here / 4 / 255.0 - 0.5);
        }

        /** By how much the first matter behind a void is brighter than it, less the deeper it lies. */
        private static double behind(GrainStructure structure, double x, double y, int z, double[] near) {
            for (int k = 1; k <= BEHIND; k++) {
                int there = structure.at(x, y, z + k, near);
                if (there % 4 != GrainStructure.VOID) {
                    return (level(there) - LEVELS[GrainStructure.VOID]) * Math.exp(-(k - 1) / FADE);
                }
            }
            return 0;
        }

        byte[] recorded(float[] stripes, double gain, SplittableRandom random, SmoothField uneven) {
            float[] seen = Blur.plane(grey, width, height, BEAM_SD, BEAM_SD);
            if (artefacts.charging() > 0) charge(seen, uneven);
            double countsPerGrey = artefacts.noise() > 0 ? LEVELS[0] / Math.pow(artefacts.noise() * STEP, 2) : 0;
            byte[] out = new byte[seen.length];
            for (int i = 0; i < out.length; i++) {
                double value = gain * (seen[i] + stripes[i % width]);
                if (countsPerGrey > 0) value = counted(Math.max(0, value) * countsPerGrey, random) / countsPerGrey;
                out[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
            }
            return out;
        }

        private static double counted(double mean, SplittableRandom random) {
            if (mean > MANY) return mean + Math.sqrt(mean) * RandomDraws.gaussian(random);
            return RandomDraws.poisson(random, mean);
        }

        /** Halos around voids, streaks to their right in the direction of the scan, and a slow slope. */
        private void charge(float[] seen, SmoothField uneven) {
            double height0 = artefacts.charging() * STEP;
            float[] voids = new float[labels.length];
            for (int i = 0; i < voids.length; i++) voids[i] = labels[i] == GrainStructure.VOID ? 1 : 0;
            double size = sample.grainNm / sample.voxelNm;
            float[] halo = Blur.plane(voids, width, height, Math.min(8, 0.15 * size), Math.min(8, 0.15 * size));
            double tail = Math.exp(-1 / Math.max(1.0, 0.5 * size));
            for (int y = 0; y < height; y++) {
                double charge = 0;
                for (int x = 0; x < width; x++) {
                    int i = x + width * y;
                    charge = tail * charge + (1 - tail) * voids[i];
                    double near = (1 - voids[i]) * halo[i];
                    seen[i] += (float) (height0 * (2 * near - charge + 0.5 * uneven.at(x, y, 0)));
                }
            }
        }
    }
}
