package sinterj.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file that a fuzz test writes over and over; removed when the tests end. */
public final class Scratch {
    private final Path file;

    /** @param name of the file, in a temporary folder */
    public Scratch(String name) {
        try {
            Path folder = Files.createTempDirectory("sinterj-fuzz");
            file = folder.resolve(name);
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit(); // the last to be registered is the first to be deleted
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file, which now holds these bytes and nothing else. */
    public Path holding(byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file, which now holds this text and nothing else. */
    public Path holding(String text) {
        return holding(text.getBytes(StandardCharsets.UTF_8));
    }
}
