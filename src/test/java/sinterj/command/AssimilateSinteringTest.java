package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.FrameTimes;
import sinterj.image.Frames;
import sinterj.image.Phantoms;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.io.CsvTable;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.Runner;

class AssimilateSinteringTest {
    @TempDir
    Path folder;

    /** An ellipse of one grain on a sheet that becomes rounder. */
    private static Frames ellipse() {
        Volume long1 = Phantoms.volume(26, 21, 1, VoxelSize.cube(6, "nm"), (x, y, z) -> inside(x, y, 9, 5) ? 255 : 0);
        Volume round = Phantoms.volume(26, 21, 1, VoxelSize.cube(6, "nm"), (x, y, z) -> inside(x, y, 8, 5.6) ? 255 : 0);
        return Frames.of("seen", List.of(long1, round)).withTimes(FrameTimes.regular(2, 60));
    }

    private static boolean inside(int x, int y, double a, double b) {
        double u = (x - 12.5) / a;
        double v = (y - 10) / b;
        return u * u + v * v < 1;
    }

    private static Outputs run(Map<String, Object> more) {
        Map<String, Object> given = new HashMap<>(Map.of(
                "trials", 8, "estimate", "d_surface:1e-17:1e-15", "rigid_body", "none", "multi_fidelity", false));
        given.put("register", false);
        given.putAll(more);
        var call = Call.of(new AssimilateSintering(), given);
        return Runner.run(call.operation(), Inputs.of(ellipse()), call.settings(), Progress.SILENT);
    }

    private String refusal(String text) throws IOException {
        Path csv = Files.writeString(folder.resolve("wrong.csv"), text);
        return assertThrows(InvalidInput.class, () -> run(Map.of("study", csv.toString())))
                .getMessage();
    }

    @Test
    void aTableOfTrialsIsAFinishedSearch() {
        Outputs searched = run(Map.of());
        Table trials = searched.table("trials");
        assertEquals(8, trials.size());
        Path csv = folder.resolve("trials.csv");
        CsvTable.write(trials, csv);
        Outputs loaded = run(Map.of("study", csv.toString(), "trials", 50));
        Table again = loaded.table("trials");
        int whole = 0;
        for (int row = 0; row < trials.size(); row++) {
            if (!trials.cell(row, trials.column("outcome")).equals("complete")) continue;
            assertEquals(trials.number(row, "cost"), again.number(whole, "cost"));
            assertEquals(1, trials.number(row, "d_surface") / again.number(whole, "d_surface"), 1e-12);
            whole++;
        }
        assertEquals(whole, again.size());
        double found = searched.table("estimates").number(0, "value");
        assertEquals(1, loaded.table("estimates").number(0, "value") / found, 1e-6);
        assertTrue(found > 1e-17 && found < 1e-15, "" + found);
    }

    @Test
    void aTableThatIsNoneOfTrialsIsRefusedWithItsName() throws IOException {
        assertTrue(refusal("d_surface,price\n1e-16,3\n").contains("wrong.csv: "), "named");
        assertTrue(refusal("d_surface,price\n1e-16,3\n").contains("cost"));
        assertTrue(refusal("cost,d_gb\n1,2\n").contains("d_surface"));
        assertTrue(refusal("cost,d_surface\n1,3e-14\n").contains("outside the range"));
        assertTrue(refusal("outcome,cost,d_surface\npruned,1,3e-16\n").contains("No row is a whole trial"));
        assertTrue(refusal("cost,d_surface\n1,many\n").contains("many"));
    }
}
