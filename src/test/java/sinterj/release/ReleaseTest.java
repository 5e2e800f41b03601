package sinterj.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseTest {
    @TempDir
    Path project;

    private void built(String... jars) throws IOException {
        Path target = Files.createDirectories(project.resolve("target"));
        for (String jar : jars) Files.writeString(target.resolve(jar), "a jar");
    }

    @Test
    void ofTwoBuildsNoneIsTaken() throws IOException {
        built("SinterJ_-0.1.0.jar", "SinterJ_-0.2.0.jar", "original-SinterJ_-0.2.0.jar");
        IOException e = assertThrows(IOException.class, () -> new Release(project));
        assertEquals(
                "There are jars of several builds: SinterJ_-0.1.0.jar, SinterJ_-0.2.0.jar. Run 'mvn clean package'"
                        + " first.",
                e.getMessage());
    }

    @Test
    void withoutABuildThereIsNoRelease() throws IOException {
        built("original-SinterJ_-0.2.0.jar");
        IOException e = assertThrows(IOException.class, () -> new Release(project));
        assertTrue(e.getMessage().contains("not built yet"), e::getMessage);
    }

    @Test
    void aMacroIsDescribedByItsFirstSentence() {
        assertEquals(
                "Finds the 1.5 nm voids of a heap.",
                Release.firstSentence(List.of(
                        "// Finds the 1.5 nm voids",
                        "// of a heap. Run it in Fiji.",
                        "run(\"Blobs\"); // not this",
                        "// nor this")));
    }
}
