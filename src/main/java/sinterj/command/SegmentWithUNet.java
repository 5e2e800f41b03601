package sinterj.command;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.djl.Networks;
import sinterj.image.Frames;
import sinterj.image.Look;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.InputSlot;
import sinterj.op.Inputs;
import sinterj.op.NumberOr;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Param;
import sinterj.segment.BundledModel;
import sinterj.segment.FinishedSlices;
import sinterj.segment.FixedInput;
import sinterj.segment.ModelFolder;
import sinterj.segment.Network;
import sinterj.segment.Normalisation;
import sinterj.segment.Recipe;
import sinterj.segment.StackSegmentation;
import sinterj.segment.UNetModel;

/** The command {@code segment-unet}. */
public final class SegmentWithUNet implements Operation<SegmentWithUNet.Settings> {
    /** What applies the network. */
    public enum Engine {
        AUTO,
        ONNXRUNTIME,
        PYTORCH
    }

    /** How grey values become numbers. */
    public enum Normalise {
        MODEL,
        NONE,
        PERCENTILE,
        MEAN_SD,
        FIXED
    }

    /** Order of the sides in a model of others. */
    public enum Axes {
        BCYX,
        BYXC
    }

    /** Views that are averaged. */
    public enum Tta {
        NONE,
        FLIPS
    }

    /** The network and how it is applied. */
    public record Settings(
            @Param(
                    label = "Model",
                    folder = true,
                    doc = "A folder that Train U-Net... has written; or fibsem-3phase, which comes with SinterJ; or the"
                            + " path of an ONNX or TorchScript file of others.")
            String model,

            @Param(
                    label = "Engine",
                    doc = "auto takes ONNX Runtime, or PyTorch where there is none; both give the same to rounding.")
            Engine engine,

            @Param(
                    label = "Normalisation",
                    doc = "model takes the rule that the network was trained with; percentile turns the 1st and 99th"
                            + " percentile of the stack into -1 and 1; mean_sd its mean and standard deviation into 0 and"
                            + " 1; none takes grey values as they are; fixed subtracts and divides by the two numbers below. A model"
                            + " of others needs one of the last four.")
            Normalise normalisation,

            @Param(
                    label = "Subtract",
                    doc = "With normalisation=fixed: the grey value that becomes 0; the mean, where a model wants it.")
            double subtract,

            @Param(
                    label = "Divide by",
                    min = 1e-9,
                    doc =
                            "With normalisation=fixed: how many grey values become 1, after the subtraction. 255 turns 8 bits"
                                    + " into 0 to 1; where a model wants a fixed standard deviation, that.")
            double divideBy,

            @Param(label = "Axes", doc = "For a model of others: whether channels come before or after y and x.")
            Axes axes,

            @Param(
                    label = "Overlap (px)",
                    words = "auto",
                    min = 0,
                    max = 512,
                    doc =
                            "Pixels seen around each part of a slice; auto is as far as the network sees, so that no seams"
                                    + " can be. With less, and in models of others, parts fade into each other.")
            NumberOr overlap,

            @Param(
                    label = "Views",
                    doc = "flips averages over mirrored views, which is a little better and takes 4 times as long; 2"
                            + " views for a network that was trained with orientation=keep.")
            Tta tta,

            @Param(label = "Probabilities", doc = "Whether to make the probability of each class, 255 for 1.")
            boolean probabilities,

            @Param(
                    label = "Uncertainty",
                    doc = "Whether to make the uncertainty: entropy of the probabilities, from 0 to 1 for all equal.")
            boolean uncertainty,

            @Param(
                    label = "Resume folder",
                    folder = true,
                    doc =
                            "Where finished slices are kept until all are done, so that the same command goes on after it was"
                                    + " stopped; empty for nowhere.")
            String resume) {}

