package sinterj.optimize;

import java.util.Arrays;
import java.util.List;

/**
 * What a sampler knows when it is asked for a point: it depends on nothing else, so that a study can be taken up again,
 * and shared by several programs.
 *
 * @param finished trials in the order in which they ended
 * @param pending points that are being tried out, in the order of asking
 */
public record History(List<Trial> finished, List<double[]> pending) {
    public History {
        finished = List.copyOf(finished);
        pending = List.copyOf(pending);
    }

    /** How many points were asked for. */
    public int asked() {
        return finished.size() + pending.size();
    }

    /** The cost of every finished trial; one that failed counts as the worst of the others. */
    double[] costs() {
        double worst = finished.stream()
                .filter(t -> t.outcome() != Trial.Outcome.FAILED)
                .mapToDouble(Trial::cost)
                .max()
                .orElse(0);
        return finished.stream()
                .mapToDouble(t -> t.outcome() == Trial.Outcome.FAILED ? worst : t.cost())
                .toArray();
    }

    /** The finished trials' places. */
    double[][] places() {
        return finished.stream().map(Trial::at).toArray(double[][]::new);
    }

    /** Numbers of the finished trials from the cheapest on; equals in their order. */
    static int[] byCost(double[] costs) {
        Integer[] order = new Integer[costs.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(costs[a], costs[b]));
        return Arrays.stream(order).mapToInt(i -> i).toArray();
    }

    /** The best trial that went to its end; null if there is none. */
    public Trial best() {
        Trial best = null;
        for (Trial trial : finished) {
            if (trial.outcome() == Trial.Outcome.COMPLETE && (best == null || trial.cost() < best.cost())) best = trial;
        }
        return best;
    }
}
