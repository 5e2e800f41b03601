package sinterj.command;

import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Frames;
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
import sinterj.tomo.BackProjector;
import sinterj.tomo.Geometry;
import sinterj.tomo.Projector;
import sinterj.tomo.Reconstruction;
import sinterj.tomo.RowImages;
import sinterj.tomo.SeriesLevels;
import sinterj.tomo.Sirt;
import sinterj.tomo.TotalVariation;
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

    /** Filter of the weighted back-projection. */
    public enum Filter {
        /** Sharp. */
        RAMP,
        /** Faded towards high frequencies. */
        HANN
    }

    private static final int MOST_TV_ITERATIONS = 300;
    private static final double TV_TOLERANCE = 1e-3;
    private static final int USUAL_SIRT_ITERATIONS = 50;
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
                    doc = "auto ends tv once it has settled, after 300 at the latest, and takes 50 for sirt.")
            NumberOr iterations,

            @Param(
                    label = "Lambda",
                    min = 0,
                    max = 1e12,
                    words = {"auto"},
                    doc =
                            "Weight of the total variation, for densities near 1. auto follows from the noise of the series and"
                                    + " the number of tilts.")
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
                    words = {"none"},
                    doc = "No density above this, for an object of one material.")
            NumberOr upperBound,

            @Param(
                    label = "Thickness (px)",
                    min = 1,
                    max = 100_000,
                    words = {"auto"},
                    doc = "Voxels of the volume along the beam. auto takes as many as across the tilt axis.")
            NumberOr thicknessPx,

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
            keeps noise out. A larger lambda gives smoother volumes. It works on raw data; data denoised before take a
            smaller lambda, and auto finds that. The convergence table shows objective, misfit and change by iteration: if
            the last changes are not small, ask for more iterations.

            **sirt** fits the data ever closer; with noisy data the best volume comes after some 20 to 50 iterations.

            **wbp** filters and smears back: one pass, linear, noisy, with streaks where tilts are missing.

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
                                Filter.RAMP))
                .reads("input", InputSlot.Kind.TILT_SERIES, "Aligned projections, y along the tilt axis.")
                .makes("volume", OutputSlot.Kind.IMAGE, "Densities in x, y and z, with y the tilt axis and z the beam.")
                .makes(
                        "convergence",
                        OutputSlot.Kind.TABLE,
                        "Objective, relative misfit and relative change of each iteration; lambda. Not for wbp.")
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
        TiltSeries series = TiltInput.series(image, 0, settings.angles());
        requireSquarePixels(series.pixel());
        Geometry geometry = Geometry.of(series, (int) settings.thicknessPx().orElse(series.width()), 0);
        float[][] data = paths(series, settings, progress);
        progress.report(0.02, "Working out the rays");
        Progress work = progress.part(0.05, 0.98);
        if (settings.algorithm() == Algorithm.WBP) {
            WeightedBackProjection.Filter filter =
                    WeightedBackProjection.Filter.valueOf(settings.filter().name());
            float[][] rows = WeightedBackProjection.reconstruct(
                    geometry, data, filter, settings.lower(), settings.upper(), work);
            return Outputs.none().with("volume", volume(rows, geometry, series, progress));
        }
        Projector projector = new Projector(geometry, progress);
        BackProjector back = BackProjector.transposeOf(geometry, progress);
        double lambda = settings.algorithm() == Algorithm.TV ? lambda(settings, data, geometry) : 0;
        Reconstruction made = settings.algorithm() == Algorithm.SIRT
                ? Sirt.reconstruct(
                        projector,
                        back,
                        data,
                        null,
                        (int) settings.iterations().orElse(USUAL_SIRT_ITERATIONS),
                        settings.lower(),
                        settings.upper(),
                        work)
                : TotalVariation.solve(projector, back, data, null, null, totalVariation(settings, lambda), work);
        Outputs outputs = Outputs.none()
                .with("volume", volume(made.rows(), geometry, series, progress))
                .with("convergence", made.convergence().table(lambda));
        return made.complete() ? outputs : outputs.incomplete();
    }

    private static void requireSquarePixels(VoxelSize pixel) {
        if (Math.abs(pixel.x() - pixel.y()) <= 1e-3 * pixel.x()) return;
        throw new InvalidInput("The pixels are " + pixel.x() + " x " + pixel.y() + " " + pixel.unit()
                + ", but a reconstruction needs square ones. Make them equal with Image > Scale, or correct them in"
                + " Image > Properties.");
    }

    /** Projections as rows of path lengths: what is left after the background, per pixel of bulk. */
    private static float[][] paths(TiltSeries series, Settings settings, Progress progress) {
        double background = settings.background().is("auto")
                ? SeriesLevels.percentile(series, BACKGROUND_PERCENT)
                : settings.background().orElse(0);
        float[][] rows = RowImages.rows(series, progress);
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) ((row[i] - background) / settings.countsPerPixelPath());
            }
        }
        return rows;
    }

    private static double lambda(Settings settings, float[][] data, Geometry geometry) {
        return settings.lambda().orElse(SeriesLevels.noise(data, geometry.rays()) * Math.sqrt(geometry.tilts()));
    }

    private static TotalVariation.Settings totalVariation(Settings settings, double lambda) {
        TotalVariation.Settings tv = TotalVariation.Settings.of(
                        lambda, (int) settings.iterations().orElse(MOST_TV_ITERATIONS))
                .withFixedBalance(TotalVariation.USUAL_BALANCE)
                .within(settings.lower(), settings.upper());
        return settings.iterations().isNumber() ? tv : tv.withTolerance(TV_TOLERANCE);
    }

    private static Volume volume(float[][] rows, Geometry geometry, TiltSeries series, Progress progress) {
        VoxelSize pixel = series.pixel();
        VoxelSize cube = new VoxelSize(pixel.x(), pixel.y(), pixel.x(), pixel.unit());
        Volume volume = RowImages.volume(rows, geometry.width(), 0, cube, progress);
        progress.report(1, "Done");
        return volume;
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        Volume series = in.volume("input");
        long depth = (long) settings.thicknessPx().orElse(series.width());
        long voxels = series.width() * depth * series.height();
        long pixels = series.count();
        long weights = 2L * series.depth() * series.width() * depth;
        long perVoxel = settings.algorithm() == Algorithm.TV ? 24 : 8;
        return voxels * (perVoxel + 4L * (in.frames("input").count() - 1)) + 16 * pixels + 16 * weights;
    }
}
