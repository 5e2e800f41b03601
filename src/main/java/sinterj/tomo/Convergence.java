package sinterj.tomo;

import java.util.ArrayList;
import java.util.List;
import sinterj.image.Table;

/** How an iterative reconstruction came nearer to its goal: one step after the other. */
public final class Convergence {
    private final List<Step> steps = new ArrayList<>();

    /**
     * The volume after an iteration.
     *
     * @param iteration counted from 1
     * @param objective what is minimised: half the squared misfit, plus the penalty if there is one
     * @param residual misfit of the reprojections over the norm of the data
     * @param gap the most by which the objective can still be above its minimum, over the objective; NaN if not known
     * @param change norm of the iteration's change over the norm of the volume
     */
    public record Step(int iteration, double objective, double residual, double gap, double change) {}

    void add(double objective, double residual, double gap, double change) {
        steps.add(new Step(steps.size() + 1, objective, residual, gap, change));
    }

    /** Every iteration. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /** The last iteration. */
    public Step last() {
        return steps.get(steps.size() - 1);
    }

    /** Whether the last five changes, and the last change of the objective over its value, are small. */
    boolean settled(double change, double objective) {
        if (steps.size() < 6) return false;
        for (Step step : steps.subList(steps.size() - 5, steps.size())) if (!(step.change < change)) return false;
        double before = steps.get(steps.size() - 2).objective;
        return Math.abs(last().objective - before) <= objective * Math.abs(before);
    }

    /**
     * Columns iteration, objective, residual, gap, change, lambda.
     *
     * @param lambda weight of the penalty, the same in each row
     */
    public Table table(double lambda) {
        Table table = new Table("iteration", "objective", "residual", "gap", "change", "lambda");
        for (Step step : steps) table.add(step.iteration, step.objective, step.residual, step.gap, step.change, lambda);
        return table;
    }
}
