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
import org.jtransforms.fft.DoubleFFT_1D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pl.edu.icm.jlargearrays.LargeArray;

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
        assertEquals(sha1("p.properties\na=1\n\nb=2#kept\n"), SiteChecksum.of("jars/a.jar", one));
        Path later = jar("b.jar", "p.properties", "#Wednesday\na=1\n# more\nb=2#kept\n");
        assertEquals(SiteChecksum.of("jars/a.jar", one), SiteChecksum.of("jars/a.jar", later));
        Path other = jar("c.jar", "p.properties", "#Tue\na=1\n# more\nb=3#kept\n");
        assertNotEquals(SiteChecksum.of("jars/a.jar", one), SiteChecksum.of("jars/a.jar", other));
    }

    /** What is left of a properties file is not what one would expect; these are the filter's own states by hand. */
    @ParameterizedTest
    @CsvSource({
        "'#a/#b/x', '//x'",
        "'#a', ''",
        "'#/#b/#c/x', '/#b//x'",
        "'##/#b/#c/x', '/#b//x'",
        "'##a/#b/x', '//x'",
        "'/#b/#c/x', '/#b//x'",
        "'x//#b/#c/y', 'x//#b//y'",
        "'x////#b/#c/y', 'x////#b//y'",
        "'x///#b/#c/y', 'x/////y'",
        "'x/#/#b/#c', 'x//#b/'",
        "'x#a/ #b/', 'x#a/ #b/'",
    })
    void ofACommentTheEndOfTheLineStaysAndAnEmptyLineHidesTheNext(String text, String left) throws Exception {
        Path jar = jar("a.jar", "p.properties", text.replace('/', '\n'));
        assertEquals(sha1("p.properties" + left.replace('/', '\n')), SiteChecksum.of("jars/a.jar", jar));
    }

    private static Path jarOf(Class<?> one) throws Exception {
        return Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void librariesHaveTheChecksumsThatFijiFinds() throws Exception {
        assertEquals(
                "6e5738a83410839ebf607ab335c738f62842152b",
                SiteChecksum.of("jars/JTransforms-3.1.jar", jarOf(DoubleFFT_1D.class)));
        assertEquals(
                "52a825a4666aa43be163c740ea470f315a238449",
                SiteChecksum.of("jars/JLargeArrays-1.5.jar", jarOf(LargeArray.class)));
    }

    @Test
    void anyOtherFileIsItsPathAndBytes() throws Exception {
        Path file = Files.writeString(folder.resolve("m"), "run(\"X\");\n");
        assertEquals(sha1("macros/SinterJ/m.ijmrun(\"X\");\n"), SiteChecksum.of("macros/SinterJ/m.ijm", file));
        assertEquals(sha1("macros/?.ijmrun(\"X\");\n"), SiteChecksum.of("macros/\u00e4.ijm", file), "names are ASCII");
    }
}
