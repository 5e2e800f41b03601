package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import sinterj.command.Operations;
import sinterj.trial.Child;

/**
 * What each example of {@code scripts/} prints, a macro for each command, that of a tutorial and a script for each language, compared with
 * what it printed when somebody looked at it ({@code src/test/resources/sinterj/examples}). The words must be the same, the
 * numbers to half a per cent or one of their last digit, since compilers round sines differently; the networks' to a fifth, since
 * PyTorch adds in an order of its own on each kind of processor.
 */
class ExamplesIT {
    private static final Path EXPECTED = Path.of("src", "test", "resources", "sinterj", "examples");
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    private static final String FRACTIONS = "fibsem-to-phase-fractions";
    private static final List<String> NETWORKS = List.of("train-unet", "segment-unet", FRACTIONS);

    private static final String MARK = "### ";

    @TempDir
    private static Path folder;

    /** All macros in one ImageJ, as a user runs one after the other; what each printed is told apart by marks. */
    @TestFactory
    Stream<DynamicTest> everyMacroPrintsWhatItDid() throws IOException {
        StringBuilder all = new StringBuilder();
        List<String> ids = new ArrayList<>(
                Operations.all().stream().map(op -> op.info().id()).toList());
        ids.add(FRACTIONS);
        for (String id : ids) {
            String macro = Path.of("scripts", id + ".ijm").toAbsolutePath().toString();
            all.append("print(\"").append(MARK).append(id).append("\");\n");
            all.append("runMacro(\"").append(macro).append("\", \"").append(folder.resolve(id + ".png"));
            all.append("\");\nrun(\"Close All\");\n");
        }
        Path file = Files.writeString(folder.resolve("all.ijm"), all.append("print(\"" + MARK + "\");\n"));
        Shell.Result result = Shell.run("macro", file.toString());
        return ids.stream()
                .map(id -> DynamicTest.dynamicTest(id, () -> {
                    String[] behind = result.out().split(MARK + id + "\n", 2);
                    assertEquals(2, behind.length, result.err());
                    String[] printed = behind[1].split(MARK, 2);
                    assertEquals(2, printed.length, "it ended the macro: " + result.err());
                    requireAlike(id, printed[0]);
                    assertTrue(Files.size(folder.resolve(id + ".png")) > 1000, "a picture");
                }));
    }

    private static Child.Ended run(String main, String script) {
        String path = String.join(
                File.pathSeparator,
                Child.classPath(Child.jars(Child.property("sinterj.jar").resolveSibling("scripting"))),
                Child.property("sinterj.jar").toString(),
                Child.classPath(Child.jars(Child.property("sinterj.lib"))),
                Child.classPath(Child.jars(Child.property("sinterj.imagej"), "ij-1")));
        Path file = Path.of("scripts", script).toAbsolutePath();
        Child.Ended ended = Child.run(
                folder,
                Child.java(
                        List.of("-Djava.awt.headless=true", "-Duser.language=de", "-Duser.home=" + folder),
                        path,
                        main,
                        file.toString()));
        assertEquals(0, ended.exit(), ended::toString);
        return ended;
    }

    @Test
    void theGroovyScriptPrintsWhatItDid() throws IOException {
        requireAlike(
                "tilt-series.groovy",
                run("groovy.ui.GroovyMain", "tilt-series.groovy").out());
    }

    @Test
    void thePythonScriptPrintsWhatItDid() throws IOException {
        requireAlike("pores.py", run("org.python.util.jython", "pores.py").out());
    }

    @Test
    void theJavaScriptPrintsWhatItDid() throws IOException {
        requireAlike(
                "necks.js", run("org.openjdk.nashorn.tools.Shell", "necks.js").out());
    }

    /** Fiji's Script Editor lists what is under this name in a jar. */
    @Test
    void theyAreAllAmongTheTemplatesOfTheJar() throws IOException {
        try (ZipFile jar = new ZipFile(Child.property("sinterj.jar").toFile());
                Stream<Path> scripts = Files.list(Path.of("scripts"))) {
            List<String> names = scripts.map(p -> p.getFileName().toString())
                    .filter(n -> n.matches(".*\\.(ijm|groovy|py|js)"))
                    .toList();
            assertTrue(names.size() >= Operations.all().size() + 3);
            for (String name : names) assertTrue(jar.getEntry("script_templates/SinterJ/" + name) != null, name);
        }
    }

    private static void requireAlike(String id, String printed) throws IOException {
        Path file = EXPECTED.resolve(id + ".txt");
        Files.writeString(folder.resolve(id + ".txt"), printed);
        String expected = Files.readString(file);
        assertEquals(words(expected), words(printed), printed);
        List<Double> before = numbers(expected);
        List<Double> now = numbers(printed);
        for (int i = 0; i < before.size(); i++) {
            double allowed = NETWORKS.contains(id) ? 0.2 : 0.005;
            double tolerance = Math.max(
                    allowed * Math.abs(before.get(i)), lastDigits(expected).get(i));
            assertEquals(before.get(i), now.get(i), tolerance, printed);
        }
    }

    private static String words(String text) {
        return NUMBER.matcher(text.strip().replace("\r\n", "\n")).replaceAll("#");
    }

    private static List<Double> numbers(String text) {
        List<Double> numbers = new ArrayList<>();
        Matcher found = NUMBER.matcher(text);
        while (found.find()) numbers.add(Double.parseDouble(found.group()));
        return numbers;
    }

    /** One of the last digit that is shown of each number, and a little for its binary form. */
    private static List<Double> lastDigits(String text) {
        List<Double> digits = new ArrayList<>();
        Matcher found = NUMBER.matcher(text);
        while (found.find()) {
            String mantissa = found.group().toLowerCase(Locale.ROOT).replaceAll("e.*", "");
            int decimals = mantissa.contains(".") ? mantissa.length() - mantissa.indexOf('.') - 1 : 0;
            String exponent = found.group(2) == null ? "0" : found.group(2).substring(1);
            digits.add(1.01 * Math.pow(10, Integer.parseInt(exponent) - decimals));
        }
        return digits;
    }
}
