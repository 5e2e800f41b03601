package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of test-data/ are those that scripts/make-test-data makes, byte for byte, and they are small. */
class TestDataIT {
    @TempDir
    private Path folder;

    @Test
    void theTestDataAreMadeAnewWithTheSameBytes() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "scripts/make-test-data", folder.toString())
                .inheritIO()
                .start();
        assertEquals(0, process.waitFor());
        long size = 0;
        for (Path file : files(Path.of("test-data", "in_situ"))) {
            assertArrayEquals(
                    Files.readAllBytes(file), Files.readAllBytes(folder.resolve(file.getFileName())), file.toString());
            size += Files.size(file);
        }
        assertEquals(8, files(folder).size());
        assertTrue(size > 1_000_000 && size <= 2_000_000, size + " bytes");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
