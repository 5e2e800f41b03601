package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.trial.Child;

/**
 * An installation that lacks jars: without PyTorch and its bridge everything but training works, and without ONNX Runtime
 * too everything but U-Nets. What is missing is said in a sentence.
 */
class WithoutEnginesIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    @TempDir
    private static Path folder;

    /** The jars of the shell, but for those whose names start with one of these. */
    private static String classPath(String... without) throws IOException {
        try (Stream<Path> jars = Stream.of(TARGET, TARGET.resolve("lib"), TARGET.resolve("imagej"))
                .flatMap(WithoutEnginesIT::jars)
                .filter(jar -> Stream.of(without).noneMatch(jar.getFileName().toString()::startsWith))) {
            return jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static Stream<Path> jars(Path in) {
        try (Stream<Path> files = Files.list(in)) {
            return files
                    .filter(f -> f.toString().endsWith(".jar")
                            && !f.getFileName().toString().startsWith("original-")
                            && !f.toString().endsWith("-sources.jar")
                            && !f.toString().endsWith("-javadoc.jar"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Child.Ended run(String classPath, String... words) {
        return Child.run(folder, Child.java(List.of("-Djava.awt.headless=true"), classPath, "sinterj.cli.Main", words));
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    @BeforeAll
    static void makeSections() throws IOException {
        Child.Ended made = run(
                classPath(),
                "simulate-fibsem",
                "--width=64",
                "--height=64",
                "--depth=8",
                "--output=" + file("sections.tif"),
                "--labels-output=" + file("phases.tif"));
        assertEquals(0, made.exit(), made::toString);
    }

    private static Child.Ended segment(String classPath) {
        return run(classPath, "segment-unet", "--input=" + file("sections.tif"), "--output=" + file("made.tif"));
    }

    private static void assertTrainingSaysWhatItNeeds(String classPath, String jar) {
        Child.Ended refused = run(
                classPath,
                "train-unet",
                "--input=" + file("sections.tif"),
                "--labels=" + file("phases.tif"),
                "--unlabelled=none",
                "--model=" + file("model"));
        assertEquals(2, refused.exit(), refused::toString);
        assertTrue(refused.err().contains("Training needs " + jar), refused::toString);
        assertTrue(!refused.err().contains("\tat "), refused::toString);
        assertTrue(!Files.exists(folder.resolve("model")), "nothing was written");
    }

    private static String state(String classPath) {
        Child.Ended told = run(classPath, "engine-status");
        assertEquals(0, told.exit(), told::toString);
        return told.out();
    }

    @Test
    void withoutTheMachineCodeOfPyTorchNetworksAreAppliedAndTheRestWorks() throws IOException {
        String path = classPath("pytorch-native");
        Child.Ended segmented = segment(path);
        assertEquals(0, segmented.exit(), segmented::toString);
        assertTrainingSaysWhatItNeeds(path, "pytorch-native-cpu-");
        assertTrue(state(path).contains("pytorch-native-cpu-"), "the status names the jar");
        Child.Ended cleaned =
                run(path, "clean-fibsem", "--input=" + file("sections.tif"), "--output=" + file("clean.tif"));
        assertEquals(0, cleaned.exit(), cleaned::toString);
    }

    @Test
    void withoutDeepJavaLibraryNetworksAreAppliedToo() throws IOException {
        String path = classPath("pytorch-engine-", "pytorch-jni-", "api-");
        Child.Ended segmented = segment(path);
        assertEquals(0, segmented.exit(), segmented::toString);
        assertTrainingSaysWhatItNeeds(path, "the jar of ai.djl");
        assertTrue(state(path).contains("the jar of ai.djl"), "the status names the jar");
    }

    @Test
    void withoutAnyEngineTheRestWorksAndUNetsSayWhatTheyNeed() throws IOException {
        String path = classPath("pytorch-native", "onnxruntime-");
        Child.Ended refused = segment(path);
        assertEquals(2, refused.exit(), refused::toString);
        assertTrue(refused.err().contains("onnxruntime-"), refused::toString);
        assertTrue(!refused.err().contains("\tat "), refused::toString);
        assertTrainingSaysWhatItNeeds(path, "pytorch-native-cpu-");
        assertTrue(state(path).contains("onnxruntime-"), "the status names the jar");
        Child.Ended measured = run(
                path, "local-thickness", "--input=" + file("phases.tif"), "--phase=1", "--output=" + file("thick.tif"));
        assertEquals(0, measured.exit(), measured::toString);
    }
}
