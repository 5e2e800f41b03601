package sinterj.release;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Fiji's checksum of a file: SHA-1 over what a jar holds rather than over the jar, so that a jar packed anew from the same
 * classes is the same jar. Of the manifest only the name counts.
 */
final class SiteChecksum {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private SiteChecksum() {}

    /**
     * The checksum as Fiji's updater finds it.
     *
     * @param filename the path within Fiji, with slashes
     * @param file the content; a jar is looked into
     * @return 40 hexadecimal digits in lower case
     */
    static String of(String filename, Path file) throws IOException {
        MessageDigest digest = sha1();
        if (filename.endsWith(".jar")) {
            jar(file, digest);
        } else {
            digest.update(filename.getBytes(StandardCharsets.US_ASCII));
            digest.update(Files.readAllBytes(file));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void jar(Path file, MessageDigest digest) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> entries =
                    zip.stream().sorted(Comparator.comparing(ZipEntry::getName)).toList();
            for (ZipEntry entry : entries) {
                digest.update(entry.getName().getBytes(StandardCharsets.US_ASCII));
                if (entry.getName().equals(MANIFEST)) continue;
                try (InputStream in = zip.getInputStream(entry)) {
                    update(digest, entry.getName().endsWith(".properties") ? withoutComments(in.readAllBytes()) : in);
                }
            }
        }
    }

    /**
     * A properties file as Fiji's updater takes it: tools write the date into a comment, so comments are to make no
     * difference. Its filter does not quite leave their lines out, and the checksum has to follow it: of a line that
     * starts with # the end stays, and the line after an empty one, or after a # with nothing behind it, is taken as it
     * is, with # or without.
     */
    private static InputStream withoutComments(byte[] text) {
        byte[] kept = new byte[text.length];
        int n = 0;
        boolean lineStarts = true;
        for (int i = 0; i < text.length; i++) {
            if (lineStarts && text[i] == '#') {
                int end = i;
                while (end < text.length && text[end] != '\n') end++;
                // After marks alone the filter takes the end of the line for the start of its text.
                lineStarts = end < text.length && !onlyMarks(text, i, end);
                if (end < text.length) kept[n++] = '\n';
                i = end;
            } else {
                kept[n++] = text[i];
                lineStarts = !lineStarts && text[i] == '\n';
            }
        }
        return new ByteArrayInputStream(kept, 0, n);
    }

    private static boolean onlyMarks(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) if (text[i] != '#') return false;
        return true;
    }

    private static void update(MessageDigest digest, InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) digest.update(buffer, 0, n);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
