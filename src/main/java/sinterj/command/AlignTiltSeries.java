package sinterj.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Affine;
import sinterj.image.Frames;
import sinterj.image.Table;
import sinterj.image.TiltSeries;
import sinterj.image.Volume;
import sinterj.io.TiltAngles;
import sinterj.io.WriteSafely;
import sinterj.io.XfFile;
import sinterj.op.InputSlot;
import sinterj.op.Inputs;
import sinterj.op.NumberOr;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Param;
import sinterj.tomo.AlignedSeries;
import sinterj.tomo.TiltAlignment;

/** Brings the tilt axis to the middle of the projections and undoes the drift of the stage. */
public final class AlignTiltSeries implements Operation<AlignTiltSeries.Settings> {
    /** How projections are compared. */
    public record Settings(
            @Param(
                    label = "Tilt angles",
                    file = true,
                    doc =
                            "start:step or start:step:end in degrees, or a text file with one angle per line; empty for the"
                                    + " angles noted with the image.")
            String angles,

            @Param(
                    label = "Method",
                    doc =
                            "correlation: each projection with its neighbours. common_line: in addition the profiles along"
                                    + " the axis, which are the same in all projections, and the centres of mass. projection_matching:"
                                    + " after correlation, each projection with the reprojection of a volume made of all. all:"
                                    + " the three one after the other.")
            TiltAlignment.Method method,

            @Param(
                    label = "Reference projection",
                    min = 1,
                    words = "auto",
                    doc = "Number of the projection that stays in place, counted from 1; auto is the one nearest to no"
                            + " tilt.")
            NumberOr reference,

            @Param(
                    label = "Find tilt axis",
                    doc =
                            "Search the angle of the tilt axis and put it through the object's centre of mass. Without it the"
                                    + " axis is taken to be the vertical through the middle of the reference.")
            boolean findAxis,

            @Param(
                    label = "Transforms to apply",
                    file = true,
                    doc =
                            "An IMOD .xf file to apply instead of searching: one line per projection, or per projection of"
                                    + " every frame.")
            String transforms,

            @Param(label = "Save transforms as", doc = "Path of an .xf file to write; the angles go beside it as .tlt.")
            String saveTransforms) {
        public Settings {
            if (reference.isNumber() && reference.number() != Math.rint(reference.number())) {
                throw new InvalidInput("'reference' (Reference projection) is " + reference.number()
                        + ". Give a whole number: the projection's place in the stack, counted from 1.");
            }
        }
    }

