package sinterj.tomo;

import java.util.Arrays;
import org.jtransforms.fft.DoubleFFT_1D;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * Weighted back-projection: each projection is filtered across the tilt axis, then smeared back along its rays. Fast
 * and linear; noise and the missing wedge show in full (Radermacher 2006, doi:10.1007/978-0-387-69008-7_9).
 *
 * <p>The ramp is that of the band-limited kernel in real space (Kak and Slaney 1988, section 3.3), so that a constant
 * offset does not appear. Each projection counts by the angle to its neighbours. Angles of a full half turn give the
 * density; fewer give less.
 *
 * <p>Cost: about that of one back-projection.
 */
public final class WeightedBackProjection {
    private WeightedBackProjection() {}

    /** How the ramp ends at high frequencies. */
    public enum Filter {
        /** As it is: sharp and noisy. */
        RAMP,
        /** Falls to zero as a raised cosine. */
        HANN
    }

    /**
     * Reconstructs a volume.
     *
     * @param data projections as rows; not changed
     * @param lower smallest value
     * @param upper largest value
     * @return the volume as rows
     */
    public static float[][] reconstruct(
            Geometry geometry, float[][] data, Filter filter, float lower, float upper, Progress progress) {
        progress.report(0, "Filtering");
        float[][] filtered = filtered(geometry, data, filter, progress);
        progress.report(0.4, "Back-projecting");
        BackProjector back = BackProjector.interpolating(geometry, angleShares(geometry.anglesDeg()), progress);
        float[][] volume = RowImages.zeros(geometry.voxelRows(), data[0].length);
        back.backProject(filtered, volume, progress);
        for (float[] row : volume) VolumeKernels.clip(row, lower, upper);
        progress.report(1, "Back-projecting");
        return volume;
    }

    private static float[][] filtered(Geometry geometry, float[][] data, Filter filter, Progress progress) {
        int size = Integer.highestOneBit(Math.max(32, 2 * geometry.rays() - 1)) * 2;
        double[] response = response(size, filter);
        int length = data[0].length;
        float[][] filtered = RowImages.zeros(data.length, length);
        Parallel.forEach(progress, geometry.tilts(), a -> {
            DoubleFFT_1D fft = new DoubleFFT_1D(size);
            double[] line = new double[size];
            int first = a * geometry.rays();
            for (int y = 0; y < length; y++) {
                Arrays.fill(line, 0);
                for (int u = 0; u < geometry.rays(); u++) line[u] = data[first + u][y];
                fft.realForward(line);
                line[0] *= response[0];
                line[1] *= response[size / 2]; // JTransforms packs the highest frequency here
                for (int k = 1; k < size / 2; k++) {
                    line[2 * k] *= response[k];
                    line[2 * k + 1] *= response[k];
                }
                fft.realInverse(line, true);
                for (int u = 0; u < geometry.rays(); u++) filtered[first + u][y] = (float) line[u];
            }
        });
        return filtered;
    }

    /** The filter at the frequencies 0 .. size / 2. */
    static double[] response(int size, Filter filter) {
        double[] kernel = new double[size];
        kernel[0] = 0.25;
        for (int i = 1; i < size / 2; i += 2) {
            kernel[i] = -1 / (Math.PI * Math.PI * i * i);
            kernel[size - i] = kernel[i];
        }
        new DoubleFFT_1D(size).realForward(kernel);
        double[] response = new double[size / 2 + 1];
        for (int k = 0; k <= size / 2; k++) {
            double ramp = k == size / 2 ? kernel[1] : kernel[2 * k];
            response[k] = filter == Filter.HANN ? ramp * 0.5 * (1 + Math.cos(2 * Math.PI * k / size)) : ramp;
        }
        return response;
    }

    /**
     * The angle that each projection stands for, in radians: half the way to its neighbours on both sides, modulo half
     * a turn; across the missing wedge, as far as on the other side.
     */
    static double[] angleShares(double[] anglesDeg) {
        int n = anglesDeg.length;
        double[] shares = new double[n];
        Integer[] order = new Integer[n];
        double[] folded = new double[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
            folded[i] = anglesDeg[i] - 180 * Math.floor(anglesDeg[i] / 180);
        }
        if (n == 1) return new double[] {Math.PI};
        Arrays.sort(order, (i, j) -> Double.compare(folded[i], folded[j]));
        double[] gap = new double[n]; // from the angle in this place to the next
        int widest = 0;
        for (int k = 0; k < n; k++) {
            gap[k] = folded[order[(k + 1) % n]] - folded[order[k]] + (k == n - 1 ? 180 : 0);
            if (gap[k] > gap[widest]) widest = k;
        }
        double usual = Arrays.stream(gap).sorted().toArray()[n / 2];
        boolean wedge = gap[widest] > 1.5 * usual;
        for (int k = 0; k < n; k++) {
            int last = (k + n - 1) % n;
            double after = wedge && k == widest ? gap[last] : gap[k];
            double before = wedge && last == widest ? gap[k] : gap[last];
            shares[order[k]] = Math.toRadians((before + after) / 2);
        }
        return shares;
    }
}
