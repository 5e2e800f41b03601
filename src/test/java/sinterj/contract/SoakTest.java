package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.trial.Child;

/** Command after command in one Java: nothing grows. Each counts once, though it is refused and cancelled as well. */
class SoakTest {
    /** What Java itself keeps of some rounds more: compiled code's tables, caches that fill up. */
    private static final long HEAP = 400_000;

    @TempDir
    Path folder;

    private List<Map<String, Long>> soak(int rounds, int leak) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Path files = Files.createDirectories(folder.resolve("files"));
        Child.Ended ended = Child.start(
                        Path.of("").toAbsolutePath(),
                        folder,
                        Child.java(
                                List.of(
                                        "-Xmx512m",
                                        "-XX:+UseSerialGC",
                                        "-Djava.awt.headless=true",
                                        "-Djava.io.tmpdir=" + temporary),
                                System.getProperty("java.class.path"),
                                SoakDriver.class.getName(),
                                Integer.toString(rounds),
                                files.toString(),
                                Integer.toString(leak)))
                .await(Duration.ofMinutes(9));
        assertEquals(0, ended.exit(), ended::toString);
        List<Map<String, Long>> told = new ArrayList<>();
        ended.out().lines().filter(l -> l.startsWith("SOAK ")).forEach(line -> {
            System.out.println(line);
            Map<String, Long> one = new LinkedHashMap<>();
            for (String pair : line.substring(5).split(" ")) {
                one.put(pair.replaceAll("=.*", ""), Long.parseLong(pair.replaceAll(".*=", "")));
            }
            told.add(one);
        });
        assertEquals(rounds, told.size());
        return told;
    }

    /** The growth of a figure over the second half; the first is for what is loaded and filled once. */
    private static long growth(List<Map<String, Long>> told, String what) {
        return told.get(told.size() - 1).get(what)
                - told.get((told.size() - 1) / 2).get(what);
    }

    private static void requireFlat(List<Map<String, Long>> told, long process) {
        assertTrue(growth(told, "heap") < HEAP, told.toString());
        assertTrue(growth(told, "process") < process, told.toString());
        assertTrue(growth(told, "threads") <= 0, told.toString());
        assertTrue(growth(told, "workers") <= Runtime.getRuntime().availableProcessors(), told.toString());
        assertTrue(growth(told, "open") <= 2, told.toString());
        assertEquals(0, growth(told, "temporary"), told.toString());
        assertEquals(0, growth(told, "windows"), told.toString());
        assertEquals(0L, told.get(told.size() - 1).get("half"), told.toString());
    }

    @Test
    void commandsLeaveNothingBehind() throws IOException {
        requireFlat(soak(3, 0), 100_000_000);
    }

    @Test
    @Tag("proof")
    void twoHundredCommandsLeaveNothingBehind() throws IOException {
        List<Map<String, Long>> told = soak(10, 0);
        assertTrue(told.get(told.size() - 1).get("commands") >= 200);
        requireFlat(told, 60_000_000);
    }

    /** The measure sees what it is for. */
    @Test
    @Tag("proof")
    void aLeakOfTwentyKilobytesACommandIsSeen() throws IOException {
        assertFalse(growth(soak(4, 20_000), "heap") < HEAP);
    }
}
