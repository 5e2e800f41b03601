package sinterj.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.LabelVolume;
import sinterj.image.Look;
import sinterj.image.PhaseMask;
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
import sinterj.pore.Neck;
import sinterj.pore.Necks;

/** The command {@code find-necks}. */
public final class FindNecks implements Operation<FindNecks.Settings> {
    /** What may be chosen. */
    public record Settings(
            @Param(
                    label = "Phase value",
                    words = "auto",
                    doc = "Which value is split into grains; auto = 255 or 1, whichever a mask of 0 and one of them"
                            + " holds. Give 0 for pores and their throats.")
            NumberOr phase,

            @Param(
                    label = "Merge above",
                    min = 0,
                    max = 1,
                    doc = "Two grains are one if the neck between them is wider than this fraction of the narrower one:"
                            + " 0.9 = a neck narrows a grain by at least a tenth; less = fewer, larger grains.")
            double merge,

            @Param(
                    label = "Smallest contact (square of the image's unit)",
                    min = 0,
                    doc = "Necks with a smaller cross-section are left out of image and table.")
            double minContact,

            @Param(
                    label = "Adjacency",
                    min = 6,
                    max = 26,
                    doc = "Neighbours through which grains grow and balls pass: 26 through faces, edges and corners of"
                            + " voxels, 6 through faces only.")
            int adjacency,

            @Param(
                    label = "Measure the constrictivity",
                    doc = "It takes longer than all the rest; false leaves its columns NaN.")
            boolean constrictivity) {
        public Settings {
            if (adjacency != 6 && adjacency != 26) {
                throw new InvalidInput("'adjacency' is " + adjacency + ". Allowed: 6 or 26.");
            }
        }
    }

