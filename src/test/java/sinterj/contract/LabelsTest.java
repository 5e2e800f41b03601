package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import sinterj.command.Operations;
import sinterj.op.Operation;

/** ImageJ knows a command by its label alone. */
class LabelsTest {
    private static String plain(String label) {
        return label.toLowerCase(Locale.ROOT).replace("...", "").strip();
    }

    private static Set<String> others() throws IOException {
        try (InputStream in = LabelsTest.class.getResourceAsStream("labels-of-others.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(LabelsTest::plain)
                    .collect(Collectors.toSet());
        }
    }

    /** Entries of the menu in their order: submenu, label. */
    private static List<String[]> menu() throws IOException {
        try (InputStream in = LabelsTest.class.getResourceAsStream("/plugins.config")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split(",\\s*"))
                    .map(parts -> new String[] {parts[0], parts[1].replace("\"", "")})
                    .toList();
        }
    }

    private static List<String> labels() throws IOException {
        return menu().stream().map(entry -> plain(entry[1])).toList();
    }

    @Test
    void theMenuHasTheOrderOfTheWorkAndAboutComesLast() throws IOException {
        List<String> submenus =
                menu().stream().map(entry -> entry[0]).distinct().toList();
        assertEquals(
                List.of(
                        "Plugins>SinterJ>Tomography",
                        "Plugins>SinterJ>Segmentation",
                        "Plugins>SinterJ>Microstructure",
                        "Plugins>SinterJ>Sintering",
                        "Plugins>SinterJ"),
                submenus);
        List<String> labels = labels();
        assertEquals("about sinterj", labels.get(labels.size() - 1));
        List<String> work = List.of("align tilt series", "reconstruct tilt series", "register volumes over time");
        assertEquals(work, labels.stream().filter(work::contains).toList());
    }

    @Test
    void noLabelIsThatOfAnotherPlugin() throws IOException {
        Set<String> others = others();
        assertTrue(others.contains("watershed"), "the list is read");
        assertEquals(List.of(), labels().stream().filter(others::contains).toList());
    }

    @Test
    void everyCommandHasALabelOfItsOwn() throws IOException {
        List<String> labels = labels();
        assertEquals(labels.size(), Set.copyOf(labels).size(), labels::toString);
        for (Operation<?> op : Operations.all()) {
            assertTrue(labels.contains(plain(op.info().label())), op.info().label());
        }
    }
}
