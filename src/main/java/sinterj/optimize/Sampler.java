package sinterj.optimize;

/** Chooses what to try next. It keeps nothing: the same history, seed and sampler give the same point. */
@FunctionalInterface
public interface Sampler {
    /**
     * @param history what was tried and what is being tried
     * @param dimensions number of free parameters
     * @param seed of the whole study
     * @return a point of the cube with sides of 1
     */
    double[] next(History history, int dimensions, long seed);
}
