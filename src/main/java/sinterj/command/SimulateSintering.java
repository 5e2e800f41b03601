package sinterj.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.FrameTimes;
import sinterj.image.Frames;
import sinterj.image.Look;
import sinterj.image.Volume;
import sinterj.io.WriteSafely;
import sinterj.op.InputSlot;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Param;
import sinterj.phasefield.Checkpoint;
import sinterj.phasefield.Crystals;
import sinterj.phasefield.Frame;
import sinterj.phasefield.Grid;
import sinterj.phasefield.SinterRun;
import sinterj.phasefield.SinterState;

/** The command {@code simulate-sintering}. */
public final class SimulateSintering implements Operation<SimulateSintering.Settings> {
    /** Heaps of equal spheres. */
    public enum PackingKind {
        /** No heap: an image or a table of particles. */
        NONE,
        /** A random heap. */
        RANDOM,
        /** Hexagonal close packing. */
        HCP
    }

    /** What and how to simulate. */
    public record Settings(
            @Param(label = "Packing", doc = "A heap of equal spheres in place of an image: none, random or hcp.")
            PackingKind packing,

            @Param(label = "Particles in the heap", min = 1, max = 100_000, doc = "Number of spheres of a packing.")
            int count,

            @Param(label = "Radius (nm)", min = 1e-3, max = 1e9, doc = "Radius of the spheres of a packing.")
            double radiusNm,

            @Param(
                    label = "Box (nm)",
                    doc = "width,height,depth of the box for particles and packings; auto fits it to them. A depth of 0"
                            + " makes the simulation two-dimensional.")
            String sizeNm,

            @Param(label = "Start from frame", min = 1, max = 1_000_000, doc = "Frame of the input that is the start.")
            int frame,

            @Param(label = "Time (s)", min = 0, max = 1e12, doc = "Length of the simulation.")
            double timeS,

            @Param(
                    label = "Frames",
                    min = 1,
                    max = 100_000,
                    doc = "Time points of the result, the start and the end among them. An observation with times has"
                            + " its own.")
            int frames,

            @Param(label = "Seed", doc = "Of the random packing and random orientations: same seed, same start.")
            long seed,

            SinteringModel model,

            @Param(
                    label = "Checkpoint file",
                    doc =
                            "Written after each frame; if it holds this very run, the run goes on from there. Empty: none.")
            String checkpoint) {
        public Settings {
            sizeNm = sizeNm.trim();
            if (!isAuto(sizeNm)) numbers(sizeNm);
        }

        private static boolean isAuto(String size) {
            return size.isEmpty() || size.equals("auto");
        }

        boolean sizeIsAuto() {
            return isAuto(sizeNm);
        }

        double[] sizeNmNumbers() {
            return numbers(sizeNm);
        }

        private static double[] numbers(String text) {
            String[] words = text.split("[,;\\s]+");
            double[] sides = new double[3];
            boolean fine = words.length == 3;
            for (int i = 0; fine && i < 3; i++) {
                fine = words[i].matches("[0-9]+(\\.[0-9]*)?([eE][-+]?[0-9]+)?");
                if (fine) sides[i] = Double.parseDouble(words[i]);
                fine &= sides[i] > 0 || i == 2;
            }
            if (fine) return sides;
            throw new InvalidInput("'size_nm' is '" + text + "'. Give auto, or width, height and depth in nm such as"
                    + " 410,410,410.");
        }
    }

    private static final String HELP = SimulateSinteringHelp.TEXT;

