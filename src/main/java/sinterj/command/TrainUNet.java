package sinterj.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.djl.Networks;
import sinterj.djl.PyTorch;
import sinterj.djl.Training;
import sinterj.image.Plot;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.op.InputSlot;
import sinterj.op.Inputs;
import sinterj.op.NumberOr;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Param;
import sinterj.op.Provenance;
import sinterj.segment.Disturbance;
import sinterj.segment.LabelClasses;
import sinterj.segment.ModelCard;
import sinterj.segment.ModelFolder;
import sinterj.segment.Network;
import sinterj.segment.Recipe;
import sinterj.segment.TrainingCurves;
import sinterj.segment.TrainingFiles;
import sinterj.segment.TrainingSet;
import sinterj.segment.TrainingState;
import sinterj.segment.UNetModel;
import sinterj.segment.UNetShape;
import sinterj.segment.ValidationSplit;

/** The command {@code train-unet}. */
public final class TrainUNet implements Operation<TrainUNet.Settings> {
    /** Patches a step. */
    private static final int BATCH = 8;
    /** Part of the time that goes into reading the labels, or less: what is left is told from it. */
    private static final double READING = 0.01;

    /** How patches are changed, so that the network sees more than there is. */
    public enum Augment {
        AUTO,
        FIBSEM,
        GEOMETRIC,
        NONE
    }

    /** Whether above and below may be exchanged. */
    public enum Orientation {
        FREE,
        KEEP
    }

    /** The network, its training, and where it is kept. */
    public record Settings(
            @Param(
                    label = "Unlabelled value",
                    words = "none",
                    min = 0,
                    max = 16_777_216,
                    doc = "Voxels with this value were not labelled and teach nothing; none makes every value a class,"
                            + " 0 too.")
            NumberOr unlabelled,

            @Param(
                    label = "Classes",
                    words = "auto",
                    min = 2,
                    max = 100,
                    doc = "How many classes the labels must hold; auto takes as many as they hold.")
            NumberOr classes,

            @Param(
                    label = "Width",
                    min = 2,
                    max = 64,
                    doc = "Channels of the first level of the network: 8 is fast, 16 standard, 32 for large training"
                            + " sets.")
            int width,

            @Param(
                    label = "Depth",
                    words = "auto",
                    min = 1,
                    max = 5,
                    doc =
                            "How often the network halves the sides; 4 sees twice as far as 3. auto chooses by the size of"
                                    + " the labelled objects.")
            NumberOr depth,

            @Param(
                    label = "Context slices",
                    words = "auto",
                    min = 1,
                    max = 9,
                    doc = "Slices that go in together, an odd number; auto is 3 if neighbouring slices resemble each"
                            + " other, else 1.")
            NumberOr contextSlices,

            @Param(label = "Steps", min = 1, max = 1_000_000, doc = "Most steps of training, 8 patches each.")
            int steps,

            @Param(
                    label = "Patch (px)",
                    min = 8,
                    max = 1024,
                    doc =
                            "Side of the square patches in pixels at the working scale, a multiple of 2 to the power of the"
                                    + " depth.")
            int patch,

            @Param(
                    label = "Augmentation",
                    doc = "fibsem turns patches and puts the faults of a FIB-SEM measurement into them; geometric turns"
                            + " only; auto is fibsem if neighbouring slices resemble each other, else geometric with changes of"
                            + " brightness and contrast.")
            Augment augment,

            @Param(
                    label = "Orientation",
                    doc = "free turns patches by any angle; keep leaves above above and below below, for layers.")
            Orientation orientation,

            @Param(
                    label = "Working scale",
                    words = "auto",
                    min = 0.05,
                    max = 4,
                    doc = "Factor by which images are resized before the network sees them; auto chooses by the size of"
                            + " the labelled objects.")
            NumberOr scale,

            @Param(
                    label = "Learning rate",
                    min = 1e-7,
                    max = 1,
                    doc = "Step width at the start; it falls to a hundredth along a cosine.")
            double learningRate,

            @Param(
                    label = "Validation part",
                    min = 0,
                    max = 0.5,
                    doc =
                            "Part of the labelled slices that is kept for the score, as one block with a gap to the others.")
            double validation,

            @Param(
                    label = "Patience",
                    min = 1,
                    max = 1000,
                    doc =
                            "So many scores in a row without a better one end the training; 20 scores are taken in all, or"
                                    + " one every 50 steps.")
            int patience,

            @Param(
                    label = "Model folder",
                    folder = true,
                    required = true,
                    doc = "Where the network is written; what is there of a network is replaced, and an unfinished"
                            + " training with the same settings goes on.")
            String model,

            @Param(label = "Seed", doc = "Same seed, same network, on the same computer.")
            long seed) {
        public Settings {
            if (contextSlices.isNumber() && contextSlices.number() % 2 != 1) {
                throw new InvalidInput("'context_slices' (Context slices) is " + contextSlices.number()
                        + ", but the labelled slice lies in the middle. Give an odd whole number.");
            }
            for (NumberOr whole : new NumberOr[] {unlabelled, classes, depth}) {
                if (!whole.isNumber() || whole.number() == Math.rint(whole.number())) continue;
                String key = whole == unlabelled ? "unlabelled" : whole == classes ? "classes" : "depth";
                throw new InvalidInput("'" + key + "' is " + whole.number() + ". Give a whole number.");
            }
        }
    }

