package sinterj.ij;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import sinterj.trial.Child;

/** Macros without a display, through the real menu: what they get, and the sentence on which they stop. */
class MacroDoorIT {
    private static final String BALL = "newImage('ball', '8-bit black', 24, 20, 9); for (z = 3; z <= 7; z++)"
            + " { setSlice(z); makeOval(4, 3, 14, 14); setColor(255); fill(); } run('Select None'); ";

    @TempDir
    static Path folder;

    private static Child.Ended run(String macro) throws IOException {
        Path file = Files.createTempFile(folder, "macro", ".ijm");
        Files.writeString(file, macro, StandardCharsets.UTF_8);
        return Child.run(
                folder, List.of(Path.of("scripts", "sinterj").toAbsolutePath().toString(), "macro", file.toString()));
    }

    private static Map<String, String> told(Child.Ended ended) {
        assertEquals(0, ended.exit(), ended::toString);
        Map<String, String> told = new LinkedHashMap<>();
        Matcher line = Pattern.compile("(?m)^(\\w+): (.*)$").matcher(ended.out());
        while (line.find()) told.put(line.group(1), line.group(2));
        return told;
    }

    private static String say(String name, String expression) {
        return "print('" + name + ": ' + " + expression + "); ";
    }

    @TestFactory
    Stream<DynamicTest> whatAMacroGets() throws IOException {
        Path file = folder.resolve("b [1] a.tif");
        List<String> steps = new ArrayList<>();
        steps.add(BALL);
        steps.add("saveAs('Tiff', '" + file + "'); rename('ball'); id = getImageID(); ");
        steps.add("newImage('other', '8-bit black', 9, 9, 1); ");
        steps.add(
                "run('Measure Local Thickness...', 'input=ball bins=10 per_label=false table=[t 1.csv] plot=p.png'); ");
        steps.add(say("active", "getTitle() + ' ' + nImages"));
        steps.add("getVoxelSize(w, h, d, unit); " + say("unit", "unit"));
        steps.add("getStatistics(area, mean, min, max); " + say("max", "max"));
        steps.add("run('SinterJ Macro Extensions'); ");
        steps.add("Ext.sinterjValue('local-thickness', 'mean', 0, v); " + say("mean", "d2s(v, 9)"));
        steps.add("Ext.sinterjValue('local-thickness', 'mean (pixel)', 0, v); " + say("withUnit", "d2s(v, 9)"));
        steps.add("Ext.sinterjValue('local-thickness', 'summary.n', 0, v); " + say("n", "d2s(v, 0)"));
        steps.add("close(); run('Measure Local Thickness...', 'per_label input=' + id); " + say("byId", "getTitle()"));
        steps.add("run('Measure Local Thickness...', 'input=[" + file + "] bins=10'); " + say("byPath", "getTitle()"));
        steps.add("selectImage('ball'); run('Measure Local Thickness...'); " + say("defaults", "getTitle()"));
        steps.add(say("provenance", "Property.get('sinterj.provenance')"));
        steps.add("run('Close All'); run('SinterJ Sample Data...', 'size=16 frames=2'); ");
        steps.add(say("first", "getTitle()") + say("angles", "substring(Property.get('sinterj.angles'), 0, 12)"));
        steps.add("Stack.getDimensions(w, h, c, z, t); " + say("size", "w + ' ' + h + ' ' + c + ' ' + z + ' ' + t"));
        steps.add("Stack.getUnits(X, Y, Z, T, V); " + say("time", "Stack.getFrameInterval() + ' ' + T"));
        steps.add("selectImage('truth'); setThreshold(0.5, 1); run('Convert to Mask', 'background=Dark'); ");
        steps.add("run('Measure Local Thickness...', 'table=frames.csv'); Stack.getDimensions(w, h, c, z, t); ");
        steps.add(say("overTime", "getTitle() + ' ' + z + ' ' + t"));
        Map<String, String> told = told(run(String.join("\n", steps).replace('\'', '"')));

        List<String> table = Files.readAllLines(folder.resolve("t 1.csv"));
        List<String> frames = Files.readAllLines(folder.resolve("frames.csv"));
        Map<String, String> row = row(table);
        return Stream.of(
                test("theFirstImageMadeIsTheActiveOne", () -> assertEquals("ball-thickness 3", told.get("active"))),
                test("calibrationIsKept", () -> assertEquals("pixels", told.get("unit"))),
                test("pixelsAreThere", () -> assertTrue(Double.parseDouble(told.get("max")) > 4)),
                test("extReadsTheNumberOfTheTable", () -> {
                    double mean = Double.parseDouble(row.get("mean (pixel)"));
                    assertEquals(mean, Double.parseDouble(told.get("mean")), 1e-9);
                    assertEquals(told.get("mean"), told.get("withUnit"));
                    assertEquals(row.get("n"), told.get("n"));
                }),
                test("plotIsWritten", () -> assertTrue(Files.size(folder.resolve("p.png")) > 1000)),
                test("imageMayBeGivenByItsId", () -> assertEquals("ball-thickness", told.get("byId"))),
                test("imageMayBeGivenByItsPath", () -> assertEquals("b [1] a.tif-thickness", told.get("byPath"))),
                test("withoutOptionsTheDefaultsAndTheActiveImage", () -> {
                    assertEquals("ball-thickness", told.get("defaults"));
                    assertTrue(told.get("provenance").contains("\"title\":\"ball\""), told.get("provenance"));
                }),
                test("tiltSeriesComesWithAnglesAndTimes", () -> {
                    assertEquals("tilt_series", told.get("first"));
                    assertEquals("-40.0 -38.0 ", told.get("angles") + "");
                    assertEquals("16 16 1 41 2", told.get("size"));
                    assertEquals("50 sec", told.get("time"));
                }),
                test("aMovieIsMeasuredFrameByFrame", () -> {
                    assertEquals("truth-thickness 16 2", told.get("overTime"));
                    assertEquals(3, frames.size());
                    assertTrue(frames.get(0).startsWith("frame,n,"), frames.get(0));
                    assertTrue(frames.get(2).startsWith("2,"), frames.get(2));
                }));
    }

