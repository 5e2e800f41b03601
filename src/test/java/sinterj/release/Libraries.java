package sinterj.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is known of the libraries: those of {@code docs/third-party.md}, and the names of Fiji's own. */
final class Libraries {
    private Libraries() {}

    /**
     * A row of the page.
     *
     * @param where {@code Fiji}, {@code update site}, {@code by platform} or {@code SinterJ's jar}
     */
    record Library(String artifact, String version, String licence, String where, String use) {
        String jar() {
            return artifact + "-" + version + ".jar";
        }
    }

    /** The rows of {@code docs/third-party.md}. */
    static List<Library> of(Path project) {
        try {
            return Files.readAllLines(project.resolve("docs/third-party.md")).stream()
                    .filter(line -> line.startsWith("| `"))
                    .map(line -> line.replace("`", "").split("\\s*\\|\\s*"))
                    .map(cell -> new Library(cell[1], cell[2], cell[3], cell[4], cell[5]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Artifacts that Fiji manages and the site must not offer. */
    static Set<String> ofFiji() {
        try (InputStream in = Libraries.class.getResourceAsStream("fiji-artifacts.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
