package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
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

class MeasureTransportConnectivityTest {
    private static Outputs run(Inputs in, Map<String, Object> keys, Progress progress) {
        Call<MeasureTransportConnectivity.Settings> call = Call.of(new MeasureTransportConnectivity(), keys);
        return Runner.run(call.operation(), in, call.settings(), progress);
    }

    private static Outputs run(Volume volume, Map<String, Object> keys) {
        return run(Inputs.of(volume), keys, Progress.SILENT);
    }

    private static String refusal(Volume volume, Map<String, Object> keys) {
        return assertThrows(InvalidInput.class, () -> run(volume, keys)).getMessage();
    }

    private static Object cell(Table table, String head) {
        return table.cell(0, table.column(head));
    }

    /** A rod along x in the corner of a box, an eighth of its section. */
    private static Volume rod() {
        return Phantoms.volume(10, 8, 8, VoxelSize.cube(5, "nm"), (x, y, z) -> y < 4 && z < 2 ? 255 : 0);
    }

    @Test
    void aRodConductsByItsSectionAndNothingElseDoes() {
        Outputs made = run(rod(), Map.of());
        Table table = made.table("summary");
        assertEquals(0.125, table.number(0, "k_x"), 1e-9);
        assertEquals(1, table.number(0, "tortuosity_x"), 1e-8);
        assertEquals(0.125, table.number(0, "conducting_fraction"), 1e-12);
        assertEquals(1, table.number(0, "spanning_x"));
        assertEquals(0, table.number(0, "k_y"));
        assertEquals(Double.POSITIVE_INFINITY, table.number(0, "tortuosity_z"));
        assertEquals("no way through along y, z", cell(table, "note"));
        assertEquals(0, table.number(0, "wiener_lower"));
        assertEquals(0, table.number(0, "hashin_shtrikman_lower"));
        // 2 f / (3 - f) of one phase around nothing.
        assertEquals(0.25 / 2.875, table.number(0, "hashin_shtrikman_upper"), 1e-12);
        assertEquals(0.125, table.number(0, "wiener_upper"), 1e-12);
        assertTrue(made.complete());
        assertFalse(made.has("current_x"));
    }

    @Test
    void oneAxisIsMeasuredAloneWithItsMap() {
        Outputs made = run(rod(), Map.of("axis", "x", "map", true));
        assertEquals(8, made.image("current_x").first().plane(0)[0], 1e-6);
        assertEquals(0, made.image("current_x").first().plane(3)[0]);
        assertFalse(made.has("current_z"));
        assertTrue(Double.isNaN(made.table("summary").number(0, "k_y")));
        assertEquals(VoxelSize.cube(5, "nm"), made.image("current_x").first().size());
    }

    @Test
    void onlyMapsThatWereAskedForArePromised() {
        var operation = new MeasureTransportConnectivity();
        for (Map<String, Object> given :
                List.<Map<String, Object>>of(Map.of(), Map.of("map", true), Map.of("map", true, "axis", "y"))) {
            Outputs made = run(rod(), given);
            var settings = Call.of(operation, given).settings();
            for (var slot : operation.info().outputs()) {
                assertEquals(made.has(slot.name()), operation.canMake(slot.name(), settings), slot.name() + given);
            }
        }
    }

    @Test
    void pairsOfValuesAndConductivitiesAreRead() {
        Table table =
                run(rod(), Map.of("conductivities", "255:3 0:0.5", "axis", "x")).table("summary");
        assertEquals(3 * 0.125 + 0.5 * 0.875, table.number(0, "k_x"), 1e-8);
        assertEquals(1, table.number(0, "tortuosity_x"), 1e-7);
        assertEquals("", cell(table, "note"));
        table = run(rod(), Map.of("conductivities", "255:1 7:1")).table("summary");
        assertEquals("no voxel holds 7; no way through along y, z", cell(table, "note"));
    }

    @Test
    void aFrameIsARow() {
        Volume whole = Phantoms.volume(10, 8, 8, VoxelSize.cube(5, "nm"), (x, y, z) -> z < 6 ? 255 : 0);
        Outputs made = run(Inputs.of(Frames.of("movie", List.of(rod(), whole))), Map.of("map", true), Progress.SILENT);
        Table table = made.table("summary");
        assertEquals(2, table.size());
        assertEquals(0.125, table.number(0, "k_x"), 1e-9);
        assertEquals(0.75, table.number(1, "k_y"), 1e-9);
        assertEquals(2, made.image("current_y").count());
    }

    @Test
    void aSliceIsMeasuredAlongItsTwoAxes() {
        Volume slice = Phantoms.volume(12, 8, 1, (x, y, z) -> y < 4 ? 255 : 0);
        Table table = run(slice, Map.of()).table("summary");
        assertEquals(0.5, table.number(0, "k_x"), 1e-9);
        assertTrue(Double.isNaN(table.number(0, "k_z")));
        assertEquals("one voxel thick along z, not measured; no way through along y", cell(table, "note"));
        assertEquals(1.0 / 3, table.number(0, "hashin_shtrikman_upper"), 1e-12); // f / (2 - f) in a plane
        assertTrue(refusal(slice, Map.of("axis", "z")).contains("one voxel thick along z"));
    }

    @Test
    void endedEarlyItGivesAnUpperBoundMarkedAsIncomplete() {
        Volume random = Phantoms.random(20, 20, 20, 2, 3);
        Map<String, Object> keys = Map.of("conductivities", "1:1 0:0.01", "axis", "y");
        double k = run(random, keys).table("summary").number(0, "k_y");
        Outputs early = run(Inputs.of(random), keys, new Progress() {
            private int reports;

            @Override
            public void report(double fraction, String what) {
                reports++;
            }

            @Override
            public void check() {}

            @Override
            public boolean finishEarly() {
                return reports > 3;
            }
        });
        assertFalse(early.complete());
        assertTrue(early.table("summary").number(0, "k_y") > k);
        assertTrue(early.table("summary").number(0, "error") > 1e-8);
    }

    @Test
    void wrongPairsAreRefusedWithTheirText() {
        assertTrue(refusal(rod(), Map.of("conductivities", "255=1")).contains("'255=1'"));
        assertTrue(refusal(rod(), Map.of("conductivities", "255:-1")).contains("'255:-1'"));
        assertTrue(refusal(rod(), Map.of("conductivities", "255:0")).contains("every value insulates"));
        assertTrue(refusal(rod(), Map.of("conductivities", "255:1 255:2")).contains("given twice"));
        assertTrue(refusal(rod(), Map.of("conductivities", "255:1", "phase", "255"))
                .contains("'phase'"));
        assertTrue(refusal(rod(), Map.of("conductivities", "3:1")).contains("0, 255"));
        assertTrue(refusal(rod(), Map.of("phase", "3")).contains("no voxel has the value 3"));
        Volume grey = Phantoms.volume(10, 10, 10, (x, y, z) -> x * 10 + y + 0.5);
        assertTrue(refusal(grey, Map.of("conductivities", "1:1")).contains("Segment it"));
        assertTrue(refusal(grey, Map.of()).contains("not binary"));
    }
}
