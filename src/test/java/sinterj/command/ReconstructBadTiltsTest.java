package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.Table;
import sinterj.image.TiltSeries;
import sinterj.image.Volume;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.Runner;
import sinterj.tomo.InSituSample;
import sinterj.tomo.VolumeComparison;

/** Series as they come: with projections that are dead, full, in no order, taken twice, or below zero. */
class ReconstructBadTiltsTest {
    private static final int SIDE = 32;
    private static final InSituSample SAMPLE = new InSituSample(SIDE, 1, 3);
    private static final TiltSeries GOOD = SAMPLE.projections(0, Progress.SILENT);
    private static final Map<String, Object> QUICK =
            Map.of("background", 1000, "counts_per_pixel_path", 100, "lambda", 9, "iterations", 40, "weight", "none");

    private static TiltSeries changed(java.util.function.Consumer<List<float[]>> change) {
        List<float[]> planes = new ArrayList<>();
        for (int k = 0; k < GOOD.count(); k++) planes.add(GOOD.projection(k).clone());
        change.accept(planes);
        return GOOD.withProjections(Planes.ofFloats(planes, SIDE, SIDE));
    }

    /** The 5th is dead but for reading noise, the 21st full over a tenth of its pixels. */
    private static TiltSeries withBadOnes() {
        return changed(planes -> {
            Random random = new Random(1);
            for (int i = 0; i < SIDE * SIDE; i++) planes.get(4)[i] = (float) (1000 + 100 * random.nextGaussian());
            Arrays.fill(planes.get(20), 400, 500, 65535);
        });
    }

    private static Outputs run(TiltSeries series, Object... more) {
        Map<String, Object> settings = new HashMap<>(QUICK);
        for (int i = 0; i < more.length; i += 2) settings.put((String) more[i], more[i + 1]);
        ReconstructTiltSeries operation = new ReconstructTiltSeries();
        return Runner.run(
                operation,
                Inputs.of(Frames.of("series", series)),
                Call.of(operation, settings).settings(),
                Progress.SILENT);
    }

    private static double error(Outputs made) {
        return new VolumeComparison(made.image("volume").first(), SAMPLE.truth(0, Progress.SILENT)).error();
    }

    private static void assertSame(Outputs a, Outputs b, double part) {
        Volume first = a.image("volume").first();
        Volume second = b.image("volume").first();
        double difference = 0;
        double norm = 0;
        for (int z = 0; z < first.depth(); z++) {
            for (int i = 0; i < SIDE * SIDE; i++) {
                difference += Math.pow(first.plane(z)[i] - second.plane(z)[i], 2);
                norm += Math.pow(first.plane(z)[i], 2);
            }
        }
        assertTrue(norm > 0);
        assertTrue(Math.sqrt(difference / norm) <= part, "differ by " + Math.sqrt(difference / norm));
    }

