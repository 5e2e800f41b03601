package sinterj.tomo;

import java.util.Arrays;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Affine;
import sinterj.image.PlaneWarp;
import sinterj.image.TiltSeries;

/** The projections of a series without their empty level, ready to be moved. */
final class TiltImages {
    final int width;
    final int height;
    final int count;
    final double[] radians;
    final double[] levels;
    private final float[][] planes;
    private final PlaneWarp[] images;

    private TiltImages(int width, int height, double[] radians) {
        this.width = width;
        this.height = height;
        this.radians = radians;
        count = radians.length;
        levels = new double[count];
        planes = new float[count][];
        images = new PlaneWarp[count];
    }

    /** Takes the empty level from each projection. */
    static TiltImages of(TiltSeries series, Progress progress) {
        double[] radians =
                Arrays.stream(series.anglesDeg()).map(Math::toRadians).toArray();
        TiltImages all = new TiltImages(series.width(), series.height(), radians);
        Parallel.forEach(progress, all.count, k -> {
            float[] image = series.projection(k).clone();
            all.levels[k] = EmptyLevel.of(image, all.width, all.height).mean();
            for (int i = 0; i < image.length; i++) image[i] -= (float) all.levels[k];
            all.set(k, image);
        });
        return all;
    }

    private void set(int k, float[] image) {
        planes[k] = image;
        images[k] = new PlaneWarp(image, width, height);
    }

    /**
     * The same projections with fewer pixels, each the mean of {@code by} times {@code by}; what is left over at the
     * right and lower border is dropped, which moves the middle by less than half a new pixel.
     */
    TiltImages binned(int by, Progress progress) {
        if (by == 1) return this;
        TiltImages small = new TiltImages(width / by, height / by, radians);
        Parallel.forEach(progress, count, k -> {
            float[] image = new float[small.width * small.height];
            for (int y = 0; y < small.height * by; y++) {
                for (int x = 0; x < small.width * by; x++) {
                    image[x / by + small.width * (y / by)] += planes[k][x + width * y] / (by * by);
                }
            }
            small.levels[k] = levels[k];
            small.set(k, image);
        });
        return small;
    }

    /** Whether projection k shows the same value everywhere, as a dead or a saturated one does. */
    boolean isEmpty(int k) {
        for (float v : planes[k]) if (v != planes[k][0]) return false;
        return true;
    }

    /** Number of the projection whose tilt is nearest to 0. */
    int untilted() {
        int best = 0;
        for (int k = 1; k < count; k++) if (Math.abs(radians[k]) < Math.abs(radians[best])) best = k;
        return best;
    }

    /** Projection k as it was taken, without its empty level: not to be written to. */
    float[] image(int k) {
        return planes[k];
    }

    /** Projection k moved, without its empty level, 0 beyond its borders. */
    float[] moved(int k, Affine move) {
        return images[k].moved(move, 0);
    }
}
