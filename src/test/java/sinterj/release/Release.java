package sinterj.release;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What is offered to users, from a built project. */
public final class Release {
    private static final String AUTHOR = "SinterJ contributors";
    private static final String NATIVE = "pytorch-native-cpu-";
    /** Fiji's names of the platforms by the endings of native libraries. */
    private static final Map<String, String> PLATFORMS = Map.of(
            "-linux-x86_64", "linux64",
            "-linux-aarch64", "linux-arm64",
            "-win-x86_64", "win64",
            "-osx-aarch64", "macos-arm64");

    private final Path project;
    private final Path target;
    private final Path natives;
    private final Path jar;

    /** @param project its folder, after {@code mvn package} */
    public Release(Path project) throws IOException {
        this(project, project.resolve("target/natives"));
    }

    /**
     * A build with native libraries from elsewhere.
     *
     * @param project its folder, after {@code mvn package}
     * @param natives a folder with PyTorch's machine code for every platform; need not exist
     */
    Release(Path project, Path natives) throws IOException {
        this.project = project;
        this.natives = natives;
        target = project.resolve("target");
        jar = only(jars(target, "SinterJ_-"));
    }

    /**
     * {@code site FOLDER YYYY-MM-DDThh:mm:ssZ} publishes the update site; {@code package FOLDER INSTANT} makes the archive
     * for plain ImageJ.
     */
    public static void main(String[] words) throws IOException {
        Release release = new Release(Path.of("").toAbsolutePath());
        Path folder = Path.of(words[1]);
        Instant now = Instant.parse(words[2]);
        if (words[0].equals("site")) {
            print(UpdateSite.publish(release.siteFiles(), folder, timestamp(now)));
        } else {
            System.out.println(release.archive(folder, now));
        }
    }

    private static void print(List<SiteRecord> records) {
        Map<String, Long> bytes = new TreeMap<>();
        for (SiteRecord record : records) {
            if (record.current() == null) {
                System.out.println("obsolete         " + record.filename());
                continue;
            }
            System.out.printf("%,15d  %s%n", record.current().size(), record.filename());
            List<String> platforms = record.platforms().isEmpty() ? List.of("every platform") : record.platforms();
            for (String platform : platforms) {
                bytes.merge(platform, record.current().size(), Long::sum);
            }
        }
        bytes.forEach((platform, sum) -> System.out.printf("%,15d  bytes for %s%n", sum, platform));
    }

    /** An instant as the updater writes it. */
    static long timestamp(Instant instant) {
        return Long.parseLong(DateTimeFormatter.ofPattern("yyyyMMddHHmmss")
                .withZone(ZoneOffset.UTC)
                .format(instant));
    }

    /** All that the update site offers. */
    List<SiteFile> siteFiles() throws IOException {
        Path written = natives.resolve("bom.json");
        Bill bill = bill();
        bill.write(written);
        List<SiteFile> files = new ArrayList<>();
        List<String> needed = new ArrayList<>();
        for (Libraries.Library library : Libraries.of(project)) {
            if (!library.isOnSite()) continue;
            List<String> links = bill.link(library.artifact()).stream().toList();
            for (Path content : jarsOf(library)) {
                SiteFile file = libraryFile(library, content, links);
                if (file.platforms().isEmpty()) needed.add(SiteFile.nameOf(file.filename()));
                files.add(file);
            }
        }
        List<String> links = bill.link("SinterJ_").stream().toList();
        files.add(new SiteFile(
                "plugins/" + jar.getFileName(),
                jar,
                "From noisy tilt series and FIB-SEM stacks to volumes, structure and material parameters",
                List.of(),
                needed,
                links,
                List.of(AUTHOR)));
        for (Path macro : files("scripts", ".ijm")) {
            files.add(ours(
                    "macros/SinterJ/" + macro.getFileName(), macro, firstSentence(Files.readAllLines(macro)), links));
        }
        for (Path part : files("models", "")) {
            Path model = project.resolve("models").relativize(part);
            String description = "Part of the network " + model.getName(0) + ", which comes along";
            files.add(ours("models/SinterJ/" + slashed(model), part, description, links));
        }
        for (Path sample : files("test-data/in_situ", "")) {
            String name = slashed(project.resolve("test-data").relativize(sample));
            files.add(ours(
                    "samples/SinterJ/" + name, sample, "Sample: a tilt series over time, made by calculation", links));
        }
        files.add(ours("licenses/SinterJ/LICENSE", project.resolve("LICENSE"), "The licence of SinterJ", links));
        files.add(ours(
                "licenses/SinterJ/third-party.md",
                project.resolve("docs/third-party.md"),
                "Libraries that come with SinterJ, and their licences",
                links));
        for (Path licence : files("docs/licenses", ".txt")) {
            String name = licence.getFileName().toString();
            String whose = name.replace(".txt", "").replace('-', ' ');
            files.add(
                    ours("licenses/SinterJ/" + name, licence, "Licence of libraries that come along: " + whose, links));
        }
        files.add(ours("licenses/SinterJ/bom.json", written, "Bill of materials, in the format of CycloneDX", links));
        return files;
    }

