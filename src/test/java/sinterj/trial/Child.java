package sinterj.trial;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program that a test starts, with what it said and how it ended. */
public final class Child {
    private final Process process;
    private final Path out;
    private final Path err;

    private Child(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** How a program ended. */
    public record Ended(int exit, String out, String err) {
        @Override
        public String toString() {
            return "exit " + exit + "\n--- out\n" + out + "\n--- err\n" + err;
        }
    }

    /** Starts a program in a folder; its words go to files there. */
    public static Child start(Path folder, List<String> command) {
        return start(folder, folder, command);
    }

    /** Starts a program in a folder; its words go to files in another. */
    public static Child start(Path here, Path folder, List<String> command) {
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(here.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            return new Child(builder.start(), out, err);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a program to its end. */
    public static Ended run(Path folder, List<String> command) {
        return start(folder, command).await(Duration.ofSeconds(120));
    }

    /** The command that starts this Java with a class. */
    public static List<String> java(List<String> flags, String classPath, String main, String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(List.of(words));
        return command;
    }

    /** The jars of a folder whose name starts with one of the given words; all of them if none is given. */
    public static List<Path> jars(Path folder, String... starts) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".jar"))
                    .filter(f -> starts.length == 0
                            || Stream.of(starts)
                                    .anyMatch(s -> f.getFileName().toString().startsWith(s)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Paths as a class path. */
    public static String classPath(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Where a class of the tests was loaded from. */
    public static Path testClasses() {
        return Path.of(
                Child.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    /** A folder or file that failsafe names. */
    public static Path property(String name) {
        return Path.of(System.getProperty(name));
    }

    /** Sends Ctrl-C to the program and all that it started; it must have been started in a session of its own. */
    public void interruptGroup() {
        try {
            new ProcessBuilder("kill", "-INT", "--", "-" + process.pid())
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the program has said something on standard error. */
    public void awaitErr(String word) {
        long end = System.currentTimeMillis() + 60_000;
        while (!text(err).contains(word)) {
            if (System.currentTimeMillis() > end || !process.isAlive()) {
                throw new AssertionError("it never said '" + word + "'\n" + text(err) + text(out));
            }
            sleep(20);
        }
    }

    private static void sleep(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end, which must come in time. */
    public Ended await(Duration limit) {
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("it did not end within " + limit + "\n" + text(out) + text(err));
            }
            return new Ended(process.exitValue(), text(out), text(err));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
