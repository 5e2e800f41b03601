package sinterj.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.parsers.SAXParserFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.helpers.DefaultHandler;

class UpdateSiteTest {
    private static final long FIRST = 20260101000000L;
    private static final long SECOND = 20260202000000L;

    @TempDir
    Path folder;

    private Path site;
    private Path fiji;

    @BeforeEach
    void folders() throws IOException {
        site = folder.resolve("site");
        fiji = Files.createDirectories(folder.resolve("Fiji.app"));
    }

    private SiteFile jar(String filename, String text, String... needs) throws IOException {
        Path jar = Files.createTempFile(folder, "made", ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry entry = new ZipEntry("sinterj/Class.class");
            entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0)); // else the bytes depend on the clock
            zip.putNextEntry(entry);
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return new SiteFile(
                filename,
                jar,
                "What it is",
                List.of(),
                List.of(needs),
                List.of("https://example.org/lib"),
                List.of("SinterJ contributors"));
    }

    private SiteFile text(String filename, String text, String... platforms) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "made", ".txt"), text);
        return new SiteFile(filename, file, "A < B & \"C\"", List.of(platforms), List.of(), List.of(), List.of());
    }

    private List<SiteFile> first() throws IOException {
        return List.of(
                jar("plugins/SinterJ_-0.1.0.jar", "one", "jars/lib.jar"),
                jar("jars/lib-3.1.jar", "library"),
                text("macros/SinterJ/old.ijm", "print(1);"),
                text("jars/linux64/native.so", "machine code", "linux64"),
                text("jars/win64/native.dll", "other machine code", "win64"));
    }

    private List<SiteFile> second() throws IOException {
        return List.of(
                jar("plugins/SinterJ_-0.2.0.jar", "two", "jars/lib.jar"),
                jar("jars/lib-3.1.jar", "library"),
                text("macros/SinterJ/new.ijm", "print(2);"),
                text("jars/linux64/native.so", "machine code", "linux64"),
                text("jars/win64/native.dll", "other machine code", "win64"));
    }

    private static Map<String, byte[]> tree(Path folder) throws IOException {
        Map<String, byte[]> tree = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                tree.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return tree;
    }

    private static void assertHolds(Map<String, byte[]> installed, List<SiteFile> files, String platform)
            throws IOException {
        long wanted = 0;
        for (SiteFile file : files) {
            if (!file.platforms().isEmpty() && !file.platforms().contains(platform)) continue;
            wanted++;
            assertArrayEquals(Files.readAllBytes(file.content()), installed.get(file.filename()), file.filename());
        }
        assertEquals(wanted, installed.size(), installed.keySet()::toString);
    }

    @Test
    void anEmptyFolderGetsWhatItsPlatformNeedsByteForByte() throws IOException {
        List<SiteFile> files = first();
        UpdateSite.publish(files, site, FIRST);
        new SiteReader(site).update(fiji, "win64");
        assertHolds(tree(fiji), files, "win64");
        assertEquals(List.of(), new SiteReader(site).missing());
    }

    @Test
    void anInstalledFolderIsUpgradedAndWhatBecameObsoleteGoes() throws IOException {
        UpdateSite.publish(first(), site, FIRST);
        new SiteReader(site).update(fiji, "linux64");
        List<SiteFile> files = second();
        UpdateSite.publish(files, site, SECOND);
        List<String> done = new SiteReader(site).update(fiji, "linux64");
        assertHolds(tree(fiji), files, "linux64");
        assertEquals(
                List.of(
                        "installed macros/SinterJ/new.ijm",
                        "removed macros/SinterJ/old.ijm",
                        "removed plugins/SinterJ_-0.1.0.jar",
                        "installed plugins/SinterJ_-0.2.0.jar"),
                done);
        assertEquals(List.of(), new SiteReader(site).update(fiji, "linux64"), "nothing is left to do");
    }

    @Test
    void aFileThatItsUserChangedIsKept() throws IOException {
        UpdateSite.publish(first(), site, FIRST);
        new SiteReader(site).update(fiji, "linux64");
        Path own = Files.writeString(fiji.resolve("macros/SinterJ/old.ijm"), "print(\"mine\");");
        UpdateSite.publish(second(), site, SECOND);
        List<String> done = new SiteReader(site).update(fiji, "linux64");
        assertTrue(done.contains("kept macros/SinterJ/old.ijm, which the user changed"), done::toString);
        assertEquals("print(\"mine\");", Files.readString(own));
    }

    @Test
    void machineCodeOfAPlatformIsReplacedByItsNextVersion() throws IOException {
        UpdateSite.publish(List.of(machineCode("jars/win64/pytorch-native-cpu-2.7.1.jar", "one")), site, FIRST);
        new SiteReader(site).update(fiji, "win64");
        List<SiteFile> files = List.of(machineCode("jars/win64/pytorch-native-cpu-2.8.0.jar", "two"));
        UpdateSite.publish(files, site, SECOND);
        new SiteReader(site).update(fiji, "win64");
        assertHolds(tree(fiji), files, "win64");
    }

    private SiteFile machineCode(String filename, String text) throws IOException {
        return new SiteFile(
                filename,
                jar(filename, text).content(),
                "Machine code",
                List.of("win64"),
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void publishingTheSameAgainChangesNoByte() throws IOException {
        UpdateSite.publish(first(), site, FIRST);
        Map<String, byte[]> before = tree(site);
        UpdateSite.publish(first(), site, SECOND);
        Map<String, byte[]> after = tree(site);
        assertEquals(before.keySet(), after.keySet());
        for (String name : before.keySet()) assertArrayEquals(before.get(name), after.get(name), name);
    }

    @Test
    void theListSaysWhatWasOfferedWhenAndWhatNeedsWhat() throws IOException {
        UpdateSite.publish(first(), site, FIRST);
        UpdateSite.publish(second(), site, SECOND);
        SiteRecord plugin = SiteList.read(site.resolve("db.xml.gz")).stream()
                .filter(r -> r.filename().startsWith("plugins/"))
                .findFirst()
                .orElseThrow();
        assertEquals("plugins/SinterJ_-0.2.0.jar", plugin.filename());
        assertEquals(SECOND, plugin.current().timestamp());
        assertEquals(
                List.of(new SiteRecord.Dependency("jars/lib.jar", FIRST)),
                plugin.current().dependencies());
        SiteRecord.Previous previous = plugin.previous().get(0);
        assertEquals("plugins/SinterJ_-0.1.0.jar", previous.filename());
        assertEquals(FIRST, previous.timestamp());
        assertEquals(SECOND, previous.obsolete());
        assertTrue(Files.exists(site.resolve("plugins/SinterJ_-0.1.0.jar-" + FIRST)), "older files stay on the server");
    }

    /** Fiji's reader empties its text at the end of an element only, so that white space before one would come first. */
    @Test
    void theTextsOfTheListAreReadByFijisReaderAsTheyAre() throws Exception {
        UpdateSite.publish(first(), site, FIRST);
        UpdateSite.publish(second(), site, SECOND);
        List<String> texts = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(site.resolve("db.xml.gz")))) {
            SAXParserFactory.newInstance().newSAXParser().parse(in, new DefaultHandler() {
                private String text = "";

                @Override
                public void characters(char[] characters, int start, int length) {
                    text += new String(characters, start, length);
                }

                @Override
                public void endElement(String uri, String name, String qualified) {
                    if (List.of("platform", "description", "link", "author").contains(qualified)) {
                        texts.add(qualified + ":" + text);
                    }
                    text = "";
                }
            });
        }
        String library = "description:What it is|link:https://example.org/lib|author:SinterJ contributors";
        String other = "description:A < B & \"C\"";
        assertEquals(
                String.join("|", library, "platform:linux64", other, "platform:win64", other, other, library),
                String.join("|", texts));
    }

    @Test
    void aFileThatComesBackIsOfferedAgain() throws IOException {
        UpdateSite.publish(first(), site, FIRST);
        UpdateSite.publish(second(), site, SECOND);
        List<SiteFile> third = first();
        UpdateSite.publish(third, site, 20260303000000L);
        new SiteReader(site).update(fiji, "linux64");
        assertHolds(tree(fiji), third, "linux64");
    }

    @Test
    void aChangeThatIsNotLaterIsRefused() throws IOException {
        UpdateSite.publish(first(), site, SECOND);
        List<SiteFile> changed = second();
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> UpdateSite.publish(changed, site, FIRST));
        assertTrue(e.getMessage().contains("Raise project.build.outputTimestamp"), e::getMessage);
    }

    /** A file can be new to the site and yet too old for the updater to take it for new. */
    @Test
    void aNewFileMustBeLaterThanAllThatTheSiteStates() throws IOException {
        UpdateSite.publish(first(), site, FIRST);
        UpdateSite.publish(second(), site, SECOND);
        List<SiteFile> more = new ArrayList<>(second());
        more.add(text("macros/SinterJ/more.ijm", "print(3);"));
        Map<String, byte[]> before = tree(site);
        for (long time : new long[] {FIRST, FIRST + 1, SECOND}) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> UpdateSite.publish(more, site, time));
            assertTrue(e.getMessage().startsWith("macros/SinterJ/more.ijm is new"), e::getMessage);
            assertTrue(e.getMessage().contains("the newest on the site, " + SECOND), e::getMessage);
        }
        assertEquals(before.keySet(), tree(site).keySet(), "nothing was put there");
        UpdateSite.publish(more, site, SECOND + 1);
        assertTrue(Files.exists(site.resolve("macros/SinterJ/more.ijm-" + (SECOND + 1))));
    }

    @Test
    void whatIsGoneMustBeLaterToo() throws IOException {
        UpdateSite.publish(first(), site, SECOND);
        List<SiteFile> less = first().subList(0, 3);
        assertThrows(IllegalArgumentException.class, () -> UpdateSite.publish(less, site, SECOND));
    }

    @Test
    void theTimeAtWhichAFileWentCountsToo() throws IOException {
        UpdateSite.publish(first(), site, FIRST);
        UpdateSite.publish(first().subList(0, 3), site, SECOND);
        List<SiteFile> back = first();
        assertThrows(IllegalArgumentException.class, () -> UpdateSite.publish(back, site, SECOND));
    }

    @Test
    void theSameAgainNeedsNoLaterTime() throws IOException {
        UpdateSite.publish(second(), site, SECOND);
        Map<String, byte[]> before = tree(site);
        UpdateSite.publish(second(), site, FIRST);
        UpdateSite.publish(second(), site, SECOND);
        Map<String, byte[]> after = tree(site);
        assertEquals(before.keySet(), after.keySet());
        for (String name : before.keySet()) assertArrayEquals(before.get(name), after.get(name), name);
    }
}
