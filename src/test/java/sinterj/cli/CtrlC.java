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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import sinterj.trial.Child;

/**
 * Runs commands of the shell one after the other in a Java of its own and presses Ctrl-C while they run: the system's
 * signal, once or twice.
 */
public final class CtrlC {
    private static final long BETWEEN_MS = 100;
    private static final long SOONEST_MS = 30;

    private CtrlC() {}

    /**
     * A command.
     *
     * @param words as on the shell
     * @param afterMs when Ctrl-C is pressed
     * @param times how often
     * @param betweenMs and after how long again
     * @param orSooner whether to press sooner in another run if the command has ended before
     */
    public record Press(List<String> words, long afterMs, int times, long betweenMs, boolean orSooner) {
        /** With the usual time between two of them. */
        public Press(List<String> words, long afterMs, int times, boolean orSooner) {
            this(words, afterMs, times, BETWEEN_MS, orSooner);
        }

        private Press sooner() {
            return new Press(words, afterMs / 3, times, betweenMs, orSooner);
        }

        private Press closer() {
            return new Press(words, afterMs, times, betweenMs / 3, orSooner);
        }

        /** What to try next, or null if this was it or nothing is left to try. */
        private Press next(Result result) {
            boolean early = result.presses() == times && (times > 1 || !result.isTooLate());
            if (!orSooner || early) return null;
            Press next = result.caught() && times > 1 ? closer() : sooner();
            return next.afterMs >= SOONEST_MS && next.betweenMs > 0 ? next : null;
        }
    }

    /**
     * What came of it.
     *
     * @param presses how often Ctrl-C was pressed while the command was still running
     * @param seconds from the last of them to the end
     * @param made files that were not there before, with their sizes
     */
    public record Result(int exit, String out, String err, int presses, double seconds, Map<String, Long> made) {
        /** Whether the command was still running. */
        public boolean caught() {
            return presses > 0;
        }

        /** Whether it came when there was nothing left to cancel. */
        public boolean isTooLate() {
            return last().equals("The result is being written; that cannot be cancelled.");
        }

        /** What was said last. */
        public String last() {
            List<String> lines = err.strip().lines().toList();
            return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        }
    }

    /** @param words files with the commands by name, as JSON, and for the results; and the folder that is watched */
    public static void main(String[] words) throws Exception {
        Interrupts.listen(() -> {}); // a signal that comes too late must not end everything
        Map<String, Press> cases = new Gson().fromJson(Files.readString(Path.of(words[0])), new TypeToken<>() {});
        Path folder = Path.of(words[2]);
        Map<String, Result> results = new LinkedHashMap<>();
        for (Map.Entry<String, Press> one : cases.entrySet()) {
            results.put(one.getKey(), caught(one.getValue(), folder));
            Files.writeString(Path.of(words[1]), new Gson().toJson(results));
        }
        System.exit(0);
    }

    /** Presses sooner and sooner until the command is caught as often as asked: how fast a machine is nobody knows. */
    private static Result caught(Press press, Path folder) throws IOException, InterruptedException {
        Result result = pressed(press, folder);
        for (Press next = press.next(result); next != null; next = next.next(result)) {
            for (String made : result.made().keySet()) Files.delete(folder.resolve(made));
            result = pressed(next, folder);
        }
        return result;
    }

    private static Result pressed(Press press, Path folder) throws IOException, InterruptedException {
        Map<String, Long> before = files(folder);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream told = new PrintStream(err, true, StandardCharsets.UTF_8);
        int[] exit = new int[1];
        Thread run = new Thread(() ->
                exit[0] = new Main(new PrintStream(out, true, StandardCharsets.UTF_8), told).run(press.words()));
        run.start();
        run.join(press.afterMs());
        int presses = 0;
        long start = System.nanoTime();
        while (run.isAlive() && presses < press.times()) {
            interrupt();
            presses++;
            start = System.nanoTime();
            if (presses < press.times()) run.join(press.betweenMs());
        }
        run.join();
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Long> made = files(folder);
        made.keySet().removeAll(before.keySet());
        return new Result(
                exit[0],
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8),
                presses,
                seconds,
                made);
    }

    private static void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(ProcessHandle.current().pid()))
                .start()
                .waitFor();
    }

    private static Map<String, Long> files(Path folder) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                sizes.put(folder.relativize(file).toString(), Files.size(file));
            }
        }
        return sizes;
    }

    /**
     * Runs commands in a Java of its own.
     *
     * @param asked folder for question and answer
     * @param watched folder of inputs and outputs
     */
    public static Map<String, Result> in(Path asked, Path watched, Map<String, Press> cases) throws IOException {
        Path question = Files.writeString(asked.resolve("asked.json"), new Gson().toJson(cases));
        Path answer = asked.resolve("answered.json");
        // A build that runs in the background of a shell ignores Ctrl-C, and so would every program it starts.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(Child.java(
                List.of("-Djava.awt.headless=true", "-Duser.language=de", "-Xmx3g"),
                System.getProperty("java.class.path"),
                CtrlC.class.getName(),
                question.toString(),
                answer.toString(),
                watched.toString()));
        Child.Ended ended =
                Child.start(Path.of("").toAbsolutePath(), asked, command).await(Duration.ofSeconds(300));
        Map<String, Result> results = Files.exists(answer)
                ? new Gson().fromJson(Files.readString(answer), new TypeToken<Map<String, Result>>() {}.getType())
                : Map.of();
        if (results.size() == cases.size()) return results;
        throw new AssertionError("it ended after " + results.keySet() + "\n" + ended);
    }
}