    /** The bill of the build, which knows the machine code of its own platform only, with that of the others. */
    private Bill bill() throws IOException {
        Bill bill = new Bill(target.resolve("bom.json"));
        for (Path library : jars(natives, NATIVE)) {
            Optional<String> ending = classifier(library);
            if (ending.isPresent())
                bill.addPlatform("pytorch-native-cpu", ending.get().substring(1), library);
        }
        return bill;
    }

    private static Optional<String> classifier(Path library) {
        String name = library.getFileName().toString();
        return PLATFORMS.keySet().stream()
                .filter(ending -> name.endsWith(ending + ".jar"))
                .findFirst();
    }

    /** Those of every platform if they were fetched, else that of this one. */
    private List<Path> jarsOf(Libraries.Library library) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder : List.of(natives, target.resolve("lib"))) {
            for (Path jar : jars(folder, library.artifact())) {
                boolean known = found.stream().anyMatch(f -> f.getFileName().equals(jar.getFileName()));
                if (library.is(jar) && !known) found.add(jar);
            }
        }
        if (found.isEmpty()) throw new IOException(library.artifact() + " is not among the libraries of the build.");
        return found;
    }

    /**
     * A native library goes into the folder of its platform, without the platform in its name: the updater's rule for
     * names without versions leaves {@code 2.7.1-win-x86_64} as it is.
     */
    private static SiteFile libraryFile(Libraries.Library library, Path content, List<String> links) {
        String name = content.getFileName().toString();
        Optional<String> ending = classifier(content);
        String platform = ending.map(PLATFORMS::get).orElse(null);
        return new SiteFile(
                platform == null
                        ? "jars/" + name
                        : "jars/" + platform + "/" + name.replace(ending.get() + ".jar", ".jar"),
                content,
                library.use() + " (" + library.licence() + ")",
                platform == null ? List.of() : List.of(platform),
                List.of(),
                links,
                library.authors());
    }

    private static SiteFile ours(String filename, Path content, String description, List<String> links) {
        return new SiteFile(filename, content, description, List.of(), List.of(), links, List.of(AUTHOR));
    }

    /** The first sentence of what a macro says of itself. */
    static String firstSentence(List<String> macro) {
        String comment = macro.stream()
                .takeWhile(line -> line.startsWith("//"))
                .map(line -> line.substring(2).strip())
                .collect(Collectors.joining(" "));
        return comment.replaceFirst("(?<=[.!?]) .*", "");
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }

    /** The files below a folder of the project, but for the pages about it. */
    private List<Path> files(String folder, String ending) throws IOException {
        Path from = project.resolve(folder);
        try (Stream<Path> tree = Files.walk(from)) {
            return tree.filter(Files::isRegularFile)
                    .filter(f -> f.getFileName().toString().endsWith(ending))
                    .filter(f -> !from.relativize(f).toString().equals("README.md"))
                    .sorted()
                    .toList();
        }
    }

    /** Whether a library holds machine code for one platform only, of which users take the one for theirs. */
    static boolean isOfOnePlatform(Path library) {
        return library.getFileName().toString().startsWith(NATIVE);
    }

    /** The jar of the build; an older one that lies beside it could be taken for it. */
    static Path only(List<Path> jars) throws IOException {
        if (jars.isEmpty()) throw new IOException("SinterJ is not built yet. Run 'mvn package' first.");
        if (jars.size() > 1) {
            throw new IOException("There are jars of several builds: "
                    + jars.stream().map(j -> j.getFileName().toString()).collect(Collectors.joining(", "))
                    + ". Run 'mvn clean package' first.");
        }
        return jars.get(0);
    }

    private static List<Path> jars(Path folder, String start) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(start))
                    .filter(f -> f.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * The archive for ImageJ 1.x: a folder to put below {@code plugins/}, with all libraries.
     *
     * @param folder where to write it
     * @param now the date of every entry, so that the same build gives the same bytes
     * @return the archive
     */
    public Path archive(Path folder, Instant now) throws IOException {
        Map<String, Path> contents = new TreeMap<>();
        contents.put("SinterJ/" + jar.getFileName(), jar);
        for (Path library : jars(target.resolve("lib"), "")) {
            if (!isOfOnePlatform(library)) contents.put("SinterJ/" + library.getFileName(), library);
        }
        contents.put("SinterJ/LICENSE", project.resolve("LICENSE"));
        contents.put("SinterJ/third-party.md", project.resolve("docs/third-party.md"));
        contents.put("SinterJ/bom.json", target.resolve("bom.json"));
        Files.createDirectories(folder);
        String version = jar.getFileName().toString().replaceAll("^SinterJ_-|\\.jar$", "");
        Path archive = folder.resolve("SinterJ-" + version + "-imagej.zip");
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(9);
            for (Map.Entry<String, Path> content : contents.entrySet()) {
                add(zip, content.getKey(), Files.readAllBytes(content.getValue()), now);
            }
            add(zip, "SinterJ/README.txt", README.getBytes(StandardCharsets.UTF_8), now);
        }
        return archive;
    }

    private static void add(ZipOutputStream zip, String name, byte[] content, Instant now) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.ofInstant(now, ZoneOffset.UTC));
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static final String README = """
        SinterJ for ImageJ 1.54 or newer, on Java 17 or newer.

        Put this folder into ImageJ's folder plugins/ and restart ImageJ. The commands are under Plugins > SinterJ.
        In Fiji use the update site instead: Fiji has most of these libraries already.
        """;
}
