package sinterj.tomo;

import java.util.Arrays;
import org.jtransforms.fft.DoubleFFT_1D;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * Weighted back-projection: each projection is filtered across the tilt axis to undo the blur of plain back-projection,
 * then smeared back along its rays. Fast and linear, but it amplifies noise and spreads what the missing tilts would
 * have shown into streaks.
 *
 * <p>The filter is the band-limited ramp in its discrete form (Kak and Slaney 1988, doi:10.1137/1.9780898719277, section
 * 3.3), with or without a Hann window over the frequencies. Each projection stands for the range of angles halfway to
 * its neighbours, so unequal steps are right too. Projections are taken as 0 beyond their borders.
 *
 * <p>Cost: a Fourier transform per detector row, and one back-projection.
 */
public final class WeightedBackProjection {
    /** How frequencies are weighted. */
    public enum Filter {
        /** In proportion to the frequency: sharp. */
        RAMP,
        /** The ramp, faded out towards the highest frequency: smoother. */
        HANN
    }

    private WeightedBackProjection() {}

    /**
     * Reconstructs a volume.
     *
     * @param data projections as rows, see {@link RowImages}; changed
     * @return the volume as rows, in density per pixel path
     */
    public static float[][] reconstruct(float[][] data, Geometry geometry, Filter filter, Progress progress) {
        int length = data[0].length;
        double[] response = response(paddedLength(geometry.rays()), filter);
        Parallel.forEach(progress, geometry.tilts(), a -> {
            filter(data, a * geometry.rays(), geometry.rays(), response);
            progress.report(0.5 * (a + 1) / geometry.tilts(), "Filtering");
        });
        BackProjector back = BackProjector.interpolating(geometry, angleRanges(geometry.anglesDeg()), progress);
        float[][] volume = RowImages.zeros(geometry.voxelRows(), length);
        progress.report(0.7, "Back-projecting");
        back.backProject(data, volume, progress);
        progress.report(1, "Back-projected");
        return volume;
    }

    /** Room for the filter to act without wrapping around. */
    private static int paddedLength(int rays) {
        return Math.max(64, Integer.highestOneBit(2 * rays - 1) << 1);
    }

    /** The filter's factor for each frequency 0 ... n/2, from its impulse response. */
    static double[] response(int n, Filter filter) {
        double[] impulse = new double[n];
        impulse[0] = 0.25;
        for (int k = 1; k <= n / 2; k += 2) {
            impulse[k] = -1 / (Math.PI * Math.PI * k * k);
            impulse[n - k] = impulse[k];
        }
        new DoubleFFT_1D(n).realForward(impulse);
        double[] response = new double[n / 2 + 1];
        for (int f = 0; f < n / 2; f++) response[f] = impulse[2 * f];
        response[n / 2] = impulse[1];
        if (filter == Filter.HANN) {
            for (int f = 0; f <= n / 2; f++) response[f] *= 0.5 * (1 + Math.cos(2 * Math.PI * f / n));
        }
        return response;
    }

    private static void filter(float[][] data, int first, int rays, double[] response) {
        int n = 2 * (response.length - 1);
        DoubleFFT_1D transform = new DoubleFFT_1D(n);
        double[] line = new double[n];
        for (int y = 0; y < data[first].length; y++) {
            Arrays.fill(line, 0);
            for (int u = 0; u < rays; u++) line[u] = data[first + u][y];
            transform.realForward(line);
            line[0] *= response[0];
            line[1] *= response[n / 2];
            for (int f = 1; f < n / 2; f++) {
                line[2 * f] *= response[f];
                line[2 * f + 1] *= response[f];
            }
            transform.realInverse(line, true);
            for (int u = 0; u < rays; u++) data[first + u][y] = (float) line[u];
        }
    }

    /**
     * The range of angles in radians that each projection stands for: halfway to its neighbours on either side, and at
     * the ends of a series as much outwards as inwards. Projections at one angle share it. A single one stands for a
     * half turn.
     */
    static double[] angleRanges(double[] anglesDeg) {
        int n = anglesDeg.length;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(anglesDeg[a], anglesDeg[b]));
        double[] ranges = new double[n];
        if (anglesDeg[order[0]] == anglesDeg[order[n - 1]]) {
            Arrays.fill(ranges, Math.PI / n);
            return ranges;
        }
        int start = 0;
        while (start < n) {
            int end = start + 1;
            while (end < n && anglesDeg[order[end]] == anglesDeg[order[start]]) end++;
            double here = anglesDeg[order[start]];
            double before = start > 0 ? here - anglesDeg[order[start - 1]] : anglesDeg[order[end]] - here;
            double after = end < n ? anglesDeg[order[end]] - here : here - anglesDeg[order[start - 1]];
            for (int i = start; i < end; i++) ranges[order[i]] = Math.toRadians((before + after) / 2) / (end - start);
            start = end;
        }
        return ranges;
    }
}
