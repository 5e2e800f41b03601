package sinterj.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.trial.Child;

/** What users install, made of the jar that was just built. */
class ReleaseIT {
    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Instant NOW = Instant.parse("2026-11-24T12:30:00Z");

    @TempDir
    Path folder;

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
