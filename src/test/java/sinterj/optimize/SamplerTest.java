package sinterj.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sinterj.base.InvalidInput;

/** What holds for every sampler, and for the space they search. */
class SamplerTest {
    static Stream<Supplier<Sampler>> samplers() {
        return Stream.of(
                EvenPoints::new,
                TreeParzen::univariate,
                TreeParzen::multivariate,
                CovarianceAdaptation::new,
                ExpectedImprovement::new);
    }

    private static List<double[]> points(Sampler sampler, TestFunctions f, int count, long seed) {
        AskTell search = new AskTell(f.space(), sampler, seed);
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            AskTell.Question q = search.ask();
            points.add(q.at());
            search.tell(q.number(), f.applyAsDouble(q.at()));
        }
        return points;
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void sameSeedSamePointsAndAnotherSeedOthers(Supplier<Sampler> sampler) {
        List<double[]> once = points(sampler.get(), TestFunctions.SPHERE, 30, 5);
        List<double[]> again = points(sampler.get(), TestFunctions.SPHERE, 30, 5);
        List<double[]> other = points(sampler.get(), TestFunctions.SPHERE, 30, 6);
        for (int i = 0; i < 30; i++) assertArrayEquals(once.get(i), again.get(i));
        assertFalse(Arrays.equals(once.get(29), other.get(29)));
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void everyPointLiesInTheCube(Supplier<Sampler> sampler) {
        // The minimum in a corner tempts samplers to leave.
        AskTell search = new AskTell(TestFunctions.SPHERE.space(), sampler.get(), 1);
        for (int i = 0; i < 40; i++) {
            AskTell.Question q = search.ask();
            double cost = 0;
            for (double u : q.at()) {
                assertTrue(u >= 0 && u <= 1, "u = " + u);
                cost += u;
            }
            search.tell(q.number(), cost);
        }
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void aHistoryReadBackGivesTheSameNextPoint(Supplier<Sampler> sampler) {
        Sampler first = sampler.get();
        AskTell search = new AskTell(TestFunctions.SPHERE.space(), first, 3);
        for (int i = 0; i < 36; i++) {
            AskTell.Question q = search.ask();
            search.tell(q.number(), TestFunctions.SPHERE.applyAsDouble(q.at()));
        }
        search.ask();
        History history = search.history();
        double[] here = first.next(history, 5, 3);
        History copy = new History(
                history.finished().stream()
                        .map(t -> new Trial(t.number(), t.at().clone(), t.cost(), t.outcome()))
                        .toList(),
                history.pending());
        assertArrayEquals(here, sampler.get().next(copy, 5, 3));
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void pointsInParallelDoNotRepeatEachOther(Supplier<Sampler> sampler) {
        AskTell search = new AskTell(TestFunctions.SPHERE.space(), sampler.get(), 2);
        for (int i = 0; i < 16; i++) {
            AskTell.Question q = search.ask();
            search.tell(q.number(), TestFunctions.SPHERE.applyAsDouble(q.at()));
        }
        List<double[]> together = new ArrayList<>();
        for (int i = 0; i < 4; i++) together.add(search.ask().at());
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < i; j++) {
                double apart = 0;
                for (int a = 0; a < 5; a++) apart += Math.abs(together.get(i)[a] - together.get(j)[a]);
                assertTrue(apart > 1e-3, "points " + i + " and " + j + " are " + apart + " apart");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void failedAndEndedTrialsAreSurvived(Supplier<Sampler> sampler) {
        AskTell search = new AskTell(TestFunctions.SPHERE.space(), sampler.get(), 4);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 40; i++) {
            AskTell.Question q = search.ask();
            double cost = TestFunctions.SPHERE.applyAsDouble(q.at());
            int what = random.nextInt(4);
            if (what == 0) search.tell(q.number(), Double.NaN);
            else if (what == 1) search.tell(q.number(), cost / 2, Trial.Outcome.PRUNED);
            else search.tell(q.number(), cost);
        }
        assertTrue(search.history().best().cost() < 60);
        assertEquals(40, search.history().finished().size());
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void costsThatAreAllEqualAreSurvived(Supplier<Sampler> sampler) {
        AskTell search = new AskTell(TestFunctions.SPHERE.space(), sampler.get(), 4);
        for (int i = 0; i < 30; i++) search.tell(search.ask().number(), 7);
        assertEquals(7, search.history().best().cost());
    }

    @Test
    void aLogarithmicRangeHasItsMiddleAtTheGeometricMean() {
        FreeParameter p = FreeParameter.log("d_surface", 1e-17, 1e-15);
        assertEquals(1e-16, p.value(0.5), 1e-28);
        assertEquals(0.5, p.unit(1e-16), 1e-12);
        assertEquals(1e-17, p.value(0));
        assertEquals(1e-15, p.value(1));
        assertEquals(0.25, p.priorSdUnit(), 1e-12);
    }

    @Test
    void aProductIsSplitEvenlyOverItsFactors() {
        SearchSpace space = new SearchSpace(
                List.of(FreeParameter.log("m_translation*k_stiffness", 1e-15, 1e-13)),
                Map.of("m_translation", 1e-20, "k_stiffness", 1e6, "rho0", 0.98));
        Map<String, Double> named = space.named(space.unit(new double[] {4e-14}));
        assertEquals(4e-14, named.get("m_translation") * named.get("k_stiffness"), 1e-26);
        assertEquals(2e-20, named.get("m_translation"), 1e-32);
        assertEquals(0.98, named.get("rho0"));
    }

    @Test
    void whatCannotBeVariedIsRefusedInASentence() {
        assertThrows(InvalidInput.class, () -> FreeParameter.log("a", 2, 1));
        assertThrows(InvalidInput.class, () -> FreeParameter.log("a", 0, 1));
        assertThrows(InvalidInput.class, () -> FreeParameter.linear("a", 0, Double.NaN));
        FreeParameter a = FreeParameter.log("a", 1, 2);
        assertThrows(InvalidInput.class, () -> SearchSpace.of(a, FreeParameter.log("b*a", 1, 2)));
        assertThrows(InvalidInput.class, () -> SearchSpace.of(FreeParameter.log("c*b", 1, 2)));
        assertThrows(InvalidInput.class, () -> SearchSpace.of());
    }

    @Test
    void theDensityOfWindowsHasTheAreaOne() {
        ParzenWindows one = ParzenWindows.alongOneAxis(new double[] {0.01, 0.3, 0.35, 0.99}, new double[] {1, 2, 1, 3});
        double area = 0;
        int n = 20_000;
        for (int i = 0; i < n; i++) area += Math.exp(one.log(new double[] {(i + 0.5) / n})) / n;
        assertEquals(1, area, 1e-6);
        ParzenWindows two = ParzenWindows.joint(new double[][] {{0, 0.2}, {0.5, 1}}, new double[] {1, 2}, 2);
        area = 0;
        int m = 400;
        for (int i = 0; i < m * m; i++) {
            area += Math.exp(two.log(new double[] {(i % m + 0.5) / m, (i / m + 0.5) / m})) / m / m;
        }
        assertEquals(1, area, 1e-3);
    }
}
