package sinterj.command;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Components;
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
import sinterj.pore.PoreConnectivity;
import sinterj.pore.Pores;

/** The command {@code pore-connectivity}. */
public final class AnalyzePoreConnectivity implements Operation<AnalyzePoreConnectivity.Settings> {
    /** The component table lists no more than this. */
    private static final int MOST_ROWS = 100_000;

    /** What may be chosen. */
    public record Settings(
            @Param(
                    label = "Phase value",
                    words = "auto",
                    doc = "Which value is the void; auto = 255 or 1, whichever a mask of 0 and one of them holds.")
            NumberOr phase,

            @Param(
                    label = "Adjacency",
                    min = 6,
                    max = 26,
                    doc = "6: voids are connected through faces of voxels, and the rest through edges and corners"
                            + " too; 26: the other way round.")
            int adjacency,

            @Param(
                    label = "Probe diameters",
                    min = 0,
                    max = 255,
                    doc = "Points of the curve of connected fraction against probe diameter; each takes about as"
                            + " long as all the rest.")
            int probes) {
        public Settings {
            if (adjacency != 6 && adjacency != 26) {
                throw new InvalidInput("'adjacency' is " + adjacency + ". Allowed: 6 or 26.");
            }
        }
    }

    private static final String HELP = """
            Which part of a volume's voids is connected, and to what? The void is split into components, numbered by size
            in the label image. `adjacency` and `complement_adjacency` in the table say which neighbours count: a void
            that is connected through corners only (26) leaves a solid that is not, so the two always go in pairs.

            All fractions but `porosity` are of the void volume. `open` reaches any face of the image, `closed` none;
            `face_x0` ... `face_z1` reach that face, `spanning_x` ... two opposite ones. `connected_to_surface` reaches the
            surface: the faces of the image, or the voxels of the mask given as `surface` (the air around a piece, or
            its outermost layer; a void that shares a face with it counts). `largest_connected_to_surface` is the share
            of the largest component, if that reaches the surface. **The faces of a volume cut from a larger piece are
            not its surface**: a void that leaves at a cut face may end a voxel behind it, so for a cropped volume
            "connected to the surface" is an upper bound unless a mask tells where the surface is.

            `euler` is the number of components minus tunnels plus cavities of the void (`betti0`, `betti1`, `betti2`);
            `euler_6` and `euler_26` give it for both adjacencies. `euler_edge_corrected` counts what lies on a face of
            the image half, on an edge a quarter and on a corner an eighth, so that adjoining volumes add up;
            `connectivity_density` is one minus it, per volume. BoneJ's names for the phase that is measured, with
            adjacency 26: BV/TV is `porosity`, Euler characteristic is `euler`, the corrected one is
            `euler_edge_corrected`, Conn.D is `connectivity_density`.

            The curve tells how much of the void a ball can sweep that comes from the surface and stays within the void.
            The component table lists the largest 100 000. One slice has no z faces.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "pore-connectivity",
                        "Microstructure",
                        "Analyze Pore Connectivity...",
                        "From a binary volume to its connected voids: what they reach, their topology, a label image.",
                        new Settings(NumberOr.of(0), 6, 20))
                .reads("input", InputSlot.Kind.LABELS, "A mask of two values, or a segmentation into a few phases.")
                .mayRead("surface", InputSlot.Kind.MASK, "What counts as the surface, instead of the image's faces.")
                .makes("labels", Look.LABELS, "Voids numbered by size, 1 the largest.")
                .makes("summary", OutputSlot.Kind.TABLE, "Porosity, connected fractions, Euler and Betti numbers.")
                .makes("components", OutputSlot.Kind.TABLE, "A row for each void, the largest first.")
                .makes("accessible", OutputSlot.Kind.PLOT, "Connected fraction against probe diameter.")
                .help(HELP)
                .cites("Odgaard and Gundersen 1993, Bone 14, 173, doi:10.1016/8756-3282(93)90245-6");
    }

    @Override
    public boolean canMake(String slot, Settings settings) {
        return !slot.equals("accessible") || settings.probes() > 0;
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        long voxels = in.volume("input").count();
        // Labels, of up to 4 bytes, are made when distances are no longer needed; runs of voxels take about a byte.
        return 5 * voxels + (settings.probes() > 0 ? voxels + voxels / 2 : 0);
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        Volume volume = in.volume("input");
        VoxelSize voxel = volume.size();
        PhaseMask voids = PhaseInput.phase(volume, settings.phase(), progress);
        PhaseMask surface = PhaseInput.region(in, "surface", progress);
        PoreConnectivity found =
                PoreConnectivity.of(voids, surface, voxel, settings.adjacency(), settings.probes(), progress);
        Components components = found.pores().components();
        Outputs made = Outputs.none()
                .with("labels", components.labels(voxel, progress))
                .with("summary", summary(found, settings.adjacency(), voxel))
                .with("components", components(found, voxel));
        return settings.probes() == 0 ? made : made.with("accessible", plot(found, voxel));
    }

    private static Table summary(PoreConnectivity found, int adjacency, VoxelSize voxel) {
        Pores pores = found.pores();
        Components components = pores.components();
        double total = components.mask().size() * voxel.x() * voxel.y() * voxel.z();
        List<String> heads = new ArrayList<>();
        List<Object> cells = new ArrayList<>();
        put(
                heads,
                cells,
                "porosity",
                (double) components.mask().count() / components.mask().size());
        put(heads, cells, "open", pores.fraction(pores::isOpen));
        put(heads, cells, "closed", pores.fraction(id -> !pores.isOpen(id)));
        put(heads, cells, "connected_to_surface", pores.fraction(pores::touchesSurface));
        put(heads, cells, "largest_connected_to_surface", pores.fraction(id -> id == 1 && pores.touchesSurface(id)));
        for (int face = 0; face < 6; face++) {
            int f = face;
            put(heads, cells, "face_" + Pores.FACES[f], pores.fraction(id -> pores.reaches(id, f)));
        }
        for (int axis = 0; axis < 3; axis++) {
            int f = 2 * axis;
            double spanning = pores.fraction(id -> pores.reaches(id, f) && pores.reaches(id, f + 1));
            put(heads, cells, "spanning_" + "xyz".charAt(axis), spanning);
        }
        put(heads, cells, "euler", adjacency == 6 ? found.euler6() : found.euler26());
        put(heads, cells, "betti0", components.count());
        put(heads, cells, "betti1", found.tunnels(adjacency));
        put(heads, cells, "betti2", found.cavities());
        put(heads, cells, "euler_edge_corrected", found.edgeCorrected());
        put(heads, cells, "connectivity_density (1/" + voxel.unit() + "3)", (1 - found.edgeCorrected()) / total);
        put(heads, cells, "euler_6", found.euler6());
        put(heads, cells, "euler_26", found.euler26());
        put(heads, cells, "largest", pores.fraction(id -> id == 1));
        put(heads, cells, "adjacency", adjacency);
        put(heads, cells, "complement_adjacency", 32 - adjacency);
        return new Table(heads).add(cells.toArray());
    }

    private static void put(List<String> heads, List<Object> cells, String head, Object cell) {
        heads.add(head);
        cells.add(cell);
    }

    private static Table components(PoreConnectivity found, VoxelSize voxel) {
        String unit = " (" + voxel.unit() + ")";
        Table table = new Table(
                "component",
                "voxels",
                "volume (" + voxel.unit() + "3)",
                "x" + unit,
                "y" + unit,
                "z" + unit,
                "x_min",
                "x_max",
                "y_min",
                "y_max",
                "z_min",
                "z_max",
                "inscribed_diameter" + unit,
                "faces",
                "connected_to_surface");
        Pores pores = found.pores();
        double volume = voxel.x() * voxel.y() * voxel.z();
        for (int id = 1; id <= Math.min(MOST_ROWS, pores.components().count()); id++) {
            long voxels = pores.components().size(id);
            table.add(
                    id,
                    voxels,
                    voxels * volume,
                    pores.centre(id, 0) * voxel.x(),
                    pores.centre(id, 1) * voxel.y(),
                    pores.centre(id, 2) * voxel.z(),
                    pores.first(id, 0),
                    pores.last(id, 0),
                    pores.first(id, 1),
                    pores.last(id, 1),
                    pores.first(id, 2),
                    pores.last(id, 2),
                    found.inscribed()[id],
                    faces(pores, id),
                    pores.touchesSurface(id));
        }
        return table;
    }

    private static String faces(Pores pores, int id) {
        List<String> reached = new ArrayList<>();
        for (int face = 0; face < 6; face++) if (pores.reaches(id, face)) reached.add(Pores.FACES[face]);
        return String.join(" ", reached);
    }

    private static Plot plot(PoreConnectivity found, VoxelSize voxel) {
        Plot.Curve curve = new Plot.Curve(
                "connected", found.curve().diameters(), found.curve().fractions());
        return new Plot(
                "Connected fraction",
                "probe diameter (" + voxel.unit() + ")",
                "fraction of the void volume",
                List.of(curve),
                false);
    }
}
