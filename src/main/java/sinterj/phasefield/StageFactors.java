package sinterj.phasefield;

/**
 * Factors of a stage of the Runge-Kutta-Legendre method of second order. With s stages it is stable for steps up to
 * {@code (s^2 + s - 2) / 4} of Euler's. Meyer, Balsara and Aslam 2014, doi:10.1016/j.jcp.2013.08.021; written here for
 * the change since the start of the step, so that rounding touches the small change only.
 *
 * @param mu factor of the previous stage's change
 * @param nu factor of the change before
 * @param now factor of the rate at the previous stage, in seconds
 * @param start factor of the rate at the start of the step, in seconds
 */
record StageFactors(float mu, float nu, float now, float start) {
    /** The stage j of s, from 1 on, of a step of dt seconds. */
    static StageFactors of(int j, int s, double dt) {
        double w = 4.0 / ((double) s * s + s - 2);
        if (j == 1) return new StageFactors(0, 0, 0, (float) (b(1) * w * dt));
        double mu = (2.0 * j - 1) / j * b(j) / b(j - 1);
        double nu = -(j - 1.0) / j * b(j) / b(j - 2);
        double now = mu * w * dt;
        double start = -(1 - b(j - 1)) * now;
        return new StageFactors((float) mu, (float) nu, (float) now, (float) start);
    }

    private static double b(int j) {
        return j < 2 ? 1.0 / 3 : (j * (double) j + j - 2) / (2.0 * j * (j + 1));
    }

    /** Stages for a step so many times as long as Euler's longest; at least 2. */
    static int stagesFor(double ratio) {
        return Math.max(2, (int) Math.ceil((Math.sqrt(9 + 16 * ratio) - 1) / 2 - 1e-9));
    }
}
