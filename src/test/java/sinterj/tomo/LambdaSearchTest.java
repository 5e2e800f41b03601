package sinterj.tomo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sinterj.base.Progress;
import sinterj.image.Volume;

class LambdaSearchTest {
    private static final TotalVariation.Settings SETTINGS =
            TotalVariation.Settings.of(0, 1).withStartBalance(0.05).withRelaxation(1.5);

    private static float[][] phantomData() {
        float[][] data = RowImages.rows(TestData.balls128(), Progress.SILENT);
        for (float[] row : data) for (int y = 0; y < row.length; y++) row[y] = (row[y] - 0.244f) / 0.4878f;
        return data;
    }

    @Test
    void phantomGetsALambdaNearItsBest() {
        Geometry geometry = Geometry.of(TestData.balls128(), 128, 0);
        LambdaSearch.Result found = LambdaSearch.best(geometry, phantomData(), null, SETTINGS, Progress.SILENT);
        // Settled volumes have the least error at 29, and at most 3 % more between 23.5 and 38; see the proof below.
        assertTrue(found.lambda() > 23.5 && found.lambda() < 38, "lambda " + found.lambda());
        assertTrue(found.trials().size() >= 4);
    }

    /** The figures of the specification, with nothing given but background and counts per path. */
    @Test
    @Tag("proof")
    void phantomComesOutAsAskedForWithALambdaNearItsBest() {
        Volume truth = TestData.truth128();
        Geometry geometry = Geometry.of(TestData.balls128(), 128, 0);
        for (boolean weigh : new boolean[] {true, false}) {
            CompressedSensing.Options open =
                    CompressedSensing.Options.automatic().weighing(weigh);
            CompressedSensing.Result found = solved(geometry, open);
            VolumeComparison automatic = compared(found, truth);
            double lambda = found.lambda().lambda();
            if (weigh) {
                double elongation = automatic.elongation(TestData.centres(128));
                String figures = automatic + ", elongation " + elongation;
                assertTrue(automatic.scaledError() <= 0.305, figures);
                assertTrue(automatic.overlap() >= 0.87, figures);
                assertTrue(automatic.similarity() >= 0.86, figures);
                assertTrue(elongation <= 1.25, figures);
            }
            double best = automatic.scaledError();
            for (double factor : new double[] {0.5, 0.7, 1.4}) {
                best = Math.min(
                        best,
                        compared(solved(geometry, open.withLambda(factor * lambda)), truth)
                                .scaledError());
            }
            assertTrue(automatic.scaledError() <= 1.03 * best, automatic + " against " + best + ", weights " + weigh);
        }
    }

    private static CompressedSensing.Result solved(Geometry geometry, CompressedSensing.Options options) {
        return new CompressedSensing(geometry, options, Progress.SILENT).solve(t -> phantomData(), 1);
    }

    private static VolumeComparison compared(CompressedSensing.Result found, Volume truth) {
        float[][] rows = found.volumes().get(0);
        return new VolumeComparison(RowImages.volume(rows, 128, 0, truth.size(), Progress.SILENT), truth);
    }

    @Test
    void chosenLambdaLiesBetweenTheBestTrialAndItsNeighboursButNotBelowTheNoise() {
        Geometry geometry = new Geometry(TomoTesting.range(-60, 10, 13), 20, 20, 17, false);
        float[][] data = RowImages.zeros(geometry.rayRows(), 9);
        new Projector(geometry, Progress.SILENT)
                .project(TomoTesting.ball(20, 9, 17, 1, 0, 0, 5), data, Progress.SILENT);
        float[][] noise = TomoTesting.random(data.length, 9, 5);
        for (int r = 0; r < data.length; r++) for (int y = 0; y < 9; y++) data[r][y] += noise[r][y];
        LambdaSearch.Result found = LambdaSearch.best(geometry, data, null, SETTINGS, Progress.SILENT);
        List<LambdaSearch.Trial> trials = found.trials();
        LambdaSearch.Trial best = trials.stream()
                .min(java.util.Comparator.comparingDouble(LambdaSearch.Trial::error))
                .orElseThrow();
        double noiseLevel = LambdaSearch.guess(geometry, data, null);
        assertTrue(found.lambda() >= noiseLevel);
        boolean near = Math.abs(Math.log(found.lambda() / best.lambda())) < Math.log(1.5) / 2 + 1e-9;
        boolean wouldBeBelow = best.lambda() < noiseLevel * Math.sqrt(1.5) && found.lambda() == noiseLevel;
        assertTrue(near || wouldBeBelow, found::toString);
        for (int i = 1; i < trials.size(); i++)
            assertTrue(trials.get(i).lambda() > trials.get(i - 1).lambda());
        assertEquals(2, found.plot().curves().size());
        assertTrue(found.plot().logX());
        LambdaSearch.Result again = LambdaSearch.best(geometry, data, null, SETTINGS, TomoTesting.threads(3));
        assertEquals(found.lambda(), again.lambda(), 0);
    }

    @Test
    void withoutNoiseOrTiltsNothingIsTried() {
        Geometry geometry = new Geometry(new double[] {0, 20, 40}, 12, 12, 12, false);
        float[][] data = TomoTesting.random(geometry.rayRows(), 6, 1);
        LambdaSearch.Result few = LambdaSearch.best(geometry, data, null, SETTINGS, Progress.SILENT);
        assertTrue(few.trials().isEmpty() && few.lambda() > 0);
        float[][] zero = RowImages.zeros(geometry.rayRows(), 6);
        assertEquals(
                0,
                LambdaSearch.best(geometry, zero, null, SETTINGS, Progress.SILENT)
                        .lambda());
    }
}
