package sinterj.denoise;

import sinterj.base.InvalidInput;

/**
 * The noise of a detector: a pixel is {@code gain * Poisson(mean) + Normal(offset, readNoise)}, so its variance is
 * {@code gain * (value - offset) + readNoise^2}. With a gain of 0 the noise is Gaussian and the same everywhere.
 *
 * @param gain grey values per count, at least 0
 * @param offset grey value without a count
 * @param readNoise standard deviation in grey values, at least 0
 */
public record DetectorNoise(double gain, double offset, double readNoise) {
    public DetectorNoise {
        if (!(gain >= 0) || !(readNoise >= 0) || !Double.isFinite(gain + offset + readNoise)) {
            throw new InvalidInput("Noise: gain " + gain + ", offset " + offset + ", read noise " + readNoise
                    + " is no detector. Give a gain and a read noise from 0 on, in grey values.");
        }
    }

    /** Gaussian noise, the same everywhere. */
    public static DetectorNoise gaussian(double sigma) {
        return new DetectorNoise(0, 0, sigma);
    }

    /** Variance of a pixel whose expected grey value is given. */
    public double variance(double expected) {
        return gain * Math.max(0, expected - offset) + readNoise * readNoise;
    }
}
