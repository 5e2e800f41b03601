package sinterj.command;

import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Look;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Param;
import sinterj.segment.Artefacts;
import sinterj.segment.FibSemStack;

/** The command {@code simulate-fibsem}. */
public final class SimulateFibsem implements Operation<SimulateFibsem.Settings> {
    /** The sample and how badly it is recorded. */
    public record Settings(
            @Param(label = "Width (pixel)", min = 1, max = 8192, doc = "Pixels along x, the direction of the scan.")
            int width,

            @Param(label = "Height (pixel)", min = 1, max = 8192, doc = "Pixels along y, the direction of milling.")
            int height,

            @Param(label = "Depth (slices)", min = 1, max = 8192, doc = "Number of slices.")
            int depth,

            @Param(
                    label = "Phases",
                    min = 2,
                    max = 3,
                    doc = "3: superconductor, void and impurity; 2: without impurity.")
            int phases,

            @Param(label = "Grain diameter (nm)", min = 0.1, max = 1e6, doc = "Mean diameter of the grains.")
            double grainNm,

            @Param(
                    label = "Void fraction",
                    min = 0,
                    max = 0.5,
                    doc = "Volume fraction of the voids; the impurity takes half as much again.")
            double voidFraction,

            @Param(label = "Voxel side (nm)", min = 0.01, max = 1e6, doc = "Pixel size and slice distance.")
            double voxelNm,

            @Param(
                    label = "Curtaining",
                    min = 0,
                    max = 2,
                    doc = "Standard deviation of the stripes along y, in steps from void to superconductor.")
            double curtaining,

            @Param(
                    label = "Charging",
                    min = 0,
                    max = 2,
                    doc = "Bright halos around voids, dark streaks to their right and a slow slope, in the same steps.")
            double charging,

            @Param(
                    label = "Noise",
                    min = 0,
                    max = 2,
                    doc = "Standard deviation of the shot noise in the superconductor, in the same steps.")
            double noise,

            @Param(
                    label = "Drift (px)",
                    min = 0,
                    max = 100,
                    doc = "Standard deviation of the shift from one slice to the next, along x and along y.")
            double drift,

            @Param(
                    label = "Brightness jumps",
                    min = 0,
                    max = 1,
                    doc = "Standard deviation of the gain of a slice, as a part of 1.")
            double brightnessJumps,

            @Param(
                    label = "Shine-through",
                    min = 0,
                    max = 1,
                    doc = "How much of a void's grey value comes from what lies behind it.")
            double shineThrough,

            @Param(
                    label = "Missing slices",
                    min = 0,
                    max = 0.9,
                    doc =
                            "Chance that a slice was milled away without being recorded, before each slice but the first.")
            double missingSlices,

            @Param(label = "Seed", doc = "Same seed, same stack, bit for bit.")
            long seed) {
        public Settings {
            if (grainNm < 3 * voxelNm) {
                throw new InvalidInput("'grain_nm' (Grain diameter) is " + grainNm + " and 'voxel_nm' is " + voxelNm
                        + ": a grain must be at least 3 voxels wide. Give larger grains or smaller voxels.");
            }
        }
    }

    private static final String HELP = """
            Makes a labelled stack like those that a focused ion beam and an electron microscope record of a sintered
            superconductor, with the faults of the measurement built in. Train a network on it, or measure against it
            what a cleaning step is worth.

            Grains fill space; voids and impurity lie where three grains meet, in pockets of their own. Labels are
            **0 superconductor, 1 void, 2 impurity**. Grey values without faults are 140, 50 and 200, and grains differ
            by up to 8 % of the step from void to superconductor to either side.

            The faults: stripes along y that live for some slices (`curtaining`); halos, streaks and a slow slope
            (`charging`); shot noise (`noise`), exact Poisson counts below 400 and normally distributed above;
            a random walk of the stage (`drift`); slices of other brightness (`brightness_jumps`); and voids through
            which one sees what will only be cut later (`shine_through`), fading over 4 slices; and slices that were milled
            away without being recorded (`missing_slices`), so that the next one is cut deeper. Each is 0 for none.

            The labels belong to the image as it is, drift included. The table says at which depth each slice was cut,
            by how much it was displaced and how bright it is, to compare with what Clean FIB-SEM Stack... finds.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "simulate-fibsem",
                        "Segmentation",
                        "Simulate FIB-SEM Stack...",
                        "Makes a labelled FIB-SEM stack of a sintered superconductor, with the faults of the measurement.",
                        new Settings(256, 256, 64, 3, 600, 0.12, 20, 0.1, 0.15, 0.15, 0.3, 0.05, 0.4, 0.02, 1))
                .makes("image", OutputSlot.Kind.IMAGE, "Grey values as recorded, 8-bit.")
                .makes("labels", Look.LABELS, "0 superconductor, 1 void, 2 impurity.")
                .makes("slices", OutputSlot.Kind.TABLE, "Depth, displacement and gain of each slice.")
                .help(HELP)
                .cites("Hirabayashi et al., npj Comput. Mater. 10 (2024), doi:10.1038/s41524-024-01226-5 (training with"
                        + " the errors of the measurement)");
    }

    @Override
    public long memory(Inputs in, Settings s) {
        return 2L * s.width() * s.height() * s.depth() + 40L * s.width() * s.height();
    }

    @Override
    public Outputs run(Inputs in, Settings s, Progress progress) {
        FibSemStack stack = FibSemStack.make(
                new FibSemStack.Sample(
                        s.width(), s.height(), s.depth(), s.phases() == 3, s.grainNm(), s.voidFraction(), s.voxelNm()),
                new Artefacts(
                        s.curtaining(),
                        s.charging(),
                        s.noise(),
                        s.drift(),
                        s.brightnessJumps(),
                        s.shineThrough(),
                        s.missingSlices()),
                s.seed(),
                progress);
        return Outputs.none()
                .with("image", stack.image())
                .with("labels", stack.labels())
                .with("slices", stack.slices());
    }
}
