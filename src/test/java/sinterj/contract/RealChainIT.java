package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.ImagePlus;
import ij.io.Opener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real tilt series from file to volume, by one macro without a display and by the shell: the same bits. */
class RealChainIT {
    @TempDir
    private Path folder;

    @Test
    void macroAndShellGiveTheSameVolume() throws IOException {
        String data = System.getProperty("sinterj.data", "");
        assumeTrue(!data.isEmpty(), "skipped: -Dsinterj.data names no folder with the real tilt series");
        Path series = Path.of(data, "tomography", "real", "etspy_haadf_pm40_41x64x64.mrc");

        Path macroVolume = folder.resolve("macro.tif");
        Path macro = Files.writeString(folder.resolve("chain.ijm"), """
                path = getArgument();
                run("Import Tilt Series...", "path=[" + path + "] axis=x");
                run("Align Tilt Series...", "method=common_line");
                run("Reconstruct Tilt Series...", "algorithm=tv iterations=60");
                saveAs("Tiff", "%s");
                """.formatted(macroVolume));
        ok("macro", macro.toString(), series.toString());

        String imported = folder.resolve("imported.tif").toString();
        String aligned = folder.resolve("aligned.tif").toString();
        String volume = folder.resolve("shell.tif").toString();
        ok("import-tilt-series", "--path", series.toString(), "--axis", "x", "--output", imported);
        ok("align-tilt-series", "--input", imported, "--method", "common_line", "--output", aligned);
        ok(
                "reconstruct-tilt-series",
                "--input",
                aligned,
                "--algorithm",
                "tv",
                "--iterations",
                "60",
                "--threads",
                "1",
                "--output",
                volume);

        ImagePlus a = new Opener().openImage(macroVolume.toString());
        ImagePlus b = new Opener().openImage(volume);
        assertEquals(a.getStackSize(), b.getStackSize());
        assertEquals(a.getCalibration().pixelWidth, b.getCalibration().pixelWidth);
        for (int z = 1; z <= a.getStackSize(); z++) {
            assertArrayEquals(
                    (float[]) a.getStack().getPixels(z), (float[]) b.getStack().getPixels(z), "plane " + z);
        }
    }

    private static void ok(String... words) {
        Shell.Result result = Shell.run(words);
        assertEquals(0, result.exit(), result.err());
    }
}
