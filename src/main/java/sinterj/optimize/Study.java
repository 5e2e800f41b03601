package sinterj.optimize;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sinterj.base.InvalidInput;

/**
 * Trials that are kept, in a file if one is given, so that a search can go on after a kill and several threads and
 * programs can share it. A trial that was running when its program ended is handed out again; no trial counts twice.
 *
 * <p>Safe for several threads. The file is text, one JSON object a line: what the study is of, then a line when a trial
 * begins and one when it ends.
 */
public final class Study implements AutoCloseable {
    private final SearchSpace space;
    private final StudyFile file;
    private final Map<Integer, StudyLine.Begun> running = new LinkedHashMap<>();
    private final List<Trial> finished = new ArrayList<>();
    private final Map<Integer, TrialResult> results = new TreeMap<>();
    private Map<String, String> facts;
    private Map<String, String> firsts = Map.of();
    private int sessions;
    private int session;
    private int next;

    private Study(SearchSpace space, StudyFile file) {
        this.space = space;
        this.file = file;
    }

    /** A study that ends with the program. */
    public static Study inMemory(SearchSpace space) {
        return new Study(space, null);
    }

    /**
     * Opens a study, or begins one.
     *
     * @param path its file; another named {@code .lock} appears beside it
     * @param facts what else must be the same for trials to be comparable: data, other settings
     * @throws InvalidInput if the file is none of ours, damaged, or of another study, naming the difference
     */
    public static Study open(Path path, SearchSpace space, Map<String, String> facts) {
        return open(path, space, facts, Map.of());
    }

    /**
     * Opens a study, or begins one, with facts that stay as they were when it began.
     *
     * @param firsts what is noted only if the study begins now; {@link #first} tells what was noted
     */
    public static Study open(Path path, SearchSpace space, Map<String, String> facts, Map<String, String> firsts) {
        Map<String, String> all = allFacts(space, facts);
        Study study = new Study(space, StudyFile.open(path));
        study.firsts = Map.copyOf(firsts);
        try {
            study.file.inTurn(() -> study.join(all));
        } catch (RuntimeException | Error e) {
            study.file.close();
            throw e;
        }
        return study;
    }

    /**
     * Looks, before long work, whether a study can be opened or begun.
     *
     * @param path its file, which need not exist
     * @param known those of the facts that are known already
     * @throws InvalidInput as {@link #open} would throw it
     */
    public static void requireUsable(Path path, SearchSpace space, Map<String, String> known) {
        if (!Files.exists(path)) {
            StudyFile.requireFolder(path);
            return;
        }
        Study study = new Study(space, StudyFile.open(path));
        try {
            study.file.inTurn(() -> {
                study.refresh();
                if (study.facts != null) study.requireAmong(allFacts(space, known));
                return true;
            });
        } finally {
            study.file.close();
        }
    }

    private boolean join(Map<String, String> now) {
        refresh();
        if (facts == null) {
            Map<String, String> all = new LinkedHashMap<>(now);
            all.putAll(firsts);
            add(new StudyLine.Head(all));
        }
        requireFacts(now);
        session = sessions;
        file.live(session);
        add(new StudyLine.Session(session));
        return true;
    }

    /** A finished study from trials that were made elsewhere, in the order of the lists. */
    public static Study ofTrials(SearchSpace space, List<double[]> values, double[] costs) {
        Study study = inMemory(space);
        for (int i = 0; i < costs.length; i++) {
            double[] at = space.unit(values.get(i));
            for (int p = 0; p < at.length; p++) {
                // The ends themselves come back from text with a rounding error.
                boolean inside = at[p] >= -1e-9 && at[p] <= 1 + 1e-9;
                if (!inside) {
                    FreeParameter free = space.free().get(p);
                    throw new InvalidInput("Trial " + (i + 1) + " has " + free.key() + " = " + values.get(i)[p]
                            + ", outside the range from " + free.low() + " to " + free.high() + ". Widen the range.");
                }
                at[p] = Math.min(1, Math.max(0, at[p]));
            }
            study.apply(new StudyLine.Begun(i, 0, at));
            boolean failed = !Double.isFinite(costs[i]);
            study.apply(new StudyLine.Ended(
                    i,
                    failed
                            ? TrialResult.failed(0)
                            : new TrialResult(costs[i], Trial.Outcome.COMPLETE, new double[0], 0)));
        }
        return study;
    }