    private static DynamicTest test(String name, org.junit.jupiter.api.function.Executable claim) {
        return DynamicTest.dynamicTest(name, claim);
    }

    private static Map<String, String> row(List<String> table) {
        Map<String, String> row = new LinkedHashMap<>();
        String[] heads = table.get(0).split(",");
        for (int i = 0; i < heads.length; i++) row.put(heads[i], table.get(1).split(",")[i]);
        return row;
    }

    /** Each in an evaluation of its own, for which an error is an end, so that one Java looks at all of them. */
    @TestFactory
    Stream<DynamicTest> sentencesOfWhatIsWrong() throws IOException {
        Map<String, String> cases = new LinkedHashMap<>();
        String thickness = "run('Measure Local Thickness...', '";
        String sample = "run('SinterJ Sample Data...', '";
        cases.put(sample + "sze=16');", "'sze' is not a setting of this command. Did you mean 'size'?");
        cases.put(sample + "size=5');", "'size' (Size) is '5'. Allowed: a whole number from 16 to 1024.");
        cases.put(sample + "size=16,5');", "'size' (Size) is '16,5'");
        cases.put(sample + "size=16 size=17');", "SinterJ Sample Data: 'size' is given twice.");
        cases.put(sample + "size=[16');", "SinterJ Sample Data: 'size': the bracket is not closed.");
        cases.put(sample + "size');", "'size' (Size) is 'true'");
        cases.put(thickness + "bins=10');", "No image is open.");
        cases.put(thickness + "input=nothing');", "'input': no open image has the title or ID 'nothing'");
        cases.put(BALL + thickness + "mask=nothing');", "'mask': no open image");
        cases.put(BALL + "run('RGB Color'); " + thickness + "bins=10');", "'ball' is an RGB image");
        cases.put(
                "newImage('c', '8-bit composite', 8, 8, 2, 3, 1); " + thickness + "bins=10');",
                "'c' has 2 channels, but one is needed.");
        cases.put(
                BALL + "rename('twin'); " + BALL + "rename('twin'); " + BALL + thickness + "input=twin');",
                "several open images have the title 'twin'");
        cases.put(
                BALL + thickness + "table=no/t.csv');",
                "Measure Local Thickness: 'no/t.csv' cannot be written: the folder");
        cases.put(BALL + thickness + "table=t.xls');", "summary is written as .csv");
        cases.put(BALL + thickness + "table');", "'table' needs the path of a file.");
        String ext = "run('SinterJ Macro Extensions'); Ext.sinterjValue(";
        cases.put(ext + "'densify', 'n', 0, v);", "the command 'densify' has made no result yet");
        cases.put(BALL + thickness + "bins=9'); " + ext + "'local-thickness', 'men', 0, v);", "no column 'men' among");
        cases.put(BALL + thickness + "bins=9'); " + ext + "'local-thickness', 'n', 1, v);", "there is no row 1");
        StringBuilder macro = new StringBuilder();
        int number = 0;
        for (String step : cases.keySet()) {
            String line = step.replace("'", "\\\"");
            macro.append("eval(\"")
                    .append(line)
                    .append("\");\nprint(\"done ")
                    .append(number++)
                    .append("\");\n");
        }
        Child.Ended ended = run(macro.toString());
        List<String> errors = Pattern.compile("(?m)^Macro Error: (.*)$")
                .matcher(ended.err())
                .results()
                .map(m -> m.group(1))
                .toList();
        assertEquals(cases.size(), errors.size(), ended::toString);
        List<String> expected = new ArrayList<>(cases.values());
        return Stream.iterate(0, i -> i + 1)
                .limit(expected.size())
                .map(i -> test(
                        expected.get(i), () -> assertTrue(errors.get(i).contains(expected.get(i)), errors.get(i))));
    }

    @Test
    void anErrorStopsTheMacro() throws IOException {
        Child.Ended ended = run("run(\"SinterJ Sample Data...\", \"size=5\");\nprint(\"went on\");\n");
        assertEquals(2, ended.exit(), ended::toString);
        assertTrue(ended.err().contains("Macro Error: SinterJ Sample Data: 'size' (Size) is '5'"), ended::toString);
        assertFalse(ended.out().contains("went on"), ended::toString);
        assertFalse(ended.err().contains("\tat "), ended::toString);
    }
}
