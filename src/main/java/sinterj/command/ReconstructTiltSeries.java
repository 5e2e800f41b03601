package sinterj.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.Table;
import sinterj.image.TiltSeries;
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
import sinterj.tomo.CompressedSensing;
import sinterj.tomo.SeriesLevels;
import sinterj.tomo.SeriesReconstruction;
import sinterj.tomo.WeightedBackProjection;

/** Reconstructs the volume behind a tilt series. */
public final class ReconstructTiltSeries implements Operation<ReconstructTiltSeries.Settings> {
    /** How a volume is found. */
    public enum Algorithm {
        /** Compressed sensing by total variation. */
        TV,
        /** Simultaneous iterative reconstruction. */
        SIRT,
        /** Weighted back-projection. */
        WBP
    }

    /** How much each pixel counts. */
    public enum Weight {
        /** The same. */
        NONE,
        /** Less where its noise is larger. */
        NOISE
    }

    /** Filter of the weighted back-projection. */
    public enum Filter {
        /** Sharp. */
        RAMP,
        /** Faded towards high frequencies. */
        HANN
    }

    private static final double BACKGROUND_PERCENT = 5;

    /** How to reconstruct. */
    public record Settings(
            @Param(
                    label = "Tilt angles",
                    doc =
                            "Empty for the angles noted with the image; else start:step, start:step:end, or the path of a file.")
            String angles,

            @Param(
                    label = "Algorithm",
                    doc =
                            "tv is compressed sensing, best at few tilts and low dose; sirt is usual and smooth; wbp is fast.")
            Algorithm algorithm,

            @Param(
                    label = "Iterations",
                    min = 1,
                    max = 100_000,
                    words = {"auto"},
                    doc =
                            "auto ends tv once it has settled, after 300 at the latest, and takes 50 for sirt. A number is"
                                    + " made exactly, in plain steps from an empty volume.")
            NumberOr iterations,

            @Param(
                    label = "Lambda",
                    min = 0,
                    max = 1e12,
                    words = {"auto"},
                    doc = "Weight of the total variation, for densities near 1. auto takes the one that best foretells"
                            + " tilts left out; the lambda curve shows how clear that was.")
            NumberOr lambda,

            @Param(
                    label = "Background (counts)",
                    min = -1e30,
                    max = 1e30,
                    words = {"auto", "none"},
                    doc = "Counts where there is no matter; subtracted. auto takes the 5th percentile of the"
                            + " series, averaged over squares of 8 pixels so that noise does not drag it down.")
            NumberOr background,

            @Param(
                    label = "Counts per pixel path",
                    min = 1e-30,
                    max = 1e30,
                    doc = "Counts that one pixel of bulk adds; divided by, so that density 1 is bulk.")
            double countsPerPixelPath,

            @Param(label = "Positivity", doc = "No density below 0.")
            boolean positivity,

            @Param(
                    label = "Upper bound",
                    min = 1e-30,
                    max = 1e30,
                    words = {"none", "auto"},
                    doc = "No density above this, for an object of one material. auto, for tv, takes the density of"
                            + " that material from a first coarse volume.")
            NumberOr upperBound,

            @Param(
                    label = "Thickness (px)",
                    min = 1,
                    max = 100_000,
                    words = {"auto"},
                    doc = "Voxels of the volume along the beam. auto takes as many as across the tilt axis.")
            NumberOr thicknessPx,

            @Param(
                    label = "Weight",
                    doc = "For tv. noise lets pixels count less where their noise is larger, which is found from the"
                            + " series itself; none lets all count the same.")
            Weight weight,

            @Param(
                    label = "Temporal",
                    min = 0,
                    max = 1e6,
                    words = {"auto"},
                    doc = "For tv of several time points: weight of changes over time, as a factor on lambda. 0"
                            + " reconstructs frame by frame; auto takes 2. All time points are then in memory at once.")
            NumberOr temporal,

            @Param(label = "Filter", doc = "Of the weighted back-projection: ramp is sharp, hann is smooth.")
            Filter filter) {
        public Settings {
            if (iterations.isNumber() && iterations.number() != Math.rint(iterations.number())) {
                throw new InvalidInput(
                        "'iterations' is " + iterations.number() + ". Allowed: auto, or a whole number.");
            }
            if (thicknessPx.isNumber() && thicknessPx.number() != Math.rint(thicknessPx.number())) {
                throw new InvalidInput(
                        "'thickness_px' is " + thicknessPx.number() + ". Allowed: auto, or a whole number.");
            }
            if (upperBound.is("auto") && algorithm != Algorithm.TV) {
                throw new InvalidInput(
                        "'upper_bound' is auto, which only algorithm=tv can find. Give a density, or none.");
            }
        }

        private CompressedSensing.Options compressedSensing() {
            return new CompressedSensing.Options(
                    lambda.isNumber() ? OptionalDouble.of(lambda.number()) : OptionalDouble.empty(),
                    iterations.isNumber() ? OptionalInt.of((int) iterations.number()) : OptionalInt.empty(),
                    lower(),
                    upperBound.isNumber() ? OptionalDouble.of(upperBound.number()) : OptionalDouble.empty(),
                    upperBound.is("auto"),
                    weight == Weight.NOISE,
                    temporal.orElse(CompressedSensing.USUAL_TEMPORAL));
        }

        float lower() {
            return positivity ? 0 : -Float.MAX_VALUE;
        }

        float upper() {
            return (float) upperBound.orElse(Float.MAX_VALUE);
        }
    }

