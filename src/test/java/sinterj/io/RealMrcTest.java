package sinterj.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import sinterj.base.Progress;
import sinterj.image.Volume;

/** Files that other programs wrote. */
class RealMrcTest {
    private static Path data() {
        String data = System.getProperty("sinterj.data", "");
        Assumptions.assumeTrue(!data.isEmpty(), "skipped: reading real MRC files, for want of -Dsinterj.data=folder");
        return Path.of(data);
    }

    private static List<Path> files(Path data) throws IOException {
        List<Path> files = new ArrayList<>(List.of(data.resolve("orientation/readers/temp.mrc")));
        for (String folder : List.of("tomography", "tomography/real")) {
            try (Stream<Path> all = Files.list(data.resolve(folder))) {
                files.addAll(all.filter(Mrc::hasMrcName).sorted().toList());
            }
        }
        return files;
    }

    @Test
    void pixelsHaveTheStatisticsThatTheirWritersNoted() throws IOException {
        List<Path> files = files(data());
        assertTrue(files.size() >= 8, files::toString);
        for (Path file : files) {
            Volume volume = Mrc.volume(file, Progress.SILENT);
            double sum = 0;
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (int z = 0; z < volume.depth(); z++) {
                for (float value : volume.plane(z)) {
                    sum += value;
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
            ByteBuffer head =
                    ByteBuffer.wrap(Files.newInputStream(file).readNBytes(1024)).order(ByteOrder.LITTLE_ENDIAN);
            assertEquals(head.getFloat(76), least, file.toString());
            assertEquals(head.getFloat(80), most, file.toString());
            // The mean was summed in single precision by some of the writers.
            assertEquals(head.getFloat(84), sum / volume.count(), 1e-4 * most, file.toString());
        }
    }

    @Test
    void sizesAndPixelsAreThoseOfTheirDescription() {
        Path real = data().resolve("tomography/real");
        MrcHeader needle = Mrc.header(real.resolve("etspy_haadf_pm40_41x64x64.mrc"));
        assertEquals(List.of(64, 64, 41), List.of(needle.width(), needle.height(), needle.sections()));
        assertEquals(MrcMode.UNSIGNED_SHORTS, needle.mode());
        assertEquals(18, needle.size().x());
        assertEquals("nm", needle.size().unit());
        assertEquals(
                13.08,
                Mrc.header(real.resolve("ncem_idp_haadf_16x256x256.mrc")).size().y(),
                0.005);
        assertEquals(2, Mrc.header(real.resolve("../cu24_128_truth.mrc")).size().z());
        assertEquals(
                MrcMode.SIGNED_BYTES,
                Mrc.header(real.resolve("../cu24_4d_64_truth_pct.mrc")).mode());
    }
}
