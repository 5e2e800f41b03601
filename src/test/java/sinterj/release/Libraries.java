package sinterj.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is known of the libraries: those of {@code docs/third-party.md}, and the names of Fiji's own. */
final class Libraries {
    /** Who made those of the update site, as they say of themselves. */
    private static final Map<String, String> AUTHORS = Map.of(
            "JTransforms", "Piotr Wendykier",
            "JLargeArrays", "Piotr Wendykier",
            "api", "DJL.AI Team",
            "pytorch-engine", "DJL.AI Team",
            "pytorch-jni", "DJL.AI Team",
            "pytorch-native-cpu", "PyTorch contributors",
            "onnxruntime", "Microsoft");

    private Libraries() {}

    /**
     * A row of the page.
     *
     * @param where {@code Fiji}, {@code update site}, {@code update site, per platform} or {@code SinterJ's jar}
     */
    record Library(String artifact, String version, String licence, String where, String use) {
        /** Whether a file is this library, for any platform. */
        boolean is(Path jar) {
            String name = jar.getFileName().toString();
            return name.startsWith(artifact + "-" + version + ".jar")
                    || name.startsWith(artifact + "-" + version + "-");
        }

        List<String> authors() {
            String author = AUTHORS.get(artifact);
            return author == null ? List.of() : List.of(author);
        }

        boolean isOnSite() {
            return where.startsWith("update site");
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
