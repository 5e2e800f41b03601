package sinterj.tomo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.FrameTimes;
import sinterj.image.Planes;
import sinterj.image.TiltSeries;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.math.RandomDraws;

/**
 * Sample data: 24 balls that sinter, seen at each time point under 41 tilts from -40 to 40 degrees by a dark-field
 * detector, at a dose of 250 electrons per nm2 for the 41 together. Pixels are 2 nm, so a larger sample shows larger
 * balls with the same noise per pixel.
 *
 * <p>Pixels are unsigned 16-bit numbers. One electron is 205 of them, which resolves the reading noise of half an
 * electron and makes one pixel of bulk exactly {@value #PER_PIXEL_PATH}; without matter the mean is {@value #EMPTY}.
 *
 * @param size pixels along each side of projections and volume
 * @param frames time points, spread evenly over {@value #SECONDS} s
 * @param seed same seed, same bits, whatever the number of threads
 */
public record InSituSample(int size, int frames, long seed) {
    /** Side of a pixel. */
    public static final double PIXEL_NM = 2;

    /** From the first time point to the last. */
    public static final double SECONDS = 50;

    /** Mean stored number without matter. */
    public static final int EMPTY = 1000;

    /** Rise of the stored number for one pixel of bulk. */
    public static final int PER_PIXEL_PATH = 100;

    private static final int BALLS = 24;
    private static final int TILTS = 41;
    private static final double FIRST_DEG = -40;
    private static final double STEP_DEG = 2;
    private static final double DOSE_PER_NM2 = 250;
    private static final int SUB_RAYS = 3;
    private static final int SUB_VOXELS = 4;

    /** The detector that took the images. */
    public static DetectorModel detector() {
        double electrons = DOSE_PER_NM2 / TILTS * PIXEL_NM * PIXEL_NM;
        double meanFreePathNm = 100;
        double background = 0.01;
        double gain = PER_PIXEL_PATH * meanFreePathNm / (electrons * PIXEL_NM);
        double offset = EMPTY - gain * electrons * background;
        return new DetectorModel(electrons, meanFreePathNm, background, 0.5, gain, offset);
    }

    /** When the time points were taken. */
    public FrameTimes times() {
        return frames == 1 ? FrameTimes.unknown() : FrameTimes.regular(frames, SECONDS / (frames - 1));
    }

    private SpherePhantom solid(int frame) {
        double stage = frames == 1 ? 0 : (double) frame / (frames - 1);
        return SinteringPhantom.of(BALLS, seed).at(stage, size * PIXEL_NM);
    }

    /** The noisy projections of a time point, counted from 0. */
    public TiltSeries projections(int frame, Progress progress) {
        SpherePhantom solid = solid(frame);
        // Not the heap's own seed: its numbers have been used for the balls.
        SplittableRandom[] noise = RandomDraws.streams(~seed, TILTS * frames);
        short[][] planes = new short[TILTS][];
        double[] angles = new double[TILTS];
        for (int k = 0; k < TILTS; k++) angles[k] = FIRST_DEG + k * STEP_DEG;
        Parallel.forEach(progress, TILTS, k -> {
            float[] path = solid.project(angles[k], size, size, PIXEL_NM, SUB_RAYS);
            planes[k] = stored(detector().expose(path, noise[frame * TILTS + k]));
        });
        return new TiltSeries(
                Planes.ofShorts(new ArrayList<>(List.of(planes)), size, size), angles, VoxelSize.cube(PIXEL_NM, "nm"));
    }

    private static short[] stored(float[] numbers) {
        short[] stored = new short[numbers.length];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = (short) Math.max(0, Math.min(65535, Math.round(numbers[i])));
        }
        return stored;
    }

    /** The solid of a time point, counted from 0: the part of each voxel that it fills. */
    public Volume truth(int frame, Progress progress) {
        return solid(frame).fill(size, size, size, VoxelSize.cube(PIXEL_NM, "nm"), SUB_VOXELS, progress);
    }
}
