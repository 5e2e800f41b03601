package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.TiltSeries;
import sinterj.image.Volume;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.Runner;
import sinterj.tomo.InSituSample;
import sinterj.tomo.TestData;
import sinterj.tomo.VolumeComparison;

class ReconstructTiltSeriesTest {
    private static Outputs run(TiltSeries series, Map<String, ?> settings, Progress progress) {
        ReconstructTiltSeries operation = new ReconstructTiltSeries();
        return Runner.run(
                operation,
                Inputs.of(Frames.of("series", series)),
                Call.of(operation, settings).settings(),
                progress);
    }

    private static final InSituSample SAMPLE = new InSituSample(48, 1, 3);

    private static VolumeComparison error(Map<String, ?> settings) {
        TiltSeries series = SAMPLE.projections(0, Progress.SILENT);
        Volume volume = run(series, settings, Progress.SILENT).image("volume").first();
        return new VolumeComparison(volume, SAMPLE.truth(0, Progress.SILENT));
    }

    private static Map<String, Object> settings(Object... more) {
        Map<String, Object> settings =
                new java.util.HashMap<>(Map.of("background", 1000, "counts_per_pixel_path", 100));
        for (int i = 0; i < more.length; i += 2) settings.put((String) more[i], more[i + 1]);
        return settings;
    }

    @Test
    void compressedSensingIsRightOnTheFirstTryAndBetterThanTheOthers() {
        double tv = error(settings()).error();
        double sirt = error(settings("algorithm", "sirt")).error();
        double wbp = error(settings("algorithm", "wbp", "filter", "hann")).error();
        assertTrue(tv < 0.7 * sirt, "tv " + tv + ", sirt " + sirt);
        assertTrue(sirt < wbp, "sirt " + sirt + ", wbp " + wbp);
    }

    /** Twice the counts for the same matter is the same volume: lambda follows the scale of the data. */
    @Test
    void withoutCountsPerPathTheVolumeIsRightUpToAFactor() {
        double known = error(settings()).scaledError();
        double unknown = error(Map.of("background", 1000)).scaledError();
        assertEquals(known, unknown, 0.1 * known);
    }

    @Test
    void theBackgroundIsFoundNearTheEmptyLevel() {
        assertTrue(error(Map.of("iterations", 60)).scaledError()
                < 1.5 * error(settings("iterations", 60)).scaledError());
    }

    @Test
    void limitsHold() {
        TiltSeries series = SAMPLE.projections(0, Progress.SILENT);
        for (String algorithm : new String[] {"tv", "sirt", "wbp"}) {
            Volume v = run(
                            series,
                            settings("algorithm", algorithm, "upper_bound", 0.8, "iterations", 5),
                            Progress.SILENT)
                    .image("volume")
                    .first();
            float[] sorted = VolumeComparison.sorted(v);
            assertTrue(sorted[0] >= 0, algorithm);
            assertTrue(sorted[sorted.length - 1] <= 0.8f, algorithm);
        }
    }

    @Test
    void theThicknessIsChosen() {
        TiltSeries series = SAMPLE.projections(0, Progress.SILENT);
        Volume v = run(series, settings("algorithm", "wbp", "thickness_px", 21), Progress.SILENT)
                .image("volume")
                .first();
        assertEquals(21, v.depth());
        assertEquals(series.pixel().x(), v.size().z());
    }

    @Test
    void stoppedEarlyItKeepsTheVolumeSoFarAndSaysSo() {
        AtomicInteger reports = new AtomicInteger();
        Outputs made = run(SAMPLE.projections(0, Progress.SILENT), settings("iterations", 1000), new Progress() {
            @Override
            public void report(double fraction, String what) {
                reports.incrementAndGet();
            }

            @Override
            public void check() {}

            @Override
            public boolean finishEarly() {
                return reports.get() > 12;
            }
        });
        assertTrue(!made.complete());
        assertTrue(made.table("convergence").size() < 30);
        assertTrue(made.image("volume").notes().get(Frames.PROVENANCE).contains("\"complete\":false"));
    }

    @Test
    void missingAnglesAndOblongPixelsAreSentences() {
        TiltSeries series = SAMPLE.projections(0, Progress.SILENT);
        Frames bare = Frames.of("bare", new Volume(series.projections(), series.pixel()));
        ReconstructTiltSeries operation = new ReconstructTiltSeries();
        InvalidInput none = assertThrows(
                InvalidInput.class,
                () -> Runner.run(operation, Inputs.of(bare), operation.info().defaults(), Progress.SILENT));
        assertTrue(none.getMessage().contains("angles=-40:2"), none.getMessage());
        InvalidInput count =
                assertThrows(InvalidInput.class, () -> run(series, Map.of("angles", "-40:2:38"), Progress.SILENT));
        assertTrue(count.getMessage().contains("41 projections"), count.getMessage());
        assertThrows(InvalidInput.class, () -> Call.of(operation, Map.of("iterations", 2.5)));
    }

    /** Figures of an independent implementation of the same equations: 0.315 and 0.873. */
    @Test
    void theLowDosePhantomComesOutAsMeasuredIndependently() {
        Volume v = run(
                        TestData.balls128(),
                        Map.of("background", 0.244, "counts_per_pixel_path", 0.4878, "lambda", 20, "iterations", 120),
                        Progress.SILENT)
                .image("volume")
                .first();
        VolumeComparison comparison = new VolumeComparison(v, TestData.truth128());
        assertTrue(comparison.scaledError() <= 0.32, comparison.toString());
        assertTrue(comparison.overlap() >= 0.87, comparison.toString());
    }
}
