package sinterj.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sinterj.assimilate.Answer;
import sinterj.assimilate.Assimilation;
import sinterj.assimilate.MissingWedge;
import sinterj.assimilate.Observation;
import sinterj.assimilate.PhaseFieldModel;
import sinterj.assimilate.Plan;
import sinterj.assimilate.Registration;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Look;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.io.WriteSafely;
import sinterj.op.InputSlot;
import sinterj.op.Inputs;
import sinterj.op.NumberOr;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Param;
import sinterj.op.ParameterSchema;
import sinterj.optimize.CovarianceAdaptation;
import sinterj.optimize.ExpectedImprovement;
import sinterj.optimize.Sampler;
import sinterj.optimize.SearchSpace;
import sinterj.optimize.Study;
import sinterj.optimize.TreeParzen;
import sinterj.phasefield.Grid;

/** The command {@code assimilate-sintering}. */
public final class AssimilateSintering implements Operation<AssimilateSintering.Settings> {

    /** How the start is made. */
    public enum Start {
        /** From spheres fitted to the labels, whose errors count. */
        FIT,
        /** From labels or particles as they are. */
        EXACT
    }

    /** How trials are chosen. */
    public enum Optimizer {
        /** A Gaussian process and expected improvement. */
        GP,
        /** Tree-structured Parzen estimator. */
        TPE,
        /** Covariance matrix adaptation. */
        CMAES
    }

    /** What to estimate and how. */
    public record Settings(
            @Param(
                    label = "Estimate",
                    doc = "key:low:high or key:low:high:start, separated by blanks; key*key for a product. All on a"
                            + " logarithmic scale, in place of the values below. paper: the five of the review.")
            String estimate,

            @Param(
                    label = "Start",
                    doc = "fit: spheres fitted to the labels, with their errors in the deviations; exact: as given.")
            Start start,

            @Param(label = "Register frames", doc = "Moves each frame by whole voxels to fit the one before.")
            boolean register,

            @Param(
                    label = "Missing wedge (deg)",
                    min = 0,
                    max = 179,
                    words = "none",
                    doc = "Full angle around z that a tilt series about y left out; surfaces facing it do not count.")
            NumberOr wedgeDeg,

            @Param(
                    label = "Optimizer",
                    doc = "gp: Gaussian process with expected improvement; tpe: as in the review; cmaes: CMA-ES.")
            Optimizer optimizer,

            @Param(label = "Trials", min = 4, max = 100_000, doc = "Simulations before the finish, which adds some 40.")
            int trials,

            @Param(label = "Prune", doc = "Ends trials that can no longer become the best.")
            boolean prune,

            @Param(label = "Screen on a coarse grid", doc = "Six of ten trials run on a grid of 3/4 the voxels a side.")
            boolean multiFidelity,

            @Param(
                    label = "Workers",
                    min = 1,
                    max = 4096,
                    words = "auto",
                    doc = "Simulations side by side, one thread each; auto: one per processor. Changes no result.")
            NumberOr workers,

            SinteringModel model,

            @Param(label = "Seed", doc = "Same seed, same trials.")
            long seed,

            @Param(
                    label = "Study file",
                    doc = "Text file that keeps every trial: a killed run goes on from it, and programs may share it."
                            + " A .csv table of trials is read as a finished search. Empty: none.")
            String study,

            @Param(
                    label = "Report folder",
                    folder = true,
                    doc = "New or empty folder for a page with pictures, and tables as CSV and JSON. Empty: none.")
            String report) {
        SearchSpace space() {
            return EstimateList.space(estimate, model.quantities());
        }

        private Sampler sampler() {
            return switch (optimizer) {
                case GP -> new ExpectedImprovement();
                case TPE -> TreeParzen.multivariate();
                case CMAES -> new CovarianceAdaptation();
            };
        }
    }

