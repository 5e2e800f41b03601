package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Phantoms;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.Runner;

class MeasureLocalThicknessTest {
    private static final VoxelSize NM = new VoxelSize(5, 5, 10, "nm");

    private static Outputs run(Inputs in, Object... keysAndValues) {
        Map<String, Object> given = new java.util.LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) given.put((String) keysAndValues[i], keysAndValues[i + 1]);
        Call<MeasureLocalThickness.Settings> call = Call.of(new MeasureLocalThickness(), given);
        return Runner.run(call.operation(), in, call.settings(), Progress.SILENT);
    }

    private static Volume slab(int thickness, float value) {
        return Phantoms.volume(7, 11, 20, NM, (x, y, z) -> z >= 3 && z < 3 + thickness ? value : 0);
    }

    @Test
    void aSlabIsMeasuredInTheUnitOfTheImage() {
        for (float value : new float[] {1, 255}) {
            Outputs made = run(Inputs.of(slab(6, value)));
            Table table = made.table("summary");
            assertEquals(
                    List.of("n", "volume (nm3)", "mean (nm)", "sd (nm)", "min (nm)", "p10 (nm)", "p50 (nm)"),
                    table.heads().subList(0, 7));
            assertEquals(7 * 11 * 6, table.number(0, "n"));
            assertEquals(7 * 11 * 6 * 250, table.number(0, "volume"));
            for (String column : List.of("mean", "min", "p10", "p50", "p90", "max", "mode")) {
                assertEquals(60, table.number(0, column), 1e-4, column);
            }
            assertEquals(0, table.number(0, "sd"), 1e-4);
            assertEquals(NM, made.image("thickness").first().size());
            assertEquals("volume-thickness", made.image("thickness").title());
            assertEquals(1, made.plot("histogram").curves().get(1).y()[49], 1e-12);
        }
    }

    @Test
    void theOtherPhaseIsMeasuredWhenItsValueIsGiven() {
        Outputs made = run(Inputs.of(slab(6, 255)), "phase", "0", "edge", "encase");
        assertEquals(7 * 11 * 14, made.table("summary").number(0, "n"));
    }

    @Test
    void labelsThatTouchHaveARowEach() {
        Volume labels = Phantoms.volume(12, 9, 9, (x, y, z) -> x < 4 ? 7 : x < 10 ? 300 : 0);
        Table table = run(Inputs.of(labels), "per_label", "true").table("summary");
        assertEquals(2, table.size());
        assertEquals(7, table.number(0, "label"));
        assertEquals(8, table.number(0, "max"), 1e-6); // ends at the image on one side
        assertEquals(300, table.number(1, "label"));
        assertEquals(6, table.number(1, "mean"), 1e-6);
    }

    @Test
    void aMaskLeavesVoxelsOutOfTheTableOnly() {
        Volume mask = Phantoms.volume(7, 11, 20, NM, (x, y, z) -> x == 2 ? 9 : 0);
        Inputs in = Inputs.of(slab(6, 255)).with("mask", Frames.of("mask", mask));
        Outputs made = run(in);
        assertEquals(11 * 6, made.table("summary").number(0, "n"));
        assertTrue(made.image("thickness").first().plane(5)[0] > 0);
        Volume small = Phantoms.volume(7, 11, 2, (x, y, z) -> 1);
        Inputs wrong = Inputs.of(slab(6, 255)).with("mask", Frames.of("mask", small));
        assertTrue(
                assertThrows(InvalidInput.class, () -> run(wrong)).getMessage().contains("7 x 11 x 2"));
    }

    @Test
    void eachFrameHasARow() {
        Frames frames = Frames.of("pores", List.of(slab(4, 255), slab(8, 255)));
        Outputs made = run(Inputs.of(frames));
        assertEquals(2, made.image("thickness").count());
        assertEquals(40, made.table("summary").number(0, "mean"), 1e-4);
        assertEquals(80, made.table("summary").number(1, "mean"), 1e-4);
    }

    @Test
    void oneSliceIsMeasuredWithDiscs() {
        for (String edge : List.of("ignore", "encase", "periodic")) {
            Volume slice = Phantoms.volume(30, 30, 1, (x, y, z) -> y >= 7 && y < 23 ? 255 : 0);
            double mean = run(Inputs.of(slice), "edge", edge).table("summary").number(0, "mean");
            if (!edge.equals("encase")) assertEquals(16, mean, 1e-6, edge);
            else assertTrue(mean > 15 && mean < 16, "rounded at the ends: " + mean);
        }
    }

    @Test
    void whatCannotBeMeasuredIsRefusedInASentence() {
        assertRefused("fills the whole image", Phantoms.volume(3, 3, 3, (x, y, z) -> 255));
        assertRefused("every voxel is 0", Phantoms.volume(3, 3, 3, (x, y, z) -> 0));
        assertRefused("0, 4, 8", Phantoms.volume(3, 3, 3, (x, y, z) -> 4 * x));
        assertRefused("label", Phantoms.volume(3, 3, 3, (x, y, z) -> 4 * x), "per_label", "true", "phase", "4");
    }

    private static void assertRefused(String part, Volume volume, Object... settings) {
        String sentence = assertThrows(InvalidInput.class, () -> run(Inputs.of(volume), settings))
                .getMessage();
        assertTrue(sentence.contains(part), sentence);
    }

    @Test
    void surfaceContactIsPaintedOnTheSurface() {
        Volume slab = Phantoms.volume(40, 40, 20, NM, (x, y, z) -> z >= 3 && z < 8 ? 255 : 0);
        Outputs made = run(Inputs.of(slab), "definition", "surface_contact");
        Table table = made.table("summary");
        assertEquals(50, table.number(0, "p50"), 1);
        assertTrue(table.number(0, "border_limited") > 0);
        assertTrue(table.number(0, "area") > 0 && table.number(0, "area") < 2 * 200 * 200);
        Volume map = made.image("thickness").first();
        assertEquals(50, map.plane(7)[20 * 40 + 20], 1);
        assertEquals(0, map.plane(5)[20 * 40 + 20]);
        assertTrue(Float.isNaN(map.plane(7)[0]));
    }

    @Test
    void inputsStayAsTheyAre() {
        Volume volume = Phantoms.random(9, 8, 7, 2, 3);
        List<float[]> before = new ArrayList<>();
        for (int z = 0; z < 7; z++) before.add(volume.plane(z).clone());
        run(Inputs.of(volume), "ball", "closed");
        for (int z = 0; z < 7; z++) assertArrayEquals(before.get(z), volume.plane(z));
        assertFalse(before.isEmpty());
    }

    @Test
    void escapeStopsTheWorkInAnyPhase() {
        Volume volume = Phantoms.random(60, 60, 60, 2, 3);
        for (double stop : new double[] {0, 0.1, 0.4, 0.6}) {
            Progress escape = new Progress() {
                private volatile boolean stopped;

                @Override
                public void report(double fraction, String what) {
                    if (fraction >= stop) stopped = true;
                }

                @Override
                public void check() {
                    if (stopped) throw new CancellationException();
                }
            };
            MeasureLocalThickness command = new MeasureLocalThickness();
            assertThrows(
                    CancellationException.class,
                    () -> Runner.run(command, Inputs.of(volume), command.info().defaults(), escape));
        }
    }
}
