package sinterj.ij;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import sinterj.release.Release;
import sinterj.trial.Child;

/** Real ImageJ at a display; its pictures are left in {@code target/screenshots}. */
class ImageJUnderXvfbIT {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @TempDir
    static Path folder;

    @BeforeAll
    static void emptyThePictures() throws IOException {
        if (!Files.isDirectory(pictures())) return;
        try (Stream<Path> old = Files.list(pictures())) {
            for (Path picture : old.toList()) Files.delete(picture);
        }
    }

    /** As a user of plain ImageJ installs it: the archive of {@code scripts/package} unpacked below {@code plugins}. */
    @TestFactory
    Stream<DynamicTest> menuAndDialogOfTheUnpackedArchive() throws IOException {
        if (System.getenv("DISPLAY") == null) return Stream.of(skipped());
        Path archive = new Release(Path.of("").toAbsolutePath()).archive(folder, Instant.parse("2026-11-24T00:00:00Z"));
        unpack(archive, Files.createDirectories(folder.resolve("ImageJ/plugins")));
        List<Path> classPath = new ArrayList<>(Child.jars(Child.property("sinterj.imagej"), "ij-1"));
        classPath.add(Child.testClasses());
        classPath.addAll(junit());
        Child.Ended ended = Child.start(
                        folder,
                        Child.java(
                                List.of(
                                        "-Xmx2g",
                                        "-Duser.language=de",
                                        "-Duser.home=" + folder,
                                        "-Dplugins.dir=" + folder.resolve("ImageJ")),
                                Child.classPath(classPath),
                                "sinterj.ij.MenuDriver",
                                pictures().toString()))
                .await(LIMIT);
        System.out.println(ended);
        return MenuDriver.checks(null).tests(ended);
    }

    private static void unpack(Path archive, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
    }

    /** With operations of the tests, which have every kind of input and output. */
    @TestFactory
    Stream<DynamicTest> dialogPreviewLiveViewAndRecorder() throws IOException {
        if (System.getenv("DISPLAY") == null) return Stream.of(skipped());
        List<Path> classPath = new ArrayList<>(Child.jars(Child.property("sinterj.imagej"), "ij-1"));
        classPath.add(Child.property("sinterj.jar"));
        classPath.addAll(Child.jars(Child.property("sinterj.lib")));
        classPath.add(Child.testClasses());
        classPath.addAll(junit());
        Child.Ended ended = Child.start(
                        folder,
                        Child.java(
                                List.of(
                                        "-Xmx1g",
                                        "-Duser.language=de",
                                        "-Duser.home=" + folder,
                                        "-Dplugins.dir=" + folder),
                                Child.classPath(classPath),
                                "sinterj.ij.DialogDriver",
                                pictures().toString(),
                                Files.createDirectories(folder.resolve("files")).toString()))
                .await(LIMIT);
        System.out.println(ended);
        return DialogDriver.checks(null).tests(ended);
    }

    /** A skipped test, whose message is told, while that of a skipped factory is not. */
    private static DynamicTest skipped() {
        return DynamicTest.dynamicTest(
                "display",
                () -> Assumptions.abort(
                        "No display (DISPLAY is not set): menu and dialogs were not looked at. Start Xvfb."));
    }

    static Path pictures() {
        return Child.property("sinterj.jar").resolveSibling("screenshots");
    }

    /** The jars with JUnit's assertions, which the drivers use. */
    static List<Path> junit() {
        return Stream.of(
                        org.junit.jupiter.api.Assertions.class,
                        org.junit.platform.commons.util.Preconditions.class,
                        org.opentest4j.AssertionFailedError.class,
                        org.apiguardian.api.API.class)
                .map(c -> Path.of(
                        c.getProtectionDomain().getCodeSource().getLocation().getPath()))
                .toList();
    }
}
