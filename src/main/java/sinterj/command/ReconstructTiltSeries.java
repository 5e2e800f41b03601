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
                    label = "Weight of z differences",
                    min = 0,
                    max = 10,
                    doc = "For tv: factor on differences along the beam in the total variation. 1 treats all directions"
                            + " alike; less lets the volume vary along z, more makes it smoother there; 0 does not count"
                            + " them.")
            double zWeight,

            @Param(
                    label = "Temporal",
                    min = 0,
                    max = 1e6,
                    words = {"auto"},
                    doc = "For tv of several time points: weight of changes over time, as a factor on lambda. 0"
                            + " reconstructs frame by frame; auto takes 2. All time points are then in memory at once.")
            NumberOr temporal,

            @Param(label = "Filter", doc = "Of the weighted back-projection: ramp is sharp, hann is smooth.")
            Filter filter,

            @Param(
                    label = "Leave out tilts",
                    doc =
                            "Projections that are not used: auto for those that are dead or saturated, numbers counted from"
                                    + " 1 as 7 or 3-5, angles as -34deg, separated by blanks; empty or none for none.")
            String exclude,

            @Param(
                    label = "Find resolution",
                    doc = "Reconstructs two halves of the tilts as well and compares them: resolution per direction and"
                            + " elongation. Takes twice the time.")
            boolean resolution) {
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

        SeriesReconstruction.Result reconstruct(SeriesReconstruction series, OptionalDouble weight) {
            return switch (algorithm) {
                case TV -> {
                    CompressedSensing.Options options = compressedSensing();
                    yield series.totalVariation(
                            weight.isPresent() ? options.withLambda(weight.getAsDouble()) : options);
                }
                case SIRT ->
                    series.sirt((int) iterations.orElse(SeriesReconstruction.USUAL_SIRT_ITERATIONS), lower(), upper());
                case WBP ->
                    series.backProjection(WeightedBackProjection.Filter.valueOf(filter.name()), lower(), upper());
            };
        }

        int depth(TiltSeries series) {
            return (int) thicknessPx.orElse(series.width());
        }

        /** Whether all of so many time points are found at once. */
        boolean together(int frames) {
            return algorithm == Algorithm.TV && frames > 1 && !temporal.equals(NumberOr.of(0));
        }

        private CompressedSensing.Options compressedSensing() {
            return new CompressedSensing.Options(
                    lambda.isNumber() ? OptionalDouble.of(lambda.number()) : OptionalDouble.empty(),
                    iterations.isNumber() ? OptionalInt.of((int) iterations.number()) : OptionalInt.empty(),
                    lower(),
                    upperBound.isNumber() ? OptionalDouble.of(upperBound.number()) : OptionalDouble.empty(),
                    upperBound.is("auto"),
                    weight == Weight.NOISE,
                    zWeight,
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
            matters little.

            With `weight=noise`, the default, dark pixels, which are less noisy, count more. On a phantom of 24 balls at 24
            electrons a pixel that lowers the error from 0.289 to 0.270 and raises the overlap with the truth from 0.864 to
            0.874; at 6 electrons a pixel from 0.329 to 0.301, and from 0.872 to 0.884. `weight=none` is the textbook's choice.

            `z_weight` says how much differences along the beam count in the total variation. Tilts hardly show faces across
            the beam; where these cost less than others, things come out less long along z. On the phantom of 24 balls, seen to
            40 degrees, `z_weight=0.5` lowers the error from 0.270 to 0.229 and the elongation from 1.24 to 1.11, and 0.25 the
            elongation to 1.00. On a real needle, seen to 40 degrees and compared with what all 91 tilts show, the error rises
            from 0.152 to 0.165 and 0.183, and falls to 0.147 with 2. So it is a guess about the object, which no tilt confirms:
            take less than 1 for things known to be compact, more than 1 for layers and columns along the beam, and 1 if
            nothing is known.

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

            **Bad projections**, dead or saturated ones, are found by themselves and named in the table **tilts** and in the
            note `sinterj.bad_tilts`. They are used all the same unless `exclude` says otherwise: `exclude=auto` leaves those
            out, `exclude=[auto 7 20-22 -34deg]` others too. Every time point then loses the same tilts. Angles may come in any
            order, and the same angle twice.

            **What to trust.** With `resolution` the tilts are dealt into two halves, each is reconstructed the same way (with
            lambda less by the root of two), and the two volumes of the middle time point are compared frequency by frequency (Fourier shell correlation).
            `agreement` is the length at which the correlation of the halves falls below 0.143, which stands for one half
            between the volume and the truth; `agreement_strict` that at 0.5. Directions: within 30 degrees of `x`, `y` (the
            tilt axis) and `z` (the beam); `seen` by some tilt; `missing`, seen by none. A value of two voxels says that the
            voxels are the limit; none, that the halves agree at no length. Where the column `seen` is near 0, no tilt has seen
            these frequencies and the method filled them in, in both halves alike: there agreement means that the volume can be
            repeated, not that it is true; above all tv agrees with itself along z. So **trust the column `resolution`**: along z
            and in the missing wedge it is no better than the resolution along x times the elongation of back-projection
            (where that was checked on phantoms, tv was yet worse by half). The table **elongation** gives this `expected`
            elongation, and how much longer things appear along z than across, measured from the surface that the volume shows
            along x, y and z; that holds for objects without a preferred direction (`y_over_x` near 1).

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
                                1,
                                NumberOr.of(0),
                                Filter.RAMP,
                                "",
                                false))
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
                .makes(
                        "tilts",
                        OutputSlot.Kind.TABLE,
                        "Projections that are dead or saturated or were left out, and whether they were used. Only if"
                                + " there are any.")
                .makes(
                        "resolution",
                        OutputSlot.Kind.TABLE,
                        "Resolution by direction, of the middle time point. With resolution.")
                .makes(
                        "elongation",
                        OutputSlot.Kind.TABLE,
                        "How much longer things appear along z: expected from the tilts, and measured. With resolution.")
                .makes(
                        "correlation",
                        OutputSlot.Kind.PLOT,
                        "Fourier shell correlation of the halves by direction. With resolution.")
                .can(OperationInfo.Trait.OVER_TIME)
                .can(OperationInfo.Trait.KEEPS_BEST)
                .help(HELP)
                .cites("Goris, B. et al., Electron tomography based on a total variation minimization reconstruction"
                        + " technique, Ultramicroscopy 113, 120 (2012), doi:10.1016/j.ultramic.2011.11.004")
                .cites(
                        "Pock, T. and Chambolle, A., Diagonal preconditioning for first order primal-dual algorithms, ICCV"
                                + " (2011), doi:10.1109/ICCV.2011.6126441")
                .cites(
                        "Rosenthal, P. B. and Henderson, R., Optimal determination of particle orientation, absolute hand,"
                                + " and contrast loss in single-particle electron cryomicroscopy, Journal of Molecular Biology 333,"
                                + " 721 (2003), doi:10.1016/j.jmb.2003.07.013 (resolution)");
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        Frames image = in.frames("input");
        List<TiltSeries> all = new ArrayList<>();
        for (int t = 0; t < image.count(); t++) all.add(TiltInput.series(image, t, settings.angles()));
        requireSquarePixels(all.get(0).pixel());
        TiltsLeftOut leftOut = new TiltsLeftOut(settings.exclude(), all, progress);
        List<TiltSeries> series = leftOut.remaining();
        if (settings.resolution()) HalvesOfTilts.require(series.get(0), settings);
        double end = settings.resolution() ? 0.5 : 0.98;
        SeriesReconstruction.Levels levels = levels(series, settings, progress);
        SeriesReconstruction reconstruction = reconstruction(series, levels, settings, progress.part(0.02, end));
        SeriesReconstruction.Result made = settings.reconstruct(reconstruction, OptionalDouble.empty());
        Outputs outputs = outputs(image, made, reconstruction.padding(), leftOut);
        if (settings.resolution() && made.complete()) {
            outputs = new HalvesOfTilts(series, levels, settings, progress.part(end, 0.98)).addTo(outputs, made);
        }
        progress.report(1, "Done");
        return outputs;
    }

    static SeriesReconstruction reconstruction(
            List<TiltSeries> series, SeriesReconstruction.Levels levels, Settings settings, Progress work) {
        return new SeriesReconstruction(
                series, settings.depth(series.get(0)), levels, settings.algorithm() != Algorithm.WBP, work);
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

    private static Outputs outputs(Frames image, SeriesReconstruction.Result made, int padding, TiltsLeftOut leftOut) {
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
        if (!leftOut.note().isEmpty()) volume = volume.withNote("sinterj.bad_tilts", leftOut.note());
        Outputs outputs = Outputs.none().with("volume", volume);
        double lambda = made.lambda() == null ? 0 : made.lambda().lambda();
        List<Table> tables =
                made.convergences().stream().map(c -> c.table(lambda)).toList();
        if (tables.size() == 1) outputs = outputs.with("convergence", tables.get(0));
        if (tables.size() > 1) outputs = outputs.with("convergence", Table.byFrame(tables));
        if (made.lambda() != null && !made.lambda().trials().isEmpty()) {
            outputs = outputs.with("lambda_curve", made.lambda().plot());
        }
        if (leftOut.table().size() > 0) outputs = outputs.with("tilts", leftOut.table());
        return made.complete() ? outputs : outputs.incomplete();
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        Volume series = in.volume("input");
        long depth = (long) settings.thicknessPx().orElse(series.width());
        int frames = in.frames("input").count();
        boolean together = settings.together(frames);
        long voxels = series.width() * depth * series.height();
        if (settings.algorithm() == Algorithm.TV) {
            long solved = SeriesReconstruction.memory(
                    series.width(), series.height(), series.depth(), depth, frames, together);
            if (!settings.resolution()) return solved;
            // Beside the volumes made: one half and the other as it is solved, then both and their transform.
            long half = SeriesReconstruction.memory(
                    series.width(), series.height(), series.depth(), depth, together ? frames : 1, together);
            return 4 * voxels * (frames + 1) + Math.max(16 * voxels, half);
        }
        long weights = 2L * series.depth() * series.width() * depth;
        long compared = settings.resolution() ? 24 * voxels : 0;
        return voxels * (8 + 4L * (frames - 1)) + 16 * series.count() + 16 * weights + compared;
    }
}