    @Override
    public OperationInfo<Settings> info() {
        Settings copper = new Settings(
                EstimateList.USUAL,
                Start.FIT,
                true,
                NumberOr.NONE,
                Optimizer.GP,
                60,
                true,
                true,
                NumberOr.AUTO,
                SinteringModel.COPPER,
                1,
                "",
                "");
        return OperationInfo.of(
                        "assimilate-sintering",
                        "Sintering",
                        "Assimilate Sintering...",
                        "From a 4-D stack of sintering particles to diffusivities and mobilities with error bars.",
                        copper)
                .reads("input", InputSlot.Kind.IMAGE, "Masks of the solid over time, with the times of the frames.")
                .mayRead("labels", InputSlot.Kind.LABELS, "Particles of the first frame, one label each.")
                .mayRead("mask", InputSlot.Kind.MASK, "Voxels other than 0 count; by default all do.")
                .mayRead(
                        "particles",
                        InputSlot.Kind.TABLE,
                        "Spheres of the first frame in place of labels: columns x_nm, y_nm, z_nm, r_nm.")
                .mayRead("history", InputSlot.Kind.TABLE, "Temperatures: columns time_s and temperature_k.")
                .mayRead("weights", InputSlot.Kind.TABLE, "Columns frame and weight; frames not named weigh 1.")
                .makes(
                        "simulation",
                        OutputSlot.Kind.IMAGE,
                        "Density of the best simulation at the times of the frames.")
                .makes("misfit", Look.DIFFERENCE, "Density of the best simulation minus what was seen.")
                .makes("estimates", OutputSlot.Kind.TABLE, "A row for each parameter, with its 95 % interval.")
                .makes("trials", OutputSlot.Kind.TABLE, "Every trial with its parameters and cost.")
                .makes("frames", OutputSlot.Kind.TABLE, "How well each frame is met.")
                .makes("correlations", OutputSlot.Kind.TABLE, "Correlations between the errors of the estimates.")
                .makes("remarks", OutputSlot.Kind.TABLE, "What the data cannot tell, and what else is to be said.")
                .makes("cost", OutputSlot.Kind.PLOT, "Cost by trial, with the best so far.")
                .makes("slices", OutputSlot.Kind.PLOT, "Cost along each parameter through the best point.")
                .makes("posterior", OutputSlot.Kind.PLOT, "Profile likelihood of each parameter.")
                .makes("importance", OutputSlot.Kind.PLOT, "Share of the cost's variance by parameter.")
                .makes("pairs", OutputSlot.Kind.PLOT, "Regions that hold each pair of parameters with 95 %.")
                .makes("report", OutputSlot.Kind.FOLDER, "The page with pictures, and the tables.")
                .can(OperationInfo.Trait.OVER_TIME)
                .can(OperationInfo.Trait.KEEPS_BEST)
                .help(AssimilateSinteringHelp.TEXT)
                .cites("Yamamoto et al. 2025, section 4.3, and Ishii et al. 2023, doi:10.1080/27660400.2023.2239133")
                .cites("Wang 2006, Acta Materialia 54, 953, doi:10.1016/j.actamat.2005.10.032");
    }

    @Override
    public boolean canMake(String slot, Settings settings) {
        return !slot.equals("pairs") || settings.space().dimensions() > 1;
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        Volume first = in.volume("input");
        double voxels = first.count();
        int frames = in.frames("input").count();
        int parameters = EstimateList.count(settings.estimate());
        double workers = settings.workers().orElse(Runtime.getRuntime().availableProcessors());
        double together = Math.min(workers, Math.max(settings.trials(), 2 * parameters));
        // A run keeps some 25 floats a voxel, and six more of crystals; the finish keeps residuals of a quarter of the
        // voxels: two runs for each slope, the slope and its trembling, and a factor for each.
        double run = (settings.model().hasCrystals() ? 124 : 100) * voxels * perVoxel(first, settings.model());
        double finish = 4.0 * parameters + 2 + SinteringRuns.DRAWS;
        return (long) Math.min(1e15, together * run + voxels * frames * (9 + finish));
    }

