package sinterj.command;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.DistinctValues;
import sinterj.image.Look;
import sinterj.image.PhaseValue;
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
import sinterj.pore.Conductivities;
import sinterj.pore.ConductivityBounds;
import sinterj.pore.Transport;

/** The command {@code transport-connectivity}. */
public final class MeasureTransportConnectivity implements Operation<MeasureTransportConnectivity.Settings> {
    /** Along which axes is measured. */
    public enum Axes {
        /** Along every axis of more than one voxel. */
        ALL,
        /** From the left face to the right one. */
        X,
        /** From the upper face to the lower one. */
        Y,
        /** From the first slice to the last. */
        Z
    }

    /** What may be chosen. */
    public record Settings(
            @Param(
                    label = "Phase value",
                    words = "auto",
                    doc = "Which value conducts, with conductivity 1; auto = 255 or 1, whichever a mask of 0 and one"
                            + " of them holds. Every other value insulates.")
            NumberOr phase,

            @Param(
                    label = "Conductivities",
                    doc = "Instead of a phase, pairs of a value and its conductivity over k0, separated by blanks,"
                            + " such as `255:0.05 0:1`; values that are not named insulate.")
            String conductivities,

            @Param(label = "Axis", doc = "Direction of the current; all: x, y and z one after the other.")
            Axes axis,

            @Param(
                    label = "Tolerance",
                    min = 1e-12,
                    max = 0.1,
                    doc = "The iteration ends when the conductivity would change by no more than this part of itself.")
            double tolerance,

            @Param(
                    label = "Map of the current density",
                    doc = "Makes for each axis an image of the current density, over its mean through a section.")
            boolean map) {
        public Settings {
            if (!conductivities.isBlank()) {
                ConductivityPairs.of(conductivities);
                if (phase.isNumber()) {
                    throw new InvalidInput("'conductivities' names the phases, so leave 'phase' at auto instead of "
                            + phase.number() + ".");
                }
            }
        }
    }