    private static final String HELP = """
            Where is a phase narrow, and how much does that matter for what flows through it? The phase is split into grains
            along the valleys of the distance to its surface (a watershed), and each place where two grains meet is a neck.
            For powders these are the sintering necks, for voids (`phase=0`) the throats between pores. Distances are exact,
            for unequal voxel sides too; nothing is smoothed or resampled.

            **Which necks count.** Ripples of a rough surface make no grains: two grains are one if the neck between them is
            wider than `merge` times the widest place of the narrower grain, or narrower than that by less than half a
            voxel. With `merge=0` every connected part is one grain.

            **The table of necks** has a row for each. `neck_diameter` is that of the largest ball that passes through it,
            between centres of voxels as in Measure Local Thickness...; `area` is the neck's cross-section, the vector sum
            of the voxel faces between the two grains, right for a flat neck in any direction; `equivalent_diameter` is
            that of a circle of this area; `interface_area` follows the interface where it is curved (Crofton). `x`, `y`
            and `z` are the centre, `normal_x` ... the direction from `grain_a` to `grain_b`. A sharp notch whose bottom
            lies between two layers of voxels is seen up to half a voxel away from it: the waist of two balls of 16
            voxels radius measures 392 or 349 instead of 352 voxels.

            **The summary**: number and density of necks; `critical_diameter_x` ... is the diameter of the largest ball
            that passes through the phase from one face of the image to the opposite one, 0 if none does (GeoDict:
            percolation path). `constrictivity` is (`bottleneck` / `bulge`) squared after Holzer et al.: `bulge` is the
            median local thickness, `bottleneck` the diameter of the largest ball that, coming from the faces of the image,
            sweeps half of the phase. It is 1 for a tube and near 0 where narrow mouths close wide spaces; NaN if not even
            the smallest ball reaches half of the phase.

            In the image of necks the voxels on both sides of neck n hold n; in that of grains they hold the number of
            their grain, 1 the largest. What the image cuts off is not closed: a grain at its border may be wider than it seems.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "find-necks",
                        "Microstructure",
                        "Find Necks...",
                        "From a binary volume to its grains, the necks between them and the narrowest places for flow.",
                        new Settings(NumberOr.AUTO, 0.9, 0, 26, true))
                .reads("input", InputSlot.Kind.LABELS, "A mask of two values, or a segmentation into a few phases.")
                .makes("necks", Look.LABELS, "The voxels on both sides of each neck, numbered as in the table.")
                .makes("grains", Look.LABELS, "Grains numbered by size, 1 the largest.")
                .makes("contacts", OutputSlot.Kind.TABLE, "A row for each neck.")
                .makes("summary", OutputSlot.Kind.TABLE, "Counts, critical path diameters and constrictivity.")
                .makes("sizes", OutputSlot.Kind.PLOT, "Fraction of the necks that are narrower than a diameter.")
                .help(HELP)
                .cites("Gostick 2017, Phys. Rev. E 96, 023307, doi:10.1103/PhysRevE.96.023307 (SNOW)")
                .cites("Holzer et al. 2013, J. Mater. Sci. 48, 2934, doi:10.1007/s10853-013-7275-8 (constrictivity)");
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        // Two label images for each frame; of one frame distances, labels, the order of voxels and a queue.
        return 4 * PhaseInput.voxels(in) + 16 * in.volume("input").count();
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        Volume volume = in.volume("input");
        VoxelSize voxel = volume.size();
        PhaseMask phase = PhaseInput.phase(volume, settings.phase(), progress);
        Necks found = Necks.of(
                phase,
                voxel,
                settings.merge(),
                settings.minContact(),
                settings.adjacency(),
                settings.constrictivity(),
                progress);
        int width = volume.width();
        return Outputs.none()
                .with("necks", LabelVolume.of(found.neckImage(width, progress), width, voxel))
                .with("grains", LabelVolume.of(found.grains(), width, voxel))
                .with("contacts", contacts(found, voxel))
                .with("summary", summary(found, settings, phase.size(), voxel))
                .with("sizes", plot(found, voxel.unit()));
    }

    private static Table contacts(Necks found, VoxelSize voxel) {
        String length = " (" + voxel.unit() + ")";
        String area = " (" + voxel.unit() + "2)";
        Table table = new Table(
                "neck",
                "neck_diameter" + length,
                "area" + area,
                "grain_a",
                "grain_b",
                "x" + length,
                "y" + length,
                "z" + length,
                "equivalent_diameter" + length,
                "interface_area" + area,
                "normal_x",
                "normal_y",
                "normal_z");
        int number = 0;
        for (Neck neck : found.necks()) {
            double[] at = neck.centre();
            double[] normal = neck.normal();
            table.add(
                    ++number,
                    neck.diameter(),
                    neck.area(),
                    neck.grainA(),
                    neck.grainB(),
                    at[0],
                    at[1],
                    at[2],
                    2 * Math.sqrt(neck.area() / Math.PI),
                    neck.interfaceArea(),
                    normal[0],
                    normal[1],
                    normal[2]);
        }
        return table;
    }

    private static Table summary(Necks found, Settings settings, long voxels, VoxelSize voxel) {
        String length = " (" + voxel.unit() + ")";
        int count = found.necks().size();
        double[] diameters = sorted(found);
        double none = Double.NaN;
        double median = count == 0 ? none : (diameters[(count - 1) / 2] + diameters[count / 2]) / 2;
        boolean measured = found.constrictivity() != null;
        List<String> heads = new ArrayList<>(List.of("necks", "grains", "necks_per_grain"));
        heads.add("neck_density (1/" + voxel.unit() + "3)");
        heads.addAll(List.of("mean_neck" + length, "median_neck" + length));
        for (char axis : "xyz".toCharArray()) heads.add("critical_diameter_" + axis + length);
        heads.addAll(List.of("constrictivity", "bottleneck" + length, "bulge" + length, "merge", "adjacency"));
        return new Table(heads)
                .add(
                        count,
                        found.grainCount(),
                        2.0 * count / found.grainCount(),
                        count / (voxels * voxel.x() * voxel.y() * voxel.z()),
                        Arrays.stream(diameters).average().orElse(none),
                        median,
                        found.criticalDiameters()[0],
                        found.criticalDiameters()[1],
                        found.criticalDiameters()[2],
                        measured ? found.constrictivity().value() : none,
                        measured ? found.constrictivity().bottleneck() : none,
                        measured ? found.constrictivity().bulge() : none,
                        settings.merge(),
                        settings.adjacency());
    }

    private static double[] sorted(Necks found) {
        return found.necks().stream().mapToDouble(Neck::diameter).sorted().toArray();
    }

    /** A step for each neck. */
    private static Plot plot(Necks found, String unit) {
        double[] diameters = sorted(found);
        double[] x = new double[diameters.length + 1];
        double[] y = new double[x.length];
        for (int n = 0; n < diameters.length; n++) {
            x[n + 1] = diameters[n];
            y[n + 1] = (n + 1.0) / diameters.length;
        }
        return new Plot(
                "Neck diameters",
                "neck diameter (" + unit + ")",
                "fraction of the necks",
                List.of(new Plot.Curve("narrower or equal", x, y)),
                false);
    }
}
