package sinterj.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;
import sinterj.segment.Network;
import sinterj.segment.UNetShape;
import sinterj.trial.Child;

/** A Java that ends while networks are applied in several threads ends as it was told to. */
class EndOfJavaTest {
    private static final int SIDE = 512;
    private static final int EXIT = 7;

    /** Applies a network without end, and ends. */
    static final class Driver {
        private Driver() {}

        public static void main(String[] words) throws InterruptedException {
            UNetShape shape = new UNetShape(1, 3, 16, 3);
            for (int thread = 0; thread < 3; thread++) {
                Network network = new OnnxNetwork(NetworksTest.arbitrary(shape, thread));
                network.probabilities(new float[SIDE * SIDE], SIDE, SIDE);
                Thread applying = new Thread(() -> {
                    while (true) network.probabilities(new float[SIDE * SIDE], SIDE, SIDE);
                });
                applying.setUncaughtExceptionHandler((t, e) -> {}); // Java ends
                applying.start();
            }
            Thread.sleep(500);
            System.exit(EXIT);
        }
    }

    /** Three times: where nothing holds the end up, about every other one crashes. */
    @RepeatedTest(3)
    void itEndsWithoutACrash(@TempDir Path folder) throws IOException {
        Assumptions.assumeTrue(OnnxRuntime.missing().isEmpty(), () -> "skipped: " + OnnxRuntime.missing());
        Child.Ended ended = Child.run(
                folder,
                Child.java(
                        List.of("-Djava.awt.headless=true"),
                        System.getProperty("java.class.path"),
                        Driver.class.getName()));
        assertEquals(EXIT, ended.exit(), ended::toString);
        try (Stream<Path> files = Files.list(folder)) {
            assertFalse(files.anyMatch(f -> f.getFileName().toString().startsWith("hs_err")), ended::toString);
        }
    }
}
