package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Volume;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.Runner;
import sinterj.trial.Threads;

class SampleDataTest {
    private static Outputs made(Progress progress, int size, int frames, long seed) {
        SampleData.Settings settings =
                new SampleData.Settings(SampleData.Sample.IN_SITU_TILT_SERIES, size, frames, seed);
        return Runner.run(new SampleData(), Inputs.none(), settings, progress);
    }

    private static double sum(Volume volume) {
        double sum = 0;
        for (int z = 0; z < volume.depth(); z++) for (float v : volume.plane(z)) sum += v;
        return sum;
    }

    @Test
    void defaultsGiveACalibratedSeriesAndItsTruth() {
        Call<SampleData.Settings> call = Call.of(new SampleData(), Map.of());
        Outputs made = Runner.run(new SampleData(), Inputs.none(), call.settings(), Progress.SILENT);
        Frames series = made.image("tilt_series");
        Frames truth = made.image("truth");
        assertEquals(41, series.anglesDeg().length);
        assertEquals(-40, series.anglesDeg()[0]);
        assertEquals(5, series.count());
        assertEquals(12.5, series.times().interval());
        assertEquals(2, series.first().size().xNm());
        assertEquals(2, truth.first().size().xNm());
        assertEquals(64, truth.first().depth());
        assertEquals(series.times(), truth.times());
    }

    @Test
    void backgroundAndCountsPerPixelPathOfTheHelpTurnCountsIntoTheMassOfTheTruth() {
        Outputs made = made(Progress.SILENT, 48, 2, 3);
        for (int t = 0; t < 2; t++) {
            Volume series = made.image("tilt_series").volumes().get(t);
            double counts = sum(series) - 1000.0 * series.count();
            double mass = sum(made.image("truth").volumes().get(t));
            // 94 464 pixels with a noise of some 250 each: 0.8 % of the mass of a 48-pixel sample, on average 0.2 %.
            assertEquals(mass, counts / 100 / 41, 0.01 * mass);
        }
    }

    @Test
    void oneThreadAndManyGiveTheSameBits() {
        Outputs one = made(new Threads(1), 20, 2, 5);
        Outputs four = made(new Threads(4), 20, 2, 5);
        for (String slot : new String[] {"tilt_series", "truth"}) {
            for (int t = 0; t < 2; t++) {
                Volume a = one.image(slot).volumes().get(t);
                Volume b = four.image(slot).volumes().get(t);
                for (int z = 0; z < a.depth(); z++) assertArrayEquals(a.plane(z), b.plane(z));
            }
        }
    }

    @Test
    void anotherSeedIsAnotherSample() {
        Volume a = made(Progress.SILENT, 20, 1, 5).image("truth").first();
        Volume b = made(Progress.SILENT, 20, 1, 6).image("truth").first();
        assertFalse(Arrays.equals(a.plane(10), b.plane(10)));
    }

    @Test
    void thePorousVolumeIsBinaryWithAQuarterOfVoidsAndConnected() {
        Call<SampleData.Settings> call = Call.of(new SampleData(), Map.of("set", "porous_volume", "size", 48));
        Outputs made = Runner.run(new SampleData(), Inputs.none(), call.settings(), Progress.SILENT);
        Volume volume = made.image("volume").first();
        assertEquals(48, volume.width());
        assertEquals(32, volume.depth());
        assertEquals("nm", volume.size().unit());
        assertEquals(30, volume.size().z());
        assertFalse(made.has("truth"));
        assertEquals(0.75 * 255, sum(volume) / volume.count(), 0.5);
        Outputs again = Runner.run(new SampleData(), Inputs.none(), call.settings(), new Threads(4));
        assertArrayEquals(volume.plane(9), again.image("volume").first().plane(9));
    }

    @Test
    void anUnknownSetIsRefusedWithTheWordsAllowed() {
        InvalidInput e = assertThrows(InvalidInput.class, () -> Call.of(new SampleData(), Map.of("set", "in-situ")));
        assertTrue(e.getMessage().contains("in_situ_tilt_series"), e.getMessage());
    }

    @Test
    void cancellingMakesNothing() {
        Progress cancelled = new Progress() {
            @Override
            public void report(double fraction, String what) {}

            @Override
            public void check() {
                throw new CancellationException();
            }
        };
        assertThrows(CancellationException.class, () -> made(cancelled, 20, 1, 5));
    }
}
