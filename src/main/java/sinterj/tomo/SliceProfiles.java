package sinterj.tomo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.math.ShiftFinder;
import sinterj.math.ShiftFinder.Spectrum;

/**
 * What each slice across the tilt axis must show in all projections alike, if it lies wholly in the field of view: its
 * mass is the same at every tilt (the common line), and the centre of its mass runs as {@code x cos t + z sin t}. These
 * are the first two of the conditions that every set of projections fulfils (Helgason 1965, doi:10.1007/BF02391776). They tell the shift of each
 * projection along the axis, and by how much they are violated tells whether the axis has the right angle: the first
 * sees what moves along the axis as the stage tilts, the second an axis that does not run through the slices' centres.
 *
 * <p>Where noise decides, the two violations count in proportion to their information, since a pixel at distance u from
 * the axis adds u times its noise to the moment.
 */
final class SliceProfiles {
    private static final int ROUNDS = 3;
    private static final double SMOOTHING = 1;
    private static final double TAPER = 0.1;

    /** The projections that agree worst are not counted: this part of them. */
    private static final double LEFT_OUT = 0.1;

    private final TiltImages images;
    private final ShiftFinder finder;
    private final double reach;
    private final boolean[] seen;
    private final double meanSquare;

    /**
     * How projections agree.
     *
     * @param shift of each projection along the axis against the common profile, in pixels
     * @param misfit by how much all but the worst violate the two conditions, in squared counts
     * @param terms number of independent terms in it
     */
    record Fit(double[] shift, double misfit, double terms) {}

    private SliceProfiles(TiltImages images, ShiftFinder finder, double reach, boolean[] seen) {
        this.images = images;
        this.finder = finder;
        this.reach = reach;
        this.seen = seen;
        double sum = 0;
        int count = 0;
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i]) continue;
            sum += across(i) * across(i);
            count++;
        }
        meanSquare = Math.max(1, sum / Math.max(1, count));
    }

    /**
     * Profiles of the part of the projections that stands out in the mean of all of them: what lies beyond adds noise.
     *
     * @param poses as far as they are known
     */
    static SliceProfiles of(TiltImages images, Poses poses, Progress progress) {
        double reach = Math.max(1, images.height / 8.0);
        int[] size = {images.height};
        ShiftFinder finder = new ShiftFinder(size, SMOOTHING, images.height / 2.0, TAPER, reach);
        return new SliceProfiles(images, finder, reach, seen(images, poses, progress));
    }

    private static boolean[] seen(TiltImages images, Poses poses, Progress progress) {
        float[] mean = new float[images.width * images.height];
        for (int k = 0; k < images.count; k++) {
            progress.check();
            float[] image = images.moved(k, poses.move(k));
            for (int i = 0; i < mean.length; i++) mean[i] += image[i] / images.count;
        }
        EmptyLevel level = EmptyLevel.of(mean, images.width, images.height);
        return level.grown(Math.max(2, images.width / 32), images.width, images.height);
    }

    private double across(int i) {
        return i % images.width - (images.width - 1) / 2.0;
    }

    /** Spectra of mass and moment of the slices of one projection. */
    private record Profile(Spectrum mass, Spectrum moment) {}

    /** Moments are taken about the centre of mass of the whole projection, so a shift across the axis says nothing. */
    private Profile profile(float[] image) {
        double[] mass = new double[images.height];
        double[] moment = new double[images.height];
        double all = 0;
        double allMoment = 0;
        for (int i = 0; i < image.length; i++) {
            if (!seen[i]) continue;
            mass[i / images.width] += image[i];
            moment[i / images.width] += image[i] * across(i);
            all += image[i];
            allMoment += image[i] * across(i);
        }
        double centre = all > 0 ? allMoment / all : 0;
        float[] m0 = new float[images.height];
        float[] m1 = new float[images.height];
        for (int y = 0; y < m0.length; y++) {
            m0[y] = (float) mass[y];
            m1[y] = (float) (moment[y] - centre * mass[y]);
        }
        return new Profile(finder.spectrum(m0), finder.spectrum(m1));
    }

    /** Compares the projections as they are moved now. */
    Fit fit(Poses poses, Progress progress) {
        int n = images.count;
        Profile[] profiles = new Profile[n];
        Parallel.forEach(progress, n, k -> profiles[k] = profile(images.moved(k, poses.move(k))));
        double[] shift = new double[n];
        boolean[] counted = new boolean[n];
        for (int k = 0; k < n; k++) counted[k] = profiles[k].mass.norm() > 0;
        SliceMisfit misfit = null;
        for (int round = 0; round < ROUNDS; round++) {
            List<Spectrum> agreeing = new ArrayList<>();
            for (int k = 0; k < n; k++) {
                if (counted[k]) agreeing.add(finder.shiftedBack(profiles[k].mass, shift[k]));
            }
            if (agreeing.isEmpty()) return new Fit(shift, 0, 0);
            Spectrum common = ShiftFinder.mean(agreeing);
            for (int k = 0; k < n; k++)
                shift[k] = finder.shift(common, profiles[k].mass, reach).by()[0];
            misfit = new SliceMisfit(images.radians, meanSquare, counted);
            for (int k = 0; k < n; k++) {
                misfit.set(
                        k,
                        finder.shiftedBack(profiles[k].mass, shift[k]).block(),
                        finder.shiftedBack(profiles[k].moment, shift[k]).block());
            }
            double[] each = misfit.each();
            double[] sorted = Arrays.stream(each).sorted().toArray();
            double worst = sorted[(int) Math.ceil((1 - LEFT_OUT) * (n - 1))];
            for (int k = 0; k < n; k++) counted[k] = profiles[k].mass.norm() > 0 && each[k] <= worst;
        }
        return new Fit(shift, misfit.sum(), misfit.terms());
    }
}
