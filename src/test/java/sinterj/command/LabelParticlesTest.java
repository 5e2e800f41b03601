package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.FrameTimes;
import sinterj.image.Frames;
import sinterj.image.Phantoms;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.Outputs;
import sinterj.op.Runner;

class LabelParticlesTest {
    private static <P extends Record> Outputs run(Operation<P> operation, Frames image, Map<String, Object> keys) {
        Call<P> call = Call.of(operation, keys);
        return Runner.run(call.operation(), Inputs.of(image), call.settings(), Progress.SILENT);
    }

    /** Two balls of grey value 200 on 50, the left one larger; nearer to each other in later frames. */
    private static Frames series() {
        VoxelSize nm = new VoxelSize(2, 2, 4, "nm");
        List<Volume> volumes = List.of(frame(nm, 32), frame(nm, 28), frame(nm, 24));
        return Frames.of("heap", volumes).withTimes(FrameTimes.regular(3, 10));
    }

    private static Volume frame(VoxelSize nm, double apart) {
        return Phantoms.volume(44, 28, 16, nm, (x, y, z) -> {
            double across = Math.pow(2 * y - 28, 2) + Math.pow(4 * z - 32, 2);
            double left = Math.pow(2 * x - 44 + apart / 2, 2) + across;
            double right = Math.pow(2 * x - 44 - apart / 2, 2) + across;
            return left < 18 * 18 || right < 15 * 15 ? 200 : 50;
        });
    }

    @Test
    void aRowForEachParticleAndFrameInTheUnitOfTheImage() {
        Outputs made = run(new LabelParticles(), series(), Map.of());
        Table table = made.table("particles");
        assertEquals(6, table.size());
        assertEquals("volume (nm3)", table.heads().get(2));
        for (int t = 0; t < 3; t++) {
            assertEquals(t + 1, table.number(2 * t, "frame"));
            assertEquals(1, table.number(2 * t, "particle"));
            assertEquals(1, table.number(2 * t, "neighbours"));
            assertTrue(table.number(2 * t, "x") < table.number(2 * t + 1, "x"));
        }
        assertEquals(125, table.number(0, "threshold"), 3);
        assertEquals(18, table.number(0, "equivalent_radius"), 1);
        assertEquals(3, made.image("labels").count());
        assertEquals("heap-labels", made.image("labels").title());
        assertEquals(20, made.plot("volumes").curves().get(1).x()[2]);
    }

    @Test
    void withoutSplittingConnectedPartsAreParticles() {
        Table table =
                run(new LabelParticles(), series(), Map.of("split", "none")).table("particles");
        assertEquals(3, table.size());
    }

    @Test
    void aThresholdAboveEverythingIsRefused() {
        String sentence = assertThrows(
                        InvalidInput.class, () -> run(new LabelParticles(), series(), Map.of("threshold", 201)))
                .getMessage();
        assertTrue(sentence.contains("201"), sentence);
    }

    @Test
    void densityRisesAndTheHullShrinksWhileBallsApproach() {
        Frames labels = run(new LabelParticles(), series(), Map.of()).image("labels");
        Outputs made = run(new MeasureDensification(), labels, Map.of());
        Table table = made.table("summary");
        assertEquals(3, table.size());
        assertEquals(0, table.number(0, "hull_change_percent"));
        assertTrue(table.number(2, "hull_change_percent") < -5);
        assertTrue(table.number(2, "relative_density") > table.number(0, "relative_density"));
        assertEquals(2, table.number(0, "particles"));
        assertTrue(table.number(2, "mean_neck") > table.number(0, "mean_neck"));
        assertEquals(10, made.plot("density").curves().get(0).x()[1]);
    }

    @Test
    void aMaskIsSplitAtItsNecksAndOneValueMayBeChosen() {
        Volume two = Phantoms.volume(20, 10, 10, (x, y, z) -> x < 2 || x > 17 ? 0 : x < 8 ? 7 : 9);
        assertEquals(
                2,
                run(new MeasureDensification(), Frames.of("two", two), Map.of())
                        .table("summary")
                        .number(0, "particles"));
        Table seven = run(new MeasureDensification(), Frames.of("two", two), Map.of("phase", 7))
                .table("summary");
        assertEquals(600, seven.number(0, "volume"));
        assertEquals(1, seven.number(0, "relative_density"), 1e-12);
        assertEquals(1, seven.number(0, "particles"));
    }

    @Test
    void aFrameWithoutSolidIsRefusedByItsNumber() {
        Volume ball = frame(VoxelSize.cube(1, "nm"), 10);
        Volume none = Phantoms.volume(44, 28, 16, VoxelSize.cube(1, "nm"), (x, y, z) -> 0);
        String sentence = assertThrows(
                        InvalidInput.class,
                        () -> run(new MeasureDensification(), Frames.of("x", List.of(ball, none)), Map.of()))
                .getMessage();
        assertTrue(sentence.contains("Frame 2"), sentence);
    }
}
