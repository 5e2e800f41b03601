package sinterj.trial;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Planes;
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

/** For tests of the doors: an operation with something of every kind in its inputs, settings and outputs. */
public final class Blend implements Operation<Blend.Settings> {
    /** How two images become one. */
    public enum Mode {
        /** Weighted mean. */
        MEAN,
        /** Weighted difference. */
        DIFFERENCE_OF_BOTH
    }

    /** Something of every type. */
    public record Settings(
            @Param(label = "Mode", doc = "How the two become one.")
            Mode mode,

            @Param(label = "Weight of the other", min = 0, max = 1, doc = "1 gives the other image alone.")
            double weight,

            @Param(label = "Iterations", min = 1, max = 9, doc = "Changes nothing.")
            int n,

            @Param(label = "Rotation (degree)", doc = "Changes nothing; its key ends in another.")
            double gentleN,

            @Param(
                    label = "Limit",
                    min = 0,
                    words = {"auto", "none"},
                    doc = "Larger values become this.")
            NumberOr limit,

            @Param(label = "Invert", doc = "Whether the sign is turned.")
            boolean invert,

            @Param(label = "Seed", doc = "Changes nothing.") long seed,

            @Param(label = "Remark", doc = "Any text.") String remark,

            @Param(label = "Shifts", file = true, doc = "A file that is not read.")
            String shifts) {
        public Settings {
            if (invert && mode == Mode.DIFFERENCE_OF_BOTH) {
                throw new InvalidInput("'invert' is for mode=mean only. Use mode=mean or invert=false.");
            }
        }
    }

    /** The settings of a first try. */
    public static final Settings DEFAULTS =
            new Settings(Mode.MEAN, 0.5, 3, 0.25, NumberOr.NONE, false, 12345678901L, "", "");

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of("blend", "Trial", "Blend Two Images...", "Makes one image of two.", DEFAULTS)
                .reads("input", InputSlot.Kind.IMAGE, "The first image.")
                .reads("other_image", InputSlot.Kind.IMAGE, "The second image.")
                .mayRead("mask", InputSlot.Kind.MASK, "Where it is 0 the result is 0.")
                .mayRead("factors", InputSlot.Kind.TABLE, "The first number is a factor for everything.")
                .makes("blended", OutputSlot.Kind.IMAGE, "The one image.")
                .makes("twice", OutputSlot.Kind.IMAGE, "The one image, doubled.")
                .makes("summary", OutputSlot.Kind.TABLE, "The mean of each plane.")
                .makes("extremes", OutputSlot.Kind.TABLE, "Smallest and largest value.")
                .makes("profile", OutputSlot.Kind.PLOT, "The mean along z.")
                .can(OperationInfo.Trait.PREVIEW)
                .help("Takes **two** images.\n\n- one\n- and `other_image`\n\nNothing else.")
                .cites("Nobody (1900), Nothing, doi:10.1000/1");
    }

    @Override
    public Outputs run(Inputs in, Settings s, Progress progress) {
        Volume a = in.volume("input");
        Volume b = in.volume("other_image");
        if (a.width() != b.width() || a.height() != b.height() || a.depth() != b.depth()) {
            throw new InvalidInput("The images have different sizes. Give two of one size.");
        }
        double factor = in.has("factors")
                ? in.table("factors").number(0, in.table("factors").heads().get(0))
                : 1;
        List<float[]> planes = new ArrayList<>();
        List<float[]> doubled = new ArrayList<>();
        Table summary = new Table("z", "mean (counts)");
        double[] z = new double[a.depth()];
        double[] mean = new double[a.depth()];
        float smallest = Float.POSITIVE_INFINITY;
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < a.depth(); i++) {
            progress.check();
            progress.report((double) i / a.depth(), "Blending");
            float[] mask = in.has("mask") ? in.volume("mask").plane(i) : null;
            float[] plane = blended(a.plane(i), b.plane(i), mask, s, factor);
            float[] twice = plane.clone();
            for (int p = 0; p < plane.length; p++) {
                mean[i] += plane[p] / plane.length;
                twice[p] *= 2;
                smallest = Math.min(smallest, plane[p]);
                largest = Math.max(largest, plane[p]);
            }
            planes.add(plane);
            doubled.add(twice);
            z[i] = i;
            summary.add(i, mean[i]);
        }
        Plot.Curve curve = new Plot.Curve("mean", z, mean);
        return Outputs.none()
                .with("blended", volume(planes, a))
                .with("twice", volume(doubled, a))
                .with("summary", summary)
                .with(
                        "extremes",
                        new Table("what", "value").add("min", smallest).add("max", largest))
                .with("profile", new Plot("Profile", "z (plane)", "mean (counts)", List.of(curve), false));
    }

    private static float[] blended(float[] a, float[] b, float[] mask, Settings s, double factor) {
        float[] out = new float[a.length];
        double sign = s.mode() == Mode.MEAN ? 1 : -1;
        for (int p = 0; p < a.length; p++) {
            double value = factor * ((1 - s.weight()) * a[p] + sign * s.weight() * b[p]);
            if (s.invert()) value = -value;
            if (s.limit().isNumber()) value = Math.min(value, s.limit().number());
            out[p] = mask != null && mask[p] == 0 ? 0 : (float) value;
        }
        return out;
    }

    private static Volume volume(List<float[]> planes, Volume like) {
        return new Volume(Planes.ofFloats(planes, like.width(), like.height()), like.size());
    }

    /** A small image whose pixels are all different. */
    public static Frames image(String title, int width, int height, int depth, float start) {
        List<float[]> planes = new ArrayList<>();
        for (int z = 0; z < depth; z++) {
            float[] plane = new float[width * height];
            for (int p = 0; p < plane.length; p++) plane[p] = start + z * plane.length + p;
            planes.add(plane);
        }
        return Frames.of(
                title, new Volume(Planes.ofFloats(planes, width, height), new sinterj.image.VoxelSize(1, 1, 3, "nm")));
    }
}
