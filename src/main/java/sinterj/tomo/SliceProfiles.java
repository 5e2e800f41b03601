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
 * mass is the same at every tilt (the common line), the centre of its mass runs as {@code x cos t + z sin t}, and so on
 * for higher moments (the conditions that every set of projections fulfils; Helgason 1965, doi:10.1007/BF02391776). They
 * tell the shift of each projection along the axis, and by how much they are violated tells whether the axis has the
 * right angle: at a wrong one, what moves across the axis as the stage tilts moves along it too.
 *
 * <p>Moments are taken with Legendre polynomials, so that pixels' noise is the same in each and independent.
 */
final class SliceProfiles {
    private static final int ROUNDS = 3;
    static int ORDERS = 6;
    private static final double SMOOTHING = 1;
    private static final double TAPER = 0.1;

    /** The projections that agree worst are not counted: this part of them. */
    private static final double LEFT_OUT = 0.1;

    private final TiltImages images;
    private final ShiftFinder finder;
    private final double reach;
    private final boolean[] seen;

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

    /** Spectra of the moments of the slices of one projection, taken about its centre of mass. */
    private Spectrum[] moments(float[] image) {
        double[][] polynomials = polynomials(centre(image));
        Spectrum[] spectra = new Spectrum[ORDERS];
        for (int order = 0; order < ORDERS; order++) {
            float[] profile = new float[images.height];
            for (int y = 0; y < images.height; y++) {
                double sum = 0;
                for (int x = 0, i = images.width * y; x < images.width; x++, i++) {
                    if (seen[i]) sum += polynomials[order][x] * image[i];
                }
                profile[y] = (float) sum;
            }
            spectra[order] = finder.spectrum(profile);
        }
        return spectra;
    }

    private double centre(float[] image) {
        double mass = 0;
        double moment = 0;
        for (int i = 0; i < image.length; i++) {
            if (!seen[i]) continue;
            mass += image[i];
            moment += image[i] * (i % images.width - (images.width - 1) / 2.0);
        }
        return mass > 0 ? Math.max(-images.width, Math.min(images.width, moment / mass)) : 0;
    }

    /** Legendre polynomials of the distance from a centre, of equal mean square over the width. */
    private double[][] polynomials(double centre) {
        double[][] p = new double[ORDERS][images.width];
        for (int x = 0; x < images.width; x++) {
            double u = 2 * (x - (images.width - 1) / 2.0 - centre) / images.width;
            double before = 0;
            double value = 1;
            for (int n = 0; n < ORDERS; n++) {
                p[n][x] = value * Math.sqrt(2 * n + 1);
                double next = ((2 * n + 1) * u * value - n * before) / (n + 1);
                before = value;
                value = next;
            }
        }
        return p;
    }

    /** Compares the projections as they are moved now. */
    Fit fit(Poses poses, Progress progress) {
        int n = images.count;
        Spectrum[][] profiles = new Spectrum[n][];
        Parallel.forEach(progress, n, k -> profiles[k] = moments(images.moved(k, poses.move(k))));
        double[] shift = new double[n];
        boolean[] counted = new boolean[n];
        for (int k = 0; k < n; k++) counted[k] = profiles[k][0].norm() > 0;
        SliceMisfit misfit = null;
        for (int round = 0; round < ROUNDS; round++) {
            List<Spectrum> agreeing = new ArrayList<>();
            for (int k = 0; k < n; k++) {
                if (counted[k]) agreeing.add(finder.shiftedBack(profiles[k][0], shift[k]));
            }
            if (agreeing.isEmpty()) return new Fit(shift, 0, 0);
            Spectrum common = ShiftFinder.mean(agreeing);
            for (int k = 0; k < n; k++)
                shift[k] = finder.shift(common, profiles[k][0], reach).by()[0];
            misfit = new SliceMisfit(images.radians, ORDERS, counted);
            for (int order = 0; order < ORDERS; order++) {
                for (int k = 0; k < n; k++) {
                    misfit.set(
                            order,
                            k,
                            finder.shiftedBack(profiles[k][order], shift[k]).block());
                }
            }
            double[] each = misfit.each();
            double[] sorted = Arrays.stream(each).sorted().toArray();
            double worst = sorted[(int) Math.ceil((1 - LEFT_OUT) * (n - 1))];
            for (int k = 0; k < n; k++) counted[k] = profiles[k][0].norm() > 0 && each[k] <= worst;
        }
        return new Fit(shift, misfit.sum(), misfit.terms());
    }
}
