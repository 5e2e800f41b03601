package sinterj.denoise;

import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Volume;

/**
 * The noise of a series of images of one detector, found from the images alone. All images of all time points are
 * pooled, since they share the detector.
 *
 * <p>Idea: a second difference along x and y together is blind to slopes and straight edges along the axes, so its
 * square is the noise variance. It is set against the local mean, and a straight line through the pairs is the noise
 * model. Pixels are sorted into bins of brightness, and busy places left out, by what is seen in a ring around them
 * only: so neither choice depends on the pixels that are measured, and the means of a bin are unbiased whatever the
 * distribution, down to far below an electron a pixel. Single outliers (hot pixels, X-ray spikes) are left out.
 *
 * <p>Only the slope (gain) and the intercept {@code readNoise^2 - gain * offset} can be seen in images. With neither
 * known, a positive intercept is taken for read noise and a negative one for an offset; a known value decides it. Noise
 * that is correlated between pixels (interpolated or binned with overlap) is underestimated. In short this follows Foi
 * et al. 2008, doi:10.1109/TIP.2008.2001399, with rings instead of a segmentation by smoothed values and moments
 * instead of medians, which fail on sparse counts.
 *
 * @param model the noise
 * @param gainError standard error of the gain, by bootstrap over parts of the images; 0 if it was given
 * @param offsetError standard error of the offset; 0 if it was given or assumed to be 0
 * @param readNoiseError standard error of the read noise; 0 if it was given or is 0
 * @param samples number of places that were measured; 0 if everything was given
 */
public record NoiseEstimate(
        NoiseModel model, double gainError, double offsetError, double readNoiseError, int samples) {
    /** A slope or a negative intercept this many times its own error is taken for one. */
    private static final double SIGNIFICANT = 4;

    /** What kind of noise is looked for. */
    public enum Kind {
        /** Poisson and Gaussian noise if the variance clearly rises with the signal, else Gaussian. */
        AUTO,
        /** One standard deviation everywhere. */
        GAUSSIAN,
        /** Poisson noise of a detector with gain, and Gaussian noise. */
        POISSON_GAUSSIAN
    }

    /**
     * What is known beforehand; NaN where it is to be found.
     *
     * @param gain grey values per electron
     * @param offset grey value without any electron
     * @param readNoise standard deviation without any electron; of all pixels, if the noise is Gaussian
     */
    public record Known(double gain, double offset, double readNoise) {
        /** Nothing is known. */
        public static Known nothing() {
            return new Known(Double.NaN, Double.NaN, Double.NaN);
        }

        /** Whether nothing is left to be found for this kind of noise. */
        boolean isAll(Kind kind) {
            return kind == Kind.GAUSSIAN
                    ? !Double.isNaN(readNoise)
                    : !Double.isNaN(gain) && !Double.isNaN(offset) && !Double.isNaN(readNoise);
        }
    }

    /**
     * Estimates the noise. Cost: one pass over the images, and at most a million samples of 20 bytes.
     *
     * @param frames time points of a series, their planes are images of one detector; not changed
     * @param kind what kind of noise to look for
     * @param known what is known beforehand and is kept as it is
     * @param progress checked once per image
     * @throws InvalidInput if the images are too small, or too uniform to tell gain from read noise
     */
    public static NoiseEstimate of(List<Volume> frames, Kind kind, Known known, Progress progress) {
        if (known.isAll(kind)) return given(kind, known);
        NoiseSamples samples = NoiseSamples.of(frames, progress);
        return switch (kind) {
            case GAUSSIAN -> gaussian(samples, progress);
            case POISSON_GAUSSIAN -> poissonGaussian(samples, known, progress);
            case AUTO -> auto(samples, known, progress);
        };
    }

    private static NoiseEstimate given(Kind kind, Known known) {
        NoiseModel model = kind == Kind.GAUSSIAN
                ? NoiseModel.gaussian(known.readNoise)
                : new NoiseModel(known.gain, known.offset, known.readNoise);
        return new NoiseEstimate(model, 0, 0, 0, 0);
    }

    private static NoiseEstimate gaussian(NoiseSamples samples, Progress progress) {
        NoiseLine line = new NoiseFit(samples).fit(NoiseLine.Fixed.gain(0), progress);
        double sigma = Math.sqrt(Math.max(0, line.intercept()));
        double error = rootError(sigma, line.errorOf(NoiseLine::intercept));
        return new NoiseEstimate(NoiseModel.gaussian(sigma), 0, 0, error, samples.count());
    }

    private static NoiseEstimate auto(NoiseSamples samples, Known known, Progress progress) {
        boolean anythingKnown = !Double.isNaN(known.gain) || !Double.isNaN(known.offset);
        if (anythingKnown) return poissonGaussian(samples, known, progress);
        NoiseLine line = new NoiseFit(samples).fit(NoiseLine.Fixed.nothing(), progress);
        return line.slope() > SIGNIFICANT * line.errorOf(NoiseLine::slope)
                ? resolved(line, known, samples.count())
                : gaussian(samples, progress);
    }

    private static NoiseEstimate poissonGaussian(NoiseSamples samples, Known known, Progress progress) {
        NoiseLine line = new NoiseFit(samples).fit(fixed(known), progress);
        if (!(line.slope() > 2 * line.errorOf(NoiseLine::slope))) {
            throw new InvalidInput(
                    "Noise: the variance does not rise with the brightness in these images, so the gain cannot be"
                            + " found. Give gain=... in grey values per electron, or use noise=gaussian.");
        }
        return resolved(line, known, samples.count());
    }

    private static NoiseLine.Fixed fixed(Known known) {
        if (!Double.isNaN(known.gain)) return NoiseLine.Fixed.gain(known.gain);
        if (Double.isNaN(known.offset) || Double.isNaN(known.readNoise)) return NoiseLine.Fixed.nothing();
        return NoiseLine.Fixed.point(known.offset, known.readNoise * known.readNoise);
    }

    /** Splits the intercept of the line between offset and read noise. */
    private static NoiseEstimate resolved(NoiseLine line, Known known, int samples) {
        double gainError = line.errorOf(NoiseLine::slope);
        double dark = Double.isNaN(known.readNoise) ? 0 : known.readNoise * known.readNoise;
        double offset = known.offset;
        double offsetError = 0;
        // A slightly negative intercept is within its error nothing at all.
        boolean below = line.intercept() < -SIGNIFICANT * line.errorOf(NoiseLine::intercept);
        if (Double.isNaN(offset) && (below || !Double.isNaN(known.readNoise))) {
            offset = (dark - line.intercept()) / line.slope();
            offsetError = line.errorOf(l -> (dark - l.intercept()) / l.slope());
        }
        if (Double.isNaN(offset)) offset = 0;
        if (offsetError > 0 || !Double.isNaN(known.readNoise)) {
            NoiseModel model = new NoiseModel(line.slope(), offset, Math.sqrt(dark));
            return new NoiseEstimate(model, gainError, offsetError, 0, samples);
        }
        double at = offset;
        double readNoise = Math.sqrt(Math.max(0, line.at(at)));
        double error = rootError(readNoise, line.errorOf(l -> l.at(at)));
        return new NoiseEstimate(new NoiseModel(line.slope(), at, readNoise), gainError, 0, error, samples);
    }

    /** Error of a root; near zero it is the root of the error. */
    private static double rootError(double root, double errorOfSquare) {
        return Math.min(Math.sqrt(errorOfSquare), errorOfSquare / (2 * Math.max(1e-30, root)));
    }
}
