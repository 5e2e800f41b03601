package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Table;
import sinterj.image.TiltSeries;
import sinterj.image.Volume;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.Runner;
import sinterj.tomo.Elongation;
import sinterj.tomo.FourierShells;
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
    void lambdaIsShownAsACurveAndTheGapInTheTable() {
        Outputs made = run(SAMPLE.projections(0, Progress.SILENT), settings(), Progress.SILENT);
        assertEquals(
                java.util.List.of("iteration", "objective", "residual", "gap", "change", "lambda"),
                made.table("convergence").heads());
        double[] lambdas = made.plot("lambda_curve").curves().get(0).x();
        assertTrue(lambdas.length >= 4);
        double lambda = made.table("convergence").number(0, "lambda");
        assertTrue(lambdas[0] <= lambda && lambda <= lambdas[lambdas.length - 1]);
        Outputs fixed =
                run(SAMPLE.projections(0, Progress.SILENT), settings("lambda", 9, "iterations", 5), Progress.SILENT);
        assertTrue(!fixed.has("lambda_curve"));
    }

    private static Frames overTime(int frames) {
        InSituSample sample = new InSituSample(32, frames, 5);
        java.util.List<Volume> stacks = new java.util.ArrayList<>();
        for (int t = 0; t < frames; t++) {
            TiltSeries series = sample.projections(t, Progress.SILENT);
            stacks.add(new Volume(series.projections(), series.pixel()));
        }
        return new Frames("series", stacks, sample.times(), Map.of())
                .withAngles(sample.projections(0, Progress.SILENT).anglesDeg());
    }

    @Test
    void timePointsShareALambdaAndChangesOverTimeCanCost() {
        ReconstructTiltSeries operation = new ReconstructTiltSeries();
        Frames image = overTime(3);
        Outputs alone = Runner.run(
                operation, Inputs.of(image), Call.of(operation, settings()).settings(), Progress.SILENT);
        Outputs coupled = Runner.run(
                operation,
                Inputs.of(image),
                Call.of(operation, settings("temporal", "auto")).settings(),
                Progress.SILENT);
        assertEquals(3, alone.image("volume").count());
        assertEquals(image.times(), alone.image("volume").times());
        assertEquals("frame", alone.table("convergence").heads().get(0));
        assertTrue(changes(coupled) < 0.7 * changes(alone), changes(coupled) + " " + changes(alone));
        double lambda = alone.table("convergence").number(0, "lambda");
        assertEquals(0.6 * lambda, coupled.table("convergence").number(0, "lambda"), 1e-9);
    }

    /** Plain steps, steps until settled with a search of lambda, and time points together: the factor counts in each. */
    @Test
    void differencesAlongZCountByTheirFactorInEveryWayToSolve() {
        for (Map<String, Object> way : java.util.List.of(
                settings("lambda", 9, "iterations", 40), settings(), settings("temporal", "auto", "lambda", 5))) {
            Outputs usual = alongZ(way, Map.of());
            double[] rough = new double[3];
            double[] weights = {0.25, 1, 4};
            for (int i = 0; i < 3; i++) {
                Outputs made = alongZ(way, Map.of("z_weight", weights[i]));
                rough[i] = alongOverAcross(made.image("volume").first());
                if (weights[i] == 1) assertSameBits(usual.image("volume"), made.image("volume"));
                if (!usual.has("lambda_curve")) continue;
                // The tilts left out are foretold with the factor, too.
                double[] curve = made.plot("lambda_curve").curves().get(0).y();
                double[] usualCurve = usual.plot("lambda_curve").curves().get(0).y();
                assertEquals(weights[i] == 1, java.util.Arrays.equals(usualCurve, curve), way + " " + weights[i]);
            }
            assertTrue(
                    rough[0] > 1.15 * rough[1] && rough[1] > 1.15 * rough[2],
                    way + ": " + java.util.Arrays.toString(rough));
        }
    }

    private static Outputs alongZ(Map<String, Object> way, Map<String, Object> more) {
        Map<String, Object> all = new java.util.HashMap<>(way);
        all.putAll(more);
        ReconstructTiltSeries operation = new ReconstructTiltSeries();
        return Runner.run(
                operation, Inputs.of(overTime(2)), Call.of(operation, all).settings(), Progress.SILENT);
    }

    private static void assertSameBits(Frames expected, Frames found) {
        for (int t = 0; t < expected.count(); t++) {
            for (int z = 0; z < expected.first().depth(); z++) {
                assertArrayEquals(
                        expected.volumes().get(t).plane(z),
                        found.volumes().get(t).plane(z));
            }
        }
    }

    /** Sum of the sizes of differences along z over that along x. */
    private static double alongOverAcross(Volume v) {
        double along = 0;
        double across = 0;
        for (int z = 0; z + 1 < v.depth(); z++) {
            float[] plane = v.plane(z);
            float[] next = v.plane(z + 1);
            for (int i = 0; i + 1 < plane.length; i++) {
                along += Math.abs(next[i] - plane[i]);
                if ((i + 1) % v.width() > 0) across += Math.abs(plane[i + 1] - plane[i]);
            }
        }
        return along / across;
    }

    private static double changes(Outputs made) {
        double sum = 0;
        var volumes = made.image("volume").volumes();
        for (int t = 1; t < volumes.size(); t++) {
            for (int z = 0; z < volumes.get(t).depth(); z++) {
                float[] now = volumes.get(t).plane(z);
                float[] before = volumes.get(t - 1).plane(z);
                for (int i = 0; i < now.length; i++) sum += Math.abs(now[i] - before[i]);
            }
        }
        return sum;
    }

    @Test
    void theBoundOfOneMaterialIsFoundForTvOnly() {
        Outputs made = run(SAMPLE.projections(0, Progress.SILENT), settings("upper_bound", "auto"), Progress.SILENT);
        float[] sorted = VolumeComparison.sorted(made.image("volume").first());
        assertEquals(1, sorted[sorted.length - 1], 0.25);
        assertThrows(
                InvalidInput.class,
                () -> Call.of(new ReconstructTiltSeries(), Map.of("algorithm", "sirt", "upper_bound", "auto")));
    }

    @Test
    void anObjectCutByTheFieldOfViewIsSaid() {
        TiltSeries whole = SAMPLE.projections(0, Progress.SILENT);
        java.util.List<float[]> planes = new java.util.ArrayList<>();
        for (int k = 0; k < whole.count(); k++) {
            float[] plane = new float[20 * 48];
            for (int i = 0; i < plane.length; i++) plane[i] = whole.projection(k)[i / 20 * 48 + 14 + i % 20];
            planes.add(plane);
        }
        TiltSeries cut =
                new TiltSeries(sinterj.image.Planes.ofFloats(planes, 20, 48), whole.anglesDeg(), whole.pixel());
        Map<String, Object> given = settings("algorithm", "sirt", "iterations", 5, "thickness_px", 30);
        Frames volume = run(cut, given, Progress.SILENT).image("volume");
        assertEquals(20, volume.first().width());
        assertTrue(volume.notes().get("sinterj.field_of_view").contains("cut by the sides"));
        assertTrue(!run(whole, settings("algorithm", "sirt", "iterations", 5), Progress.SILENT)
                .image("volume")
                .notes()
                .containsKey("sinterj.field_of_view"));
    }

    /** Halves at 0.143 say where the volume correlates with the truth by one half; no tilt sees along z. */
    @Test
    void theResolutionOfTheHalvesIsThatAgainstTheTruthWhereTiltsHaveSeen() {
        TiltSeries series = SAMPLE.projections(0, Progress.SILENT);
        Volume truth = SAMPLE.truth(0, Progress.SILENT);
        Outputs made = run(series, settings("resolution", true, "algorithm", "sirt"), Progress.SILENT);
        Table resolution = made.table("resolution");
        FourierShells against =
                FourierShells.of(made.image("volume").first(), truth, series.anglesDeg(), Progress.SILENT);
        FourierShells.Direction[] directions = FourierShells.Direction.values();
        for (int row : new int[] {1, 2, 4}) {
            double expected = against.resolution(directions[row], 0.5);
            assertEquals(expected, resolution.number(row, "resolution"), 0.2 * expected, "" + directions[row]);
        }
        double x = resolution.number(1, "resolution");
        assertTrue(resolution.number(3, "resolution") > 1.2 * x, "z " + resolution.number(3, "agreement") + ", x " + x);
        assertTrue(resolution.number(5, "agreement") > resolution.number(4, "agreement"));
        assertEquals(0, resolution.number(3, "seen"));
        assertEquals(1, resolution.number(1, "seen"), 0.15);
        double longer = made.table("elongation").number(0, "z_over_x");
        double inTruth =
                Elongation.of(truth, series.anglesDeg(), Progress.SILENT).zOverX();
        assertTrue(longer > 1.2 * inTruth && longer < 2.4 * inTruth, longer + " against " + inTruth);
        assertEquals(2.4 * x, resolution.number(3, "resolution"), 0.02 * x);
        assertEquals(6, made.plot("correlation").curves().size());
    }

    /** Which total variation makes up for in part; the halves have the lambda of the whole, less by the root of two. */
    @Test
    void totalVariationMakesThingsLessLong() {
        TiltSeries series = SAMPLE.projections(0, Progress.SILENT);
        Outputs tv = run(series, settings("resolution", true), Progress.SILENT);
        Outputs wbp = run(series, settings("resolution", true, "algorithm", "wbp"), Progress.SILENT);
        double shorter = tv.table("elongation").number(0, "z_over_x");
        assertTrue(shorter < wbp.table("elongation").number(0, "z_over_x"), "" + shorter);
        assertTrue(tv.table("resolution").number(1, "resolution")
                < wbp.table("resolution").number(1, "resolution"));
        Outputs usual = run(series, settings("algorithm", "wbp"), Progress.SILENT);
        assertTrue(!usual.has("resolution") && !usual.has("correlation"));
    }

    @Test
    void threeTiltsHaveNoHalvesToCompare() {
        TiltSeries few = SAMPLE.projections(0, Progress.SILENT).withTilts(new int[] {3, 20, 37});
        InvalidInput refused = assertThrows(
                InvalidInput.class, () -> run(few, settings("resolution", true, "algorithm", "wbp"), Progress.SILENT));
        assertTrue(refused.getMessage().contains("at least 4"), refused.getMessage());
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

    /** Through all parts of the work; what lambda and coarse volumes are found from is not shown. */
    @Test
    void theCentralSliceIsShownWhileItRuns() {
        TiltSeries series = SAMPLE.projections(0, Progress.SILENT);
        for (Map<String, Object> way : java.util.List.of(
                settings("iterations", 100_000, "algorithm", "sirt"),
                settings("iterations", 100_000, "lambda", 9),
                settings("iterations", 100_000))) {
            java.util.List<float[]> shown = new java.util.ArrayList<>();
            AtomicInteger reports = new AtomicInteger();
            Outputs made = run(series, way, new Progress() {
                @Override
                public void report(double fraction, String what) {
                    reports.incrementAndGet();
                }

                @Override
                public void check() {}

                @Override
                public boolean isShown() {
                    return true;
                }

                @Override
                public void show(String title, int width, int height, float[] pixels) {
                    assertEquals(48 * 48, width * height);
                    shown.add(pixels.clone());
                }

                @Override
                public boolean finishEarly() {
                    return shown.size() >= 3 || reports.get() > 2000;
                }
            });
            assertEquals(3, shown.size(), way.toString());
            float[] found = made.image("volume").first().plane(24);
            assertTrue(distance(shown.get(2), found) < 0.1 * distance(new float[48 * 48], found), way.toString());
            assertTrue(distance(shown.get(0), found) > 2 * distance(shown.get(2), found), way.toString());
        }
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.sqrt(sum);
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
                        Map.of(
                                "background",
                                0.244,
                                "counts_per_pixel_path",
                                0.4878,
                                "lambda",
                                20,
                                "iterations",
                                120,
                                "weight",
                                "none"),
                        Progress.SILENT)
                .image("volume")
                .first();
        VolumeComparison comparison = new VolumeComparison(v, TestData.truth128());
        assertTrue(comparison.scaledError() <= 0.32, comparison.toString());
        assertTrue(comparison.overlap() >= 0.87, comparison.toString());
    }
}
