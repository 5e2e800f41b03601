package sinterj.tomo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Affine;
import sinterj.image.PlaneWarp;
import sinterj.image.Planes;
import sinterj.image.TiltSeries;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.math.RandomDraws;

/**
 * What a dark-field detector would record of a volume on a tilting stage that drifts: projections along straight rays
 * (Joseph's, see {@link Geometry}), moved by the stage, then counted with noise.
 *
 * @param series counts
 * @param motion for each projection, where a point of the aligned projection is seen, from the centre of the image
 */
public record SimulatedSeries(TiltSeries series, List<Affine> motion) {
    /** Simulations and interpolation leave values a little below nothing; paths are never counted below 0. */
    private static final float LEAST_DENSITY = -0.01f;

    /**
     * How the stage misbehaves.
     *
     * @param shiftPx each projection is shifted along both axes by a number from minus to plus this, in pixels
     * @param axisOffsetPx the tilt axis lies so far to the right of the centre, in pixels
     * @param axisTiltDeg the tilt axis leans counter-clockwise from y, as seen on the screen, in degrees
     */
    public record Stage(double shiftPx, double axisOffsetPx, double axisTiltDeg) {
        /** Where a point of the aligned projection is seen after random shifts. */
        Affine motion(SplittableRandom random) {
            double c = Math.cos(Math.toRadians(axisTiltDeg));
            double s = Math.sin(Math.toRadians(axisTiltDeg));
            double dx = shiftPx * (2 * random.nextDouble() - 1);
            double dy = shiftPx * (2 * random.nextDouble() - 1);
            // y counts downwards, so this turn looks counter-clockwise.
            return Affine.shift(axisOffsetPx, 0)
                    .then(new Affine(c, s, -s, c, 0, 0))
                    .then(Affine.shift(dx, dy));
        }
    }

    /**
     * Simulates a tilt series.
     *
     * @param volume density, 1 = bulk, none below -0.01; cubes in a unit of length; y is the tilt axis
     * @param anglesDeg tilt angles in degrees
     * @param detector counts electrons
     * @param stage moves the projections
     * @param seed same seed, same bits, whatever the number of threads
     * @throws InvalidInput if voxels are no cubes, or a density is more than a little negative
     */
    public static SimulatedSeries of(
            Volume volume, double[] anglesDeg, DetectorModel detector, Stage stage, long seed, Progress progress) {
        double pixelNm = side(volume.size());
        requireDensities(volume);
        Geometry geometry = new Geometry(anglesDeg, volume.width(), volume.width(), volume.depth(), false);
        float[][] rows = RowImages.zeros(geometry.rayRows(), volume.height());
        Projector projector = new Projector(geometry, progress.part(0, 0.2));
        projector.project(RowImages.rows(volume, progress.part(0.2, 0.3)), rows, progress.part(0.3, 0.6));
        progress.report(0.6, "Counting electrons");
        TiltSeries paths = RowImages.series(
                rows, geometry, VoxelSize.cube(volume.size().x(), volume.size().unit()), progress);
        SplittableRandom[] random = RandomDraws.streams(seed, anglesDeg.length);
        float[][] counts = new float[anglesDeg.length][];
        Affine[] motion = new Affine[anglesDeg.length];
        Parallel.forEach(progress, counts.length, k -> {
            motion[k] = stage.motion(random[k]);
            counts[k] = detector.expose(moved(paths, k, motion[k], (float) pixelNm), random[k]);
            progress.report(0.6 + 0.4 * (k + 1) / counts.length, "Counting electrons");
        });
        List<float[]> planes = new ArrayList<>(List.of(counts));
        return new SimulatedSeries(
                paths.withProjections(Planes.ofFloats(planes, paths.width(), paths.height())), List.of(motion));
    }

    /** Path lengths in nm as seen on the moving stage; interpolation may make them a little negative. */
    private static float[] moved(TiltSeries paths, int k, Affine motion, float pixelNm) {
        float[] path = paths.projection(k);
        if (!motion.equals(Affine.IDENTITY)) path = new PlaneWarp(path, paths.width(), paths.height()).moved(motion, 0);
        float[] nm = new float[path.length];
        for (int i = 0; i < nm.length; i++) nm[i] = Math.max(0, path[i]) * pixelNm;
        return nm;
    }

    private static double side(VoxelSize size) {
        if (!size.isCube()) {
            throw new InvalidInput("The voxels are " + size + ", but a projection needs cubes. Make them equal with"
                    + " Image > Scale, or correct them in Image > Properties.");
        }
        return size.xNm();
    }

    private static void requireDensities(Volume volume) {
        for (int z = 0; z < volume.depth(); z++) {
            for (float value : volume.plane(z)) {
                if (value < LEAST_DENSITY) {
                    throw new InvalidInput(
                            "The volume holds the density " + value + ", but densities are 0 or more, with 1"
                                    + " for bulk. Clip it with Process > Math > Min, or scale it.");
                }
            }
        }
    }
}
