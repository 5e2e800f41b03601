package sinterj.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.EdgeRule;
import sinterj.image.LabelVolume;
import sinterj.image.Look;
import sinterj.image.PhaseMask;
import sinterj.image.PhaseValue;
import sinterj.image.Plot;
import sinterj.image.Table;
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
import sinterj.pore.Ball;
import sinterj.pore.Distribution;
import sinterj.pore.LocalThickness;
import sinterj.pore.SurfaceContact;
import sinterj.pore.ThicknessSummary;

/** The command {@code local-thickness}. */
public final class MeasureLocalThickness implements Operation<MeasureLocalThickness.Settings> {
    /** Which thickness is measured. */
    public enum Definition {
        /** Diameter of the largest inscribed ball that covers a voxel. */
        VOLUME,
        /** Diameter of the largest inscribed ball that touches the surface at a surface voxel. */
        SURFACE_CONTACT
    }

    /** What may be chosen. */
    public record Settings(
            @Param(
                    label = "Phase value",
                    words = "auto",
                    doc = "Which value is measured; auto = 255 or 1, whichever a mask of 0 and one of them"
                            + " holds. Give 0 for the spaces between.")
            NumberOr phase,

            @Param(
                    label = "Definition",
                    doc = "volume: for every voxel the largest inscribed ball that covers it. surface_contact:"
                            + " for every surface voxel the largest inscribed ball that touches the surface"
                            + " there.")
            Definition definition,

            @Param(
                    label = "Balls",
                    doc = "open: a ball covers what is nearer than its radius; closed: its surface too, as in"
                            + " ImageJ's Local Thickness. Volume definition only.")
            Ball ball,

            @Param(
                    label = "Outside of the image",
                    doc = "ignore: unknown, so balls may reach beyond it (mirroring gives the same numbers);"
                            + " encase: the other phase; periodic: the image repeats.")
            EdgeRule edge,

            @Param(label = "Histogram bins", min = 1, max = 10000, doc = "Bins of equal width from 0 to the maximum.")
            int bins,

            @Param(
                    label = "Each label by itself",
                    doc = "The input holds labels: balls end where another label begins, and the table has a"
                            + " row for each label other than 0.")
            boolean perLabel) {
        public Settings {
            if (perLabel && phase.isNumber()) {
                throw new InvalidInput("'per_label' measures every label, so leave 'phase' at auto instead of "
                        + phase.number() + ".");
            }
            if (perLabel && definition == Definition.SURFACE_CONTACT) {
                throw new InvalidInput("'per_label' goes with definition=volume only. For the surface contact of one"
                        + " label give its value as 'phase'.");
            }
        }
    }

