package sinterj.phasefield;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.trial.Child;

/**
 * One array too many, or a neighbour's element, and a loop silently costs three to five times as much. So each is timed
 * by a Java of its own, and again without vector instructions.
 */
@Tag("proof")
class VectorisedKernelsTest {
    /** Of the time without vector instructions; 0.2 to 0.5 was seen, and 0.9 to 1.1 for loops that are not vectorised. */
    private static final double MOST = 0.65;

    /** Waits for the compiler: on a busy machine a loop may be done before its vector instructions are made. */
    private static final String WAIT = "-Xbatch";

    @Test
    void everyInnerLoopUsesVectorInstructions(@TempDir Path folder) {
        Map<String, Double> vector = times(folder, List.of(WAIT));
        Map<String, Double> scalar = times(folder, List.of(WAIT, "-XX:-UseSuperWord"));
        assertEquals(42, vector.size());
        List<String> slow = new ArrayList<>();
        vector.forEach((loop, time) -> {
            double share = time / scalar.get(loop);
            if (share > MOST) slow.add(loop + " takes " + share + " of its time without vector instructions");
        });
        assertTrue(slow.isEmpty(), slow + "\n" + vector + "\n" + scalar);
    }

    private static Map<String, Double> times(Path folder, List<String> flags) {
        String classes = Child.testClasses().resolveSibling("classes") + File.pathSeparator + Child.testClasses();
        Child.Ended ended = Child.run(folder, Child.java(flags, classes, "sinterj.phasefield.KernelTimes"));
        assertEquals(0, ended.exit(), ended::toString);
        Map<String, Double> times = new LinkedHashMap<>();
        for (String line : ended.out().split("\\R")) {
            String[] words = line.split(" ");
            times.put(words[0], Double.parseDouble(words[1]));
        }
        return times;
    }
}
