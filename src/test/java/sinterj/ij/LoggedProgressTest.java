package sinterj.ij;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import sinterj.base.ConsoleOutput;
import sinterj.base.Progress;

class LoggedProgressTest {
    /** Without a window ImageJ's log is standard output. */
    @Test
    @ConsoleOutput
    void aRemarkStandsInTheLogBehindTheNameOfItsCommand() {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            Progress progress = new LoggedProgress("Segment With U-Net", Progress.SILENT);
            progress.report(0.5, "Segmenting");
            progress.part(0, 0.5).remark("Memory is short.");
        } finally {
            System.setOut(before);
        }
        assertEquals(
                "Segment With U-Net: Memory is short.",
                log.toString(StandardCharsets.UTF_8).strip());
    }
}
