package sinterj.benchmarks;

import ij.IJ;
import ij.ImagePlus;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import sinterj.SinterJ;
import sinterj.image.VoxelSize;
import sinterj.segment.Disturbance;
import sinterj.segment.ModelFolder;
import sinterj.segment.Normalisation;
import sinterj.segment.Recipe;
import sinterj.segment.UNetModel;
import sinterj.segment.UNetShape;
import sinterj.segment.Weights;

/**
 * The command {@code segment-unet} with a network of the standard width on a stack that is read from the disk slice by
 * slice, in a Java of its own: time, and the most memory that the process ever held (target for 3.66e8 voxels: 8 minutes
 * on two free cores, goal 5, and 2 GB resident beside the stack). The stack is not in memory here; the labels are, a byte
 * a voxel.
 */
final class SegmentationSize {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final double WHOLE = 3.66e8;
    private static final int WIDTH = 16;
    private static final int HEAD = 512;

    private SegmentationSize() {}

    /** As {@code scripts/sinterj} starts Java, and with a heap that is no larger than is needed. */
    private static final List<List<String>> FLAGS = List.of(List.of("-XX:MaxRAMPercentage=80"), List.of("-Xmx1g"));

    /** @param inputs neighbouring slices that the network sees */
    static void measure(int side, int slices, int inputs) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("sinterj-benchmark");
        try {
            Path stack = folder.resolve("stack.tif");
            write(stack, side, slices);
            Path model = folder.resolve("model");
            model(model, inputs);
            for (List<String> flags : FLAGS) {
                OUT.print(ChildJava.run(flags, Once.class, stack.toString(), model.toString(), flags.get(0)));
            }
        } finally {
            try (Stream<Path> tree = Files.walk(folder)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
            }
        }
    }

    /** One run of the command. */
    static final class Once {
        private Once() {}

        public static void main(String[] args) throws IOException {
            ImagePlus image = IJ.openVirtual(args[0]);
            if (!image.getStack().isVirtual()) throw new IOException("the stack is in memory");
            double wall = Measured.wall();
            double cpu = Measured.cpu();
            ImagePlus labels = (ImagePlus)
                    SinterJ.run("segment-unet", Map.of("input", image, "model", args[1])).get("labels");
            double wallS = Measured.wall() - wall;
            double cpuS = Measured.cpu() - cpu;
            double voxels = (double) labels.getWidth() * labels.getHeight() * labels.getStackSize();
            OUT.printf(
                    Locale.ROOT,
                    "segment-unet, width %d, %d x %d x %d voxels from disk, %s, %d processors: %.1f s, %.1f CPU s,"
                            + " %.3f Mvoxel/s; most resident %d MB, %.0f MB of them labels%n",
                    WIDTH,
                    labels.getWidth(),
                    labels.getHeight(),
                    labels.getStackSize(),
                    args[2],
                    Runtime.getRuntime().availableProcessors(),
                    wallS,
                    cpuS,
                    voxels / wallS / 1e6,
                    Measured.mostResidentMb(),
                    voxels / 1e6);
            OUT.printf(
                    Locale.ROOT,
                    "  %.2e voxels at this speed: %.1f min (target 8, goal 5), %.1f CPU min; most resident about %.0f MB"
                            + " (target 2000 beside the stack)%n",
                    WHOLE,
                    WHOLE / voxels * wallS / 60,
                    WHOLE / voxels * cpuS / 60,
                    Measured.mostResidentMb() + (WHOLE - voxels) / 1e6);
            System.exit(0);
        }
    }

    private static void model(Path folder, int inputs) {
        Weights weights = Weights.untrained(new UNetShape(inputs, 3, WIDTH, 3), 1);
        Recipe recipe = new Recipe(1, 64, 8, 1e-3, Disturbance.NONE, Recipe.Turns.NONE, 0, 1, 1);
        UNetModel model = new UNetModel(
                weights,
                new int[] {0, 1, 2},
                1,
                Normalisation.Rule.STACK,
                recipe,
                VoxelSize.pixels(),
                -1,
                new double[] {Double.NaN, Double.NaN, Double.NaN},
                0,
                new long[] {100, 100, 100});
        ModelFolder.write(folder, model, weights);
    }

    /** A stack of noise as ImageJ writes it: one directory, and a description that says how many planes follow. */
    private static void write(Path file, int side, int slices) throws IOException {
        String says = "ImageJ=1.54p\nimages=" + slices + "\nslices=" + slices + "\n\0";
        ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN);
        head.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) 9);
        int[][] entries = {
            {256, 4, 1, side},
            {257, 4, 1, side},
            {258, 3, 1, 8},
            {262, 3, 1, 1},
            {270, 2, says.length(), 200},
            {273, 4, 1, HEAD},
            {277, 3, 1, 1},
            {278, 4, 1, side},
            {279, 4, 1, side * side}
        };
        for (int[] e : entries)
            head.putShort((short) e[0]).putShort((short) e[1]).putInt(e[2]).putInt(e[3]);
        head.putInt(0).put(200, says.getBytes(StandardCharsets.US_ASCII));
        Random random = new Random(1);
        byte[] plane = new byte[side * side];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(head.array());
            for (int z = 0; z < slices; z++) {
                random.nextBytes(plane);
                out.write(plane);
            }
        }
    }
}