    private static Map<String, String> allFacts(SearchSpace space, Map<String, String> others) {
        Map<String, String> all = new LinkedHashMap<>();
        for (FreeParameter p : space.free()) {
            all.put(
                    "range of " + p.key(),
                    p.low() + " to " + p.high() + (p.scale() == FreeParameter.Scale.LOG ? ", logarithmic" : "")
                            + ", prior " + p.prior().mean() + " +- " + p.prior().sd());
        }
        List<String> alone = space.keys(); // what is varied by itself has its own value in each trial
        new TreeMap<>(space.held()).forEach((key, value) -> {
            if (!alone.contains(key)) all.put(key, Double.toString(value));
        });
        all.putAll(others);
        return all;
    }

    private void requireFacts(Map<String, String> now) {
        requireAmong(now);
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            if (!now.containsKey(fact.getKey()) && !firsts.containsKey(fact.getKey())) {
                throw file.refused("it was made with " + fact.getKey() + " = " + fact.getValue()
                        + ", which now is not there. Set it as it was, or use another file.");
            }
        }
    }

    /**
     * A whole number that was noted when the study began.
     *
     * @param fallback for a study that is not in a file
     * @throws InvalidInput if the file notes none
     */
    public int first(String key, int fallback) {
        if (file == null) return fallback;
        String noted = facts.get(key);
        if (noted == null || !noted.matches("[0-9]{1,7}")) {
            throw file.refused("it was made with " + key + " = " + noted + ", which is no number. Use another file.");
        }
        return Integer.parseInt(noted);
    }

    private void requireAmong(Map<String, String> now) {
        for (Map.Entry<String, String> fact : now.entrySet()) {
            String then = facts.get(fact.getKey());
            if (!fact.getValue().equals(then)) {
                String was = then == null ? "without '" + fact.getKey() + "'" : "with " + fact.getKey() + " = " + then;
                throw file.refused("it was made " + was + ", now it is " + fact.getValue()
                        + ". Set it as it was, or use another file.");
            }
        }
    }

    /** A trial that its owner is to run. */
    public record Claim(int number, double[] at) {}

    /** {@link #claim(Sampler, long, int, int)} of one trial after another. */
    public Optional<Claim> claim(Sampler sampler, long seed, int most) {
        return claim(sampler, seed, most, 1);
    }

    /**
     * The next trial to run: one whose program has ended, else a new one. Trials are chosen in batches: a trial's point
     * depends on the results of earlier batches, and on the mere points of its own, so that the trials of a batch may
     * run side by side and end in any order without an influence on what comes.
     *
     * @param seed of the study
     * @param most how many trials the study may have in all
     * @param batch trials of a batch
     * @return empty if there is none left to begin; others may still be running
     */
    public synchronized Optional<Claim> claim(Sampler sampler, long seed, int most, int batch) {
        if (file == null) return claimInTurn(sampler, seed, most, batch);
        return file.inTurn(() -> {
            refresh();
            return claimInTurn(sampler, seed, most, batch);
        });
    }

    private Optional<Claim> claimInTurn(Sampler sampler, long seed, int most, int batch) {
        StudyLine.Begun orphan = orphan();
        int number = orphan == null ? next : orphan.trial();
        if (number >= most) return Optional.empty();
        double[] at =
                orphan == null ? sampler.next(before(number - number % batch), space.dimensions(), seed) : orphan.at();
        add(new StudyLine.Begun(number, session, at));
        return Optional.of(new Claim(number, at));
    }

    /** What is known when a batch begins, with the points of the batch so far among the pending ones. */
    private History before(int start) {
        List<Trial> early = new ArrayList<>();
        TreeMap<Integer, double[]> pending = new TreeMap<>();
        for (Trial trial : finished) {
            if (trial.number() < start) early.add(trial);
            else pending.put(trial.number(), trial.at());
        }
        running.values().forEach(t -> pending.put(t.trial(), t.at()));
        early.sort(Comparator.comparingInt(Trial::number));
        return new History(early, List.copyOf(pending.values()));
    }

    private StudyLine.Begun orphan() {
        for (StudyLine.Begun trial : running.values()) {
            if (trial.session() != session && !file.lives(trial.session())) return trial;
        }
        return null;
    }

    /** Keeps the result of a trial; if somebody else was faster with it, theirs stays. */
    public synchronized void end(int number, TrialResult result) {
        if (file == null) {
            add(new StudyLine.Ended(number, result));
            return;
        }
        file.inTurn(() -> {
            refresh();
            if (!results.containsKey(number)) add(new StudyLine.Ended(number, result));
            return true;
        });
    }

    /** Reads what other programs have added, in turn only. */
    private void refresh() {
        for (StudyLine line : file.news()) {
            try {
                apply(line);
            } catch (IllegalArgumentException e) {
                throw file.refused("it is damaged, " + e.getMessage() + ". Use another file.");
            }
        }
    }

    private void add(StudyLine line) {
        if (file != null) file.add(line);
        apply(line);
    }

    private void apply(StudyLine line) {
        if (line instanceof StudyLine.Head head) {
            if (facts != null) throw new IllegalArgumentException("it begins twice");
            facts = head.facts();
        } else if (line instanceof StudyLine.Session joined) {
            sessions = Math.max(sessions, joined.number() + 1);
        } else if (line instanceof StudyLine.Begun begun) {
            begin(begun);
        } else if (line instanceof StudyLine.Ended ended) {
            end(ended);
        }
    }

    private void begin(StudyLine.Begun begun) {
        if (begun.at().length != space.dimensions()) {
            throw new IllegalArgumentException("trial " + begun.trial() + " has " + begun.at().length + " parameters");
        }
        if (begun.trial() > next) throw new IllegalArgumentException("trial " + next + " is missing");
        if (results.containsKey(begun.trial())) return;
        next = Math.max(next, begun.trial() + 1);
        // Its point was fixed when it first began.
        StudyLine.Begun first = running.get(begun.trial());
        double[] at = first == null ? begun.at() : first.at();
        running.put(begun.trial(), new StudyLine.Begun(begun.trial(), begun.session(), at));
    }

    private void end(StudyLine.Ended ended) {
        if (results.containsKey(ended.trial())) return;
        StudyLine.Begun begun = running.remove(ended.trial());
        if (begun == null) throw new IllegalArgumentException("trial " + ended.trial() + " ends but never began");
        TrialResult result = ended.result();
        results.put(ended.trial(), result);
        finished.add(new Trial(ended.trial(), begun.at(), result.cost(), result.outcome()));
    }

    private History historyNow() {
        return before(Integer.MAX_VALUE);
    }

    /** Everything that is known now, in the order of the trials, news of other programs included. */
    public synchronized History history() {
        if (file == null) return historyNow();
        return file.inTurn(() -> {
            refresh();
            return historyNow();
        });
    }

    /** How many trials programs that still live are running. */
    public synchronized int running() {
        history();
        return (int) running.values().stream()
                .filter(t -> t.session() == session || file != null && file.lives(t.session()))
                .count();
    }

    /** The results so far, by trial number. */
    public synchronized Map<Integer, TrialResult> results() {
        return new TreeMap<>(results);
    }

    /** What is varied. */
    public SearchSpace space() {
        return space;
    }

    @Override
    public void close() {
        if (file != null) file.close();
    }
}
