package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.ij.ImagejFiles;
import sinterj.image.LabelVolume;
import sinterj.image.Planes;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.io.MrcMode;
import sinterj.io.MrcWriter;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.Runner;

class BatchTest {
    @TempDir
    Path folder;

    private Path made;

    @BeforeEach
    void images() throws IOException {
        made = Files.createDirectory(folder.resolve("made"));
        for (int side : new int[] {10, 2}) {
            MrcWriter.writeVolume(cube(side), folder.resolve("t" + side + ".mrc"), MrcMode.SHORTS, Progress.SILENT);
        }
        Files.writeString(folder.resolve("t3.mrc"), "this is no MRC file");
        Files.writeString(folder.resolve("notes.txt"), "not asked for");
    }

    /** A cube of ones in 12 voxels of 2 nm. */
    private static Volume cube(int side) {
        byte[][] planes = new byte[12][144];
        for (int z = 1; z <= side; z++)
            for (int y = 1; y <= side; y++) for (int x = 1; x <= side; x++) planes[z][12 * y + x] = 1;
        return new LabelVolume(Planes.ofBytes(List.of(planes), 12, 12), VoxelSize.cube(2, "nm")).asVolume();
    }

    private Outputs run(String command, String settings, String existing) {
        return run(Map.of(
                "folder", folder.toString(),
                "command", command,
                "settings", settings,
                "existing", existing,
                "output_folder", made.toString()));
    }

    private static Outputs run(Map<String, ?> given) {
        Call<Batch.Settings> call = Call.of(new Batch(), given);
        return Runner.run(call.operation(), Inputs.none().with(new ImagejFiles()), call.settings(), Progress.SILENT);
    }

    @Test
    void eachFileIsDoneOrRefusedInTheOrderOfNumbersAndOthersAreLeft() throws IOException {
        Table files = (Table) run("local-thickness", "phase=1", "skip").bySlot().get("files");
        assertEquals(3, files.size());
        assertEquals("t2.mrc done", files.cell(0, 0) + " " + files.cell(0, 1));
        assertEquals("t3.mrc refused", files.cell(1, 0) + " " + files.cell(1, 1));
        assertTrue(files.cell(1, 2).toString().contains("t3.mrc"), files.cell(1, 2)::toString);
        assertEquals("t10.mrc done", files.cell(2, 0) + " " + files.cell(2, 1));
        assertTrue(Files.exists(made.resolve("t10-thickness.tif")));
        assertFalse(Files.exists(made.resolve("t3-thickness.tif")));
    }

    @Test
    void theRowsOfAllFilesStandInOneTable() {
        Table rows = (Table)
                run("Measure Local Thickness...", "phase=1", "skip").bySlot().get("results");
        assertEquals(2, rows.size());
        assertEquals("t2.mrc", rows.cell(0, 0));
        assertEquals(8, rows.number(0, "n"));
        assertEquals(1000, rows.number(1, "n"));
    }

    @Test
    void aBatchThatGoesOnSkipsWhatIsThereAndKeepsItsRows() throws IOException {
        Table first = (Table) run("local-thickness", "phase=1", "skip").bySlot().get("results");
        Path map = made.resolve("t2-thickness.tif");
        Files.writeString(map, "untouched");
        Files.delete(made.resolve("t10-thickness.tif"));
        Outputs again = run("local-thickness", "phase=1", "skip");
        Table files = (Table) again.bySlot().get("files");
        assertEquals("skipped", files.cell(0, 1));
        assertEquals("done", files.cell(2, 1));
        assertEquals("untouched", Files.readString(map));
        Table rows = (Table) again.bySlot().get("results");
        assertEquals(first.size(), rows.size());
        for (int row = 0; row < rows.size(); row++) {
            assertEquals(first.number(row, "mean"), rows.number(row, "mean"), 0);
        }
        run("local-thickness", "phase=1", "overwrite");
        assertTrue(Files.size(map) > 100, "made anew");
    }

    @Test
    void aCommandThatOpensFilesItselfTakesEachAsItsPath() throws IOException {
        Table files = (Table)
                run("import-tilt-series", "angles=-11:2", "skip").bySlot().get("files");
        assertEquals("done", files.cell(0, 1), () -> files.cell(0, 2).toString());
        assertTrue(Files.exists(made.resolve("t2-tilt_series.tif")));
    }

    private void refused(Map<String, ?> given, String... words) {
        String sentence = assertThrows(InvalidInput.class, () -> run(given)).getMessage();
        for (String word : words) assertTrue(sentence.contains(word), sentence);
    }

    @Test
    void whatCannotWorkIsRefusedBeforeAnyFileIsOpened() {
        String here = folder.toString();
        String there = made.toString();
        refused(
                Map.of("folder", here, "command", "local-thicknes", "output_folder", there),
                "no command 'local-thicknes'");
        refused(
                Map.of("folder", here, "command", "local-thickness", "output_folder", there, "settings", "phas=1"),
                "'phas'",
                "'phase'");
        refused(
                Map.of("folder", here, "command", "local-thickness", "output_folder", there, "settings", "input=x"),
                "input=");
        refused(Map.of("folder", here, "command", "local-thickness", "output_folder", here), "'output_folder'");
        refused(
                Map.of("folder", here + "/no", "command", "local-thickness", "output_folder", there),
                "'folder'",
                "no folder");
        refused(Map.of("folder", here, "command", "sample-data", "output_folder", there), "takes no image");
        refused(Map.of("folder", here, "command", "batch", "output_folder", there), "batch of batches");
        refused(
                Map.of("folder", here, "command", "local-thickness", "output_folder", there, "names", "*.{tif"),
                "'names'");
        refused(
                Map.of("folder", here, "command", "local-thickness", "output_folder", there, "names", "*.png"),
                "*.png");
        assertEquals(0, made.toFile().list().length);
    }
}
