package sinterj.command;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.Progress;
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
import sinterj.pore.SurfacesAndChords;

/** The command {@code surfaces-and-chords}. */
public final class MeasureSurfacesAndChords implements Operation<MeasureSurfacesAndChords.Settings> {
    /** What may be chosen. */
    public record Settings(
            @Param(
                    label = "Phase value",
                    words = "auto",
                    doc = "Which value is measured; auto = 255 or 1, whichever a mask of 0 and one of them"
                            + " holds. Give 0 for voids.")
            NumberOr phase) {}

    private static final String HELP = """
            Surface area of a phase, the lengths of its chords, and three readings of "void length".

            `area` uses Crofton's formula with 13 directions, weighted for unequal voxel sides; `area_smoothed` is the
            area of the smoothed mask's half-way surface. Both leave out where the image cuts the phase. Both are
            within 2 % for curved surfaces of 10 voxels radius and more; **a plane along the voxel faces** is the worst
            case of Crofton's formula and comes out 7 % low, while the smoothed surface is right there.

            Chords are the runs of the phase along x, y and z; `mean_chord_x` ... and the histogram count whole ones, not
            those cut by the image's border. `mean_linear_intercept` is the length in the phase of lines along all three
            axes, divided by the number of their passages; cut ones count half.

            "Void length" has been read in three ways (orange in the picture, on a section), so there are three:
            `skeleton_length_per_volume`, the length of the phase thinned to lines, per volume of the image (oblique lines come out up to 8 % long);
            `perimeter_per_section_x` ..., the mean length of its outline on a section normal to that axis, such as the
            direction of a current; and `mean_chord`, four times its volume over its surface.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "surfaces-and-chords",
                        "Microstructure",
                        "Measure Surfaces And Chords...",
                        "From a binary volume to its surface area, chord lengths and the length of its voids.",
                        new Settings(NumberOr.AUTO))
                .reads("input", InputSlot.Kind.LABELS, "A mask of two values, or a segmentation into a few phases.")
                .makes("summary", OutputSlot.Kind.TABLE, "Areas, mean chords and lengths.")
                .makes("chords", OutputSlot.Kind.PLOT, "Fraction of the whole chords by their length, for each axis.")
                .help(HELP)
                .cites("Lehmann and Legland 2012, Efficient N-Dimensional surface estimation using Crofton formula and"
                        + " run-length encoding, Insight Journal, hdl:10380/3342");
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        return 6 * in.volume("input").count(); // the smoothed mask, then bits of the skeleton
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        Volume volume = in.volume("input");
        PhaseMask phase = PhaseInput.phase(volume, settings.phase(), progress);
        SurfacesAndChords found = SurfacesAndChords.of(phase, volume.size(), progress);
        return Outputs.none()
                .with("summary", table(found, phase, volume.size()))
                .with("chords", plot(found, volume.size()));
    }

    private static Table table(SurfacesAndChords found, PhaseMask phase, VoxelSize voxel) {
        String unit = voxel.unit();
        double cube = voxel.x() * voxel.y() * voxel.z();
        double whole = phase.size() * cube;
        List<String> heads = new ArrayList<>(
                List.of("area (" + unit + "2)", "area_per_volume (1/" + unit + ")", "area_smoothed (" + unit + "2)"));
        List<Object> cells = new ArrayList<>(List.of(found.area(), found.area() / whole, found.smoothedArea()));
        for (int axis = 0; axis < 3; axis++) {
            heads.add("mean_chord_" + "xyz".charAt(axis) + " (" + unit + ")");
            cells.add(found.meanChords()[axis]);
        }
        heads.add("mean_linear_intercept (" + unit + ")");
        cells.add(found.meanIntercept());
        heads.add("skeleton_length_per_volume (1/" + unit + "2)");
        cells.add(found.skeletonLength() / whole);
        for (int axis = 0; axis < 3; axis++) {
            heads.add("perimeter_per_section_" + "xyz".charAt(axis) + " (" + unit + ")");
            cells.add(found.perimeters()[axis]);
        }
        heads.add("mean_chord (" + unit + ")");
        cells.add(found.area() > 0 ? 4 * phase.count() * cube / found.area() : Double.NaN);
        return new Table(heads).add(cells.toArray());
    }

    private static Plot plot(SurfacesAndChords found, VoxelSize voxel) {
        List<Plot.Curve> curves = List.of(
                curve("x", found.chordsX(), voxel.x()),
                curve("y", found.chordsY(), voxel.y()),
                curve("z", found.chordsZ(), voxel.z()));
        return new Plot("Chord lengths", "chord (" + voxel.unit() + ")", "fraction of the chords", curves, false);
    }

    private static Plot.Curve curve(String name, long[] counts, double side) {
        int longest = 1;
        long total = 0;
        for (int k = 1; k < counts.length; k++) {
            total += counts[k];
            if (counts[k] > 0) longest = k;
        }
        double[] x = new double[longest];
        double[] y = new double[longest];
        for (int k = 1; k <= longest; k++) {
            x[k - 1] = k * side;
            y[k - 1] = total == 0 ? 0 : (double) counts[k] / total;
        }
        return new Plot.Curve(name, x, y);
    }
}