    private static final String HELP = """
            The local thickness of a phase tells for every voxel how wide the phase is there: the diameter of the largest
            ball that lies within the phase and covers the voxel. It needs no model of the shape, is measured exactly on
            the grid and respects unequal voxel sides, such as those of FIB-SEM stacks: nothing is resampled.

            The centre of a ball is the centre of a voxel and its radius reaches to the centre of the nearest voxel
            outside. A slab of an even number of voxels therefore measures that number, one of an odd number one voxel
            more; a sphere of 40 voxels measures 38.4 to 40. With `ball=closed` the map equals that of ImageJ's Local
            Thickness (and BoneJ's Tb.Th, Tb.Sp) before its clean-up step, which averages along the surface.

            The table says which conventions were used. Percentiles are interpolated linearly; `mode` is the thickness
            that occurs most often. The histogram and its cumulative curve are weighted by volume: as points they are the
            size distribution of the phase. A `mask` leaves voxels out of table and histogram, but not of the geometry.
            One slice is measured with discs instead of balls.

            `definition=surface_contact` asks at every point of the surface for the largest ball within the phase that
            touches the surface there, and paints its diameter on the surface: the width that current meets when it
            enters at that point. It is our reading of the "local thickness" of Hirabayashi et al. 2024, whose wording
            (the minimum diameter that reaches the other surfaces in the sphere where that point is a contact point)
            leaves room for it. The contact points lie between voxels, so a slab of 9 voxels measures 9, not 10. Table
            and histogram are weighted by area; `n` counts surface voxels, `volume` is that of the phase. Points whose
            ball reaches the border of the image before it meets a surface are NaN in the map and are counted as
            `border_limited`. The neck between two balls shows as a dip in this map while the volume definition
            paints the large balls over it (the picture shows both). Round walls of 10 voxels radius measure up to 4 % low
            where the grid flattens them.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "local-thickness",
                        "Microstructure",
                        "Measure Local Thickness...",
                        "From a binary or label volume to a map of the phase's local thickness, with statistics.",
                        new Settings(NumberOr.AUTO, Definition.VOLUME, Ball.OPEN, EdgeRule.IGNORE, 50, false))
                .reads("input", InputSlot.Kind.LABELS, "A mask of two values, or labels.")
                .mayRead("mask", InputSlot.Kind.MASK, "Only voxels where it is not 0 count in table and histogram.")
                .makes("thickness", Look.MAP, "Thickness in the unit of the image, 0 outside the phase.")
                .makes("summary", OutputSlot.Kind.TABLE, "Statistics; a row for each label if asked for.")
                .makes("histogram", OutputSlot.Kind.PLOT, "Fraction of the phase by thickness, and its running sum.")
                .help(HELP)
                .cites("Hildebrand and Ruegsegger 1997, J. Microsc. 185, 67, doi:10.1046/j.1365-2818.1997.1340694.x")
                .cites("Hirabayashi et al. 2024, npj Comput. Mater. 10, doi:10.1038/s41524-024-01226-5");
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        long voxels = in.volume("input").count();
        // The maps; of one frame at a time the mask, blocks not yet painted, and the centres of maximal balls.
        if (settings.definition() == Definition.SURFACE_CONTACT) return 4 * PhaseInput.voxels(in) + 12 * voxels;
        long working = settings.perLabel() && settings.ball() == Ball.CLOSED ? 6 * voxels : 2 * voxels;
        return 4 * PhaseInput.voxels(in) + working;
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        PhaseMask region = PhaseInput.region(in, "mask", progress);
        Progress measuring = progress.part(0, 0.95);
        if (settings.perLabel()) {
            PhaseValue.requireSegmented(in.volume("input"), progress);
            LabelVolume labels = in.labels("input");
            Volume map = LocalThickness.perLabel(labels, settings.ball(), settings.edge(), measuring);
            Map<Integer, Distribution> byLabel = Distribution.perLabel(map, labels, region, progress);
            Table table = table(map.size(), settings, true);
            byLabel.forEach((label, d) -> table.add(row(label, d, map.size(), settings)));
            return outputs(map, table, Distribution.of(map, region, progress), settings);
        }
        Volume volume = in.volume("input");
        PhaseMask phase = PhaseInput.phase(volume, settings.phase(), progress);
        if (settings.definition() == Definition.SURFACE_CONTACT) {
            if (region != null) throw new InvalidInput("'mask' goes with definition=volume only. Leave it empty.");
            return surface(phase, volume.size(), settings, measuring);
        }
        Volume map = LocalThickness.measure(phase, volume.size(), settings.ball(), settings.edge(), measuring);
        Distribution all = Distribution.of(map, region, progress);
        Table table = table(map.size(), settings, false).add(row(null, all, map.size(), settings));
        return outputs(map, table, all, settings);
    }

    private static Outputs surface(PhaseMask phase, VoxelSize voxel, Settings settings, Progress progress) {
        SurfaceContact.Result found = SurfaceContact.measure(phase, voxel, settings.edge(), progress);
        List<String> heads = new ArrayList<>(table(voxel, settings, false).heads());
        heads.addAll(List.of("area (" + voxel.unit() + "2)", "border_limited"));
        ThicknessSummary summary = found.sizes().summary(settings.bins());
        List<Object> cells = new ArrayList<>(cells(summary, phase.count(), voxel, settings));
        cells.addAll(List.of(found.area(), found.borderLimited()));
        double largest = summary.n() == 0 ? 1 : summary.max();
        double[] fraction = found.sizes().histogram(settings.bins(), largest);
        return Outputs.none()
                .with("thickness", found.map())
                .with("summary", new Table(heads).add(cells.toArray()))
                .with("histogram", plot(fraction, largest, voxel.unit(), "fraction of the surface"));
    }

    private static Outputs outputs(Volume map, Table table, Distribution all, Settings settings) {
        double largest = all.n() == 0 ? 1 : all.max();
        return Outputs.none()
                .with("thickness", map)
                .with("summary", table)
                .with(
                        "histogram",
                        plot(
                                all.histogram(settings.bins(), largest),
                                largest,
                                map.size().unit(),
                                "fraction of the volume"));
    }

    private static Table table(VoxelSize voxel, Settings settings, boolean labelled) {
        String unit = " (" + voxel.unit() + ")";
        List<String> heads = new ArrayList<>();
        if (labelled) heads.add("label");
        heads.add("n");
        heads.add("volume (" + voxel.unit() + "3)");
        for (String name : List.of("mean", "sd", "min", "p10", "p50", "p90", "max", "mode")) heads.add(name + unit);
        heads.addAll(List.of("definition", "ball", "edge"));
        return new Table(heads);
    }

    private static Object[] row(Integer label, Distribution distribution, VoxelSize voxel, Settings settings) {
        List<Object> cells = new ArrayList<>();
        if (label != null) cells.add(label);
        cells.addAll(cells(ThicknessSummary.of(distribution), distribution.n(), voxel, settings));
        return cells.toArray();
    }

    private static List<Object> cells(ThicknessSummary s, long voxels, VoxelSize voxel, Settings settings) {
        List<Object> cells = new ArrayList<>(List.of(s.n(), voxels * voxel.x() * voxel.y() * voxel.z()));
        cells.addAll(List.of(s.mean(), s.sd(), s.min(), s.p10(), s.p50(), s.p90(), s.max(), s.mode()));
        boolean balls = settings.definition() == Definition.VOLUME;
        cells.addAll(List.of(word(settings.definition()), balls ? word(settings.ball()) : "", word(settings.edge())));
        return cells;
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static Plot plot(double[] fraction, double largest, String unit, String weight) {
        int bins = fraction.length;
        double[] centre = new double[bins];
        double[] end = new double[bins];
        double[] sum = new double[bins];
        for (int b = 0; b < bins; b++) {
            centre[b] = (b + 0.5) * largest / bins;
            end[b] = (b + 1) * largest / bins;
            sum[b] = (b == 0 ? 0 : sum[b - 1]) + fraction[b];
        }
        return new Plot(
                "Local thickness",
                "thickness (" + unit + ")",
                weight,
                List.of(new Plot.Curve("fraction", centre, fraction), new Plot.Curve("cumulative", end, sum)),
                false);
    }
}