    @Override
    public OperationInfo<Settings> info() {
        Settings copper = new Settings(PackingKind.NONE, 12, 50, "auto", 1, 50, 11, 1, SinteringModel.COPPER, "");
        return OperationInfo.of(
                        "simulate-sintering",
                        "Sintering",
                        "Simulate Sintering...",
                        "From particles, as labels, mask, density or table, to their sintering over time, beside what was"
                                + " observed.",
                        copper)
                .mayRead("input", InputSlot.Kind.IMAGE, "Labels, a mask or a density: the start, in one of its frames.")
                .mayRead("observed", InputSlot.Kind.IMAGE, "What was seen over time; the input if it has frames.")
                .mayRead(
                        "particles",
                        InputSlot.Kind.TABLE,
                        "Spheres in place of an image: columns x_nm, y_nm, z_nm from the corner of the box, and r_nm.")
                .mayRead("history", InputSlot.Kind.TABLE, "Temperatures: columns time_s and temperature_k.")
                .makes("density", OutputSlot.Kind.IMAGE, "Density over time on the input's grid: 0 gas, 1 solid.")
                .makes("grains", Look.LABELS, "Grains over time, numbered as in the input.")
                .makes("overlay", OutputSlot.Kind.IMAGE, "The observation, or the input, with the simulated contour.")
                .makes("misfit", Look.DIFFERENCE, "Density minus the observed solid, over time.")
                .makes(
                        "summary",
                        OutputSlot.Kind.TABLE,
                        "A row per frame: energy, mass, density, grains, necks, misfit.")
                .makes("contacts", OutputSlot.Kind.TABLE, "A row per frame and pair of grains that touch.")
                .makes("sizes", OutputSlot.Kind.TABLE, "A row per frame and grain.")
                .makes("crystals", OutputSlot.Kind.TABLE, "A row per grain with its orientation, where that matters.")
                .makes("densification", OutputSlot.Kind.PLOT, "Relative density against time.")
                .makes("neck_growth", OutputSlot.Kind.PLOT, "Mean neck radius against time.")
                .makes("energy", OutputSlot.Kind.PLOT, "Free energy against time.")
                .can(OperationInfo.Trait.OVER_TIME)
                .can(OperationInfo.Trait.KEEPS_BEST)
                .help(HELP)
                .cites("Wang 2006, Acta Materialia 54, 953, doi:10.1016/j.actamat.2005.10.032")
                .cites("Meyer, Balsara and Aslam 2014, J. Comput. Phys. 257, 594, doi:10.1016/j.jcp.2013.08.021");
    }

    @Override
    public long memory(Inputs in, Settings s) {
        double voxels;
        double shown;
        double boxes = 0;
        if (in.has("input") && s.packing() == PackingKind.NONE && !in.has("particles")) {
            Volume v = in.volume("input");
            shown = v.count();
            double f = v.size().isCalibrated() && s.model().gridNm().isNumber()
                    ? v.size().xNm() / s.model().gridNm().number()
                    : 1;
            voxels = shown * f * f * (v.depth() == 1 ? 1 : f);
        } else {
            double side = 2 * s.radiusNm() * (1.3 * Math.cbrt(s.count()) + 2);
            double[] box = s.sizeIsAuto() ? new double[] {side, side, side} : s.sizeNmNumbers();
            double dx = s.model().gridNm().orElse(s.radiusNm() / 8);
            voxels = in.has("particles") && s.sizeIsAuto() ? 0 : box[0] / dx * (box[1] / dx) * Math.max(1, box[2] / dx);
            shown = voxels;
            if (!in.has("particles") && box[2] > dx) boxes = boxBytes(s, s.radiusNm() / dx, voxels);
        }
        return (long) Math.min(
                1e15,
                (28 + (s.model().hasCrystals() ? 24 : 0)) * voxels
                        + Math.max(28 * 1.5 * voxels, boxes)
                        + 8 * voxels * s.frames()
                        + 16 * shown * s.frames());
    }

    /** Six vectors of what is held of the grains' boxes, and the boxes in which they start, which are larger. */
    private static double boxBytes(Settings s, double radius, double voxels) {
        double width = s.model().interfacePx();
        double held = Math.pow(2 * (radius + 2.2 * width), 3);
        double first = Math.pow(2 * (radius + 3 * width + 1), 3);
        double fit = voxels / (5 * Math.pow(radius, 3)); // more do not
        return Math.min(s.count(), fit) * (17 * held + 4 * first);
    }

    @Override
    public Outputs run(Inputs in, Settings s, Progress progress) {
        SinteringCourse course = s.model().course(in.has("history") ? in.table("history") : null);
        course.at(0); // energies and mobilities that cannot be are refused before anything is made
        SinteringObservation observed = SinteringObservation.of(in, s);
        progress.report(0, "Making the start");
        SinteringStart start = SinteringStart.of(in, s, progress.part(0, 0.03));
        if (observed != null) observed.requireSize(start.size());
        double[] times = observed != null && observed.times() != null ? observed.times() : times(s);
        List<Frame> frames = new ArrayList<>();
        Crystals crystals = s.model().crystals(start.state(), s.seed());
        boolean complete = simulate(start, course, times, crystals, s, frames, progress.part(0.03, 0.95));
        if (frames.isEmpty()) throw new InvalidInput("It was stopped before the first frame was there.");
        Outputs made = outputs(in, s, start, course, frames, observed, progress);
        if (crystals != null) made = made.with("crystals", SinteringCrystals.table(crystals, start.state()));
        progress.report(1, "Done");
        return complete ? made : made.incomplete();
    }

    private static double[] times(Settings s) {
        if (s.frames() == 1 || s.timeS() == 0) return new double[] {0};
        double[] times = new double[s.frames()];
        for (int t = 0; t < times.length; t++) times[t] = s.timeS() * t / (times.length - 1);
        return times;
    }

