package sinterj.assimilate;

import java.util.ArrayList;
import java.util.List;
import sinterj.optimize.History;
import sinterj.optimize.Sampler;
import sinterj.optimize.Trial;

/**
 * First trials on a coarse grid, then the best of them again on the fine one, then new ones there. A coarse grid ranks
 * parameters much alike, for a fraction of the time, but its costs lie at another height: they are moved by the mean
 * difference of the trials that were made on both.
 *
 * @param search chooses new points
 * @param coarse number of coarse trials; 0 for none
 * @param repeated how many of them are made again
 */
record TwoGrids(Sampler search, int coarse, int repeated) implements Sampler {
    /** Shares of all trials that are coarse, and that repeat coarse ones. */
    private static final double COARSE = 0.6;

    private static final double REPEATED = 0.1;

    static TwoGrids of(Sampler search, int trials, boolean both) {
        int coarse = both ? (int) Math.round(COARSE * trials) : 0;
        int repeated = both ? Math.max(1, (int) Math.round(REPEATED * trials)) : 0;
        return new TwoGrids(search, coarse, Math.min(repeated, coarse));
    }

    boolean isCoarse(int number) {
        return number < coarse;
    }

    @Override
    public double[] next(History history, int dimensions, long seed) {
        int number = history.asked();
        if (number < coarse || coarse == 0) return search.next(history, dimensions, seed);
        List<Trial> best = history.finished().stream()
                .filter(t -> isCoarse(t.number()) && t.outcome() == Trial.Outcome.COMPLETE)
                .sorted((a, b) -> Double.compare(a.cost(), b.cost()))
                .toList();
        if (number - coarse < Math.min(repeated, best.size())) {
            return best.get(number - coarse).at();
        }
        return search.next(level(history), dimensions, seed);
    }

    /** The history with the costs of coarse trials at the height of the fine ones, and no place twice. */
    private History level(History history) {
        double sum = 0;
        int count = 0;
        List<Trial> repeats = new ArrayList<>();
        for (Trial fine : history.finished()) {
            if (isCoarse(fine.number()) || fine.outcome() != Trial.Outcome.COMPLETE) continue;
            Trial same = coarseAt(history, fine.at());
            if (same == null) continue;
            repeats.add(same);
            sum += fine.cost() - same.cost();
            count++;
        }
        double offset = count == 0 ? 0 : sum / count;
        List<Trial> moved = history.finished().stream()
                .filter(t -> !repeats.contains(t))
                .map(t -> isCoarse(t.number()) ? new Trial(t.number(), t.at(), t.cost() + offset, t.outcome()) : t)
                .toList();
        return new History(moved, history.pending());
    }

    private Trial coarseAt(History history, double[] at) {
        for (Trial t : history.finished()) {
            if (isCoarse(t.number()) && java.util.Arrays.equals(t.at(), at)) return t;
        }
        return null;
    }
}
