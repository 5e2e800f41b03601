package sinterj.denoise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.denoise.NoiseEstimate.Kind;
import sinterj.denoise.NoiseEstimate.Known;
import sinterj.image.Volume;
import sinterj.trial.Threads;

class NoiseEstimateTest {
    private static final int SIZE = 160;

    private static NoiseEstimate estimate(List<float[]> planes, int size, Kind kind, Known known) {
        return NoiseEstimate.of(List.of(Phantom.volume(planes, size, size)), kind, known, Progress.SILENT);
    }

    private static NoiseEstimate auto(List<float[]> planes) {
        return estimate(planes, SIZE, Kind.AUTO, Known.nothing());
    }

    /** A small read noise below a large gain cannot be seen; what it does to the noise can. */
    private static void assertSameNoise(NoiseModel expected, NoiseEstimate found, double background, double bright) {
        assertEquals(expected.gain(), found.model().gain(), 0.05 * expected.gain(), "gain");
        for (double electrons : new double[] {background, bright / 2, bright}) {
            double value = expected.gain() * electrons + expected.offset();
            double sd = Math.sqrt(expected.variance(value));
            assertEquals(sd, Math.sqrt(found.model().variance(value)), 0.05 * sd, "sd at " + electrons + " electrons");
        }
        double tolerance = Math.max(0.05 * expected.readNoise(), 3 * found.readNoiseError());
        assertEquals(expected.readNoise(), found.model().readNoise(), tolerance, "read noise");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0", "1, .5", "1, 1", "1, 2", "1, 3", "2.5, 0", "2.5, .5", "2.5, 1", "2.5, 2", "2.5, 3", "10, 0", "10, .5",
        "10, 1", "10, 2", "10, 3"
    })
    void gainAndReadNoiseAreFoundWithinFivePercent(double gain, double readNoise) {
        NoiseModel model = new NoiseModel(gain, 0, readNoise);
        assertSameNoise(model, auto(Phantom.scenes(12, SIZE, 0.5, 25, model, 40)), 0.5, 25);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, .3", "2.5, .5", "10, 2"})
    void theyAreFoundBelowOneElectronAPixel(double gain, double readNoise) {
        NoiseModel model = new NoiseModel(gain, 0, readNoise);
        assertSameNoise(model, auto(Phantom.scenes(24, SIZE, 0.03, 0.9, model, 3)), 0.03, 0.9);
    }

    @Test
    void theyAreFoundAtManyElectrons() {
        NoiseModel model = new NoiseModel(1, 0, 3);
        assertSameNoise(model, auto(Phantom.scenes(12, SIZE, 4, 250, model, 9)), 4, 250);
    }

    @Test
    void theyAreFoundInTheTiltSeriesOfThePhantom() {
        NoiseEstimate one = estimate(Phantom.planes("cu24_128_noisy.mrc", 1), 128, Kind.AUTO, Known.nothing());
        assertSameNoise(new NoiseModel(1, 0, 0.5), one, 0.3, 12);
        NoiseEstimate dark = estimate(Phantom.planes("cu24_256_noisy_x50.mrc", 1), 256, Kind.AUTO, Known.nothing());
        assertSameNoise(new NoiseModel(50, 0, 25), dark, 0.06, 3);
    }

    @Test
    void allTimePointsArePooled() {
        List<float[]> planes = Phantom.planes("cu24_4d_64_noisy_x50.mrc", 1);
        List<Volume> frames = new ArrayList<>();
        for (int t = 0; t < 18; t++) frames.add(Phantom.volume(planes.subList(41 * t, 41 * t + 41), 64, 64));
        NoiseEstimate all = NoiseEstimate.of(frames, Kind.AUTO, Known.nothing(), Progress.SILENT);
        assertSameNoise(new NoiseModel(50, 0, 25), all, 0.3, 12);
        NoiseEstimate one = NoiseEstimate.of(frames.subList(0, 1), Kind.AUTO, Known.nothing(), Progress.SILENT);
        assertTrue(all.gainError() < 0.5 * one.gainError(), all.gainError() + " against " + one.gainError());
    }

    @Test
    void anOffsetIsFoundWhereThereIsNoReadNoise() {
        NoiseModel model = new NoiseModel(2.5, 516, 0);
        NoiseEstimate found = auto(Phantom.scenes(12, SIZE, 0.5, 25, model, 40));
        assertEquals(2.5, found.model().gain(), 0.125);
        assertEquals(516, found.model().offset(), 4 * found.offsetError() + 0.02);
    }

    @Test
    void whatIsGivenIsKept() {
        List<float[]> planes = Phantom.scenes(12, SIZE, 0.5, 25, new NoiseModel(2.5, 516, 2), 40);
        Known offset = new Known(Double.NaN, 516, Double.NaN);
        NoiseEstimate byOffset = estimate(planes, SIZE, Kind.AUTO, offset);
        assertEquals(516, byOffset.model().offset());
        assertEquals(2, byOffset.model().readNoise(), 0.1);
        assertEquals(2.5, byOffset.model().gain(), 0.125);
        NoiseModel byReadNoise = estimate(planes, SIZE, Kind.POISSON_GAUSSIAN, new Known(Double.NaN, Double.NaN, 2))
                .model();
        assertEquals(2, byReadNoise.readNoise());
        assertEquals(516, byReadNoise.offset(), 0.3);
        NoiseModel byPoint = estimate(planes, SIZE, Kind.POISSON_GAUSSIAN, new Known(Double.NaN, 516, 2))
                .model();
        assertEquals(2.5, byPoint.gain(), 0.125);
        NoiseModel byGain = estimate(planes, SIZE, Kind.AUTO, new Known(2.5, 516, Double.NaN))
                .model();
        assertEquals(2.5, byGain.gain());
        assertEquals(2, byGain.readNoise(), 0.1);
        NoiseModel all = estimate(planes, SIZE, Kind.AUTO, new Known(7, 8, 9)).model();
        assertEquals(new NoiseModel(7, 8, 9), all);
    }

    @ParameterizedTest
    @CsvSource({"0.4", "3", "20"})
    void gaussianNoiseIsFoundWithinFivePercent(double sigma) {
        NoiseModel model = NoiseModel.gaussian(sigma);
        List<float[]> planes = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            float[] scene = Phantom.scene(SIZE, SIZE, 20, 60, k);
            float[] noise = Phantom.noisy(new float[SIZE * SIZE], model, 5 + k);
            for (int i = 0; i < scene.length; i++) scene[i] += noise[i];
            planes.add(scene);
        }
        NoiseModel found =
                estimate(planes, SIZE, Kind.GAUSSIAN, Known.nothing()).model();
        assertTrue(found.isGaussian());
        assertEquals(sigma, found.readNoise(), 0.05 * sigma);
        double sd = Math.sqrt(auto(planes).model().variance(40));
        assertEquals(sigma, sd, 0.05 * sigma, "auto");
    }

    @Test
    void theErrorsAreAsLargeAsTheScatterOverRepetitions() {
        NoiseModel model = new NoiseModel(1, 0, 0.5);
        double scatter = 0;
        double said = 0;
        int repetitions = 24;
        for (int r = 0; r < repetitions; r++) {
            NoiseEstimate found = auto(Phantom.scenes(2, SIZE, 0.5, 25, model, 100 + 10 * r));
            scatter += Math.pow(found.model().gain() - 1, 2) / repetitions;
            said += Math.pow(found.gainError(), 2) / repetitions;
        }
        double ratio = Math.sqrt(said / scatter);
        assertTrue(ratio > 0.6 && ratio < 1.7, "errors are " + ratio + " times the scatter");
    }

    @Test
    void greyValuesInOtherUnitsGiveTheSameNoiseInThoseUnits() {
        List<float[]> planes = Phantom.scenes(6, SIZE, 0.5, 25, new NoiseModel(1, 0, 0.5), 40);
        NoiseModel one = auto(planes).model();
        List<float[]> other = planes.stream()
                .map(p -> {
                    float[] q = p.clone();
                    for (int i = 0; i < q.length; i++) q[i] = 8 * q[i];
                    return q;
                })
                .toList();
        NoiseModel eight = auto(other).model();
        assertEquals(8 * one.gain(), eight.gain(), 1e-4 * eight.gain());
        assertEquals(8 * one.readNoise(), eight.readNoise(), 1e-4 * eight.readNoise());
    }

    @Test
    void hotPixelsAndDeadImagesChangeNothingMuch() {
        NoiseModel model = new NoiseModel(1, 0, 0.5);
        List<float[]> planes = Phantom.scenes(12, SIZE, 0.5, 25, model, 40);
        for (float[] plane : planes) {
            for (int i = 37; i < plane.length; i += 971) plane[i] = 5000;
        }
        planes.add(new float[SIZE * SIZE]);
        assertSameNoise(model, auto(planes), 0.5, 25);
    }

    @Test
    void saturatedPlacesAreLeftOut() {
        NoiseModel model = new NoiseModel(1, 0, 0.5);
        List<float[]> planes = Phantom.scenes(12, SIZE, 0.5, 25, model, 40);
        for (float[] plane : planes) {
            for (int i = 0; i < plane.length; i++) plane[i] = i % SIZE < 60 ? 30 : Math.min(30, plane[i]);
        }
        assertEquals(1, auto(planes).model().gain(), 0.05);
    }

    @Test
    void theNumberOfThreadsChangesNoBit() {
        List<float[]> planes = Phantom.scenes(5, SIZE, 0.5, 25, new NoiseModel(1, 0, 0.5), 40);
        List<Volume> frames = List.of(Phantom.volume(planes, SIZE, SIZE));
        NoiseEstimate one = NoiseEstimate.of(frames, Kind.AUTO, Known.nothing(), new Threads(1));
        assertEquals(one, NoiseEstimate.of(frames, Kind.AUTO, Known.nothing(), new Threads(4)));
    }

    @Test
    void imagesThatTellNothingAreRefused() {
        List<float[]> one = List.of(new float[] {3});
        InvalidInput small = assertThrows(InvalidInput.class, () -> estimate(one, 1, Kind.AUTO, Known.nothing()));
        assertTrue(small.getMessage().contains("too small"), small.getMessage());
        List<float[]> zeros = List.of(new float[SIZE * SIZE]);
        assertThrows(InvalidInput.class, () -> auto(zeros));
        List<float[]> flat = List.of(Phantom.noisy(new float[SIZE * SIZE], NoiseModel.gaussian(2), 1));
        InvalidInput gain =
                assertThrows(InvalidInput.class, () -> estimate(flat, SIZE, Kind.POISSON_GAUSSIAN, Known.nothing()));
        assertTrue(gain.getMessage().contains("gain"), gain.getMessage());
    }
}
