package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Phantoms;
import sinterj.image.Plot;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.Outputs;
import sinterj.op.Runner;

class PlotRepresentativeVolumeTest {
    private static Outputs run(Volume volume, Map<String, Object> keys) {
        Call<PlotRepresentativeVolume.Settings> call = Call.of(new PlotRepresentativeVolume(), keys);
        return Runner.run(call.operation(), Inputs.of(volume), call.settings(), Progress.SILENT);
    }

    private static Table table(Volume volume, Map<String, Object> keys) {
        return run(volume, keys).table("sides");
    }

    /** Each voxel on its own: the variance of the fraction in a cube of n voxels is p (1 - p) / n. */
    private static Volume noise(int side, double fraction) {
        Random random = new Random(1);
        boolean[] inside = new boolean[side * side * side];
        for (int i = 0; i < inside.length; i++) inside[i] = random.nextDouble() < fraction;
        return Phantoms.volume(
                side, side, side, VoxelSize.cube(2, "nm"), (x, y, z) -> inside[(z * side + y) * side + x] ? 255 : 0);
    }

    /** Layers four voxels thick, four apart, across x, in a box that cuts none of them. */
    private static Volume layers() {
        return Phantoms.volume(64, 40, 40, VoxelSize.cube(0.5, "um"), (x, y, z) -> x % 8 < 4 ? 1 : 0);
    }

    @Test
    void theFractionOfWhiteNoiseScattersByTheRootOfTheVoxels() {
        Table table = table(noise(80, 0.3), Map.of("cubes", "300", "steps", "6"));
        assertEquals(16, table.number(0, "side"), 1e-9);
        assertEquals(160, table.number(table.size() - 1, "side"), 1e-9);
        double voxels = 8 * 8 * 8;
        // 300 cubes know a standard deviation to 4 %: four times that.
        assertEquals(Math.sqrt(0.21 / voxels), table.number(0, "sd"), 0.16 * Math.sqrt(0.21 / voxels));
        assertEquals(0.3, table.number(0, "mean"), 4 * Math.sqrt(0.21 / voxels / 300));
        assertEquals(300, table.number(0, "cubes"));
        assertEquals(1000, table.number(0, "independent"));
        for (int row = 1; row < table.size() - 1; row++) {
            assertTrue(table.number(row, "sd") < table.number(row - 1, "sd"));
        }
        int last = table.size() - 1;
        assertEquals(1, table.number(last, "cubes"));
        assertTrue(Double.isNaN(table.number(last, "sd")));
        assertEquals(table.number(last, "whole_image"), table.number(last, "mean"));
    }

    @Test
    void everyQuantityOfLayersIsKnown() {
        Volume layers = layers();
        Map<String, Double> expected = Map.of(
                "fraction", 0.5,
                "k_x", 0.0,
                "k_y", 0.5,
                "k_z", 0.5);
        expected.forEach((quantity, value) -> {
            Table table = table(layers, Map.of("quantity", quantity, "steps", "4", "cubes", "5"));
            assertEquals(value, table.number(0, "whole_image"), 1e-6, quantity);
            assertEquals(value, table.number(table.size() - 1, "mean"), 0.08, quantity);
            assertEquals(quantity, table.cell(0, table.column("quantity")));
        });
        // Axis-aligned planes: Crofton's formula gives 0.9266 of 15 interfaces seen on 63 steps of 0.5 um.
        Table area = table(layers, Map.of("quantity", "area_per_volume", "steps", "4"));
        assertEquals(0.9266 * 15 / 31.5, area.number(0, "whole_image"), 0.01);
        assertTrue(area.heads().contains("mean (1/um)"));
        Table chord = table(layers, Map.of("quantity", "mean_chord", "steps", "4"));
        assertEquals(2 / area.number(0, "whole_image"), chord.number(0, "whole_image"), 1e-9);
        // Layers of four voxels: 2 um.
        Table thickness = table(layers, Map.of("quantity", "mean_thickness", "steps", "3", "cubes", "3"));
        assertEquals(2, thickness.number(2, "mean"), 0.2);
    }

    @Test
    void smallCubesDoNotComeOutLowInArea() {
        // Without a correlation every place is alike, so cubes of 8 voxels have the mean of the whole.
        Table table = table(noise(64, 0.5), Map.of("quantity", "area_per_volume", "cubes", "400", "steps", "2"));
        double error = table.number(0, "sd") / 20;
        assertEquals(table.number(0, "whole_image"), table.number(0, "mean"), 4 * error);
        assertTrue(error < 0.01 * table.number(0, "mean"), "" + error);
    }

    @Test
    void cubesAreCubesInUnequalVoxels() {
        Volume flat = Phantoms.volume(60, 60, 20, new VoxelSize(1, 1, 3, "nm"), (x, y, z) -> (x + y + z) % 2 * 255);
        Table table = table(flat, Map.of("steps", "3", "cubes", "4"));
        assertEquals(24, table.number(0, "side"), 1e-9); // eight voxels of 3 nm
        assertEquals(60, table.number(2, "side"), 1e-9);
        assertEquals(0.5, table.number(2, "mean"), 1e-9);
        assertEquals(2 * 2 * 2, table.number(0, "independent"));
    }

    @Test
    void sameSeedSameCubes() {
        Map<String, Object> keys = Map.of("quantity", "mean_chord", "steps", "4", "seed", "7");
        Plot one = run(noise(40, 0.5), keys).plot("scatter");
        assertArrayEquals(
                one.curves().get(1).y(),
                run(noise(40, 0.5), keys).plot("scatter").curves().get(1).y());
        Plot other = run(noise(40, 0.5), Map.of("quantity", "mean_chord", "steps", "4"))
                .plot("scatter");
        assertNotEquals(one.curves().get(0).y()[0], other.curves().get(0).y()[0]);
        assertEquals(4, one.curves().size());
    }

    @Test
    void cubesWithoutAValueAreCounted() {
        Volume corner = Phantoms.volume(40, 40, 40, (x, y, z) -> x < 10 && y < 10 && z < 10 ? 255 : 0);
        Table table = table(corner, Map.of("quantity", "mean_thickness", "steps", "3"));
        assertTrue(table.number(0, "undefined") > 10);
        assertTrue(table.number(0, "undefined") < table.number(0, "cubes") || Double.isNaN(table.number(0, "mean")));
        assertEquals(0, table.number(table.size() - 1, "undefined"));
    }

    @Test
    void oneSliceIsCutIntoSquares() {
        Volume slice = Phantoms.volume(64, 48, 1, (x, y, z) -> (x / 4 + y / 4) % 2 * 255);
        Table table = table(slice, Map.of("steps", "4", "quantity", "k_x"));
        assertEquals(48, table.number(table.size() - 1, "side"), 1e-9);
        assertEquals(0.5, table(slice, Map.of()).number(0, "whole_image"), 1e-12);
        Operation<?> operation = new PlotRepresentativeVolume();
        InvalidInput e = assertThrows(InvalidInput.class, () -> table(slice, Map.of("quantity", "k_z")));
        assertTrue(e.getMessage().startsWith(operation.info().title())
                && e.getMessage().contains("along z"));
        Volume full = Phantoms.volume(9, 9, 9, (x, y, z) -> 255);
        e = assertThrows(InvalidInput.class, () -> table(full, Map.of("quantity", "mean_chord")));
        assertTrue(e.getMessage().contains("no surface"), e.getMessage());
    }
}
