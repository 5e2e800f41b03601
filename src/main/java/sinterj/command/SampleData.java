package sinterj.command;

import java.util.List;
import java.util.Map;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.TiltSeries;
import sinterj.image.Volume;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Param;
import sinterj.pore.PorousSample;
import sinterj.tomo.InSituSample;

/** Makes images to try the other commands on. */
public final class SampleData implements Operation<SampleData.Settings> {
    /** What can be made. Each word has a {@link Recipe}. */
    public enum Sample {
        /** Sintering balls under a tilting stage. */
        IN_SITU_TILT_SERIES(new InSituRecipe()),
        /** A solid with connected voids. */
        POROUS_VOLUME(new PorousRecipe());

        private final Recipe recipe;

        Sample(Recipe recipe) {
            this.recipe = recipe;
        }
    }

    /** How one set is made. */
    interface Recipe {
        Outputs make(Settings settings, Progress progress);

        /** Bytes of the images made. */
        long memory(Settings settings);
    }

    /** What is to be made. */
    public record Settings(
            @Param(
                    label = "Set",
                    doc = "in_situ_tilt_series: 24 balls that sinter, each time point seen under 41 tilts from -40 to"
                            + " 40 degrees with counting noise. porous_volume: a solid with connected voids, as from"
                            + " FIB-SEM.")
            Sample set,

            @Param(
                    label = "Size (pixel)",
                    min = 16,
                    max = 1024,
                    doc = "Pixels along each side of image and volume; of the porous volume along x and y.")
            int size,

            @Param(
                    label = "Frames",
                    min = 1,
                    max = 1000,
                    doc = "Time points, spread evenly over 50 s. The porous volume has one.")
            int frames,

            @Param(label = "Seed", doc = "Same seed, same images, bit for bit.")
            long seed) {}

    private static final String HELP = """
            Makes images on the fly, so that every command can be tried without data of your own, and measured against
            the truth.

            **in_situ_tilt_series** gives a tilt series over time and the solid behind it. The solid is a heap of 24
            balls that touch; as time goes on their centres approach from 0.98 to 0.75 of the sum of their radii, the
            four smallest shrink by 60 % and the others grow by 6 %. Its projections are exact: no projector of this
            suite takes part. Pixels are 2 nm, whatever the size. The dose is 250 electrons per nm2 for the 41 tilts
            together, so 24.4 electrons fall on a pixel in each image; one in a hundred is scattered without matter,
            and matter scatters with a mean free path of 100 nm.

            Pixels are unsigned 16-bit numbers: 950 plus 205 for each electron plus reading noise of half an electron
            (102.5). So the level without matter is 1000 and one pixel of bulk adds 100. In Reconstruct Tilt Series...
            type `background=1000 counts_per_pixel_path=100`, and the densities come out as in the truth: 1 inside,
            0 outside. A noise estimate should find variance = 205 (value - 950) + 10506.

            **porous_volume** gives a binary volume: 255 in the solid, 0 in the voids, which are a quarter of it. Voxels are
            20 x 20 x 30 nm, thicker along z as slices of a FIB-SEM stack are, and there are two thirds as many slices as
            pixels in a row. It is noise smoothed over 80 nm and cut at a level, so that voids and solid are both
            connected. The tutorial on porous volumes starts from it.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "sample-data",
                        "",
                        "SinterJ Sample Data...",
                        "Makes images to try the commands on, with the truth behind them.",
                        new Settings(Sample.IN_SITU_TILT_SERIES, 64, 5, 1))
                .makes(
                        "tilt_series",
                        OutputSlot.Kind.IMAGE,
                        "Noisy projections, one stack per time point, with angles, pixel size and times.")
                .makes("truth", OutputSlot.Kind.IMAGE, "The fraction of each voxel that is solid, per time point.")
                .makes("volume", OutputSlot.Kind.IMAGE, "The porous volume: solid 255, voids 0.")
                .help(HELP);
    }

    @Override
    public boolean canMake(String slot, Settings settings) {
        return slot.equals("volume") == (settings.set() == Sample.POROUS_VOLUME);
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        return settings.set().recipe.make(settings, progress);
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        return settings.set().recipe.memory(settings);
    }

    /** A sintering heap under a tilting stage. */
    private static final class InSituRecipe implements Recipe {
        @Override
        public Outputs make(Settings settings, Progress progress) {
            InSituSample sample = new InSituSample(settings.size(), settings.frames(), settings.seed());
            TiltSeries[] series = new TiltSeries[settings.frames()];
            Volume[] truth = new Volume[settings.frames()];
            for (int t = 0; t < truth.length; t++) {
                progress.report((double) t / truth.length, "Making time point " + (t + 1));
                series[t] = sample.projections(t, progress);
                truth[t] = sample.truth(t, progress);
            }
            progress.report(1, "Made");
            List<Volume> stacks = java.util.Arrays.stream(series)
                    .map(s -> new Volume(s.projections(), s.pixel()))
                    .toList();
            return Outputs.none()
                    .with(
                            "tilt_series",
                            new Frames("tilt_series", stacks, sample.times(), Map.of())
                                    .withAngles(series[0].anglesDeg()))
                    .with("truth", new Frames("truth", List.of(truth), sample.times(), Map.of()));
        }

        @Override
        public long memory(Settings settings) {
            long pixels = (long) settings.size() * settings.size();
            return settings.frames() * pixels * (4L * settings.size() + 2L * 41);
        }
    }

    /** A solid with connected voids. */
    private static final class PorousRecipe implements Recipe {
        @Override
        public Outputs make(Settings settings, Progress progress) {
            return Outputs.none().with("volume", PorousSample.make(settings.size(), settings.seed(), progress));
        }

        @Override
        public long memory(Settings settings) {
            return 4L * settings.size() * settings.size() * settings.size();
        }
    }
}
