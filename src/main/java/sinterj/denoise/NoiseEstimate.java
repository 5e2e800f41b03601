package sinterj.denoise;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;

/**
 * The noise of a detector, estimated from its images: the variance of a pixel grows with its value as {@code slope *
 * value + floor}. All images of a series are pooled, since one detector took them. At most two million pixels are used,
 * evenly spread.
 *
 * <p>The variance at a level is the mean square of a detail filter that answers neither to slopes nor to most
 * curvature; mean squares stay right where most pixels hold no count at all, where a median does not. The line is fitted
 * with weights that distrust levels whose variance structure has raised.
 *
 * <p>Source: the model of Foi, Trimeche, Katkovnik and Egiazarian 2008, doi:10.1109/TIP.2008.2001399; we depart in the
 * detail filter and in sorting by pixels that the detail does not use.
 *
 * @param slope variance per grey value: the gain
 * @param slopeError standard error of the slope, by bootstrap
 * @param floor variance at grey value 0; negative if the detector has an offset
 * @param floorError standard error of the floor, by bootstrap
 * @param sigma standard deviation if it were the same everywhere, from the median of the details
 * @param sigmaError standard error of sigma
 * @param dark level of the darkest parts
 */
public record NoiseEstimate(
        double slope,
        double slopeError,
        double floor,
        double floorError,
        double sigma,
        double sigmaError,
        double dark) {
    private static final int RESAMPLES = 100;

    /** Smallest width and height from which noise can be estimated. */
    public static final int SMALLEST = 12;

    /**
     * Estimates the noise of a stack.
     *
     * @param planes images of {@code width * height} finite values; not changed
     * @throws InvalidInput if the images are smaller than {@link #SMALLEST}
     */
    public static NoiseEstimate of(List<float[]> planes, int width, int height, Progress progress) {
        if (width < SMALLEST || height < SMALLEST) {
            throw new InvalidInput("Noise: " + width + " x " + height + " pixels are too few to estimate it from. Give"
                    + " noise=gaussian and sigma, or images of at least " + SMALLEST + " x " + SMALLEST + " pixels.");
        }
        NoiseSamples samples = new NoiseSamples(planes, width, height, progress);
        double[][] whole = new double[NoiseSamples.BINS][3];
        for (double[][] group : samples.sums) addTo(whole, group);
        double[] line = line(whole);
        double[] spread = bootstrap(samples, progress);
        float[] details = samples.details;
        Arrays.sort(details);
        double sigma = details[details.length / 2] / 0.6744898;
        double dark = 0;
        for (int b = NoiseSamples.BINS - 1; b >= 0; b--) if (whole[b][0] > 0) dark = whole[b][1] / whole[b][0];
        // The median of n independent values; neighbours share pixels, about a fifth counts.
        double sigmaError = 1.167 * sigma / Math.sqrt(Math.max(1, details.length / 5.0));
        return new NoiseEstimate(line[0], spread[0], line[1], spread[1], sigma, sigmaError, dark);
    }

    private static void addTo(double[][] sum, double[][] part) {
        for (int b = 0; b < sum.length; b++) for (int i = 0; i < 3; i++) sum[b][i] += part[b][i];
    }

    /** Fits slope and floor to variance against level; bins by how far they stray count less. */
    private static double[] line(double[][] bins) {
        double[] trust = new double[bins.length];
        Arrays.fill(trust, 1);
        double[] line = {0, 1};
        for (int pass = 0; pass < 8; pass++) {
            double[] weights = new double[bins.length];
            for (int b = 0; b < bins.length; b++) {
                if (bins[b][0] < 50) continue;
                double expected = pass == 0 ? bins[b][2] / bins[b][0] : expected(line, bins[b]);
                if (expected > 0) weights[b] = trust[b] * bins[b][0] / (expected * expected);
            }
            line = weighted(bins, weights);
            trust(bins, line, trust);
        }
        return line;
    }

    private static double expected(double[] line, double[] bin) {
        double fitted = line[0] * bin[1] / bin[0] + line[1];
        return Math.max(fitted, 0.1 * bin[2] / bin[0]);
    }

    private static double[] weighted(double[][] bins, double[] weights) {
        double sw = 0;
        double sm = 0;
        double sv = 0;
        for (int b = 0; b < bins.length; b++) {
            if (weights[b] == 0) continue;
            sw += weights[b];
            sm += weights[b] * bins[b][1] / bins[b][0];
            sv += weights[b] * bins[b][2] / bins[b][0];
        }
        if (sw == 0) return new double[] {0, 0};
        double mm = 0;
        double mv = 0;
        for (int b = 0; b < bins.length; b++) {
            if (weights[b] == 0) continue;
            double m = bins[b][1] / bins[b][0] - sm / sw;
            mm += weights[b] * m * m;
            mv += weights[b] * m * (bins[b][2] / bins[b][0] - sv / sw);
        }
        double slope = mm > 0 ? mv / mm : 0;
        return new double[] {slope, (sv - slope * sm) / sw};
    }

    /** Cauchy weights of the deviations, each in units of its own standard error or the common spread if larger. */
    private static void trust(double[][] bins, double[] line, double[] trust) {
        double[] strays = new double[bins.length];
        double[] sizes = new double[bins.length];
        int n = 0;
        for (int b = 0; b < bins.length; b++) {
            if (bins[b][0] < 50) continue;
            double expected = expected(line, bins[b]);
            // Details of neighbours share pixels: about a third of them count as independent.
            strays[b] = (bins[b][2] / bins[b][0] / expected - 1) / Math.sqrt(6 / bins[b][0]);
            sizes[n++] = Math.abs(strays[b]);
        }
        double[] sorted = Arrays.copyOf(sizes, n);
        Arrays.sort(sorted);
        double common = Math.max(1, n == 0 ? 1 : sorted[n / 2] / 0.6745);
        for (int b = 0; b < bins.length; b++) {
            double t = strays[b] / (2.4 * common);
            trust[b] = 1 / (1 + t * t);
        }
    }

    private static double[] bootstrap(NoiseSamples samples, Progress progress) {
        SplittableRandom random = new SplittableRandom(20240601);
        double[][] lines = new double[RESAMPLES][];
        for (int r = 0; r < RESAMPLES; r++) {
            progress.check();
            double[][] sum = new double[NoiseSamples.BINS][3];
            for (int g = 0; g < NoiseSamples.GROUPS; g++) {
                addTo(sum, samples.sums[random.nextInt(NoiseSamples.GROUPS)]);
            }
            lines[r] = line(sum);
        }
        return new double[] {deviation(lines, 0), deviation(lines, 1)};
    }

    private static double deviation(double[][] lines, int i) {
        double mean = Arrays.stream(lines).mapToDouble(l -> l[i]).sum() / lines.length;
        double sum = Arrays.stream(lines)
                .mapToDouble(l -> (l[i] - mean) * (l[i] - mean))
                .sum();
        return Math.sqrt(sum / (lines.length - 1));
    }

    /** Whether the variance grows with the value beyond doubt. */
    public boolean isPoissonGaussian() {
        return slope > 0 && slope > 4 * slopeError;
    }

    /**
     * The detector, with what is known of it put in place of what is estimated.
     *
     * @param gain grey values per count; NaN for the slope
     * @param offset grey value without a count; NaN for 0, or the darkest level if variance says that there is one
     * @param readNoise standard deviation in grey values; NaN for what the floor leaves
     * @throws InvalidInput if there is no gain
     */
    public DetectorNoise detector(double gain, double offset, double readNoise) {
        double a = Double.isNaN(gain) ? slope : gain;
        if (!(a > 0)) {
            throw new InvalidInput("Noise: its variance does not grow with the grey value (slope " + a
                    + "). Use noise=gaussian, or give the gain.");
        }
        double b = Double.isNaN(gain) ? floor : floor + (slope - gain) * dark;
        double g = offset;
        if (Double.isNaN(g)) g = b > -3 * floorError ? 0 : Math.max(-b / a, dark);
        double read = Double.isNaN(readNoise) ? Math.sqrt(Math.max(0, b + a * g)) : readNoise;
        return new DetectorNoise(a, g, read);
    }
}
