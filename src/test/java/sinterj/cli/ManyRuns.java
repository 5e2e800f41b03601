package sinterj.cli;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sinterj.trial.Child;

/**
 * Runs many commands of the shell one after the other in a Java of its own, which a test starts with little memory, or
 * where a disk is full. Asked and answered through a file.
 */
public final class ManyRuns {
    private ManyRuns() {}

    /** What came of one of them. */
    public record Result(int exit, String out, String err, double seconds) {
        /** Whether it ended well, or in one sentence that is no trace. */
        public boolean isDoneOrASentence() {
            return exit == 0 || isASentence();
        }

        /** Whether it was refused in one sentence. */
        public boolean isASentence() {
            String last = last();
            return exit == 2 && last.endsWith(".") && last.contains(" ") && !err.contains("\tat ");
        }

        /** What was said last. */
        public String last() {
            List<String> lines = err.strip().lines().toList();
            return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        }
    }

    /** @param words a file with the commands by name, as JSON, and one for the results */
    public static void main(String[] words) throws IOException {
        Map<String, List<String>> cases =
                new Gson().fromJson(Files.readString(Path.of(words[0])), new TypeToken<>() {});
        Map<String, Result> results = new LinkedHashMap<>();
        PrintStream realErr = System.err;
        for (Map.Entry<String, List<String>> run : cases.entrySet()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            PrintStream told = new PrintStream(err, true, StandardCharsets.UTF_8);
            System.setErr(told); // what ImageJ or a thread says is seen too
            long start = System.nanoTime();
            int exit = new Main(new PrintStream(out, true, StandardCharsets.UTF_8), told).run(run.getValue());
            double seconds = (System.nanoTime() - start) / 1e9;
            System.setErr(realErr);
            results.put(
                    run.getKey(),
                    new Result(
                            exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), seconds));
            Files.writeString(Path.of(words[1]), new Gson().toJson(results));
        }
        System.exit(0);
    }

    /**
     * Runs commands in a Java of its own.
     *
     * @param folder for the files of question and answer, which can be written
     * @param before words in front of the command, such as those that make a disk
     * @param flags of Java
     */
    public static Map<String, Result> in(
            Path folder, List<String> before, List<String> flags, Map<String, List<String>> cases) throws IOException {
        Path asked = Files.writeString(folder.resolve("asked.json"), new Gson().toJson(cases));
        Path answered = folder.resolve("answered.json");
        Files.deleteIfExists(answered);
        List<String> command = new ArrayList<>(before);
        List<String> all = new ArrayList<>(flags);
        all.addAll(Arrays.asList("-Djava.awt.headless=true", "-Duser.language=de"));
        command.addAll(Child.java(
                all,
                System.getProperty("java.class.path"),
                ManyRuns.class.getName(),
                asked.toString(),
                answered.toString()));
        Child.Ended ended =
                Child.start(Path.of("").toAbsolutePath(), folder, command).await(Duration.ofSeconds(240));
        if (!Files.exists(answered)) throw new AssertionError(ended.toString());
        Map<String, Result> results =
                new Gson().fromJson(Files.readString(answered), new TypeToken<Map<String, Result>>() {}.getType());
        if (results.size() < cases.size()) {
            throw new AssertionError("it ended after " + results.keySet() + "\n" + ended);
        }
        return results;
    }
}
