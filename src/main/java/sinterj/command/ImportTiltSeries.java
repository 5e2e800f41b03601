package sinterj.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.FrameTimes;
import sinterj.image.Frames;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.io.CsvTable;
import sinterj.io.MrcHeader;
import sinterj.io.TiltSeriesFiles;
import sinterj.op.Inputs;
import sinterj.op.NumberOr;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Param;

/** Opens MRC files as a tilt series with its angles, y along the tilt axis. */
public final class ImportTiltSeries implements Operation<ImportTiltSeries.Settings> {
    /** In which order a file with several time points holds its sections. */
    public enum Order {
        /** All tilts of the first time point, then those of the second. */
        TILT_FASTEST,
        /** All time points of the first tilt, then those of the second. */
        TIME_FASTEST
    }

    /** Direction of the tilt axis in the file. */
    public enum Axis {
        /** As the header or the .mdoc says, else y. */
        AUTO,
        /** Horizontal: the images are turned by 90 degrees. */
        X,
        /** Vertical. */
        Y
    }

    /** What to open and how to understand it. */
    public record Settings(
            @Param(
                    label = "File or folder",
                    file = true,
                    required = true,
                    doc = "An MRC file (.mrc, .st, .ali, .rec, .mrcs, .map); for several time points a folder with one"
                            + " file each, or a text file that lists them.")
            String path,

            @Param(
                    label = "Tilt angles",
                    doc = "auto looks into the extended header, then for .rawtlt, .tlt and .mdoc beside the file. Or"
                            + " start:step, start:step:end, or the path of a file with one angle per line.")
            String angles,

            @Param(
                    label = "Time points in the file",
                    min = 1,
                    max = 100_000,
                    doc = "Into how many frames one file is split.")
            int frames,

            @Param(
                    label = "Order in the file",
                    doc = "Which changes first from section to section, for a file with several frames.")
            Order order,

            @Param(
                    label = "Tilt axis in the file",
                    doc =
                            "Images with a horizontal axis (x) are turned by 90 degrees counter-clockwise, so that y is the"
                                    + " axis. auto takes what the header or the .mdoc says, else y.")
            Axis axis,

            @Param(
                    label = "Axis angle (deg)",
                    min = -45,
                    max = 45,
                    doc =
                            "How far the tilt axis is turned counter-clockwise from y, after the turn above; the images are"
                                    + " turned back by it.")
            double axisAngleDeg,

            @Param(
                    label = "Pixel size (nm)",
                    min = 1e-6,
                    max = 1e9,
                    words = {"auto"},
                    doc = "Side of a pixel. auto takes what the header says, else the .mdoc.")
            NumberOr pixelNm,

            @Param(
                    label = "Times",
                    file = true,
                    doc = "CSV file with one time per frame in seconds, where there are several time points.")
            String times) {}

    private static final String HELP = """
            Opens one or many MRC files as a stack of projections, or a hyperstack with one such stack per time point.
            The angles are noted with the image, so that the next commands find them; they stand in the slice labels too.

            **Axis.** All later commands take the y axis of the image (vertical) as tilt axis. The table says which axis
            was taken and why. A wrong axis does not fail, it makes a wrong volume: if the object moves up and down
            from tilt to tilt rather than left and right, import again with `axis=x`.

            **Turn.** With `axis=x` the pixel at (x, y) goes to (y, width - 1 - x): counter-clockwise as seen on the
            screen. The sides of the pixels are exchanged with it.

            **Files.** Modes 0, 1, 2, 6 and 12 in either byte order, of any size; rows in the order of the file. For
            several time points give a folder: its files are taken in the order of their names, t2 before t10.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "import-tilt-series",
                        "Tomography",
                        "Import Tilt Series...",
                        "Opens MRC files as a tilt series with its angles.",
                        new Settings("", "auto", 1, Order.TILT_FASTEST, Axis.AUTO, 0, NumberOr.AUTO, ""))
                .makes(
                        "tilt_series",
                        OutputSlot.Kind.IMAGE,
                        "The projections, y along the tilt axis, with their angles.")
                .makes(
                        "projections",
                        OutputSlot.Kind.TABLE,
                        "What was understood: angle, counts and axis of each projection.")
                .can(OperationInfo.Trait.OVER_TIME)
                .help(HELP)
                .cites(
                        "Cheng, A. et al., MRC2014: Extensions to the MRC format header, J. Struct. Biol. 192, 146 (2015),"
                                + " doi:10.1016/j.jsb.2015.04.002");
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        List<MrcHeader> headers = headers(settings);
        AxisChoice axis = AxisChoice.of(settings, headers.get(0));
        progress.report(0, "The tilt axis is " + axis.words());
        TiltStacks stacks = new TiltStacks(headers, settings.frames(), settings.order() == Order.TIME_FASTEST);
        double[] angles = stacks.anglesDeg(settings.angles());
        List<Volume> volumes = stacks.volumes(axis, settings.pixelNm(), progress);
        Frames frames = new Frames(title(settings), volumes, times(settings, volumes.size()), Map.of())
                .withAngles(angles)
                .withNote(Frames.FILE, settings.path());
        return Outputs.none().with("tilt_series", frames).with("projections", table(frames, angles, axis, progress));
    }

    private static List<MrcHeader> headers(Settings settings) {
        List<MrcHeader> headers = TiltSeriesFiles.headers(path("path", settings.path()));
        if (headers.size() > 1 && settings.frames() > 1) {
            throw new InvalidInput("'frames' is " + settings.frames() + ", but there are " + headers.size()
                    + " files, each a time point of its own. Give frames=1.");
        }
        return headers;
    }

    private static String title(Settings settings) {
        return String.valueOf(
                path("path", settings.path()).toAbsolutePath().normalize().getFileName());
    }

    private static Path path(String key, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidInput("'" + key + "' is '" + text + "', which is no path. Give the path of a file.", e);
        }
    }

    private static FrameTimes times(Settings settings, int frames) {
        if (settings.times().isBlank()) return FrameTimes.unknown();
        FrameTimes times = CsvTable.times(path("times", settings.times()));
        if (times.seconds().length != frames) {
            throw new InvalidInput("Times: '" + settings.times() + "' gives " + times.seconds().length
                    + " times, but there are " + frames + " time points. Give one time per frame, in seconds.");
        }
        return times;
    }

    private static Table table(Frames frames, double[] angles, AxisChoice axis, Progress progress) {
        Table table = new Table("frame", "projection", "angle (deg)", "min", "mean", "max", "axis");
        for (int t = 0; t < frames.count(); t++) {
            for (int k = 0; k < angles.length; k++) {
                progress.check();
                double sum = 0;
                float min = Float.POSITIVE_INFINITY;
                float max = Float.NEGATIVE_INFINITY;
                float[] plane = frames.volumes().get(t).plane(k);
                for (float value : plane) {
                    sum += value;
                    min = Math.min(min, value);
                    max = Math.max(max, value);
                }
                table.add(t + 1, k + 1, angles[k], min, sum / plane.length, max, axis.words());
            }
        }
        return table;
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        return TiltStacks.bytes(headers(settings), settings.axisAngleDeg() != 0);
    }
}
