package sinterj.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.real.FloatType;
import sinterj.ij.ImagejFiles;
import sinterj.image.FrameTimes;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.Call;
import sinterj.op.InputSlot;
import sinterj.op.Inputs;
import sinterj.op.Operation;

/** For each operation a small call that must succeed: unequal odd sides, unequal voxels, values that start above 0. */
final class Samples {
    private static final int WIDTH = 7;
    private static final int HEIGHT = 11;
    private static final int DEPTH = 5;

    /** Settings that an operation needs beside its defaults, so that the sample is small. */
    private static final Map<String, Map<String, Object>> SETTINGS = Map.ofEntries(
            Map.entry("sample-data", Map.of("size", 16, "frames", 2)),
            Map.entry(
                    "import-tilt-series",
                    Map.of("path", SampleFiles.tiltSeries().toString())),
            Map.entry(
                    "batch",
                    Map.of(
                            "folder", SampleFiles.tiltSeries().getParent().toString(),
                            "names", "series.mrc",
                            "command", "denoise-tilt-series",
                            "settings", "noise=gaussian sigma=3",
                            "existing", "overwrite",
                            "output_folder", SampleFiles.outputFolder().toString())),
            Map.entry("simulate-fibsem", Map.of("width", 17, "height", 13, "depth", 5, "grain_nm", 100)),
            Map.entry("denoise-tilt-series", Map.of("noise", "gaussian", "sigma", 3)),
            Map.entry("transport-connectivity", Map.of("conductivities", "255:1 0:0.1", "map", true)),
            Map.entry("simulate-sintering", Map.of("interface_px", 2, "time_s", 0.5, "frames", 2)),
            Map.entry("simulate-tilt-series", Map.of("angles", "-40:20:40")),
            Map.entry(
                    "assimilate-sintering",
                    Map.of("trials", 8, "interface_px", 3, "estimate", "d_surface:1e-17:1e-16 m_eta:5e-11:5e-10")),
            Map.entry("reconstruct-tilt-series", Map.of("iterations", 8, "lambda", 0.5)),
            Map.entry(
                    "train-unet",
                    Map.of(
                            "unlabelled", "none",
                            "width", 2,
                            "depth", 1,
                            "steps", 2,
                            "patch", 8,
                            "validation", 0,
                            "model", SampleFiles.trainedModel().toString())),
            Map.entry(
                    "segment-unet",
                    Map.of(
                            "model", SampleFiles.model().toString(),
                            "probabilities", true,
                            "uncertainty", true)));

    private Samples() {}

    /** The settings of the sample of an operation. */
    static Map<String, Object> settings(Operation<?> operation) {
        return new HashMap<>(SETTINGS.getOrDefault(operation.info().id(), Map.of()));
    }

    /** The sample as a call without its images. */
    static Call<?> call(Operation<?> operation) {
        return Call.of(operation, settings(operation));
    }

    /** The images of the sample, one per image slot that is needed. */
    static Inputs inputs(Operation<?> operation) {
        Inputs inputs = Inputs.none().with(new ImagejFiles());
        for (InputSlot slot : operation.info().inputs()) {
            boolean first = slot.equals(operation.info().mainInput());
            if (slot.required() || first) inputs = inputs.with(slot.key(), image(operation, slot.kind()));
        }
        return inputs;
    }

    /** An image of one voxel, with an angle for what wants a tilt series. */
    static Frames pixel(float value) {
        PlanarImg<FloatType, FloatArray> img = Planes.floats(1, 1, 1);
        Planes.sharedPlane(img, 0)[0] = value;
        return Frames.of("pixel.tif", new Volume(img, VoxelSize.cube(1, "nm"))).withAngles(new double[] {0});
    }

    private static Frames image(Operation<?> operation, InputSlot.Kind kind) {
        String id = operation.info().id();
        if (id.equals("assimilate-sintering")) return shrinking();
        return switch (kind) {
            case TILT_SERIES -> grey(1, 1).withAngles(new double[] {-40, -20, 0, 20, 40});
            case LABELS, PAINTED_LABELS, MASK -> binary();
            default ->
                id.equals("simulate-tilt-series") ? grey(3, 0.1) : isMicrostructure(operation) ? binary() : grey(3, 1);
        };
    }

    private static boolean isMicrostructure(Operation<?> operation) {
        String group = operation.info().group();
        return group.equals("Microstructure") || group.equals("Sintering");
    }

    /** Blob with ripples, in voxels of 1 x 1 x z nm; cubes of 3 nm if z is 3 and scale is 0.1. */
    private static Frames grey(double z, double scale) {
        PlanarImg<FloatType, FloatArray> img = Planes.floats(WIDTH, HEIGHT, DEPTH);
        for (int k = 0; k < DEPTH; k++) {
            float[] plane = Planes.sharedPlane(img, k);
            for (int i = 0; i < plane.length; i++) {
                double dx = i % WIDTH - 2.5;
                double dy = i / WIDTH - 6;
                double blob = Math.exp(-(dx * dx + dy * dy + (k - 2) * (k - 2)) / 6);
                plane[i] = (float) (scale * (20 + 100 * blob + 3 * Math.sin(7.3 * i + k)));
            }
        }
        VoxelSize size = scale < 1 ? VoxelSize.cube(z, "nm") : new VoxelSize(1, 1, z, "nm");
        return Frames.of("sample.tif", new Volume(img, size));
    }

    /** A blob that becomes rounder within a moment. */
    private static Frames shrinking() {
        Volume first = binary().first();
        byte[][] planes = new byte[DEPTH][WIDTH * HEIGHT];
        for (int k = 0; k < DEPTH; k++) {
            float[] plane = first.plane(k);
            for (int i = 0; i < plane.length; i++) {
                boolean tip = i / WIDTH <= 2 || i / WIDTH >= 10;
                planes[k][i] = (byte) (plane[i] > 0 && !tip ? 255 : 0);
            }
        }
        Volume second = new Volume(Planes.ofBytes(List.of(planes), WIDTH, HEIGHT), first.size());
        return Frames.of("sample.tif", List.of(first, second)).withTimes(FrameTimes.regular(2, 0.001));
    }

    private static Frames binary() {
        byte[][] planes = new byte[DEPTH][WIDTH * HEIGHT];
        for (int k = 0; k < DEPTH; k++) {
            for (int i = 0; i < planes[k].length; i++) {
                double dx = i % WIDTH - 3;
                double dy = i / WIDTH - 6;
                planes[k][i] = (byte) (dx * dx + dy * dy + 3 * (k - 2) * (k - 2) < 11 ? 255 : 0);
            }
        }
        return Frames.of(
                "sample.tif", new Volume(Planes.ofBytes(List.of(planes), WIDTH, HEIGHT), new VoxelSize(1, 1, 3, "nm")));
    }
}
