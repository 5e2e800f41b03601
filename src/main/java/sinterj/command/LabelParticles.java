package sinterj.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.LabelVolume;
import sinterj.image.Look;
import sinterj.image.Particle;
import sinterj.image.ParticleOptions;
import sinterj.image.Particles;
import sinterj.image.Plot;
import sinterj.image.Table;
import sinterj.op.InputSlot;
import sinterj.op.Inputs;
import sinterj.op.NumberOr;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Param;

/** The command {@code label-particles}. */
public final class LabelParticles implements Operation<LabelParticles.Settings> {
    /** How touching particles are told apart. */
    public enum Split {
        /** At their necks. */
        WATERSHED,
        /** Not at all: connected parts. */
        NONE
    }

    /** What may be chosen. */
    public record Settings(
            @Param(
                    label = "Threshold (grey value)",
                    words = "auto",
                    doc = "Voxels of this value and above are solid. auto: one half if all values lie from 0 to 1,"
                            + " else Otsu's threshold of all frames together.")
            NumberOr threshold,

            @Param(
                    label = "Smoothing (pixel)",
                    min = 0,
                    max = 50,
                    doc =
                            "Sigma of a Gaussian applied before the threshold, in pixels along x and as far in space along"
                                    + " y and z; 0 leaves the image as it is.")
            double smooth,

            @Param(
                    label = "Split touching particles",
                    doc = "watershed: at the necks; none: connected parts are particles.")
            Split split,

            @Param(
                    label = "Merge above",
                    min = 0,
                    max = 1,
                    doc = "Two particles are one if the neck between them is wider than this fraction of the narrower"
                            + " one; less = fewer, larger particles.")
            double merge,

            @Param(
                    label = "Least volume (cube of the image's unit)",
                    min = 0,
                    doc = "Smaller ones are joined to the particle they touch most, or left out if they touch none.")
            double minVolume,

            @Param(
                    label = "Track through time",
                    doc = "Particles keep their numbers from frame to frame; false numbers every frame by size.")
            boolean track) {}

    private static final String HELP = """
            From a grey volume, a mask or probabilities to particles, each with a number that it keeps through time. A
            threshold makes the solid; the solid is split along the valleys of the distance to its surface, as in Find
            Necks...; and each particle of a frame is looked for in the next.

            **Numbers.** In the first frame they go by size, 1 the largest. Later a particle is expected where it was, moved
            as it moved last, and takes the part of the solid that holds the most of its core; a part that nobody held
            before is a new particle with a new number, and the number of one that has gone is not used again. The image
            may be followed frame by frame with a lookup table of distinct colours: a particle keeps its colour.

            **Necks that no longer show.** While two particles sinter their neck grows, until the distance map has one
            maximum where there were two. From then on each is stood for by the ball fitted to its free surface and to
            what was known of it before, and a voxel goes to the ball in which it lies deepest. So a small particle keeps
            its number while it is eaten up, as long as half a voxel of its ball is left. Where particles are far
            from round such a border is a guess.

            Particles may move by about half of their radius between frames; if the whole image drifts by more, use
            Register Volumes Over Time... first. All frames have the same threshold, so volumes can be compared.

            The table has a row for each particle and frame, with `frame` from 1. `cut` says that a particle touches a face
            of the image, so that part of it may be missing. The plot shows volume against frame, or time, of the 30
            particles that are largest at first.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "label-particles",
                        "Microstructure",
                        "Label And Track Particles...",
                        "From a grey volume, or a series of them, to particles with one number each through time.",
                        new Settings(NumberOr.AUTO, 0, Split.WATERSHED, 0.9, 0, true))
                .reads("input", InputSlot.Kind.IMAGE, "Grey values, a mask, or probabilities of the solid, bright.")
                .makes("labels", Look.LABELS, "The number of the particle in each voxel, 0 outside.")
                .makes("particles", OutputSlot.Kind.TABLE, "A row for each particle and frame.")
                .makes("volumes", OutputSlot.Kind.PLOT, "Volume of particles through time.")
                .can(OperationInfo.Trait.OVER_TIME)
                .help(HELP)
                .cites("Vincent and Soille 1991, IEEE Trans. Pattern Anal. 13, 583, doi:10.1109/34.87344 (watershed)")
                .cites("Otsu 1979, IEEE Trans. Syst. Man Cybern. 9, 62, doi:10.1109/TSMC.1979.4310076 (threshold)");
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        long voxels = in.volume("input").count();
        // Labels and, if smoothed, grey values of all frames; of one frame distances, regions, expected places, order.
        return (settings.smooth() > 0 ? 6 : 2) * PhaseInput.voxels(in) + 30 * voxels;
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        Frames input = in.frames("input");
        ParticleOptions options = new ParticleOptions(
                settings.threshold().orElse(Double.NaN),
                settings.smooth(),
                settings.split() == Split.WATERSHED,
                settings.merge(),
                settings.minVolume(),
                settings.track());
        Particles found = Particles.find(input.volumes(), options, progress);
        Frames labels = Frames.of(
                "labels", found.labels().stream().map(LabelVolume::asVolume).toList());
        return Outputs.none()
                .with("labels", labels)
                .with("particles", table(found, input))
                .with("volumes", plot(found, input));
    }

    private static Table table(Particles found, Frames input) {
        String unit = input.first().size().unit();
        String length = " (" + unit + ")";
        List<String> heads = new ArrayList<>(List.of("frame", "particle", "volume (" + unit + "3)"));
        heads.addAll(List.of("x" + length, "y" + length, "z" + length, "equivalent_radius" + length));
        heads.addAll(List.of("neighbours", "voxels", "cut", "threshold"));
        Table table = new Table(heads);
        for (Particle p : found.rows()) {
            double[] at = p.centre();
            table.add(
                    p.frame() + 1,
                    p.id(),
                    p.volume(),
                    at[0],
                    at[1],
                    at[2],
                    p.equivalentRadius(),
                    p.neighbours(),
                    p.voxels(),
                    p.cut(),
                    found.threshold());
        }
        return table;
    }

    private static final int MOST_CURVES = 30;

    private static Plot plot(Particles found, Frames input) {
        Map<Integer, List<Particle>> byId = new TreeMap<>();
        for (Particle p : found.rows()) {
            byId.computeIfAbsent(p.id(), id -> new ArrayList<>()).add(p);
        }
        boolean timed = input.times().isKnown();
        double[] seconds = input.times().seconds();
        List<Plot.Curve> curves = new ArrayList<>();
        byId.forEach((id, rows) -> {
            if (curves.size() == MOST_CURVES) return;
            double[] x = rows.stream()
                    .mapToDouble(p -> timed ? seconds[p.frame()] : p.frame() + 1)
                    .toArray();
            curves.add(new Plot.Curve(
                    "particle " + id,
                    x,
                    rows.stream().mapToDouble(Particle::volume).toArray()));
        });
        String unit = input.first().size().unit();
        return new Plot("Particles", timed ? "time (s)" : "frame", "volume (" + unit + "3)", curves, false);
    }
}