    /** Voxels of the simulation in one of the observation. */
    private static double perVoxel(Volume first, SinteringModel model) {
        VoxelSize v = first.size();
        boolean flat = first.depth() == 1;
        double thinnest = Math.min(v.x(), Math.min(v.y(), flat ? v.x() : v.z()));
        boolean given = v.isCalibrated() && model.gridNm().isNumber();
        double spacing = given ? model.gridNm().number() * v.x() / v.xNm() : thinnest;
        return v.x() / spacing * (v.y() / spacing) * (flat ? 1 : v.z() / spacing);
    }

    @Override
    public Outputs run(Inputs in, Settings s, Progress progress) {
        SearchSpace space = s.space();
        Frames input = in.frames("input");
        Progress working =
                s.workers().isNumber() ? progress.withThreads((int) s.workers().number()) : progress;
        Path study = path("study", s.study());
        Path report = path("report", s.report());
        if (report != null) WriteSafely.requireEmptyPlace(report);
        Study loaded = LoadedTrials.isTable(study) ? LoadedTrials.read(study, space) : null;
        Map<String, String> facts = known(in, s);
        if (study != null && loaded == null) Study.requireUsable(study, space, facts);
        Volume first = input.first();
        double metres = first.size().xNm() / first.size().x() * 1e-9;
        int[] size = {first.width(), first.height(), first.depth()};
        double[] voxel = {
            first.size().x() * metres, first.size().y() * metres, first.size().z() * metres
        };
        Observation plain = Observation.of(input, weights(in, input.count()), null, working);
        SinteringRuns runs = new SinteringRuns(in, s, size, voxel, plain, working);
        AssimilationStart start = runs.start();
        runs.requirePossible(space);
        PhaseFieldModel fine = runs.fine();
        float[][] density = fine.start(working);
        Observation weighted = weighted(in, plain, density, s, working);
        Registration placed = s.register() ? Registration.of(weighted, working) : null;
        Observation seen = placed == null ? weighted : placed.seen();
        facts.put("input", seen.fingerprint());
        facts.put("start", start.fingerprint());
        VoxelSize side = in.volume("input").size();
        facts.put("voxel", side.x() + " x " + side.y() + " x " + side.z() + " " + side.unit());
        facts.put("grid", words(runs.grid()));
        if (runs.crystals() != null) facts.put("crystals", runs.crystals().fingerprint());
        PhaseFieldModel coarse = loaded == null && s.multiFidelity() ? runs.coarse(space) : null;
        facts.put("multi_fidelity", Boolean.toString(coarse != null));
        if (space.keys().contains(SinteringModel.WIDTH)) {
            facts.put(
                    SinteringModel.WIDTH,
                    Double.toString(s.model().interfacePx())); // the start and diffusivities hold for it
        }
        int trials = loaded == null ? s.trials() : loaded.results().size();
        Answer answer;
        try (Study kept = loaded != null ? loaded : open(study, space, facts, s.trials())) {
            Plan plan = new Plan(
                    seen, space, fine, coarse, density, runs.drawn(), s.sampler(), trials, s.prune(), s.seed());
            answer = Assimilation.run(plan, kept, working);
        }
        List<String> said = placed == null ? List.of(start.words()) : List.of(start.words(), placed.words());
        return outputs(answer, space, seen, in, said, s, report);
    }

    private static Path path(String key, String text) {
        try {
            return text.isBlank() ? null : Path.of(text.trim());
        } catch (InvalidPathException e) {
            throw new InvalidInput("'" + key + "' is '" + text + "', which is no path.", e);
        }
    }

    private static Study open(Path path, SearchSpace space, Map<String, String> facts, int trials) {
        if (path == null) return Study.inMemory(space);
        return Study.open(path, space, facts, Map.of(Assimilation.TRIALS_AT_FIRST, Integer.toString(trials)));
    }

