package sinterj.denoise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnscombeTest {
    private static final double[] COUNTS = {0.2, 0.5, 1, 2, 3.5, 7, 12, 25, 50};

    /** Mean and standard deviation of the transformed values of many pixels with one expected count. */
    private static double[] meanAndSd(Anscombe transform, NoiseModel model, double electrons, int pixels, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < pixels; i++) {
            double grey = model.gain() * Phantom.poisson(electrons, random)
                    + model.offset()
                    + model.readNoise() * random.nextGaussian();
            double f = transform.forward(grey);
            sum += f;
            squares += f * f;
        }
        double mean = sum / pixels;
        return new double[] {mean, Math.sqrt(squares / pixels - mean * mean)};
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "1, 0, .5", "1, 0, 1", "1, 0, 3", "2.5, 516, 1", "10, -20, 4"})
    void theInverseOfTheMeanIsTheExpectedCountWithoutBias(double gain, double offset, double readNoise) {
        NoiseModel model = new NoiseModel(gain, offset, readNoise);
        Anscombe transform = new Anscombe(model);
        int pixels = 200_000;
        for (double electrons : COUNTS) {
            double[] f = meanAndSd(transform, model, electrons, pixels, 11);
            double found = (transform.inverse(f[0]) - offset) / gain;
            // the slope of lambda over the mean of f is about f / 2
            double standardError = f[1] / Math.sqrt(pixels) * Math.max(1, f[0] / 2);
            assertEquals(electrons, found, 0.01 * electrons + 3 * standardError, "at " + electrons + " electrons");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 2, 9, 30})
    void theNoiseIsOneEverywhereFromAFewElectronsUp(double readNoise) {
        NoiseModel model = new NoiseModel(1, 0, readNoise);
        Anscombe transform = new Anscombe(model);
        for (double electrons : new double[] {4, 10, 40, 300}) {
            double sd = meanAndSd(transform, model, electrons, 100_000, 5)[1];
            assertEquals(1, sd, 0.04, "at " + electrons + " electrons");
        }
    }

    /** E[f] by brute force: a sum over counts of fine Riemann sums over the read noise. */
    private static double slowMean(double lambda, double s) {
        double mean = 0;
        double probability = Math.exp(-lambda);
        for (int k = 0; k < lambda + 12 * Math.sqrt(lambda) + 30; k++) {
            int steps = s == 0 ? 1 : 20_000;
            double f = 0;
            for (int i = 0; i < steps; i++) {
                double t = s == 0 ? 0 : -8 + 16 * (i + 0.5) / steps;
                double weight = s == 0 ? 1 : Math.exp(-t * t / 2) / Math.sqrt(2 * Math.PI) * 16 / steps;
                f += weight * 2 * Math.sqrt(Math.max(0, k + s * t + 0.375 + s * s));
            }
            mean += probability * f;
            probability *= lambda / (k + 1);
        }
        return mean;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.6, 2, 6})
    void theTableAgreesWithBruteForce(double readNoise) {
        Anscombe transform = new Anscombe(new NoiseModel(1, 0, readNoise));
        for (double lambda : new double[] {0.01, 0.2, 1, 3, 20, 90}) {
            assertEquals(lambda, transform.inverse(slowMean(lambda, readNoise)), 1e-4 * Math.max(1, lambda));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 3, 9.9, 10.1, 50})
    void theInverseRisesWithoutAJump(double readNoise) {
        Anscombe transform = new Anscombe(new NoiseModel(1, 0, readNoise));
        double before = transform.inverse(0);
        assertEquals(0, before);
        for (double f = 0; f < 200; f += 0.003) {
            double now = transform.inverse(f);
            assertTrue(now >= before && now - before < 0.003 * f / 2 + 0.004, "from " + before + " to " + now);
            before = now;
        }
    }

    @Test
    void manyElectronsComeBackAsTheyWere() {
        Anscombe transform = new Anscombe(new NoiseModel(3, 100, 5));
        for (double grey : new double[] {5e3, 6e4, 1e6}) {
            // E[f] lies below f(E) by one part in four times the count
            assertEquals(grey, transform.inverse(transform.forward(grey)), 3 * 0.3);
        }
    }

    @Test
    void gaussianNoiseIsOnlyScaled() {
        Anscombe transform = new Anscombe(NoiseModel.gaussian(4));
        assertEquals(-2.5, transform.forward(-10));
        assertEquals(-10, transform.inverse(-2.5));
    }
}
