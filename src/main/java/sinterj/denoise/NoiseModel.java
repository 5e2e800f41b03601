package sinterj.denoise;

import sinterj.base.InvalidInput;

/**
 * The noise of a detector: an electron (or photon) raises the grey value by {@code gain}, their number is
 * Poisson-distributed, and the electronics add Gaussian noise. A pixel whose grey value is {@code v} on average then
 * has the variance {@code gain (v - offset) + readNoise^2}. With {@code gain = 0} the noise is Gaussian everywhere.
 *
 * @param gain grey values per electron, 0 for noise that does not depend on the signal
 * @param offset grey value without any electron
 * @param readNoise standard deviation of the noise without any electron, in grey values
 */
public record NoiseModel(double gain, double offset, double readNoise) {
    public NoiseModel {
        if (!(gain >= 0 && readNoise >= 0) || Double.isInfinite(gain + readNoise) || !Double.isFinite(offset)) {
            throw new InvalidInput("Noise: gain " + gain + ", offset " + offset + " and read noise " + readNoise
                    + " make no noise model. Gain and read noise are 0 or more.");
        }
    }

    /** Noise of one standard deviation everywhere. */
    public static NoiseModel gaussian(double sigma) {
        return new NoiseModel(0, 0, sigma);
    }

    /** Whether the noise does not depend on the signal. */
    public boolean isGaussian() {
        return gain == 0;
    }

    /** Whether there is no noise at all. */
    public boolean isNoiseFree() {
        return gain == 0 && readNoise == 0;
    }

    /** Variance of a pixel whose grey value is {@code value} on average; values below the offset count as dark. */
    public double variance(double value) {
        return gain * Math.max(0, value - offset) + readNoise * readNoise;
    }
}