    private static String words(Grid grid) {
        return grid.nx() + " x " + grid.ny() + " x " + grid.nz() + " of " + grid.spacing() * 1e9 + " nm";
    }

    /** What a study must have been made with, as far as that is known before anything is worked out. */
    private static Map<String, String> known(Inputs in, Settings s) {
        Map<String, String> facts = new LinkedHashMap<>();
        if (in.has("history"))
            facts.put("history", s.model().course(in.table("history")).fingerprint());
        ParameterSchema.of(s.model()).values(s.model()).forEach((key, value) -> {
            boolean apart =
                    key.equals("grid_nm") || s.model().quantities().containsKey(key); // the study has these itself
            if (!apart) facts.put(key, value);
        });
        return facts;
    }

    private static double[] weights(Inputs in, int frames) {
        double[] weights = new double[frames];
        java.util.Arrays.fill(weights, 1);
        if (!in.has("weights")) return weights;
        Table table = in.table("weights");
        double[] frame = table.numbers("frame");
        double[] weight = table.numbers("weight");
        for (int i = 0; i < frame.length; i++) {
            if (frame[i] != Math.rint(frame[i]) || !(frame[i] >= 1 && frame[i] <= frames)) {
                throw new InvalidInput(
                        "'weights' names frame " + frame[i] + ", but the input has frames 1 to " + frames + ".");
            }
            if (!(weight[i] >= 0) || Double.isInfinite(weight[i])) {
                throw new InvalidInput(
                        "'weights' gives frame " + frame[i] + " the weight " + weight[i] + ". Give 0 or more.");
            }
            weights[(int) frame[i] - 1] = weight[i];
        }
        return weights;
    }

    private static Observation weighted(
            Inputs in, Observation plain, float[][] density, Settings s, Progress progress) {
        float[][] weights = null;
        VoxelSize side = in.volume("input").size();
        if (s.wedgeDeg().isNumber()) {
            weights = MissingWedge.weights(
                    density,
                    plain.width(),
                    new double[] {side.x(), side.y(), side.z()},
                    s.wedgeDeg().number());
        }
        if (in.has("mask")) {
            sinterj.image.PhaseMask region = PhaseInput.region(in, "mask", progress);
            if (weights == null) weights = ones(density);
            for (int z = 0; z < weights.length; z++) {
                for (int i = 0; i < weights[z].length; i++) {
                    if (!region.get(i % plain.width(), i / plain.width(), z)) weights[z][i] = 0;
                }
            }
        }
        return plain.weighted(weights);
    }

    private static float[][] ones(float[][] like) {
        float[][] ones = new float[like.length][like[0].length];
        for (float[] plane : ones) java.util.Arrays.fill(plane, 1);
        return ones;
    }

    private static Outputs outputs(
            Answer answer, SearchSpace space, Observation seen, Inputs in, List<String> said, Settings s, Path report) {
        AssimilationResults results = new AssimilationResults(answer, space);
        Frames input = in.frames("input");
        Outputs made = Outputs.none()
                .with("simulation", results.simulation(input.first().size(), seen))
                .with("misfit", results.misfit(input.first().size(), seen))
                .with("estimates", results.estimates())
                .with("trials", results.trials())
                .with("frames", results.frames(seen.seconds()))
                .with("correlations", results.correlations())
                .with("remarks", results.remarks(said, seen.weights()))
                .with("cost", results.cost());
        if (answer.surface() != null) made = made.with("slices", results.slices());
        if (answer.posterior() != null) made = made.with("posterior", results.profiles());
        if (answer.surface() != null) made = made.with("importance", results.importance(s.seed()));
        if (answer.posterior() != null && space.dimensions() > 1) made = made.with("pairs", results.pairs());
        if (report != null) {
            AssimilationReport.write(report, made, seen, answer, in, s);
            made = made.with("report", report);
        }
        return answer.endedEarly() ? made.incomplete() : made;
    }
}
