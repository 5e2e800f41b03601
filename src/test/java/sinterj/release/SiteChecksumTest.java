package sinterj.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteChecksumTest {
    @TempDir
    Path folder;

    private Path jar(String name, String... namesAndTexts) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return jar;
    }

    private static String sha1(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aJarIsItsEntriesInOrderOfTheirNames() throws Exception {
        Path jar = jar("a.jar", "b.txt", "second", "a/x.class", "first");
        assertEquals(sha1("a/x.classfirst" + "b.txtsecond"), SiteChecksum.of("plugins/A_.jar", jar));
    }

    @Test
    void theOrderWithinAJarAndItsManifestDoNotMatter() throws Exception {
        Path one = jar("a.jar", "META-INF/MANIFEST.MF", "Built: today", "x", "1", "y", "2");
        Path other = jar("b.jar", "y", "2", "x", "1", "META-INF/MANIFEST.MF", "Built: tomorrow");
        assertEquals(SiteChecksum.of("jars/a.jar", one), SiteChecksum.of("jars/a.jar", other));
        assertEquals(sha1("META-INF/MANIFEST.MF" + "x1y2"), SiteChecksum.of("jars/a.jar", one));
    }

    @Test
    void commentsOfPropertiesDoNotMatterButValuesDo() throws Exception {
        Path one = jar("a.jar", "p.properties", "#Tue\na=1\n# more\nb=2#kept\n");
        assertEquals(sha1("p.propertiesa=1\nb=2#kept\n"), SiteChecksum.of("jars/a.jar", one));
        Path other = jar("b.jar", "p.properties", "#Tue\na=1\n# more\nb=3#kept\n");
        assertNotEquals(SiteChecksum.of("jars/a.jar", one), SiteChecksum.of("jars/a.jar", other));
    }

    @Test
    void anyOtherFileIsItsPathAndBytes() throws Exception {
        Path file = Files.writeString(folder.resolve("m"), "run(\"X\");\n");
        assertEquals(sha1("macros/SinterJ/m.ijmrun(\"X\");\n"), SiteChecksum.of("macros/SinterJ/m.ijm", file));
    }
}
