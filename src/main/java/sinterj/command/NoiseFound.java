package sinterj.command;

import java.util.List;
import sinterj.base.Progress;
import sinterj.denoise.DetectorNoise;
import sinterj.denoise.NoiseEstimate;

/**
 * The noise that a series is denoised with: what the user gave, and what was estimated in its place.
 *
 * @param noise of the detector
 * @param gainError standard error of the gain; 0 if it was given or is not used
 * @param readNoiseError standard error of the read noise; 0 if it was given
 */
record NoiseFound(DetectorNoise noise, double gainError, double readNoiseError) {
    static NoiseFound of(
            List<float[]> planes, int width, int height, DenoiseTiltSeries.Settings settings, Progress progress) {
        boolean gaussian = settings.noise() == DenoiseTiltSeries.Noise.GAUSSIAN;
        if (gaussian && settings.sigma().isNumber()) {
            return new NoiseFound(DetectorNoise.gaussian(settings.sigma().number()), 0, 0);
        }
        if (settings.gain().isNumber()
                && settings.offset().isNumber()
                && settings.sigma().isNumber()
                && !gaussian) {
            return new NoiseFound(
                    new DetectorNoise(
                            settings.gain().number(),
                            settings.offset().number(),
                            settings.sigma().number()),
                    0,
                    0);
        }
        progress.report(0, "Estimating noise");
        NoiseEstimate estimate = NoiseEstimate.of(planes, width, height, progress);
        boolean counts = settings.noise() == DenoiseTiltSeries.Noise.POISSON_GAUSSIAN
                || settings.gain().isNumber()
                || estimate.isPoissonGaussian();
        return gaussian || !counts ? gaussian(estimate, settings) : counting(estimate, settings);
    }

    private static NoiseFound gaussian(NoiseEstimate estimate, DenoiseTiltSeries.Settings settings) {
        boolean given = settings.sigma().isNumber();
        double sigma = settings.sigma().orElse(estimate.sigma());
        return new NoiseFound(DetectorNoise.gaussian(sigma), 0, given ? 0 : estimate.sigmaError());
    }

    private static NoiseFound counting(NoiseEstimate estimate, DenoiseTiltSeries.Settings settings) {
        DetectorNoise noise = estimate.detector(
                settings.gain().orElse(Double.NaN),
                settings.offset().orElse(Double.NaN),
                settings.sigma().orElse(Double.NaN));
        double read = noise.readNoise();
        // A read noise of 0 has no error by propagation; then its variance's error says how large it may be.
        double error = read * read > estimate.floorError()
                ? estimate.floorError() / (2 * read)
                : Math.sqrt(estimate.floorError());
        return new NoiseFound(
                noise,
                settings.gain().isNumber() ? 0 : estimate.slopeError(),
                settings.sigma().isNumber() ? 0 : error);
    }
}
