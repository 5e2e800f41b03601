package sinterj.assimilate;

import java.util.List;
import sinterj.optimize.Sampler;
import sinterj.optimize.SearchSpace;

/**
 * What to estimate, from what, and with which effort.
 *
 * @param seen the observation
 * @param space what is varied and held
 * @param fine the simulation
 * @param coarse the same on a coarser grid, for screening; null to do without
 * @param start density of the start on the observation's grid
 * @param otherStarts the simulation from starts drawn from what is uncertain about the start; empty if it is exact
 * @param search chooses the trials
 * @param trials how many, the finish not counted
 * @param prune whether to end trials that can no longer become the best
 * @param seed same seed, same result
 */
public record Plan(
        Observation seen,
        SearchSpace space,
        ForwardModel fine,
        ForwardModel coarse,
        float[][] start,
        List<ForwardModel> otherStarts,
        Sampler search,
        int trials,
        boolean prune,
        long seed) {}