    private static final String HELP = """
            Finds the volume whose projections are those of the series. Projections are taken along straight rays,
            `u = x cos t + z sin t`, with y as the tilt axis. Densities are `(counts - background) / counts per pixel path`
            per pixel of path: with the right two numbers bulk comes out as 1; with the defaults the volume is right up to a
            factor and lambda adapts to it.

            **tv** minimises half the squared misfit plus lambda times the total variation, the amount of surface. It asks
            for the simplest volume that explains the data, fills in much of what the missing tilts would have shown, and
            keeps noise out. Use the raw projections. Lambda, left at auto, is found by leaving out every fifth tilt and
            foretelling it from the others: too small a lambda foretells noise that no other tilt shows, too large a one
            loses detail that all show. The **lambda curve** has its lowest point there; a flat curve says that lambda
            matters little. With `weight=noise` dark pixels, which are less noisy, count more.

            The volume starts from coarse ones of an eighth, a quarter and half the size, and is refined until it has settled.
            The **convergence** table shows it by iteration: objective; residual, the misfit over the norm of the data; gap,
            the most by which the objective can still lie above its minimum, over the objective; change of the volume. If
            the last gap is above a few hundredths, ask for more iterations.

            **Several time points** are reconstructed one by one, with the lambda of the one in the middle. With `temporal`
            they are found together, with a penalty on changes from one to the next: what stays is then seen at the dose of
            several time points, and what changes may still change at once. An automatic lambda is then 0.6 of that for one
            time point. The projections must have been aligned to one place in all time points.

            **sirt** fits the data ever closer; with noisy data the best volume comes after some 20 to 50 iterations.

            **wbp** filters and smears back: one pass, linear, noisy, with streaks where tilts are missing.

            **An object cut by the sides of the projections** is noticed by tv and sirt: the volume is larger while it is
            solved, and rays that leave even that through its sides do not count. The volume then carries the note
            `sinterj.field_of_view`, which Image > Show Info shows.

            Stop and keep ends the iterations with the volume so far.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "reconstruct-tilt-series",
                        "Tomography",
                        "Reconstruct Tilt Series...",
                        "Finds the volume behind a tilt series, by compressed sensing, SIRT or weighted back-projection.",
                        new Settings(
                                "",
                                Algorithm.TV,
                                NumberOr.AUTO,
                                NumberOr.AUTO,
                                NumberOr.AUTO,
                                1,
                                true,
                                NumberOr.NONE,
                                NumberOr.AUTO,
                                Weight.NOISE,
                                NumberOr.of(0),
                                Filter.RAMP))
                .reads("input", InputSlot.Kind.TILT_SERIES, "Aligned projections, y along the tilt axis.")
                .makes("volume", OutputSlot.Kind.IMAGE, "Densities in x, y and z, with y the tilt axis and z the beam.")
                .makes(
                        "convergence",
                        OutputSlot.Kind.TABLE,
                        "Objective, relative misfit, relative gap to the minimum and relative change of each iteration;"
                                + " lambda. Not for wbp.")
                .makes(
                        "lambda_curve",
                        OutputSlot.Kind.PLOT,
                        "How well each lambda that was tried foretold the tilts left out. For tv with lambda auto.")
                .can(OperationInfo.Trait.OVER_TIME)
                .can(OperationInfo.Trait.KEEPS_BEST)
                .help(HELP)
                .cites("Goris, B. et al., Electron tomography based on a total variation minimization reconstruction"
                        + " technique, Ultramicroscopy 113, 120 (2012), doi:10.1016/j.ultramic.2011.11.004")
                .cites(
                        "Pock, T. and Chambolle, A., Diagonal preconditioning for first order primal-dual algorithms, ICCV"
                                + " (2011), doi:10.1109/ICCV.2011.6126441");
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        Frames image = in.frames("input");
        List<TiltSeries> series = new ArrayList<>();
        for (int t = 0; t < image.count(); t++) series.add(TiltInput.series(image, t, settings.angles()));
        requireSquarePixels(series.get(0).pixel());
        Progress work = progress.part(0.02, 0.98);
        SeriesReconstruction reconstruction = new SeriesReconstruction(
                series,
                (int) settings.thicknessPx().orElse(series.get(0).width()),
                levels(series, settings, progress),
                settings.algorithm() != Algorithm.WBP,
                work);
        SeriesReconstruction.Result made = switch (settings.algorithm()) {
            case TV -> reconstruction.totalVariation(settings.compressedSensing());
            case SIRT ->
                reconstruction.sirt(
                        (int) settings.iterations().orElse(SeriesReconstruction.USUAL_SIRT_ITERATIONS),
                        settings.lower(),
                        settings.upper());
            case WBP ->
                reconstruction.backProjection(
                        WeightedBackProjection.Filter.valueOf(settings.filter().name()),
                        settings.lower(),
                        settings.upper());
        };
        progress.report(1, "Done");
        return outputs(image, made, reconstruction.padding());
    }

    private static void requireSquarePixels(VoxelSize pixel) {
        if (Math.abs(pixel.x() - pixel.y()) <= 1e-3 * pixel.x()) return;
        throw new InvalidInput("The pixels are " + pixel.x() + " x " + pixel.y() + " " + pixel.unit()
                + ", but a reconstruction needs square ones. Make them equal with Image > Scale, or correct them in"
                + " Image > Properties.");
    }

    private static SeriesReconstruction.Levels levels(List<TiltSeries> series, Settings settings, Progress progress) {
        double background = settings.background().is("auto")
                ? SeriesLevels.percentile(series, BACKGROUND_PERCENT, progress)
                : settings.background().orElse(0);
        return new SeriesReconstruction.Levels(
                background, !settings.background().is("auto"), settings.countsPerPixelPath());
    }

    private static Outputs outputs(Frames image, SeriesReconstruction.Result made, int padding) {
        List<Volume> volumes = new ArrayList<>(made.volumes());
        Volume first = volumes.get(0);
        // Time points that were not reached before the user ended it are empty.
        while (volumes.size() < image.count()) {
            volumes.add(new Volume(Planes.floats(first.width(), first.height(), first.depth()), first.size()));
        }
        Frames volume = new Frames("volume", volumes, image.times(), Map.of());
        if (padding > 0) {
            volume = volume.withNote(
                    "sinterj.field_of_view",
                    "The object is cut by the sides of the projections. The volume was " + padding
                            + " voxels larger on each side while it was solved, and rays that leave it there did not"
                            + " count.");
        }
        Outputs outputs = Outputs.none().with("volume", volume);
        double lambda = made.lambda() == null ? 0 : made.lambda().lambda();
        List<Table> tables =
                made.convergences().stream().map(c -> c.table(lambda)).toList();
        if (tables.size() == 1) outputs = outputs.with("convergence", tables.get(0));
        if (tables.size() > 1) outputs = outputs.with("convergence", Table.byFrame(tables));
        if (made.lambda() != null && !made.lambda().trials().isEmpty()) {
            outputs = outputs.with("lambda_curve", made.lambda().plot());
        }
        return made.complete() ? outputs : outputs.incomplete();
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        Volume series = in.volume("input");
        long depth = (long) settings.thicknessPx().orElse(series.width());
        int frames = in.frames("input").count();
        boolean together = frames > 1 && !settings.temporal().equals(NumberOr.of(0));
        if (settings.algorithm() == Algorithm.TV) {
            return SeriesReconstruction.memory(
                    series.width(), series.height(), series.depth(), depth, frames, together);
        }
        long voxels = series.width() * depth * series.height();
        long weights = 2L * series.depth() * series.width() * depth;
        return voxels * (8 + 4L * (frames - 1)) + 16 * series.count() + 16 * weights;
    }
}
