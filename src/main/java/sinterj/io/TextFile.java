package sinterj.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import sinterj.base.InvalidInput;

/** Small text files that people and microscopes write: any line ends, with or without a byte order mark, bounded. */
final class TextFile {
    private TextFile() {}

    /**
     * The text of a file, without a byte order mark. Bytes that are no UTF-8 become question marks: the letters of
     * names and units may be in any old code page, the numbers are not.
     *
     * @param kind what it should be, for the sentence: {@code "a list of tilt angles"}
     * @param maxBytes a larger file is refused before it is read
     * @throws InvalidInput if it cannot be read
     */
    static String text(Path path, String kind, int maxBytes) {
        try {
            if (Files.isDirectory(path)) throw cannot(path, kind, "it is a folder. Give the path of a file.");
            if (!Files.exists(path)) throw cannot(path, kind, "there is no such file. Check the path.");
            // A pipe or a device could keep us waiting for ever.
            if (!Files.isRegularFile(path)) throw cannot(path, kind, "it is no ordinary file. Check the path.");
            if (Files.size(path) > maxBytes) throw tooLarge(path, kind, maxBytes);
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(maxBytes);
                if (in.read() >= 0) throw tooLarge(path, kind, maxBytes); // it grows while we look
                return decoded(bytes);
            }
        } catch (IOException e) {
            throw cannot(path, kind, IoReason.of(e) + ". Check the path and that you may read it.");
        }
    }

    /** The lines of {@link #text}; ends of Unix, Windows and old Macintosh. */
    static List<String> lines(Path path, String kind, int maxBytes) {
        return List.of(text(path, kind, maxBytes).split("\r\n|\n|\r", -1));
    }

    private static String decoded(byte[] bytes) {
        Charset charset = StandardCharsets.UTF_8;
        if (startsWith(bytes, 0xff, 0xfe)) charset = StandardCharsets.UTF_16LE;
        if (startsWith(bytes, 0xfe, 0xff)) charset = StandardCharsets.UTF_16BE;
        String text = new String(bytes, charset);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length >= 2 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
    }

    private static InvalidInput tooLarge(Path path, String kind, int maxBytes) {
        return cannot(
                path,
                kind,
                String.format(
                        Locale.ROOT,
                        "it is larger than the %.0f MB that such a file may have. Check that it is the right file.",
                        Math.max(1, maxBytes / 1e6)));
    }

    private static InvalidInput cannot(Path path, String kind, String why) {
        return new InvalidInput("'" + path + "' cannot be read as " + kind + ": " + why);
    }
}
