package sinterj.math;

import java.util.Arrays;
import java.util.List;

/**
 * Finds by how much one image of one to three dimensions is shifted against another: the highest point of their
 * band-passed cross-correlation, found on a grid and then exactly, by Newton's method on the trigonometric polynomial
 * that the correlation is. Only the frequencies that the band lets pass are kept, so many spectra fit into memory.
 *
 * <p>Images are tapered towards their borders and padded with zeros, so that nothing wraps around. Cost: one transform
 * an image, and one small transform a pair.
 */
public final class ShiftFinder {
    /** The low-pass has fallen to this where frequencies are left out. */
    private static final double CUT_OFF = 0.01;

    private static final int NEWTON_STEPS = 20;

    private final int[] size;
    private final int[] padded;
    private final int[] half;
    private final double[][] taper;
    private final double lowPass;
    private final double highPass;

    /**
     * @param size one to three sides
     * @param lowPass standard deviation in pixels of the Gaussian that smooths both images, 0.5 or more
     * @param highPass standard deviation in pixels of the Gaussian whose smoothed image is subtracted
     * @param taper part of each side, at either end, over which the image fades to 0
     * @param reach largest shift that will be asked for, in pixels
     */
    public ShiftFinder(int[] size, double lowPass, double highPass, double taper, double reach) {
        this.size = Arrays.copyOf(size, 3);
        for (int d = size.length; d < 3; d++) this.size[d] = 1;
        this.lowPass = lowPass;
        this.highPass = highPass;
        padded = new int[3];
        half = new int[3];
        this.taper = new double[3][];
        double highest = Math.sqrt(-Math.log(CUT_OFF) / 2) / Math.PI / lowPass;
        for (int d = 0; d < 3; d++) {
            int n = this.size[d];
            padded[d] = n == 1 ? 1 : Fourier.smooth(n + (int) Math.ceil(Math.min(n, reach)));
            half[d] = Math.min((padded[d] - 1) / 2, (int) Math.ceil(highest * padded[d]));
            this.taper[d] = taper(n, taper);
        }
    }

