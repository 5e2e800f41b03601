package sinterj.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.op.InputSlot;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Param;
import sinterj.tomo.FrameRegistration;

/** Takes back the drift between the volumes of a time series. */
public final class RegisterFrames implements Operation<RegisterFrames.Settings> {
    /** How to register. */
    public record Settings(
            @Param(
                    label = "Reference",
                    doc = "previous: each volume is compared with the one before, which follows what changes; small"
                            + " errors add up. first: all are compared with the first.")
            FrameRegistration.Reference reference,

            @Param(label = "Crop", doc = "Keep only the voxels that every volume shows.")
            boolean crop) {}

    private static final String HELP = """
            Volumes of an object that was tilted anew for each time point do not lie on each other: the stage drifts, and
            alignment leaves each volume where its projections put it. This finds by how much each volume lies off the first,
            to a small part of a voxel, and moves it back.

            The drift is where the cross-correlation of two volumes, smoothed a little and without their slow changes of
            brightness, is highest. It may be up to a quarter of the longest side. Every part of the image has its say by its
            contrast; if some of it moves by itself, draw or compute a `region` mask of what should stay in place: the box
            around it is compared, in the first volume and in the others.

            Voxels between voxels come from cubic splines, which overshoot a little at edges; drifts of whole voxels copy the
            values. What comes into view from beyond the border shows the median of the faces of the volume. Do not register
            labels: their numbers mean nothing between voxels; register the grey volumes first.

            Sintering objects shrink. A shrinkage about the centre is no drift and stays; one towards a side is taken as
            drift of its larger part.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "register-frames",
                        "Tomography",
                        "Register Volumes Over Time...",
                        "Finds the drift between the volumes of a time series and takes it back.",
                        new Settings(FrameRegistration.Reference.PREVIOUS, false))
                .reads("input", InputSlot.Kind.IMAGE, "Volumes over time.")
                .mayRead(
                        "region",
                        InputSlot.Kind.MASK,
                        "A mask of one volume: only the box around it is compared. Else the whole volumes are.")
                .makes("registered", OutputSlot.Kind.IMAGE, "The volumes moved onto the first.")
                .makes(
                        "drift",
                        OutputSlot.Kind.TABLE,
                        "By how much each volume lay off the first, and its likeness to what it was compared with.")
                .can(OperationInfo.Trait.OVER_TIME)
                .help(HELP)
                .cites(
                        "Guizar-Sicairos, M. et al., Efficient subpixel image registration algorithms, Optics Letters 33,"
                                + " 156 (2008), doi:10.1364/OL.33.000156");
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        Frames image = in.frames("input");
        Volume first = image.first();
        FrameRegistration.Box box = box(in, first, progress);
        List<FrameRegistration.Drift> drifts =
                FrameRegistration.drifts(image.volumes(), box, settings.reference(), progress.part(0, 0.7));
        FrameRegistration.Box common = FrameRegistration.common(first, drifts);
        if (settings.crop() && Math.min(Math.min(common.size()[0], common.size()[1]), common.size()[2]) < 1) {
            throw new InvalidInput("After the drift no voxel is seen in every volume. Give crop=false.");
        }
        List<Volume> moved = new ArrayList<>();
        for (int t = 0; t < image.count(); t++) {
            double[] by = drifts.get(t).by();
            double[] back = {0 - by[0], 0 - by[1], 0 - by[2]};
            Volume volume = FrameRegistration.moved(image.volumes().get(t), back, progress);
            moved.add(settings.crop() ? FrameRegistration.cropped(volume, common) : volume);
            progress.report(0.7 + 0.3 * (t + 1) / image.count(), "Moving");
        }
        return Outputs.none()
                .with("registered", new Frames("registered", moved, image.times(), Map.of()))
                .with("drift", table(drifts, first));
    }

    private static FrameRegistration.Box box(Inputs in, Volume first, Progress progress) {
        int[] sides = {first.width(), first.height(), first.depth()};
        if (!in.has("region")) return new FrameRegistration.Box(new int[3], sides);
        PhaseInput.region(in, "region", progress); // refuses a mask of another size
        Volume mask = in.volume("region");
        int[] low = sides.clone();
        int[] high = {-1, -1, -1};
        for (int z = 0; z < sides[2]; z++) {
            float[] plane = mask.plane(z);
            for (int i = 0; i < plane.length; i++) {
                if (plane[i] == 0) continue;
                int[] at = {i % sides[0], i / sides[0], z};
                for (int d = 0; d < 3; d++) {
                    low[d] = Math.min(low[d], at[d]);
                    high[d] = Math.max(high[d], at[d]);
                }
            }
        }
        if (high[0] < 0) throw new InvalidInput("'region' marks no voxel. Give a mask with something in it.");
        int[] size = new int[3];
        for (int d = 0; d < 3; d++) size[d] = high[d] - low[d] + 1;
        return new FrameRegistration.Box(low, size);
    }

    private static Table table(List<FrameRegistration.Drift> drifts, Volume first) {
        Table table = new Table(
                "frame",
                "drift_x (pixel)",
                "drift_y (pixel)",
                "drift_z (pixel)",
                "drift (" + first.size().unit() + ")",
                "alike");
        for (int t = 0; t < drifts.size(); t++) {
            double[] by = drifts.get(t).by();
            double length = Math.sqrt(Math.pow(by[0] * first.size().x(), 2)
                    + Math.pow(by[1] * first.size().y(), 2)
                    + Math.pow(by[2] * first.size().z(), 2));
            table.add(t + 1, by[0], by[1], by[2], length, drifts.get(t).alike());
        }
        return table;
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        Frames image = in.frames("input");
        Volume first = image.first();
        long results = 4 * first.count() * (image.count() + 1);
        return results + FrameRegistration.memory(new int[] {first.width(), first.height(), first.depth()});
    }
}