    private static final String HELP = """
            Trains a U-Net to tell phases apart, from a stack and a label image of the same size. Nothing leaves the
            computer; no Python, no download and no graphics card are needed.

            **Labels.** Paint a few slices, or parts of them; every phase needs some. Voxels with the value of
            `unlabelled` teach nothing, exactly: their part of the gradient is 0. The other values are the classes.

            Instead of an image, `labels=roi_manager` takes the ROIs of the ROI Manager: set the group of each to the number
            of its phase (double-click on the ROI's tool, or `Properties...` in the manager), 1 for the first. Areas are
            filled, lines are drawn in their width, and each belongs to the slice that it was added on. Leave `unlabelled` at
            0 then.

            **What happens.** Grey values are normalised by the 1st and 99th percentile of the stack, or of each slice if
            slices do not resemble each other; the rule is kept with the network. Patches are drawn so that a rare class
            is met as often as a common one, turned, and disturbed. The loss is cross-entropy weighted by the root of
            rarity, plus half a soft Dice loss, both over labelled voxels only. Batches are normalised by themselves in the
            first half of the training and by what was measured then in the second, so that the network is trained as it
            will be used.

            **Scale and depth** follow the size of the labelled objects. Where less than half of the labelled slices is
            labelled, strokes alone do not show it: a quick classification, learnt from them, labels windows around them,
            and strokes that go through whole objects correct it. `summary` says what was chosen.

            **While it runs** a window shows loss, mean IoU and the IoU of each class, and the time left at most.

            **The score.** A block of labelled slices is kept aside, with a gap, since neighbours resemble each other;
            with fewer than three labelled slices, or fewer than ten images that do not belong together, a strip along one
            side of each is kept. The network with the best mean IoU on it
            is written as the model, the last one beside it. `history` has a row for each score, `curves` shows loss and
            mean IoU, `summary` what was chosen.

            **Stop and keep** ends the training with the best network so far. After that, or after Escape, the same
            command with the same settings goes on where it stood, as if it had not been interrupted.

            **The model folder** holds `weights.safetensors`, `model.json`, `last.safetensors` and `model.onnx`, which
            other programs can use: it takes normalised slices and gives probabilities. `rdf.yaml` describes it as
            bioimage.io wants it, with an input and its output as NumPy arrays to check by. Put your name, licence and words
            into `rdf.yaml` and `README.md` before you share it; a training that goes on leaves that `README.md` as it is.
            """;

