package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import ij.ImagePlus;
import ij.io.Opener;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.ConsoleOutput;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.Outputs;
import sinterj.op.Runner;

/**
 * What a network of the default settings reaches on real images that it has not seen, of the sets it was trained on.
 * The floors lie above a random forest of 28 multiscale features.
 */
@Tag("proof")
class RealImagesTest {
    @TempDir
    private Path folder;

    private static Volume images(String name, int first, int last) {
        String data = System.getProperty("sinterj.data", "");
        Assumptions.assumeTrue(!data.isEmpty(), "skipped: -Dsinterj.data does not name the folder with " + name);
        ImagePlus stack = new Opener()
                .openImage(Path.of(data, "segmentation", name + ".tif").toString());
        List<byte[]> planes = new ArrayList<>();
        for (int z = first; z <= last; z++) {
            planes.add((byte[]) stack.getStack().getProcessor(z + 1).getPixels());
        }
        return new Volume(Planes.ofBytes(planes, stack.getWidth(), stack.getHeight()), VoxelSize.pixels());
    }

    private static <P extends Record> Outputs run(Operation<P> operation, Inputs in, Map<String, ?> settings) {
        return Runner.run(operation, in, Call.of(operation, settings).settings(), Progress.SILENT);
    }

    /** Time since it was made, by the clock and of all threads of this Java. */
    private static final class Spent {
        private final long wall = System.nanoTime();
        private final long cpu = cpu();

        private static long cpu() {
            return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.0f s by the clock, %.0f CPU s, on %d processors",
                    1e-9 * (System.nanoTime() - wall),
                    1e-9 * (cpu() - cpu),
                    Runtime.getRuntime().availableProcessors());
        }
    }

    /** Trains on the images before {@code held} and scores on those from there to the last. */
    @ConsoleOutput
    private void reaches(double floor, String set, int held, int last, Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("unlabelled", "none");
        settings.put("model", folder.toString());
        Inputs learnt = Inputs.of(images(set + "_train_image", 0, held - 1))
                .with("labels", Frames.of("labels", images(set + "_train_label", 0, held - 1)));
        Spent training = new Spent();
        run(new TrainUNet(), learnt, settings);
        System.out.println(set + ": training took " + training);
        Spent segmenting = new Spent();
        Frames found = run(
                        new SegmentWithUNet(),
                        Inputs.of(images(set + "_train_image", held, last)),
                        Map.of("model", folder.toString()))
                .image("labels");
        System.out.println(set + ": segmenting took " + segmenting);
        Table scores = run(
                        new EvaluateSegmentation(),
                        Inputs.of(found).with("truth", Frames.of("truth", images(set + "_train_label", held, last))),
                        Map.of())
                .table("scores");
        List<String> iou = IntStream.range(0, scores.size())
                .mapToObj(r -> scores.cell(r, 0) + ": " + scores.number(r, "iou"))
                .toList();
        double mean = scores.number(0, "mean_iou");
        System.out.println(set + ": mean IoU " + mean + " (floor " + floor + "), by class " + iou);
        assertTrue(mean >= floor, set + ": mean IoU " + mean + " is below " + floor);
    }

    @Test
    void particlesOfTwoKindsInAnAlloy() {
        reaches(0.85, "super", 6, 7, Map.of());
    }

    @Test
    void membranesInTissue() {
        reaches(0.74, "isbi2012", 8, 9, Map.of());
    }

    @Test
    void layerWithRareCracks() {
        reaches(0.45, "ebc", 4, 4, Map.of("orientation", "keep"));
    }
}
