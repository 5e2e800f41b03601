package sinterj.command;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.DistinctValues;
import sinterj.image.Frames;
import sinterj.image.LabelVolume;
import sinterj.image.PhaseMask;
import sinterj.image.PhaseValue;
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
import sinterj.pore.Density;

/** The command {@code densification}. */
public final class MeasureDensification implements Operation<MeasureDensification.Settings> {
    /** What may be chosen. */
    public record Settings(
            @Param(
                    label = "Phase value",
                    words = "auto",
                    doc = "Which value is the solid; auto = everything but 0: a mask, or the labels of particles.")
            NumberOr phase) {}

    private static final String HELP = """
            How a heap of particles densifies: for each frame the volume of the solid, the volume of its convex hull and
            what part of that the solid fills.

            `relative_density` is `volume` over `convex_hull_volume`. The hull is the smallest convex body around all
            voxels, corners of voxels counted: a box fills its hull, a ball nearly so, and a heap of particles the less
            the more room there is between them and around their outline. `hull_change_percent` compares the hull with
            that of the first frame: it falls as the heap shrinks. The solid must lie wholly within the image; where the
            image cuts it off the hull is that of what is seen.

            With labels (more than one value besides 0, such as from Label And Track Particles...) `particles` counts them
            and `mean_neck` is the mean diameter of the largest balls that pass from one to another; a mask is split at
            its necks first, as Find Necks... does with its defaults. It is NaN without a neck.

            The plot shows relative density, and hull and solid volume as fractions of those of the first frame.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "densification",
                        "Microstructure",
                        "Measure Densification...",
                        "From a series of masks or labels to density, convex hull and necks of the solid in each frame.",
                        new Settings(NumberOr.AUTO))
                .reads("input", InputSlot.Kind.LABELS, "Masks, or labels of particles, one frame or several.")
                .makes("summary", OutputSlot.Kind.TABLE, "A row for each frame.")
                .makes("density", OutputSlot.Kind.PLOT, "Density and volumes through time.")
                .can(OperationInfo.Trait.OVER_TIME)
                .help(HELP)
                .cites(
                        "Andrew 1979, Inf. Process. Lett. 9, 216, doi:10.1016/0020-0190(79)90072-3 (outlines of slices)");
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        // Of one frame mask, distances, labels and the order of voxels.
        return 16 * in.volume("input").count();
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        Frames input = in.frames("input");
        boolean labelled = !settings.phase().isNumber() && holdsLabels(input, progress);
        if (labelled || settings.phase().isNumber()) requireSegmented(input, progress);
        List<Density> found = new ArrayList<>();
        for (int t = 0; t < input.count(); t++) {
            Progress part = progress.part((double) t / input.count(), (t + 1.0) / input.count());
            part.report(0, "Measuring frame " + (t + 1));
            found.add(measure(input.volumes().get(t), settings, labelled, t, part));
        }
        return Outputs.none().with("summary", table(found, input)).with("density", plot(found, input));
    }

    /** Whether there is more than one value besides 0. */
    private static boolean holdsLabels(Frames input, Progress progress) {
        TreeSet<Float> values = new TreeSet<>();
        for (Volume volume : input.volumes()) {
            for (float value : DistinctValues.of(volume, progress).values()) if (value != 0) values.add(value);
        }
        return values.size() > 1;
    }

    private static void requireSegmented(Frames input, Progress progress) {
        for (int t = 0; t < input.count(); t++) {
            try {
                PhaseValue.requireSegmented(input.volumes().get(t), progress);
            } catch (InvalidInput e) {
                throw input.count() == 1 ? e : new InvalidInput("Frame " + (t + 1) + ": " + e.getMessage(), e);
            }
        }
    }

    private static Density measure(Volume volume, Settings settings, boolean labelled, int frame, Progress progress) {
        PhaseMask solid = settings.phase().isNumber()
                ? PhaseMask.equalTo(volume, (float) settings.phase().number(), progress)
                : PhaseMask.nonZero(volume, progress);
        if (solid.count() == 0) {
            throw new InvalidInput("Frame " + (frame + 1) + " holds no voxel of the phase. Leave the frame out with"
                    + " Image > Duplicate, or set 'phase' to a value that occurs in it.");
        }
        return Density.of(solid, labelled ? labels(volume) : null, volume.size(), progress);
    }

    private static int[][] labels(Volume volume) {
        LabelVolume labels = LabelVolume.of(volume);
        int[][] planes = new int[volume.depth()][];
        for (int z = 0; z < planes.length; z++) {
            float[] plane = labels.asVolume().plane(z);
            planes[z] = new int[plane.length];
            for (int i = 0; i < plane.length; i++) planes[z][i] = (int) plane[i];
        }
        return planes;
    }

    private static Table table(List<Density> found, Frames input) {
        String unit = input.first().size().unit();
        Table table = new Table(
                "frame",
                "volume (" + unit + "3)",
                "relative_density",
                "convex_hull_volume (" + unit + "3)",
                "hull_change_percent",
                "particles",
                "mean_neck (" + unit + ")",
                "necks");
        for (Density d : found) {
            table.add(
                    table.size() + 1,
                    d.volume(),
                    d.volume() / d.hull(),
                    d.hull(),
                    100 * (d.hull() / found.get(0).hull() - 1),
                    d.particles(),
                    d.meanNeck(),
                    d.necks());
        }
        return table;
    }

    private static Plot plot(List<Density> found, Frames input) {
        boolean timed = input.times().isKnown();
        double[] x = new double[found.size()];
        double[] density = new double[x.length];
        double[] hull = new double[x.length];
        double[] volume = new double[x.length];
        for (int t = 0; t < x.length; t++) {
            x[t] = timed ? input.times().seconds()[t] : t + 1;
            density[t] = found.get(t).volume() / found.get(t).hull();
            hull[t] = found.get(t).hull() / found.get(0).hull();
            volume[t] = found.get(t).volume() / found.get(0).volume();
        }
        return new Plot(
                "Densification",
                timed ? "time (s)" : "frame",
                "fraction",
                List.of(
                        new Plot.Curve("relative density", x, density),
                        new Plot.Curve("hull / first hull", x, hull),
                        new Plot.Curve("volume / first volume", x, volume)),
                false);
    }
}