    @Override
    public OperationInfo<Settings> info() {
        Settings defaults = new Settings(
                NumberOr.of(0),
                NumberOr.AUTO,
                16,
                NumberOr.AUTO,
                NumberOr.AUTO,
                500,
                128,
                Augment.AUTO,
                Orientation.FREE,
                NumberOr.AUTO,
                0.006,
                0.2,
                10,
                "",
                1);
        return OperationInfo.of(
                        "train-unet",
                        "Segmentation",
                        "Train U-Net...",
                        "From a stack and labels on some of its slices to a network that labels the rest.",
                        defaults)
                .reads("input", InputSlot.Kind.IMAGE, "The stack.")
                .reads(
                        "labels",
                        InputSlot.Kind.PAINTED_LABELS,
                        "An image of the same size with a value for each phase; or roi_manager: the ROIs of the ROI"
                                + " Manager, each of the phase that its group says.")
                .makes("model", OutputSlot.Kind.FOLDER, "The model folder, for Segment With U-Net....")
                .makes("summary", OutputSlot.Kind.TABLE, "What was chosen, and how good the network is.")
                .makes("history", OutputSlot.Kind.TABLE, "Loss and IoU as the training went on.")
                .makes("curves", OutputSlot.Kind.PLOT, "Loss and mean IoU against steps.")
                .can(OperationInfo.Trait.KEEPS_BEST)
                .help(HELP)
                .cites("Ronneberger, Fischer and Brox, U-Net, MICCAI 2015, 234, doi:10.1007/978-3-319-24574-4_28")
                .cites("Hirabayashi et al., npj Comput. Mater. 10 (2024), doi:10.1038/s41524-024-01226-5 (training with"
                        + " the errors of the measurement)");
    }

    @Override
    public Outputs run(Inputs in, Settings s, Progress progress) {
        Path folder = folder(s.model());
        Volume image = in.volume("input");
        Volume labels = in.labels("labels").asVolume();
        TrainingSet set = TrainingSet.of(
                image,
                labels,
                new TrainingSet.Choices(
                        s.unlabelled().orElse(Double.NaN),
                        (int) s.contextSlices().orElse(0),
                        s.scale().orElse(0),
                        (int) s.depth().orElse(0)),
                progress.part(0, READING));
        requireFit(s, set);
        Recipe recipe = recipe(s, set);
        ValidationSplit split = ValidationSplit.of(set, s.validation());
        UNetShape shape = new UNetShape(set.context(), set.classes().count(), s.width(), set.depth());
        PyTorch.start();
        TrainingFiles.Key key = TrainingFiles.Key.of(shape, recipe, split);
        TrainingState start = TrainingFiles.read(folder, key);
        TrainingState end = new Training(split, shape, recipe)
                .run(
                        start,
                        progress.part(READING, 1),
                        state -> keep(folder, key, state, model(state, set, recipe, image), progress));
        boolean stopped = end.step() < recipe.steps() && end.sinceBest() < recipe.patience();
        if (!stopped) TrainingFiles.delete(folder);
        UNetModel model = model(end, set, recipe, image);
        try (Network network = Networks.of(model.weights(), Networks.Engine.AUTO)) {
            ModelCard.write(folder, model, network, split.training(), "SinterJ " + Provenance.version());
        }
        progress.report(1, "Training");
        Outputs outputs = Outputs.none()
                .with("model", folder)
                .with("summary", summary(end, set, split, recipe))
                .with("history", history(end, set.classes()))
                .with("curves", curves(end));
        return stopped ? outputs.incomplete() : outputs;
    }

