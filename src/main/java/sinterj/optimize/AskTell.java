package sinterj.optimize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A search in memory: ask for a point, try it out, tell what it cost; several points may be out at a time. For one that
 * survives the program see {@link Study}. Not safe for several threads.
 */
public final class AskTell {
    private final Sampler sampler;
    private final SearchSpace space;
    private final long seed;
    private final List<Trial> finished = new ArrayList<>();
    private final Map<Integer, double[]> pending = new LinkedHashMap<>();
    private int asked;

    /** @param seed same seed, same points */
    public AskTell(SearchSpace space, Sampler sampler, long seed) {
        this.space = space;
        this.sampler = sampler;
        this.seed = seed;
    }

    /** A point that was asked for: its number, and its place in the cube. */
    public record Question(int number, double[] at) {}

    /** The next point. */
    public Question ask() {
        double[] at = sampler.next(history(), space.dimensions(), seed);
        pending.put(asked, at);
        return new Question(asked++, at);
    }

    /** The cost of a point; NaN if it has none. */
    public void tell(int number, double cost) {
        boolean failed = !Double.isFinite(cost);
        tell(number, failed ? Double.NaN : cost, failed ? Trial.Outcome.FAILED : Trial.Outcome.COMPLETE);
    }

    /** The cost of a point and how it ended. */
    public void tell(int number, double cost, Trial.Outcome outcome) {
        double[] at = pending.remove(number);
        if (at == null) throw new IllegalArgumentException("nobody waits for trial " + number);
        finished.add(new Trial(number, at, cost, outcome));
    }

    /** All that is known so far. */
    public History history() {
        return new History(finished, List.copyOf(pending.values()));
    }

    /** What is varied. */
    public SearchSpace space() {
        return space;
    }
}
