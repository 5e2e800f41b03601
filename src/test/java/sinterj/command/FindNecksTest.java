package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

class FindNecksTest {
    private static Outputs run(Frames image, Map<String, Object> keys) {
        Call<FindNecks.Settings> call = Call.of(new FindNecks(), keys);
        return Runner.run(call.operation(), Inputs.of(image), call.settings(), Progress.SILENT);
    }

    /** Two balls of 9 voxels radius whose centres are this far apart, along x. */
    private static Volume pair(double distance) {
        VoxelSize nm = VoxelSize.cube(10, "nm");
        return Phantoms.volume(50, 24, 24, nm, (x, y, z) -> {
            double across = (y - 12) * (y - 12) + (z - 12) * (z - 12);
            double near = Math.abs(x - 25) - distance / 2;
            return across + near * near < 81 ? 255 : 0;
        });
    }

    @Test
    void oneRowForEachNeckWithUnitsAndItsVoxelsInTheImage() {
        Outputs made = run(Frames.of("pair", pair(14)), Map.of());
        Table necks = made.table("contacts");
        assertEquals(1, necks.size());
        assertEquals("neck_diameter (nm)", necks.heads().get(1));
        assertEquals("area (nm2)", necks.heads().get(2));
        double waist = 20 * Math.sqrt(81 - 49);
        assertEquals(waist, necks.number(0, "neck_diameter"), 10);
        assertEquals(waist, necks.number(0, "equivalent_diameter"), 10);
        assertEquals(1, necks.number(0, "grain_a"));
        assertEquals(2, necks.number(0, "grain_b"));
        assertEquals(250, necks.number(0, "x"), 6);
        Volume image = made.image("necks").first();
        int marked = 0;
        for (int z = 0; z < 24; z++) for (float v : image.plane(z)) if (v == 1) marked++;
        assertEquals(2 * necks.number(0, "area") / 100, marked, 30);
        Table summary = made.table("summary");
        assertEquals(2, summary.number(0, "grains"));
        assertEquals(0, summary.number(0, "critical_diameter_x"));
        assertTrue(Double.isNaN(summary.number(0, "constrictivity")));
        assertEquals(1, made.plot("sizes").curves().get(0).y()[1]);
    }

    @Test
    void necksGrowFromFrameToFrame() {
        Outputs made = run(Frames.of("pair", List.of(pair(17), pair(12))), Map.of("constrictivity", false));
        Table necks = made.table("contacts");
        assertEquals(2, necks.size());
        assertEquals(2, necks.number(1, "frame"));
        assertTrue(necks.number(1, "neck_diameter") > 1.5 * necks.number(0, "neck_diameter"));
        assertEquals(2, made.image("grains").count());
    }

    @Test
    void aSliceWithoutNecksIsNoError() {
        Volume disc = Phantoms.volume(20, 20, 1, (x, y, z) -> (x - 9) * (x - 9) + (y - 9) * (y - 9) < 30 ? 1 : 0);
        Outputs made = run(Frames.of("disc", disc), Map.of());
        assertEquals(0, made.table("contacts").size());
        assertEquals(1, made.table("summary").number(0, "grains"));
        assertTrue(Double.isNaN(made.table("summary").number(0, "mean_neck")));
    }

    @Test
    void anotherAdjacencyIsRefused() {
        String sentence = assertThrows(
                        InvalidInput.class, () -> run(Frames.of("pair", pair(14)), Map.of("adjacency", 18)))
                .getMessage();
        assertTrue(sentence.contains("6 or 26"), sentence);
    }
}
