package sinterj.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import sinterj.base.Progress;
import sinterj.djl.Networks;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.segment.Network;
import sinterj.segment.Normalisation;
import sinterj.segment.StackSegmentation;
import sinterj.segment.UNetShape;
import sinterj.segment.Weights;

/**
 * Voxels a second of a U-Net of the standard width by ONNX Runtime, beside PyTorch in the same run (target: at least 1.15
 * times faster), and what 3.66e8 voxels would take (target: 8 minutes on two free cores, 2 GB resident beside the stack).
 * Arguments: width of the network, side of a slice, slices; without any {@code 16 1024 35}, a tenth of that. PyTorch does a
 * tenth of the slices. CPU seconds are printed too, since the clock says little on a busy computer.
 *
 * <p>With {@code size} first, the command on a stack that is read from the disk, see {@link SegmentationSize}; then the side
 * of a slice, slices, and slices that the network sees: without any {@code 1000 37 3}, a tenth of 3.66e8 voxels.
 */
public final class SegmentationBenchmark {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final double WHOLE = 3.66e8;

    private SegmentationBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 0 && args[0].equals("size")) {
            int side = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
            int slices = args.length > 2 ? Integer.parseInt(args[2]) : 37;
            SegmentationSize.measure(side, slices, args.length > 3 ? Integer.parseInt(args[3]) : 3);
            return;
        }
        int width = args.length > 0 ? Integer.parseInt(args[0]) : 16;
        int side = args.length > 1 ? Integer.parseInt(args[1]) : 1024;
        int slices = args.length > 2 ? Integer.parseInt(args[2]) : 35;
        Weights weights = Weights.untrained(new UNetShape(1, 3, width, 3), 1);
        Volume few = stack(side, Math.max(2, slices / 10));
        OUT.printf(
                Locale.ROOT,
                "U-Net of width %d, depth 3, 3 classes; slices of %d x %d; %d processors%n",
                width,
                side,
                side,
                Runtime.getRuntime().availableProcessors());
        double[] onnx = speed(weights, Networks.Engine.ONNXRUNTIME, few);
        double[] torch = speed(weights, Networks.Engine.PYTORCH, few);
        OUT.printf(
                Locale.ROOT,
                "ONNX Runtime is %.2f times as fast by CPU seconds, %.2f by the clock (target 1.15)%n",
                onnx[1] / torch[1],
                onnx[0] / torch[0]);
        Volume tenth = stack(side, slices);
        double[] long1 = speed(weights, Networks.Engine.ONNXRUNTIME, tenth);
        OUT.printf(
                Locale.ROOT,
                "%.2e voxels at this speed: %.1f min by the clock here, %.1f min of CPU, %.1f min on two free cores"
                        + " (target 8)%n",
                WHOLE,
                WHOLE / long1[0] / 60,
                WHOLE / long1[1] / 60,
                WHOLE / long1[1] / 60 / 2);
    }

    /** Voxels a second by the clock and by CPU; the engine is started and warm before. */
    private static double[] speed(Weights weights, Networks.Engine engine, Volume stack) throws IOException {
        try (Network network = Networks.of(weights, engine)) {
            StackSegmentation segmentation = new StackSegmentation(
                    network,
                    new int[] {0, 1, 2},
                    1,
                    Normalisation.Rule.STACK,
                    StackSegmentation.Flips.NONE,
                    network.halo(),
                    false,
                    false);
            segmentation.run(stack(256, 1), Progress.SILENT);
            double wall = Measured.wall();
            double cpu = Measured.cpu();
            segmentation.run(stack, Progress.SILENT);
            double wallS = Measured.wall() - wall;
            double cpuS = Measured.cpu() - cpu;
            long voxels = stack.count();
            OUT.printf(
                    Locale.ROOT,
                    "%-11s %10d voxels: %.1f s, %.1f CPU s, %.3f Mvoxel/s, %.3f Mvoxel/CPU s; most resident %d MB%n",
                    engine.name().toLowerCase(Locale.ROOT),
                    voxels,
                    wallS,
                    cpuS,
                    voxels / wallS / 1e6,
                    voxels / cpuS / 1e6,
                    Measured.mostResidentMb());
            return new double[] {voxels / wallS, voxels / cpuS};
        }
    }

    private static Volume stack(int side, int slices) {
        Random random = new Random(1);
        List<byte[]> planes = new ArrayList<>();
        for (int z = 0; z < slices; z++) {
            byte[] plane = new byte[side * side];
            random.nextBytes(plane);
            planes.add(plane);
        }
        return new Volume(Planes.ofBytes(planes, side, side), VoxelSize.cube(20, "nm"));
    }
}
