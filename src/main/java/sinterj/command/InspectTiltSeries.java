package sinterj.command;

import java.util.List;
import java.util.Locale;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.Table;
import sinterj.image.TiltSeries;
import sinterj.image.Volume;
import sinterj.op.InputSlot;
import sinterj.op.Inputs;
import sinterj.op.NumberOr;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Param;
import sinterj.tomo.SeriesMisfit;
import sinterj.tomo.TiltHealth;

/** Shows what is wrong with a tilt series, and how well a volume explains it. */
public final class InspectTiltSeries implements Operation<InspectTiltSeries.Settings> {
    /** What to look at. */
    public record Settings(
            @Param(
                    label = "Tilt angles",
                    doc = "Empty for the angles noted with the image; else start:step, start:step:end, or the path of a"
                            + " file.")
            String angles,

            @Param(
                    label = "Row (pixel)",
                    min = 0,
                    max = 1_000_000,
                    words = {"auto"},
                    doc = "Row of the projections whose sinogram is shown, counted from 0 at the top. auto takes the"
                            + " middle.")
            NumberOr row) {
        public Settings {
            if (row.isNumber() && row.number() != Math.rint(row.number())) {
                throw new InvalidInput("'row' is " + row.number() + ". Allowed: auto, or a whole number.");
            }
        }
    }

    private static final String HELP = """
            The **sinogram** is one row of all projections, tilt below tilt. In an aligned series every particle follows a
            smooth curve; a step in all curves is a projection that was shifted, a dark or bright line one that is dead or
            saturated.

            The **table** has a row per projection: mean and standard deviation of its counts; `negative`, the part of its
            pixels below 0; `saturated`, the part at the largest value of the whole series; `state`. A projection is `dead` if
            it shows less than a tenth of the usual contrast (seen in squares of 8 pixels, so that noise is no contrast), and
            `saturated` if 2 % of its pixels or more are at the largest value of the series. `exclude=auto` of Reconstruct
            Tilt Series... leaves such projections out.

            With a **volume** that was reconstructed from the series, its **reprojections** are shown in counts, beside which
            the data can be laid. Per projection the table then gives `shift_x_px` and `shift_y_px`, by how much the data lie
            off their reprojection (align again if these exceed half a pixel), and `misfit`, the norm of the difference over
            the norm of the counts above the background. Noise is part of it: look for projections that stand out. Background
            and counts per path are fitted, so the volume may have any scale.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "inspect-tilt-series",
                        "Tomography",
                        "Inspect Tilt Series...",
                        "Shows the sinogram of a row, finds dead and saturated projections, and compares with a volume.",
                        new Settings("", NumberOr.AUTO))
                .reads("input", InputSlot.Kind.TILT_SERIES, "Projections, y along the tilt axis.")
                .mayRead(
                        "volume",
                        InputSlot.Kind.IMAGE,
                        "A volume reconstructed from them, to be projected again and compared.")
                .makes("sinogram", OutputSlot.Kind.IMAGE, "One row of all projections, a line per tilt.")
                .makes("reprojections", OutputSlot.Kind.IMAGE, "The volume projected again, in counts.")
                .makes(
                        "tilts",
                        OutputSlot.Kind.TABLE,
                        "Counts and state of each projection; with a volume also its shift and misfit.")
                .help(HELP)
                .cites(
                        "Joseph, P. M., An improved algorithm for reprojecting rays through pixel images, IEEE Transactions"
                                + " on Medical Imaging 1, 192 (1982), doi:10.1109/TMI.1982.4307572");
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        TiltSeries series = TiltInput.series(in.frames("input"), 0, settings.angles());
        int row = (int) settings.row().orElse(series.height() / 2);
        if (row >= series.height()) {
            throw new InvalidInput(
                    "'row' is " + row + ", but the projections have the rows 0 to " + (series.height() - 1) + ".");
        }
        TiltHealth[] health = TiltHealth.of(series, progress);
        progress.report(0.2, "Looking at the projections");
        SeriesMisfit misfit =
                in.has("volume") ? SeriesMisfit.of(series, in.volume("volume"), progress.part(0.2, 1)) : null;
        progress.report(1, "Done");
        Outputs outputs = Outputs.none().with("sinogram", sinogram(series, row));
        if (misfit != null) outputs = outputs.with("reprojections", Frames.of("reprojections", misfit.reprojections()));
        return outputs.with("tilts", table(series, health, misfit));
    }

    private static Volume sinogram(TiltSeries series, int row) {
        float[] lines = new float[series.width() * series.count()];
        for (int k = 0; k < series.count(); k++) {
            System.arraycopy(series.projection(k), row * series.width(), lines, k * series.width(), series.width());
        }
        return new Volume(Planes.ofFloats(List.of(lines), series.width(), series.count()), series.pixel());
    }

    private static Table table(TiltSeries series, TiltHealth[] health, SeriesMisfit misfit) {
        Table table = new Table(
                "tilt",
                "angle_deg",
                "counts",
                "sd",
                "negative",
                "saturated",
                "state",
                "shift_x_px",
                "shift_y_px",
                "misfit");
        for (int k = 0; k < health.length; k++) {
            TiltHealth h = health[k];
            table.add(
                    k + 1,
                    series.anglesDeg()[k],
                    h.mean(),
                    h.sd(),
                    h.negative(),
                    h.saturated(),
                    h.state().name().toLowerCase(Locale.ROOT),
                    misfit == null ? Double.NaN : misfit.dx()[k],
                    misfit == null ? Double.NaN : misfit.dy()[k],
                    misfit == null ? Double.NaN : misfit.misfit()[k]);
        }
        return table;
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        Volume series = in.volume("input");
        if (!in.has("volume")) return 8L * series.width() * series.depth();
        Volume volume = in.volume("volume");
        long weights = 16L * series.depth() * series.width() * Math.max(volume.depth(), volume.width());
        return 4 * volume.count() + 12 * series.count() + weights;
    }
}
