package sinterj.command;

import java.util.List;
import java.util.function.ToDoubleFunction;
import sinterj.base.Progress;
import sinterj.image.PhaseMask;
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
import sinterj.pore.RepresentativeVolume;
import sinterj.pore.RepresentativeVolume.Point;
import sinterj.pore.RepresentativeVolume.Quantity;

/** The command {@code representative-volume}. */
public final class PlotRepresentativeVolume implements Operation<PlotRepresentativeVolume.Settings> {
    /** What may be chosen. */
    public record Settings(
            @Param(
                    label = "Phase value",
                    words = "auto",
                    doc = "Which value is measured; auto = 255 or 1, whichever a mask of 0 and one of them"
                            + " holds. Give 0 for voids.")
            NumberOr phase,

            @Param(
                    label = "Quantity",
                    doc = "fraction of the volume; area_per_volume; mean_chord, four volumes over surface;"
                            + " mean_thickness, of the local thickness; k_x, k_y, k_z, the transport connectivity.")
            Quantity quantity,

            @Param(label = "Sides", min = 1, max = 100, doc = "Number of cube sides, up to the largest that fits.")
            int steps,

            @Param(
                    label = "Cubes of each side",
                    min = 1,
                    max = 10000,
                    doc = "Cubes at random places; fewer of the large ones, of which only a few differ.")
            int cubes,

            @Param(label = "Seed", doc = "Of the random places: same seed, same cubes.")
            long seed) {}

    private static final String HELP = """
            Is the volume large enough to stand for the material? Cubes of several sides are cut out at random places,
            and each is measured as if it were the whole image. Small cubes scatter: one lies in a void, another beside
            it. From some side on they agree, and any volume of at least that side is representative **for this
            quantity**; thickness and transport need larger ones than the fraction.

            The table gives for each side the mean over the cubes, their standard deviation, the smallest and the largest
            value; `relative_sd` is the standard deviation over the mean. A volume is often called representative where it
            stays below 0.05. `independent` is how many such cubes fit into the image side by side: where that is less
            than about 5 the cubes overlap, so they scatter less than those of another sample would. A mean that drifts
            with the side shows that small cubes cut through what they measure, as k does where cubes are not much larger
            than the pores. `undefined` counts cubes without a value, such as the thickness where there is nothing.

            `whole_image` is the value of the image itself. Sides are lengths in the unit of the image, so with unequal
            voxels a cube holds unequal numbers of them. From one slice squares are cut. Areas are per volume that the
            test lines see, so they do not come out low in small cubes.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "representative-volume",
                        "Microstructure",
                        "Plot Representative Volume...",
                        "From a binary volume to how a quantity scatters among cubes, against the side of the cubes.",
                        new Settings(NumberOr.AUTO, Quantity.FRACTION, 10, 20, 1))
                .reads("input", InputSlot.Kind.LABELS, "A mask of two values, or a segmentation into a few phases.")
                .makes("sides", OutputSlot.Kind.TABLE, "A row for each side: mean and scatter.")
                .makes("scatter", OutputSlot.Kind.PLOT, "Mean, and mean plus and minus the standard deviation.")
                .help(HELP)
                .cites("Kanit et al. 2003, Int. J. Solids Struct. 40, 3647, doi:10.1016/S0020-7683(03)00143-4");
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        long voxels = in.volume("input").count();
        return switch (settings.quantity()) {
            case FRACTION, AREA_PER_VOLUME, MEAN_CHORD -> voxels;
            case MEAN_THICKNESS -> 7 * voxels;
            case K_X, K_Y, K_Z -> 42 * voxels;
        };
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        Volume volume = in.volume("input");
        PhaseMask phase = PhaseInput.phase(volume, settings.phase(), progress);
        RepresentativeVolume found = RepresentativeVolume.measure(
                phase,
                volume.size(),
                settings.quantity(),
                settings.steps(),
                settings.cubes(),
                settings.seed(),
                progress);
        String unit = volume.size().unit();
        // Cubes without a value leave a gap.
        List<Point> points =
                found.points().stream().filter(p -> !Double.isNaN(p.mean())).toList();
        Outputs made = Outputs.none().with("sides", table(found, settings.quantity(), unit));
        return points.isEmpty() ? made : made.with("scatter", plot(found, points, settings.quantity(), unit));
    }

    private static String unit(Quantity quantity, String unit) {
        return switch (quantity) {
            case AREA_PER_VOLUME -> " (1/" + unit + ")";
            case MEAN_CHORD, MEAN_THICKNESS -> " (" + unit + ")";
            default -> "";
        };
    }

    private static Table table(RepresentativeVolume found, Quantity quantity, String unit) {
        String own = unit(quantity, unit);
        Table table = new Table(
                "side (" + unit + ")",
                "cubes",
                "independent",
                "undefined",
                "mean" + own,
                "sd" + own,
                "relative_sd",
                "min" + own,
                "max" + own,
                "whole_image" + own,
                "quantity");
        String name = quantity.name().toLowerCase(java.util.Locale.ROOT);
        for (Point p : found.points()) {
            table.add(
                    p.side(),
                    p.cubes(),
                    p.independent(),
                    p.undefined(),
                    p.mean(),
                    p.sd(),
                    p.sd() / p.mean(),
                    p.min(),
                    p.max(),
                    found.whole(),
                    name);
        }
        return table;
    }

    private static Plot plot(RepresentativeVolume found, List<Point> points, Quantity quantity, String unit) {
        ToDoubleFunction<Point> sd = p -> Double.isNaN(p.sd()) ? 0 : p.sd(); // a single cube has no scatter
        String name = quantity.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return new Plot(
                "Representative volume",
                "side of the cube (" + unit + ")",
                name + unit(quantity, unit),
                List.of(
                        curve("mean", points, Point::mean),
                        curve("mean + sd", points, p -> p.mean() + sd.applyAsDouble(p)),
                        curve("mean - sd", points, p -> p.mean() - sd.applyAsDouble(p)),
                        curve("whole image", points, p -> found.whole())),
                false);
    }

    private static Plot.Curve curve(String name, List<Point> points, ToDoubleFunction<Point> value) {
        return new Plot.Curve(
                name,
                points.stream().mapToDouble(Point::side).toArray(),
                points.stream().mapToDouble(value).toArray());
    }
}