    private static final String HELP = """
            Labels every voxel of a stack by a trained network, slice by slice. Beside the stack and what is made (a byte a
            voxel for labels, one more for the probability of each class, four for the uncertainty) only a few slices are
            in memory, so stacks that are read from disk slice by slice work at any size.

            A slice is worked on in parts of at most 1024 x 512 pixels, each seen with a margin as wide as the network sees, so
            the result is that of the whole slice at once. With a smaller `overlap` parts fade into each other across half of it;
            so they do in models of others, of which nobody says how far they see: 128 pixels are taken. As many parts as there are threads, at most 8, are worked on at
            the same time, of several slices where these are small. If memory is short it is one, then the parts are
            halved, and the log says so (the shell: standard error).

            With a `resume` folder, slices that are done are kept there until all are: after Escape, a crash or a power cut
            the same command goes on with the next slice. Another image, network or setting starts anew.

            If both the image and the images of the training have lengths for pixels, the working scale follows: a
            network trained at 20 nm is shown an image of 10 nm at half its size.

            `labels` holds the values of the training labels. `probabilities` holds one volume for each class, 255 for 1:
            along the time axis, or as channels where the image itself has frames. `uncertainty` shows where to label next.

            **fibsem-3phase** comes with SinterJ and needs no training: superconductor 0, void 1 and impurity 2 in FIB-SEM
            stacks with pixels of about 20 nm and grains of about 0.5 um. It has learnt from stacks of Simulate FIB-SEM
            Stack... only; on your own, check it by eye, and train one if it fails. Its card, with scores on samples that it
            has not seen, lies in `models/fibsem-3phase`.

            **Models of others.** An ONNX file, applied by ONNX Runtime, or a TorchScript file (.pt, .pth, .ts, .torchscript),
            applied by PyTorch, that takes one array (batch, slices, y, x, or channels last) and gives one
            with a channel for each class: probabilities, or scores that softmax turns into them; a single channel is a
            score for class 1 against 0. Give `normalisation` as its makers say: `fixed` with `divide_by=255` for grey values from
            0 to 1 of 8 bits, or with their mean and standard deviation (for numbers of an 8-bit image over 255, both times 255). Its sides must be multiples of 32 or
            free. A TorchScript file is a small program: use one only from people you trust.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "segment-unet",
                        "Segmentation",
                        "Segment With U-Net...",
                        "From a stack and a trained network to a label for every voxel.",
                        new Settings(
                                BundledModel.FIBSEM,
                                Engine.AUTO,
                                Normalise.MODEL,
                                0,
                                255,
                                Axes.BCYX,
                                NumberOr.AUTO,
                                Tta.NONE,
                                false,
                                false,
                                ""))
                .reads("input", InputSlot.Kind.IMAGE, "The stack.")
                .makes("labels", Look.LABELS, "The most probable class of each voxel, 8-bit.")
                .makes("probabilities", OutputSlot.Kind.IMAGE, "Probability of each class, 255 for 1.")
                .makes("uncertainty", Look.MAP, "Entropy of the probabilities, from 0 to 1.")
                .can(OperationInfo.Trait.OVER_TIME)
                .help(HELP)
                .cites("Ronneberger, Fischer and Brox, U-Net, MICCAI 2015, 234, doi:10.1007/978-3-319-24574-4_28");
    }

    @Override
    public boolean canMake(String slot, Settings settings) {
        return switch (slot) {
            case "probabilities" -> settings.probabilities();
            case "uncertainty" -> settings.uncertainty();
            default -> true;
        };
    }

    @Override
    public long memory(Inputs in, Settings s) {
        Frames image = in.frames("input");
        long voxels = image.first().count() * image.count();
        long slice = (long) image.first().width() * image.first().height();
        long made = 1 + (s.probabilities() ? classes(s) : 0) + (s.uncertainty() ? 4 : 0);
        return made * voxels + 60 * slice;
    }

    /** How many classes a network of ours has; three are usual in those of others. */
    private static int classes(Settings s) {
        boolean ours = !Networks.isForeign(s.model()) || Files.isDirectory(path("model", s.model()));
        return ours ? ModelFolder.read(s.model()).values().length : 3;
    }

    @Override
    public Outputs run(Inputs in, Settings s, Progress progress) {
        Frames image = in.frames("input");
        try (Applied model = open(s, image.first().size())) {
            List<Volume> labels = new ArrayList<>();
            List<Volume> probabilities = new ArrayList<>();
            List<Volume> uncertainty = new ArrayList<>();
            for (int t = 0; t < image.count(); t++) {
                Progress part = progress.part((double) t / image.count(), (t + 1.0) / image.count());
                StackSegmentation.Result result = model.run(s, image.volumes().get(t), t, part);
                labels.add(result.labels());
                probabilities.addAll(result.probabilities());
                if (s.uncertainty()) uncertainty.add(result.uncertainty());
            }
            Outputs outputs = Outputs.none().with("labels", Frames.of("labels", labels));
            if (s.probabilities()) {
                Frames each = image.count() == 1
                        ? Frames.of("probabilities", probabilities)
                        : Frames.ofChannels("probabilities", model.values().length, probabilities);
                outputs = outputs.with("probabilities", each);
            }
            if (s.uncertainty()) outputs = outputs.with("uncertainty", Frames.of("uncertainty", uncertainty));
            return outputs;
        }
    }

    /** A network with what is known of it. */
    private record Applied(
            Network network,
            int[] values,
            double scale,
            Normalisation.Rule rule,
            StackSegmentation.Flips flips,
            String digest)
            implements AutoCloseable {
        StackSegmentation.Result run(Settings s, Volume stack, int frame, Progress progress) {
            StackSegmentation segmentation = segmentation(s);
            if (s.resume().isEmpty()) return segmentation.run(stack, progress);
            String fixed = s.normalisation() == Normalise.FIXED ? s.subtract() + " " + s.divideBy() + " " : "";
            String what = fixed + digest + " " + scale + " " + rule + " " + segmentation.flips() + " "
                    + segmentation.overlap();
            try (FinishedSlices finished = FinishedSlices.open(
                    path("resume", s.resume()),
                    "segmentation-" + frame + ".part",
                    what,
                    stack,
                    s.probabilities() ? values.length : 0,
                    s.uncertainty(),
                    progress)) {
                StackSegmentation.Result result = segmentation.run(stack, finished, progress);
                finished.delete();
                return result;
            }
        }

        StackSegmentation segmentation(Settings s) {
            return new StackSegmentation(
                    network,
                    values,
                    scale,
                    rule,
                    s.tta() == Tta.NONE ? StackSegmentation.Flips.NONE : flips,
                    s.overlap().isNumber() ? (int) s.overlap().number() : network.halo(),
                    s.probabilities(),
                    s.uncertainty());
        }

        @Override
        public void close() {
            network.close();
        }
    }

    private static Applied open(Settings s, VoxelSize voxel) {
        Normalisation.Rule wanted = switch (s.normalisation()) {
            case MODEL -> null;
            case NONE, FIXED -> Normalisation.Rule.NONE;
            case PERCENTILE -> Normalisation.Rule.STACK;
            case MEAN_SD -> Normalisation.Rule.MEAN_SD;
        };
        if (Networks.isForeign(s.model()) && !Files.isDirectory(path("model", s.model()))) {
            if (wanted == null) {
                throw new InvalidInput(
                        "'normalisation' (Normalisation) is model, but '" + s.model()
                                + "' does not say how it was trained. Give percentile, mean_sd, fixed or none, as its makers say.");
            }
            Network network = before(s, Networks.ofFile(path("model", s.model()), s.axes() == Axes.BYXC));
            int[] values =
                    java.util.stream.IntStream.range(0, network.classes()).toArray();
            return new Applied(
                    network, values, 1, wanted, StackSegmentation.Flips.ALL, Networks.digest(path("model", s.model())));
        }
        UNetModel model = ModelFolder.read(s.model());
        Networks.Engine engine = Networks.Engine.valueOf(s.engine().name());
        boolean keep = model.recipe().turns() == Recipe.Turns.KEEP;
        return new Applied(
                before(s, Networks.of(model.weights(), engine)),
                model.values(),
                model.scale() * resize(model.voxel(), voxel),
                wanted == null ? model.rule() : wanted,
                keep ? StackSegmentation.Flips.LEFT_RIGHT : StackSegmentation.Flips.ALL,
                model.weights().digest());
    }

    private static Network before(Settings s, Network network) {
        return s.normalisation() == Normalise.FIXED ? new FixedInput(network, s.subtract(), s.divideBy()) : network;
    }

    private static Path path(String key, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidInput("'" + key + "' is '" + text + "', which is no path.", e);
        }
    }

    /** By how much an image must be resized to have pixels as in the training; 1 if that is not known. */
    private static double resize(VoxelSize trained, VoxelSize here) {
        if (!trained.isCalibrated() || !here.isCalibrated()) return 1;
        double ratio;
        try {
            ratio = here.xNm() / trained.xNm();
        } catch (InvalidInput e) {
            return 1; // a unit that is no length says nothing of the size
        }
        if (Math.abs(ratio - 1) < 0.02) return 1;
        if (ratio < 0.1 || ratio > 8) {
            throw new InvalidInput("The network was trained on pixels of " + trained.x() + " " + trained.unit()
                    + " but the image has pixels of " + here.x() + " " + here.unit()
                    + ". Correct the pixel size in Image > Properties, or train a network for this size.");
        }
        return ratio;
    }
}