    @Test
    void badProjectionsAreNamedAndUsedUntilLeftOut() {
        Outputs used = run(withBadOnes());
        Table table = used.table("tilts");
        assertEquals(2, table.size());
        assertEquals(5, table.number(0, "tilt"));
        assertEquals("dead", table.cell(0, table.column("state")));
        assertEquals("saturated", table.cell(1, table.column("state")));
        assertEquals(1, table.number(1, "used"));
        String note = used.image("volume").notes().get("sinterj.bad_tilts");
        assertTrue(note.contains("5 (-32.0 degrees, dead)") && note.contains("exclude=auto"), note);

        Outputs without = run(withBadOnes(), "exclude", "auto");
        assertEquals(0, without.table("tilts").number(0, "used"));
        assertTrue(without.image("volume").notes().get("sinterj.bad_tilts").startsWith("Left out: 5 (-32.0"));
        int[] kept = IntStream.range(0, 41).filter(k -> k != 4 && k != 20).toArray();
        Outputs never = run(GOOD.withTilts(kept));
        for (int z = 0; z < SIDE; z++) {
            assertArrayEquals(
                    never.image("volume").first().plane(z),
                    without.image("volume").first().plane(z));
        }
        assertFalse(never.has("tilts"));
        assertFalse(never.image("volume").notes().containsKey("sinterj.bad_tilts"));
        assertTrue(error(without) < 0.7 * error(used), error(without) + " " + error(used));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5 21", "auto", "5,21", "-32deg 0deg", "none 21 auto", "5-5 21-21"})
    void projectionsAreNamedByNumberRangeAndAngle(String exclude) {
        Table table = run(withBadOnes(), "exclude", exclude, "iterations", 2).table("tilts");
        assertEquals(2, table.size());
        for (int row = 0; row < 2; row++) assertEquals(0, table.number(row, "used"));
    }

    @Test
    void aGoodProjectionCanBeLeftOutToo() {
        Table table = run(GOOD, "exclude", "2-4", "iterations", 2).table("tilts");
        assertEquals(3, table.size());
        assertEquals("good", table.cell(0, table.column("state")));
        assertEquals(-38, table.number(0, "angle_deg"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "42", "7-3", "33deg", "dead", "-5", "1-41", "999999999999"})
    void whatNamesNoProjectionIsRefused(String exclude) {
        InvalidInput refused = assertThrows(InvalidInput.class, () -> run(GOOD, "exclude", exclude));
        assertTrue(refused.getMessage().contains("'exclude'"), refused.getMessage());
    }

    @Test
    void imagesWithoutAnythingAreRefused() {
        TiltSeries empty = changed(planes -> planes.forEach(plane -> Arrays.fill(plane, 0)));
        InvalidInput refused = assertThrows(InvalidInput.class, () -> run(empty));
        assertTrue(refused.getMessage().contains("Every pixel is 0.0: there is nothing"), refused.getMessage());
        InvalidInput all = assertThrows(InvalidInput.class, () -> run(empty, "exclude", "auto"));
        assertTrue(all.getMessage().contains("leaves out all 41"), all.getMessage());
        TiltSeries one = changed(planes -> planes.subList(0, 40).forEach(plane -> Arrays.fill(plane, 0)));
        assertEquals(40, run(one, "iterations", 1).table("tilts").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tv", "sirt", "wbp"})
    void theOrderOfTheTiltsDoesNotMatter(String algorithm) {
        int[] order = IntStream.range(0, 41).map(i -> i * 17 % 41).toArray();
        Outputs sorted = run(GOOD, "algorithm", algorithm);
        // Sums of floats in another order.
        assertSame(sorted, run(GOOD.withTilts(order), "algorithm", algorithm), 1e-3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tv", "sirt", "wbp"})
    void anAngleMayComeTwice(String algorithm) {
        int[] twice = IntStream.range(0, 44).map(i -> i < 41 ? i : 20).toArray();
        double once = error(run(GOOD, "algorithm", algorithm));
        double again = error(run(GOOD.withTilts(twice), "algorithm", algorithm));
        assertEquals(once, again, 0.15 * once);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tv", "sirt", "wbp"})
    void countsBelowZeroAreCountsLikeOthers(String algorithm) {
        TiltSeries below = changed(planes -> planes.forEach(plane -> {
            for (int i = 0; i < plane.length; i++) plane[i] -= 1500;
        }));
        Outputs expected = run(GOOD, "algorithm", algorithm);
        assertSame(expected, run(below, "algorithm", algorithm, "background", -500), 1e-4);
        assertSame(
                run(GOOD, "algorithm", algorithm, "background", "auto"),
                run(below, "algorithm", algorithm, "background", "auto"),
                1e-3);
    }

    @Test
    void aDeadFrameOfASeriesOverTimeIsNamed() {
        Volume good = new Volume(GOOD.projections(), GOOD.pixel());
        Volume dead = new Volume(Planes.floats(SIDE, SIDE, 41), GOOD.pixel());
        Frames image = Frames.of("series", List.of(good, dead)).withAngles(GOOD.anglesDeg());
        ReconstructTiltSeries operation = new ReconstructTiltSeries();
        InvalidInput refused = assertThrows(
                InvalidInput.class,
                () -> Runner.run(
                        operation, Inputs.of(image), Call.of(operation, QUICK).settings(), Progress.SILENT));
        assertTrue(refused.getMessage().contains("frame 2"), refused.getMessage());
    }
}