    private static Path folder(String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new InvalidInput("'model' (Model folder) is '" + text + "', which is no path.", e);
        }
    }

    private static void requireFit(Settings s, TrainingSet set) {
        if (s.classes().isNumber() && s.classes().number() != set.classes().count()) {
            throw new InvalidInput("'classes' (Classes) is " + (int) s.classes().number() + ", but the labels hold "
                    + set.classes().count() + " classes. Correct one of them, or give auto.");
        }
        int multiple = 1 << set.depth();
        if (s.patch() % multiple != 0) {
            throw new InvalidInput("'patch' (Patch) is " + s.patch() + ", but a network of depth " + set.depth()
                    + " needs a multiple of " + multiple + ". Give one, such as "
                    + Math.max(multiple, s.patch() / multiple * multiple) + ".");
        }
    }

    private static Recipe recipe(Settings s, TrainingSet set) {
        Disturbance faults = switch (s.augment()) {
            case AUTO -> set.alike() ? Disturbance.FIBSEM : Disturbance.TONE;
            case FIBSEM -> Disturbance.FIBSEM;
            case GEOMETRIC, NONE -> Disturbance.NONE;
        };
        Recipe.Turns turns = s.augment() == Augment.NONE
                ? Recipe.Turns.NONE
                : s.orientation() == Orientation.KEEP ? Recipe.Turns.KEEP : Recipe.Turns.FREE;
        return new Recipe(
                s.steps(), s.patch(), BATCH, s.learningRate(), faults, turns, s.validation(), s.patience(), s.seed());
    }

    private static UNetModel model(TrainingState state, TrainingSet set, Recipe recipe, Volume image) {
        double[] iou = new double[set.classes().count()];
        java.util.Arrays.fill(iou, Double.NaN);
        for (TrainingState.Row row : state.history()) if (row.step() == state.bestStep()) iou = row.iou();
        return new UNetModel(
                state.best(),
                set.classes().values(),
                set.scale(),
                set.normalisation().rule(),
                recipe,
                image.size(),
                state.bestScore(),
                iou,
                state.bestStep(),
                set.classes().voxels());
    }

    private static void keep(
            Path folder, TrainingFiles.Key key, TrainingState state, UNetModel model, Progress progress) {
        if (state.bestScore() >= 0) ModelFolder.write(folder, model, state.last());
        TrainingFiles.write(folder, key, state);
        if (progress.isShown() && !state.history().isEmpty()) {
            progress.show(
                    "Loss and IoU",
                    TrainingCurves.of(state, model.values(), key.recipe().steps()));
        }
    }

    private static Table summary(TrainingState end, TrainingSet set, ValidationSplit split, Recipe recipe) {
        Table table = new Table("what", "value");
        table.add("scale", set.scale());
        table.add("depth", set.depth());
        table.add("context_slices", set.context());
        table.add("normalisation", set.normalisation().rule().word());
        table.add("augment", augment(recipe));
        for (int c = 0; c < set.classes().count(); c++) {
            table.add(
                    "voxels of class " + set.classes().values()[c],
                    set.classes().voxels()[c]);
        }
        table.add("slices learnt from", split.training().slices().size());
        table.add("slices scored on", split.validation().slices().size());
        table.add("steps", end.step());
        table.add("best step", end.bestStep());
        table.add("mean_iou", end.bestScore());
        table.add("note", split.note());
        return table;
    }

    private static String augment(Recipe recipe) {
        if (recipe.faults().equals(Disturbance.FIBSEM)) return "fibsem";
        if (recipe.turns() == Recipe.Turns.NONE) return "none";
        return recipe.faults().equals(Disturbance.TONE) ? "geometric and tone" : "geometric";
    }

    private static Table history(TrainingState end, LabelClasses classes) {
        List<String> heads = new ArrayList<>(List.of("step", "loss", "learning_rate", "mean_iou"));
        for (int value : classes.values()) heads.add(String.format(Locale.ROOT, "iou_%d", value));
        Table table = new Table(heads);
        for (TrainingState.Row row : end.history()) {
            List<Object> cells = new ArrayList<>(List.of(row.step(), row.loss(), row.learningRate(), row.meanIou()));
            for (double v : row.iou()) cells.add(v);
            table.add(cells.toArray());
        }
        return table;
    }

    private static Plot curves(TrainingState end) {
        double[] steps =
                end.history().stream().mapToDouble(TrainingState.Row::step).toArray();
        double[] loss =
                end.history().stream().mapToDouble(TrainingState.Row::loss).toArray();
        double[] iou =
                end.history().stream().mapToDouble(TrainingState.Row::meanIou).toArray();
        return new Plot(
                "Training",
                "step",
                "loss, mean IoU",
                List.of(new Plot.Curve("loss", steps, loss), new Plot.Curve("mean IoU", steps, iou)),
                false);
    }
}
