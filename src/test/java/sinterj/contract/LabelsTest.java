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

    @Test
    void noLabelIsThatOfAnotherPlugin() throws IOException {
        Set<String> others = others();
        assertTrue(others.contains("watershed"), "the list is read");
        List<String> taken = Operations.all().stream()
                .map(op -> plain(op.info().label()))
                .filter(others::contains)
                .toList();
        assertEquals(List.of(), taken);
    }

    @Test
    void everyLabelIsUsedOnce() {
        List<String> labels =
                Operations.all().stream().map(op -> plain(op.info().label())).toList();
        assertEquals(labels.size(), Set.copyOf(labels).size(), labels::toString);
    }
}