    /** Rises from 0 to 1 as a cosine, and falls likewise at the end. */
    private static double[] taper(int n, double part) {
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            double inside = (Math.min(i, n - 1 - i) + 0.5) / Math.max(1e-9, part * n);
            weights[i] = n == 1 || inside >= 1 ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * inside);
        }
        return weights;
    }

    /**
     * The part of an image's spectrum that the band lets pass.
     *
     * @param block pairs of numbers by frequency, from the lowest (negative) to the highest along each side
     * @param norm square root of the sum of their squares
     */
    public record Spectrum(double[] block, double norm) {}

    /**
     * How an image lies against another.
     *
     * @param by shift of the second against the first, in pixels, x first
     * @param height correlation coefficient of the band-passed images there, at most 1
     */
    public record Shift(double[] by, double height) {}

    /** Transforms an image; x fastest. It is not changed. */
    public Spectrum spectrum(float[] image) {
        double[] whole = new double[2 * padded[0] * padded[1] * padded[2]];
        int from = 0;
        for (int z = 0; z < size[2]; z++) {
            for (int y = 0; y < size[1]; y++) {
                int to = 2 * padded[0] * (y + padded[1] * z);
                double weight = taper[2][z] * taper[1][y];
                for (int x = 0; x < size[0]; x++) whole[to + 2 * x] = weight * taper[0][x] * image[from++];
            }
        }
        new Fourier(padded).forward(whole);
        double[] block = new double[2 * (2 * half[0] + 1) * (2 * half[1] + 1) * (2 * half[2] + 1)];
        double squares = 0;
        int i = 0;
        for (int fz = -half[2]; fz <= half[2]; fz++) {
            for (int fy = -half[1]; fy <= half[1]; fy++) {
                for (int fx = -half[0]; fx <= half[0]; fx++) {
                    int at = 2 * (index(fx, 0) + padded[0] * (index(fy, 1) + padded[1] * index(fz, 2)));
                    double pass = pass(fx, fy, fz);
                    block[i] = pass * whole[at];
                    block[i + 1] = pass * whole[at + 1];
                    squares += block[i] * block[i] + block[i + 1] * block[i + 1];
                    i += 2;
                }
            }
        }
        return new Spectrum(block, Math.sqrt(squares));
    }

    private int index(int frequency, int d) {
        return frequency < 0 ? frequency + padded[d] : frequency;
    }

    private double pass(int fx, int fy, int fz) {
        double x = (double) fx / padded[0];
        double y = (double) fy / padded[1];
        double z = (double) fz / padded[2];
        double q = 2 * Math.PI * Math.PI * (x * x + y * y + z * z);
        return Math.exp(-q * lowPass * lowPass) * -Math.expm1(-q * highPass * highPass);
    }

    /**
     * The shift of the second image against the first.
     *
     * @param limit shifts are sought up to this along each side, in pixels
     * @return 0 with height 0 if one of the two is empty
     */
    public Shift shift(Spectrum first, Spectrum second, double limit) {
        double norm = first.norm * second.norm;
        if (!(norm > 0)) return new Shift(new double[3], 0);
        double[] cross = cross(first.block, second.block);
        double[] grid = highest(cross, limit);
        CorrelationPeak peak = new CorrelationPeak(cross, half, padded);
        double[] by = peak.climb(grid, limit, NEWTON_STEPS);
        return new Shift(by, peak.value(by) / norm);
    }

    /**
     * The spectrum of an image that was shifted back.
     *
     * @param by shift along x, in pixels
     */
    public Spectrum shiftedBack(Spectrum spectrum, double by) {
        double[] block = new double[spectrum.block.length];
        int row = 2 * half[0] + 1;
        for (int i = 0; i < block.length; i += 2) {
            double phase = 2 * Math.PI * (i / 2 % row - half[0]) * by / padded[0];
            double cos = Math.cos(phase);
            double sin = Math.sin(phase);
            block[i] = spectrum.block[i] * cos - spectrum.block[i + 1] * sin;
            block[i + 1] = spectrum.block[i] * sin + spectrum.block[i + 1] * cos;
        }
        return new Spectrum(block, spectrum.norm);
    }

    /** The mean of several spectra, at least one. */
    public static Spectrum mean(List<Spectrum> spectra) {
        double[] mean = new double[spectra.get(0).block.length];
        for (Spectrum spectrum : spectra) {
            for (int i = 0; i < mean.length; i++) mean[i] += spectrum.block[i] / spectra.size();
        }
        double squares = 0;
        for (double v : mean) squares += v * v;
        return new Spectrum(mean, Math.sqrt(squares));
    }

    private static double[] cross(double[] a, double[] b) {
        double[] cross = new double[a.length];
        for (int i = 0; i < a.length; i += 2) {
            cross[i] = a[i] * b[i] + a[i + 1] * b[i + 1];
            cross[i + 1] = a[i] * b[i + 1] - a[i + 1] * b[i];
        }
        return cross;
    }

    /** The highest point on a grid of twice the density that the band needs. */
    private double[] highest(double[] cross, double limit) {
        int[] grid = new int[3];
        for (int d = 0; d < 3; d++) grid[d] = half[d] == 0 ? 1 : Fourier.smooth(4 * half[d] + 2);
        double[] values = spread(cross, grid);
        new Fourier(grid).inverse(values);
        double best = Double.NEGATIVE_INFINITY;
        double[] at = new double[3];
        for (int z = 0; z < grid[2]; z++) {
            double dz = position(z, grid, 2);
            if (Math.abs(dz) > limit) continue;
            for (int y = 0; y < grid[1]; y++) {
                double dy = position(y, grid, 1);
                if (Math.abs(dy) > limit) continue;
                for (int x = 0; x < grid[0]; x++) {
                    double dx = position(x, grid, 0);
                    double value = values[2 * (x + grid[0] * (y + grid[1] * z))];
                    if (Math.abs(dx) > limit || value <= best) continue;
                    best = value;
                    at = new double[] {dx, dy, dz};
                }
            }
        }
        return at;
    }

    private double position(int i, int[] grid, int d) {
        return (double) Fourier.frequency(i, grid[d]) * padded[d] / grid[d];
    }

    private double[] spread(double[] block, int[] grid) {
        double[] values = new double[2 * grid[0] * grid[1] * grid[2]];
        int i = 0;
        for (int fz = -half[2]; fz <= half[2]; fz++) {
            for (int fy = -half[1]; fy <= half[1]; fy++) {
                int row = Math.floorMod(fy, grid[1]) + grid[1] * Math.floorMod(fz, grid[2]);
                for (int fx = -half[0]; fx <= half[0]; fx++) {
                    int at = 2 * (Math.floorMod(fx, grid[0]) + grid[0] * row);
                    values[at] = block[i++];
                    values[at + 1] = block[i++];
                }
            }
        }
        return values;
    }
}
