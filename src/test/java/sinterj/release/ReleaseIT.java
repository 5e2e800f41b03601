package sinterj.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.util.FileUtils;
import sinterj.trial.Child;

/** What users install, made of the jar that was just built. */
class ReleaseIT {
    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Instant NOW = Instant.parse("2026-11-24T12:30:00Z");

    private static final String PROPERTIES = "native/lib/pytorch.properties";
    /** Fiji's names of the platforms that PyTorch has machine code for, and PyTorch's. */
    private static final Map<String, String> PLATFORMS = Map.of(
            "linux64", "linux-x86_64",
            "linux-arm64", "linux-aarch64",
            "win64", "win-x86_64",
            "macos-arm64", "osx-aarch64");

    @TempDir
    Path folder;

    /** This build, with small jars in place of PyTorch's machine code for each platform. */
    private Release withNativesOfAllPlatforms() throws IOException {
        Path natives = Files.createDirectories(folder.resolve("natives"));
        for (String classifier : PLATFORMS.values()) {
            jar(
                    natives.resolve("pytorch-native-cpu-" + pytorch() + "-" + classifier + ".jar"),
                    ("classifier=" + classifier + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return new Release(PROJECT, natives);
    }

    /** A jar that says for which platform it is, as PyTorch's do. */
    private static Path jar(Path jar, byte[] properties) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry entry = new ZipEntry(PROPERTIES);
            entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0)); // else the bytes depend on the clock
            zip.putNextEntry(entry);
            zip.write(properties);
        }
        return jar;
    }

    private static byte[] properties(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.getInputStream(zip.getEntry(PROPERTIES)).readAllBytes();
        }
    }

    private static String pytorch() {
        return Libraries.of(PROJECT).stream()
                .filter(library -> library.artifact().equals("pytorch-native-cpu"))
                .findFirst()
                .orElseThrow()
                .version();
    }

    private static Set<String> names(List<Path> files) {
        return files.stream().map(f -> f.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void thePageOfLibrariesNamesExactlyThoseOfTheBuild() {
        List<Path> jars = Child.jars(Child.property("sinterj.lib"));
        List<Libraries.Library> beside = Libraries.of(PROJECT).stream()
                .filter(library -> !library.where().equals("SinterJ's jar"))
                .toList();
        for (Path jar : jars) {
            assertEquals(1, beside.stream().filter(library -> library.is(jar)).count(), jar::toString);
        }
        for (Libraries.Library library : beside) {
            assertEquals(1, jars.stream().filter(library::is).count(), library::toString);
        }
    }

    @Test
    void theBillOfMaterialsNamesTheLibrariesWithVersionAndLicence() throws IOException {
        JsonObject bom = JsonParser.parseString(Files.readString(PROJECT.resolve("target/bom.json")))
                .getAsJsonObject();
        assertEquals("CycloneDX", bom.get("bomFormat").getAsString());
        Set<String> listed = new TreeSet<>();
        for (JsonElement component : bom.getAsJsonArray("components")) {
            JsonObject c = component.getAsJsonObject();
            assertFalse(c.getAsJsonArray("licenses").isEmpty(), c::toString);
            listed.add(c.get("name").getAsString() + " " + c.get("version").getAsString());
        }
        Set<String> page = Libraries.of(PROJECT).stream()
                .map(library -> library.artifact() + " " + library.version())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(page, listed);
    }

    @Test
    void theBillOnTheSiteNamesTheMachineCodeOfEveryPlatformWithItsHashes() throws Exception {
        Release release = withNativesOfAllPlatforms();
        Path bill = release.siteFiles().stream()
                .filter(f -> f.filename().equals("licenses/SinterJ/bom.json"))
                .findFirst()
                .orElseThrow()
                .content();
        JsonObject bom = JsonParser.parseString(Files.readString(bill)).getAsJsonObject();
        JsonObject built = JsonParser.parseString(Files.readString(PROJECT.resolve("target/bom.json")))
                .getAsJsonObject();
        Map<String, JsonObject> natives = new TreeMap<>();
        for (JsonElement component : bom.getAsJsonArray("components")) {
            JsonObject c = component.getAsJsonObject();
            if (c.get("name").getAsString().equals("pytorch-native-cpu"))
                natives.put(c.get("purl").getAsString().replaceAll(".*classifier=|&.*", ""), c);
        }
        assertEquals(new TreeSet<>(PLATFORMS.values()), natives.keySet());
        int others = 0;
        for (String classifier : PLATFORMS.values()) {
            JsonObject component = natives.get(classifier);
            String reference = component.get("bom-ref").getAsString();
            assertEquals(
                    2, bom.get("dependencies").toString().split(Pattern.quote("\"" + reference + "\""), -1).length - 1);
            if (built.toString().contains(reference)) continue;
            others++;
            Path jar = folder.resolve("natives/pytorch-native-cpu-" + pytorch() + "-" + classifier + ".jar");
            assertTrue(component.getAsJsonArray("hashes").size() > 2);
            for (JsonElement hash : component.getAsJsonArray("hashes")) {
                JsonObject h = hash.getAsJsonObject();
                byte[] digest =
                        MessageDigest.getInstance(h.get("alg").getAsString()).digest(Files.readAllBytes(jar));
                assertEquals(HexFormat.of().formatHex(digest), h.get("content").getAsString());
            }
        }
        assertTrue(others >= PLATFORMS.size() - 1, "that of this platform comes from the build");
        assertNotEquals(built.get("serialNumber"), bom.get("serialNumber"), "another bill, another number");
        byte[] first = Files.readAllBytes(bill);
        release.siteFiles();
        assertArrayEquals(first, Files.readAllBytes(bill), "the same each time");
    }

    @Test
    void librariesInTheJarHaveNamesOfTheirOwn() throws IOException {
        try (ZipFile jar = new ZipFile(Child.property("sinterj.jar").toFile())) {
            List<String> strangers = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.startsWith("sinterj/"))
                    .toList();
            assertEquals(List.of(), strangers);
            assertTrue(jar.getEntry("sinterj/lib/csv/CSVParser.class") != null);
            assertTrue(jar.getEntry("META-INF/LICENSE.txt") != null, "Apache's licence");
        }
    }

    @Test
    void theSiteOffersNothingThatFijiShips() throws IOException {
        Set<String> fiji = Libraries.ofFiji();
        assertTrue(fiji.containsAll(Set.of("commons-math3", "gson", "imglib2", "scijava-common")));
        for (SiteFile file : new Release(PROJECT).siteFiles()) {
            String name = SiteFile.nameOf(file.filename()).replaceAll(".*/|\\.jar$", "");
            assertFalse(fiji.contains(name), file.filename());
        }
        for (Libraries.Library library : Libraries.of(PROJECT)) {
            if (library.where().equals("Fiji")) assertTrue(fiji.contains(library.artifact()), library.artifact());
        }
    }

    @Test
    void everyJarOfTheSiteHasANameThatStaysWhenItsVersionChanges() throws IOException {
        Set<String> names = new TreeSet<>();
        for (SiteFile file : withNativesOfAllPlatforms().siteFiles()) {
            String name = FileUtils.stripFilenameVersion(file.filename());
            assertEquals(name, SiteFile.nameOf(file.filename()));
            assertTrue(names.add(name), () -> "two files are one to the updater: " + name);
            if (!name.endsWith(".jar")) continue;
            assertFalse(name.matches(".*-\\d.*"), () -> name + " still has a version");
            String later = file.filename().replaceFirst("-\\d+\\.", "-99.");
            assertEquals(name, FileUtils.stripFilenameVersion(later), "the next version");
        }
        assertTrue(names.contains("jars/linux64/pytorch-native-cpu.jar"), names::toString);
    }

    @Test
    void theListSaysOfEveryFileWhatItIsAndWhoMadeIt() throws IOException {
        List<SiteFile> files = withNativesOfAllPlatforms().siteFiles();
        for (SiteFile file : files) {
            assertTrue(file.description().length() > 5, file.filename());
            assertFalse(file.description().contains("//"), file.filename());
            assertEquals(1, file.authors().size(), file.filename());
            if (!file.filename().startsWith("jars/")) continue;
            assertEquals(1, file.links().size(), file.filename());
            assertTrue(file.links().get(0).matches("https?://[^ ]+"), file.filename());
        }
        Map<String, SiteFile> named = files.stream().collect(Collectors.toMap(SiteFile::filename, f -> f));
        assertEquals(
                List.of("https://github.com/wendykierp/JTransforms"),
                named.get("jars/JTransforms-3.1.jar").links());
    }

    /** There is no page of the project's own until pom.xml names one, as its url. */
    @Test
    void ownFilesLinkToThePageOfTheProject() throws IOException {
        JsonObject bom = JsonParser.parseString(Files.readString(PROJECT.resolve("target/bom.json")))
                .getAsJsonObject();
        JsonObject website = new JsonObject();
        website.addProperty("type", "website");
        website.addProperty("url", "https://example.org/sinterj");
        JsonArray references = new JsonArray();
        references.add(website);
        bom.getAsJsonObject("metadata").getAsJsonObject("component").add("externalReferences", references);
        Path written = Files.writeString(folder.resolve("with-page.json"), bom.toString());
        assertEquals(Optional.of("https://example.org/sinterj"), new Bill(written).link("SinterJ_"));
        String page = Pattern.compile("</version>.*?<url>(.*?)</url>.*?<licenses>", Pattern.DOTALL)
                .matcher(Files.readString(PROJECT.resolve("pom.xml")))
                .results()
                .map(m -> m.group(1))
                .findFirst()
                .orElse(null);
        for (SiteFile file : new Release(PROJECT).siteFiles()) {
            if (file.filename().startsWith("jars/")) continue;
            assertEquals(page == null ? List.of() : List.of(page), file.links(), file.filename());
        }
    }

    /** Rows of machine code that this build has not fetched are left alone; scripts/update-site has all. */
    @Test
    void theTablesOfTheInstallPageGiveTheFilesAndTheirSizes() throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        Map<String, Long> totals = new TreeMap<>();
        long everywhere = 0;
        for (SiteFile file : new Release(PROJECT).siteFiles()) {
            long size = Files.size(file.content());
            String row = file.filename().endsWith(".jar")
                    ? SiteFile.nameOf(file.filename())
                    : file.filename().replaceFirst("([^/]+/[^/]+/).*", "$1");
            sizes.merge(row, size, Long::sum);
            if (file.platforms().isEmpty()) everywhere += size;
            for (String platform : file.platforms()) totals.merge(platform, size, Long::sum);
        }
        Map<String, String> wanted = new TreeMap<>();
        sizes.forEach((row, bytes) -> wanted.put(row, String.format(Locale.ROOT, "%.1f", bytes / 1e6)));
        for (String platform : totals.keySet()) {
            wanted.put(platform, String.format(Locale.ROOT, "%.0f", (everywhere + totals.get(platform)) / 1e6));
        }
        wanted.put("others", String.format(Locale.ROOT, "%.0f", everywhere / 1e6));
        Map<String, String> stated = new TreeMap<>();
        for (String line : Files.readAllLines(PROJECT.resolve("docs/install.md"))) {
            if (!line.startsWith("| `")) continue;
            String[] cells = line.split("\\s*\\|\\s*");
            stated.put(cells[1].replace("`", ""), cells[3]);
        }
        for (String platform : PLATFORMS.keySet()) {
            assertTrue(stated.containsKey(platform), platform);
            assertTrue(stated.containsKey("jars/" + platform + "/pytorch-native-cpu.jar"), platform);
            if (totals.containsKey(platform)) continue;
            stated.remove(platform);
            stated.remove("jars/" + platform + "/pytorch-native-cpu.jar");
        }
        assertEquals(wanted, stated, "docs/install.md");
    }

    @Test
    void theSiteOfThisBuildInstallsItsJarByteForByte() throws IOException {
        Path site = folder.resolve("site");
        UpdateSite.publish(new Release(PROJECT).siteFiles(), site, Release.timestamp(NOW));
        SiteReader reader = new SiteReader(site);
        assertEquals(List.of(), reader.missing());
        Path fiji = Files.createDirectories(folder.resolve("Fiji.app"));
        reader.update(fiji, "linux64");
        Path jar = Child.property("sinterj.jar");
        assertArrayEquals(
                Files.readAllBytes(jar),
                Files.readAllBytes(fiji.resolve("plugins").resolve(jar.getFileName())));
        assertTrue(Files.exists(fiji.resolve("macros/SinterJ/demo.ijm")));
        assertTrue(Files.exists(fiji.resolve("samples/SinterJ/in_situ/heap_t001.mrc")));
        assertEquals(20261124123000L, Release.timestamp(NOW));
    }

    @Test
    void everyPlatformGetsTheMachineCodeOfPyTorchThatIsForIt() throws IOException {
        Path site = folder.resolve("site");
        List<SiteFile> small = new ArrayList<>();
        for (SiteFile file : withNativesOfAllPlatforms().siteFiles()) {
            if (Files.size(file.content()) < 1 << 20) small.add(file);
        }
        UpdateSite.publish(small, site, Release.timestamp(NOW));
        SiteReader reader = new SiteReader(site);
        for (String platform : List.of("linux64", "linux-arm64", "win64", "macos-arm64", "macos64", "win-arm64")) {
            Path fiji = Files.createDirectories(folder.resolve("Fiji-" + platform));
            reader.update(fiji, platform);
            Path library = fiji.resolve("jars/" + platform + "/pytorch-native-cpu-" + pytorch() + ".jar");
            Set<Path> installed;
            try (Stream<Path> tree = Files.walk(fiji.resolve("jars"))) {
                installed = tree.filter(f -> f.getFileName().toString().startsWith("pytorch-native"))
                        .collect(Collectors.toSet());
            }
            String classifier = PLATFORMS.get(platform);
            assertEquals(classifier == null ? Set.of() : Set.of(library), installed, platform);
            if (classifier == null) continue;
            assertEquals("classifier=" + classifier + "\n", new String(properties(library), StandardCharsets.UTF_8));
            assertEquals(List.of(), reader.update(fiji, platform), "nothing is left to do");
        }
    }

    /** The name on the site has no platform in it; what looks for the library must not need one. */
    @Test
    void pyTorchIsFoundUnderTheNameThatItHasOnTheSite() throws IOException {
        List<Path> jars = new ArrayList<>();
        jars.add(Child.property("sinterj.jar").toAbsolutePath());
        for (Path jar : Child.jars(Child.property("sinterj.lib").toAbsolutePath())) {
            if (!Release.isOfOnePlatform(jar)) jars.add(jar);
        }
        jars.addAll(Child.jars(Child.property("sinterj.imagej").toAbsolutePath()));
        Optional<SiteFile> library = new Release(PROJECT, folder)
                .siteFiles().stream()
                        .filter(f -> Release.isOfOnePlatform(f.content()))
                        .findFirst();
        assumeTrue(library.isPresent(), "the build has no PyTorch for this platform");
        Path renamed =
                folder.toRealPath().resolve(Path.of(library.get().filename()).getFileName());
        jar(renamed, properties(library.get().content()));
        jars.add(renamed);
        Child.Ended told = Child.run(
                folder,
                Child.java(
                        List.of("-Djava.awt.headless=true"),
                        Child.classPath(jars),
                        "sinterj.cli.Main",
                        "engine-status"));
        assertEquals(0, told.exit(), told::toString);
        assertTrue(told.out().contains(renamed.toString()), told::toString);
        assertFalse(told.out().contains("Not usable"), told::toString);
        assertFalse(told.out().contains("Training needs"), told::toString);
    }

    @Test
    void theArchiveForImagejHoldsJarAndLibrariesAndIsReproducible() throws IOException {
        Release release = new Release(PROJECT);
        Path archive = release.archive(folder, NOW);
        byte[] first = Files.readAllBytes(archive);
        assertArrayEquals(first, Files.readAllBytes(release.archive(folder.resolve("again"), NOW)));
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            Set<String> jars = zip.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".jar"))
                    .map(name -> name.substring("SinterJ/".length()))
                    .collect(Collectors.toCollection(TreeSet::new));
            List<Path> libraries = Child.jars(Child.property("sinterj.lib"));
            Set<String> wanted = names(
                    libraries.stream().filter(l -> !Release.isOfOnePlatform(l)).toList());
            assertEquals(libraries.size() - 1, wanted.size(), "all but the one for this platform");
            wanted.add(Child.property("sinterj.jar").getFileName().toString());
            assertEquals(wanted, jars);
        }
    }
}