    private static final String HELP = """
            How much of its conductivity does a material keep that has voids, poor grains or bad contacts? An electric
            current, heat or diffusing atoms are sent through the volume from one face to the opposite one; `k_x`,
            `k_y`, `k_z` are the conductivities of even blocks that would pass the same current, over `k0`, that of the
            phase itself. For a superconductor's matrix this is its connectivity: 1 for a solid block, 0 if nothing
            passes.

            Laplace's equation is solved on the voxels as they are, of unequal sides too: the conductance between two of
            them is the harmonic mean of theirs, the two faces are electrodes half a voxel away, and nothing leaves
            through the sides. Layers in series and side by side come out exactly. Voxels pass current through their
            faces only (adjacency 6). What is not connected to both electrodes carries nothing and is left out;
            `spanning_x` ... tell which fraction of the conducting voxels is connected.

            `tortuosity_x` ... is the mean conductivity of the voxels over `k_x` (for one phase: its fraction over `k_x`),
            so 1 is a straight way. **Where only dead ends reach in**, `k_x` is 0 and the tortuosity infinite, and `note`
            says so. Mixtures of the same fractions lie between `wiener_lower` and `wiener_upper` whatever their
            arrangement, and between the bounds of Hashin and Shtrikman if no direction is preferred.

            The current-density maps are 1 where as much flows as on average through a section of the volume, 0 where
            nothing flows; throats stand out as hot spots.

            Memory: about 40 bytes a voxel. The number of iterations does not grow with the volume. Ended early, the
            table holds an upper bound: at each iteration `k_x` falls, and `error` tells by what part it still may.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "transport-connectivity",
                        "Microstructure",
                        "Measure Transport Connectivity...",
                        "From a binary or segmented volume to how well it conducts along x, y and z.",
                        new Settings(NumberOr.AUTO, "", Axes.ALL, 1e-8, false))
                .reads("input", InputSlot.Kind.LABELS, "A mask of two values, or a segmentation into a few phases.")
                .makes("summary", OutputSlot.Kind.TABLE, "Conductivities, tortuosities and bounds.")
                .makes("current_x", Look.MAP, "Current density for a current along x, if asked for.")
                .makes("current_y", Look.MAP, "The same along y.")
                .makes("current_z", Look.MAP, "The same along z.")
                .can(OperationInfo.Trait.KEEPS_BEST)
                .help(HELP)
                .cites("Notay and Vassilevski 2008, Numer. Linear Algebra Appl. 15, 473, doi:10.1002/nla.542")
                .cites("Hashin and Shtrikman 1962, J. Appl. Phys. 33, 3125, doi:10.1063/1.1728579")
                .cites("Cooper et al. 2016, SoftwareX 5, 203 (tortuosity factor), doi:10.1016/j.softx.2016.09.002");
    }

    @Override
    public boolean canMake(String slot, Settings settings) {
        if (slot.equals("summary")) return true;
        boolean asked = settings.axis() == Axes.ALL
                || slot.equals(currentAlong(settings.axis().ordinal() - 1));
        return settings.map() && asked;
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        long maps = !settings.map() ? 0 : settings.axis() == Axes.ALL ? 3 : 1;
        // Five vectors of floats, materials, and the coarser levels of a volume that conducts everywhere.
        return 40 * in.volume("input").count() + 4 * maps * PhaseInput.voxels(in);
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        Volume volume = in.volume("input");
        List<String> notes = new ArrayList<>();
        Conductivities k = conductivities(volume, settings, notes, progress);
        List<Integer> axes = axes(volume, settings.axis(), notes);
        Transport[] found = new Transport[3];
        for (int i = 0; i < axes.size(); i++) {
            Progress part = progress.part((double) i / axes.size(), (i + 1.0) / axes.size());
            int axis = axes.get(i);
            found[axis] = Transport.along(axis, volume, k, settings.tolerance(), settings.map(), part);
        }
        Outputs made = Outputs.none().with("summary", table(volume, k, found, notes, progress));
        boolean complete = true;
        for (int axis : axes) {
            complete &= found[axis].complete();
            if (settings.map()) made = made.with(currentAlong(axis), found[axis].current());
        }
        return complete ? made : made.incomplete();
    }

    private static String currentAlong(int axis) {
        return "current_" + "xyz".charAt(axis);
    }

    private static Conductivities conductivities(
            Volume volume, Settings settings, List<String> notes, Progress progress) {
        if (settings.conductivities().isBlank()) {
            return Conductivities.ofPhase(PhaseInput.value(volume, settings.phase(), progress));
        }
        PhaseValue.requireSegmented(volume, progress);
        ConductivityPairs pairs = ConductivityPairs.of(settings.conductivities());
        List<String> missing = pairs.missingFrom(volume, progress);
        if (missing.size() == pairs.values().size()) {
            throw new InvalidInput("'conductivities' names " + String.join(", ", missing)
                    + ", but the image holds the values "
                    + DistinctValues.of(volume, progress).text() + ". Name some of these.");
        }
        if (!missing.isEmpty()) notes.add("no voxel holds " + String.join(", ", missing));
        return pairs.toConductivities();
    }

    private static List<Integer> axes(Volume volume, Axes asked, List<String> notes) {
        if (asked != Axes.ALL) return List.of(asked.ordinal() - 1);
        int[] size = {volume.width(), volume.height(), volume.depth()};
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            if (size[axis] > 1) axes.add(axis);
            else notes.add("one voxel thick along " + "xyz".charAt(axis) + ", not measured");
        }
        if (axes.isEmpty()) {
            throw new InvalidInput("The image is a single voxel, so there is nothing to be crossed. Give a volume.");
        }
        return axes;
    }

    private static Table table(
            Volume volume, Conductivities k, Transport[] found, List<String> notes, Progress progress) {
        double[] fractions = k.fractions(volume, progress);
        int thick = (volume.width() > 1 ? 1 : 0) + (volume.height() > 1 ? 1 : 0) + (volume.depth() > 1 ? 1 : 0);
        ConductivityBounds bounds = ConductivityBounds.of(fractions, k, thick);
        TableRow row = new TableRow();
        StringBuilder blocked = new StringBuilder();
        double error = 0;
        for (int axis = 0; axis < 3; axis++) {
            row.put("k_" + "xyz".charAt(axis), found[axis] == null ? Double.NaN : found[axis].conductivity());
            if (found[axis] == null) continue;
            error = Math.max(error, found[axis].error());
            if (found[axis].conductivity() == 0) {
                blocked.append(blocked.isEmpty() ? "" : ", ").append("xyz".charAt(axis));
            }
        }
        if (!blocked.isEmpty()) notes.add("no way through along " + blocked);
        for (int axis = 0; axis < 3; axis++) {
            double tortuosity = found[axis] == null ? Double.NaN : bounds.wienerUpper() / found[axis].conductivity();
            row.put("tortuosity_" + "xyz".charAt(axis), tortuosity);
        }
        row.put("conducting_fraction", 1 - fractions[0]);
        for (int axis = 0; axis < 3; axis++) {
            row.put("spanning_" + "xyz".charAt(axis), found[axis] == null ? Double.NaN : found[axis].spanning());
        }
        row.put("wiener_lower", bounds.wienerLower());
        row.put("hashin_shtrikman_lower", bounds.hashinShtrikmanLower());
        row.put("hashin_shtrikman_upper", bounds.hashinShtrikmanUpper());
        row.put("wiener_upper", bounds.wienerUpper());
        for (int axis = 0; axis < 3; axis++) {
            row.put("iterations_" + "xyz".charAt(axis), found[axis] == null ? 0 : found[axis].iterations());
        }
        return row.put("error", error).put("note", String.join("; ", notes)).table();
    }
}
