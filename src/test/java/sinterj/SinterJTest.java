package sinterj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Plot;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;

/** The door for scripts in Groovy, Jython, JavaScript and Java. */
class SinterJTest {
    @TempDir
    private Path folder;

    private static ImagePlus disc() {
        ByteProcessor plane = new ByteProcessor(20, 16);
        plane.setValue(255);
        plane.fill(new ij.gui.OvalRoi(3, 3, 10, 10));
        return new ImagePlus("disc", plane);
    }

    @Test
    void resultsComeBackBySlotAndNothingIsShown() {
        Map<String, Object> made = SinterJ.run("local-thickness", Map.of("input", disc(), "bins", 5));
        assertEquals(List.of("thickness", "summary", "histogram"), List.copyOf(made.keySet()));
        ImagePlus map = assertInstanceOf(ImagePlus.class, made.get("thickness"));
        ResultsTable summary = assertInstanceOf(ResultsTable.class, made.get("summary"));
        assertInstanceOf(Plot.class, made.get("histogram"));
        assertEquals("disc-thickness", map.getTitle());
        assertEquals(1, summary.size());
        assertTrue(summary.getValue("n", 0) > 60);
        assertNull(WindowManager.getCurrentImage());
        assertNull(map.getWindow());
    }

    @Test
    void theResultOfOneStepIsTheInputOfTheNext() {
        Map<String, Object> sample = SinterJ.run("sample-data", Map.of("size", 16, "frames", 2));
        Map<String, Object> volume = SinterJ.run(
                "reconstruct-tilt-series",
                Map.of("input", sample.get("tilt_series"), "algorithm", "wbp", "background", 1000));
        ImagePlus image = (ImagePlus) volume.values().iterator().next();
        assertEquals(2, image.getNFrames());
        assertEquals(50, image.getCalibration().frameInterval);
        assertEquals("nm", image.getCalibration().getUnit());
        assertTrue(image.getProp("sinterj.provenance").contains("\"command\":\"sample-data\""), "the chain is kept");
    }

    @Test
    void tablesMayBeWrittenToo() throws Exception {
        Path table = folder.resolve("t.csv");
        SinterJ.run("local-thickness", Map.of("input", disc(), "table", table));
        assertEquals(2, Files.readAllLines(table).size());
    }

    @Test
    void whatIsWrongIsAnExceptionWithASentence() {
        assertTrue(sentence("densify", Map.of()).contains("There is no command 'densify'"));
        assertTrue(sentence("local-thickness", Map.of("inptu", disc())).contains("Did you mean 'input'?"));
        assertTrue(sentence("local-thickness", Map.of()).contains("No image is open"));
        Path missing = folder.resolve("no").resolve("t.csv");
        assertTrue(sentence("local-thickness", Map.of("input", disc(), "table", missing))
                .contains("does not exist"));
        assertFalse(Files.exists(missing));
    }

    private static String sentence(String id, Map<String, Object> settings) {
        return assertThrows(InvalidInput.class, () -> SinterJ.run(id, settings)).getMessage();
    }
}
