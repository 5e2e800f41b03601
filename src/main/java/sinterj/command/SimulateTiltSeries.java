package sinterj.command;

import java.nio.file.Path;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Affine;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.io.TiltAngles;
import sinterj.op.InputSlot;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Param;
import sinterj.tomo.DetectorModel;
import sinterj.tomo.SimulatedSeries;

/** Makes the tilt series that a microscope would record of a volume. */
public final class SimulateTiltSeries implements Operation<SimulateTiltSeries.Settings> {
    /** How the series is recorded. */
    public record Settings(
            @Param(
                    label = "Tilt angles",
                    doc = "start:step:end in degrees, or the path of a file with one angle per line.")
            String angles,

            @Param(
                    label = "Dose (electrons/nm2)",
                    min = 1e-6,
                    max = 1e5,
                    doc = "Electrons per area for all tilts together.")
            double dosePerNm2,

            @Param(
                    label = "Mean free path (nm)",
                    min = 1e-3,
                    max = 1e9,
                    doc =
                            "Path through bulk that scatters as many electrons as fall in; 100 nm is usual for dark field.")
            double meanFreePathNm,

            @Param(
                    label = "Background",
                    min = 0,
                    max = 100,
                    doc = "Fraction of the electrons that is counted without matter.")
            double background,

            @Param(
                    label = "Read noise (electrons)",
                    min = 0,
                    max = 1e4,
                    doc = "Standard deviation of the detector's reading.")
            double readNoise,

            @Param(
                    label = "Random shift (px)",
                    min = 0,
                    max = 1e4,
                    doc = "Each projection is shifted along both axes by up to this, to have something to align.")
            double shiftPx,

            @Param(
                    label = "Axis offset (px)",
                    min = -1e4,
                    max = 1e4,
                    doc = "The tilt axis lies so far to the right of the centre.")
            double axisOffsetPx,

            @Param(
                    label = "Axis tilt (deg)",
                    min = -90,
                    max = 90,
                    doc = "The tilt axis leans counter-clockwise from y by this.")
            double axisTiltDeg,

            @Param(label = "Seed", doc = "Same seed, same noise and shifts, bit for bit.")
            long seed) {}

    private static final String HELP = """
            Projects a volume along straight rays, u = x cos t + z sin t with y as the tilt axis, and counts electrons. The
            volume holds densities: 1 is bulk, 0 is nothing. Its voxels must be cubes in a unit of length.

            A pixel expects `I0 (path / mean free path + background)` electrons, with I0 the dose divided by the number of
            tilts times the area of a pixel. Counts are Poisson distributed around that, and the reading adds Gaussian
            noise. To reconstruct densities type into Reconstruct Tilt Series... a background of `I0 * background` and
            `I0 * pixel / mean free path` counts per pixel path.

            Shifts, offset and lean of the axis move the projections before they are counted; the table says by how
            much: where a point of the aligned projection is seen.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "simulate-tilt-series",
                        "Tomography",
                        "Simulate Tilt Series...",
                        "Makes the noisy tilt series that a microscope would record of a volume.",
                        new Settings("-40:2:40", 250, 100, 0.01, 0.5, 0, 0, 0, 1))
                .reads(
                        "input",
                        InputSlot.Kind.IMAGE,
                        "Volume of densities, 1 for bulk, y along the tilt axis, in cubes.")
                .makes("tilt_series", OutputSlot.Kind.IMAGE, "Counted electrons, with the angles.")
                .makes("motion", OutputSlot.Kind.TABLE, "Shift of each projection and lean of the axis.")
                .help(HELP)
                .cites(
                        "Joseph, P. M., An improved algorithm for reprojecting rays through pixel images, IEEE Trans. Med."
                                + " Imaging 1, 192 (1982), doi:10.1109/TMI.1982.4307572");
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        Volume volume = in.volume("input");
        double[] angles = angles(settings);
        double pixelNm = volume.size().xNm();
        double electrons = settings.dosePerNm2() / angles.length * pixelNm * pixelNm;
        DetectorModel detector = new DetectorModel(
                electrons, settings.meanFreePathNm(), settings.background(), settings.readNoise(), 1, 0);
        SimulatedSeries made = SimulatedSeries.of(
                volume,
                angles,
                detector,
                new SimulatedSeries.Stage(settings.shiftPx(), settings.axisOffsetPx(), settings.axisTiltDeg()),
                settings.seed(),
                progress);
        Table motion = new Table("projection", "angle (deg)", "shift_x (px)", "shift_y (px)", "axis (deg)");
        for (int k = 0; k < angles.length; k++) {
            Affine move = made.motion().get(k);
            motion.add(k + 1, angles[k], move.dx(), move.dy(), settings.axisTiltDeg());
        }
        return Outputs.none().with("tilt_series", made.series()).with("motion", motion);
    }

    /** How many angles there are follows from the text alone. */
    private static double[] angles(Settings settings) {
        String[] range = settings.angles().trim().split(":");
        Path here = Path.of("").toAbsolutePath();
        if (range.length == 2 && settings.angles().matches("[-+0-9.eE:]+")) {
            throw new InvalidInput(
                    "Tilt angles: '" + settings.angles() + "' has no end. Write start:step:end, such as -40:2:40.");
        }
        return TiltAngles.all(settings.angles(), here);
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        Volume volume = in.volume("input");
        long tilts = angles(settings).length;
        long rows = (long) volume.width() * (volume.depth() + 3 * tilts);
        long weights = 2L * tilts * volume.width() * volume.depth();
        return in.frames("input").count() * (4L * tilts * volume.width() * volume.height())
                + 4L * rows * volume.height()
                + 8L * weights;
    }
}