    private static final String HELP = """
            Aligns a tilt series without markers: afterwards the tilt axis is the vertical line through the middle of
            every projection, and the drift of the stage is undone to a small part of a pixel.

            **correlation** compares each projection with its next two neighbours, outward from the reference, and adds
            the shifts up; a projection that contradicts the others (dead, saturated, blurred) loses its say.
            **common_line** uses in addition what an object that lies wholly in the field of view must show: the same
            profile along the axis in every projection, and a centre of mass that stays on the axis. It is the better
            choice for particles and needles.

            **projection_matching** reconstructs a volume, projects it again and moves each projection to where it lies
            best on its reprojection, round by round; a round counts only if it lowers the data residual, so that never
            rises (third table). **all** does correlation, then common lines if they lower the residual, then projection
            matching. It takes longest. Stop and keep ends it with the rounds so far.

            **Find tilt axis** searches the angle of the axis up to 12 degrees from the vertical, as the one at which
            mass and first moment of each slice across the axis change with the tilt as they must. If the data do not
            tell another angle from the vertical, the vertical stays. The axis is put through the object's centre of mass.
            An object that leaves the field of view across the axis has no such centre: then the axis stays as it is,
            and neighbours alone are compared, whatever the method (`axis_found` in the second table says so).

            No data can show a constant shift along the axis, or one of the form a cos t + b sin t across it; these only
            say where the object stands. Over a short range of tilts an offset of the axis is hard to tell from such a
            shift: `condition` says how hard (1 is easy, 25 is usual for 40 degrees to either side).

            Shifts are where the image was moved to, in pixels: x to the right, y downwards, after the turn by minus
            `axis_deg`. The angle of the axis is counted counter-clockwise from the vertical, as IMOD does. Pixels are interpolated with cubic
            splines (whole-pixel shifts copy them); what comes into view from beyond the border shows the level that is
            empty in that projection. Interpolation correlates the noise of neighbouring pixels: denoise before you align.

            `transforms=[a.xf]` applies IMOD's transforms instead. `save_transforms=[b.xf]` writes them; of a series over
            time, all projections of the first frame come first.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "align-tilt-series",
                        "Tomography",
                        "Align Tilt Series...",
                        "Brings the tilt axis to the middle of the projections and undoes the drift of the stage.",
                        new Settings("", TiltAlignment.Method.CORRELATION, NumberOr.AUTO, true, "", ""))
                .reads("input", InputSlot.Kind.TILT_SERIES, "Projections; y is roughly the tilt axis.")
                .makes("aligned", OutputSlot.Kind.IMAGE, "The projections moved.")
                .makes(
                        "shifts",
                        OutputSlot.Kind.TABLE,
                        "By how much each projection was moved, and how far it disagrees with what was measured of it.")
                .makes("axis", OutputSlot.Kind.TABLE, "Where the tilt axis was found.")
                .makes(
                        "rounds",
                        OutputSlot.Kind.TABLE,
                        "Data residual after each step of projection_matching and all; not for the others.")
                .can(OperationInfo.Trait.OVER_TIME)
                .can(OperationInfo.Trait.KEEPS_BEST)
                .help(HELP)
                .cites("Helgason 1965, doi:10.1007/BF02391776 (what projections of one object have in common)");
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        Frames image = in.frames("input");
        return image.first().count() * 4 * (image.count() + 4);
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        Frames image = in.frames("input");
        requirePlace(settings.saveTransforms());
        List<Affine> given = given(settings.transforms(), image);
        List<Volume> aligned = new ArrayList<>();
        List<Table> shifts = new ArrayList<>();
        List<Table> axes = new ArrayList<>();
        Table rounds = new Table("frame", "round", "step", "data_residual");
        boolean complete = true;
        List<Affine> all = new ArrayList<>();
        for (int t = 0; t < image.count(); t++) {
            Progress part = progress.part((double) t / image.count(), (t + 1.0) / image.count());
            TiltSeries series = TiltInput.series(image, t, settings.angles());
            int first = given.size() > series.count() ? t * series.count() : 0;
            TiltAlignment.Result found = given.isEmpty()
                    ? TiltAlignment.align(
                            series, settings.method(), reference(settings, series), settings.findAxis(), part)
                    : TiltAlignment.given(given.subList(first, first + series.count()), series);
            TiltSeries moved = AlignedSeries.of(series, found.moves(), part);
            aligned.add(new Volume(moved.projections(), moved.pixel()));
            shifts.add(shifts(series, found));
            axes.add(axis(found));
            for (TiltAlignment.Round round : found.rounds()) {
                rounds.add(t + 1, found.rounds().indexOf(round), round.step(), round.dataResidual());
            }
            complete &= found.complete();
            all.addAll(found.moves());
        }
        double[] angles = TiltInput.series(image, 0, settings.angles()).anglesDeg();
        save(settings.saveTransforms(), all, angles, image.count());
        Outputs outputs = Outputs.none()
                .with("aligned", new Frames("aligned", aligned, image.times(), image.notes()).withAngles(angles))
                .with("shifts", image.count() == 1 ? shifts.get(0) : Table.byFrame(shifts))
                .with("axis", image.count() == 1 ? axes.get(0) : Table.byFrame(axes));
        if (rounds.size() > 0) outputs = outputs.with("rounds", rounds);
        return complete ? outputs : outputs.incomplete();
    }

    private static int reference(Settings settings, TiltSeries series) {
        if (!settings.reference().isNumber()) return -1;
        int number = (int) settings.reference().number();
        if (number > series.count()) {
            throw new InvalidInput("'reference' (Reference projection) is " + number + " but the stack has "
                    + series.count() + " projections.");
        }
        return number - 1;
    }

    private static List<Affine> given(String path, Frames image) {
        if (path.isBlank()) return List.of();
        List<Affine> transforms = XfFile.read(Path.of(path).toAbsolutePath());
        int projections = image.first().depth();
        if (transforms.size() != projections && transforms.size() != projections * image.count()) {
            throw new InvalidInput("Transforms: the stack has " + projections + " projections"
                    + (image.count() > 1 ? " in each of " + image.count() + " frames" : "") + " but '" + path + "' has "
                    + transforms.size() + " lines. Give one transform per projection.");
        }
        return transforms;
    }

    private static Table shifts(TiltSeries series, TiltAlignment.Result found) {
        Table table = new Table("projection", "angle_deg", "shift_x_px", "shift_y_px", "axis_deg", "residual (px)");
        double[] angles = series.anglesDeg();
        for (int k = 0; k < angles.length; k++) {
            Affine move = found.moves().get(k);
            double axis = Math.toDegrees(Math.atan2(move.a21(), move.a11()));
            table.add(k + 1, angles[k], move.dx(), move.dy(), axis == 0 ? 0.0 : axis, found.residualPx()[k]);
        }
        return table;
    }

    private static Table axis(TiltAlignment.Result found) {
        return new Table("axis_deg", "offset_px", "axis_found", "condition")
                .add(found.axisDeg(), found.offsetPx(), found.axisFound(), found.condition());
    }

    /** Long work must not end in a path that was wrong from the start. */
    private static void requirePlace(String path) {
        if (path.isBlank()) return;
        try {
            WriteSafely.requirePlace(Path.of(path));
        } catch (InvalidInput e) {
            throw new InvalidInput("'save_transforms' (Save transforms as): " + e.getMessage(), e);
        }
    }

    private static void save(String path, List<Affine> moves, double[] angles, int frames) {
        if (path.isBlank()) return;
        Path xf = Path.of(path).toAbsolutePath();
        XfFile.write(xf, moves);
        String name = xf.getFileName().toString();
        String base = name.endsWith(".xf") ? name.substring(0, name.length() - 3) : name;
        double[] all = new double[frames * angles.length];
        for (int i = 0; i < all.length; i++) all[i] = angles[i % angles.length];
        TiltAngles.write(all, xf.resolveSibling(base + ".tlt"));
    }
}