    private static boolean simulate(
            SinteringStart start,
            SinteringCourse course,
            double[] times,
            Crystals crystals,
            Settings s,
            List<Frame> frames,
            Progress progress) {
        if (s.checkpoint().isBlank()) {
            return run(start.state(), course, times, crystals, s, progress).to(frames::add, point -> {});
        }
        Path file = path(s.checkpoint());
        String owner = owner(start, course, times, crystals, s);
        Checkpoint left = left(file, owner, start.state().grid(), times.length);
        SinterRun run = left == null
                ? run(start.state(), course, times, crystals, s, progress)
                : new SinterRun(left.point(), course, times, crystals, s.model().stepping(), progress);
        if (left != null) frames.addAll(left.frames());
        return run.to(frames::add, point -> {
            Checkpoint now = new Checkpoint(owner, List.copyOf(frames), point.get());
            WriteSafely.file(file, target -> now.writeTo(Files.newOutputStream(target)));
        });
    }

    private static SinterRun run(
            SinterState start,
            SinteringCourse course,
            double[] times,
            Crystals crystals,
            Settings s,
            Progress progress) {
        SinterRun.RestartPoint first = new SinterRun.RestartPoint(start, 0, 0);
        return new SinterRun(first, course, times, crystals, s.model().stepping(), progress);
    }

    private static String owner(
            SinteringStart start, SinteringCourse course, double[] times, Crystals crystals, Settings s) {
        StringBuilder text = new StringBuilder(start.fingerprint());
        text.append(s.model().integrator() == SinteringModel.Integrator.EULER ? " euler" : " adaptive");
        if (crystals != null) text.append(' ').append(crystals.fingerprint());
        for (double t : times) text.append(' ').append(t).append(' ').append(course.at(t));
        String all = text.toString();
        return all.length() <= 200 ? all : all.substring(0, 100) + " " + all.hashCode() + " " + all.length();
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidInput("'checkpoint' is '" + text + "', which is no name of a file.", e);
        }
    }

    private static Checkpoint left(Path file, String owner, Grid grid, int frames) {
        WriteSafely.requirePlace(file);
        if (!Files.exists(file)) return null;
        try {
            return Checkpoint.read(Files.newInputStream(file), owner, grid, frames);
        } catch (InvalidInput e) {
            throw new InvalidInput("'" + file + "' cannot be gone on with: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InvalidInput("'" + file + "' cannot be read. Give another 'checkpoint'.", e);
        }
    }

    private static Outputs outputs(
            Inputs in,
            Settings s,
            SinteringStart start,
            SinteringCourse course,
            List<Frame> frames,
            SinteringObservation observed,
            Progress progress) {
        SinteringImages images = new SinteringImages(start, progress);
        SinteringTables tables = new SinteringTables(frames, course);
        FrameTimes times =
                new FrameTimes(frames.stream().mapToDouble(Frame::seconds).toArray());
        List<Volume> densities = frames.stream().map(images::density).toList();
        Outputs made = Outputs.none()
                .with("density", hyperstack("density", densities, times))
                .with(
                        "grains",
                        hyperstack("grains", frames.stream().map(images::grains).toList(), times));
        List<double[]> agreement = null;
        Frames behind =
                observed != null ? observed.frames() : in.has("input") && isFromInput(in, s) ? input(in, s) : null;
        if (behind != null) {
            List<Volume> overlays = new ArrayList<>();
            for (int t = 0; t < frames.size(); t++) {
                overlays.add(images.overlay(densities.get(t), behind.volumes().get(Math.min(t, behind.count() - 1))));
            }
            made = made.with("overlay", hyperstack("overlay", overlays, times));
        }
        if (observed != null) {
            agreement = new ArrayList<>();
            List<Volume> misfits = new ArrayList<>();
            for (int t = 0; t < frames.size(); t++) {
                Volume seen = observed.volume(t);
                SolidImage solid = SolidImage.of(seen, progress);
                agreement.add(images.agreement(densities.get(t), seen, solid));
                misfits.add(images.misfit(densities.get(t), seen, solid));
            }
            made = made.with("misfit", hyperstack("misfit", misfits, times));
        }
        return made.with("summary", tables.summary(agreement))
                .with("contacts", tables.contacts())
                .with("sizes", tables.sizes())
                .with("densification", tables.densification())
                .with("neck_growth", tables.necks())
                .with("energy", tables.energy());
    }

    private static boolean isFromInput(Inputs in, Settings s) {
        return s.packing() == PackingKind.NONE && !in.has("particles");
    }

    private static Frames input(Inputs in, Settings s) {
        return in.frames("input").frame(s.frame() - 1);
    }

    private static Frames hyperstack(String name, List<Volume> volumes, FrameTimes times) {
        return new Frames(name, volumes, times, Map.of());
    }
}
