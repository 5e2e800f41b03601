package sinterj.phasefield;

import java.util.Arrays;
import java.util.Locale;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * Carries a state through time with steps of the Runge-Kutta-Legendre method of second order (Meyer, Balsara and Aslam
 * 2014, doi:10.1016/j.jcp.2013.08.021), as long as its estimated error allows, and with as many stages as such a step
 * needs to be stable; or with steps of Euler's.
 *
 * <p>The estimated error of a step is held below a fraction of that step's own change, so that the error of a whole run
 * is about that fraction of what happened in it, however slow the last part.
 */
final class Integrator {
    /** No run of more steps ever ended. */
    private static final double MOST_STEPS = 1e9;

    private static final int MOST_STAGES = 60;

    /** The same where surfaces have directions, which are found from small differences. */
    private static final double ROUNDING_OF_DIRECTIONS = 1e-6;

    /** Evaluations between two looks at whether boxes still fit; an interface moves less than a voxel in between. */
    private static final int BETWEEN_FITS = 20;

    /** An error of this much in every voxel is rounding, not method. */
    private static final double ROUNDING = 2e-7;

    private final Store store;
    private final InterfaceEnergies energies;
    private final Rates rates;
    private final Progress progress;
    private final Stepping stepping;

    private Material material;
    private Coefficients c;
    private double mobility;
    private double limit;
    private boolean hasRate;
    private int sinceFit;
    private int rejectedInRow;

    /** Step length to try next, in seconds; 0 before the first. */
    double step;

    /** How often the rates were worked out so far, over the whole grid. */
    long evaluations;

    Integrator(Store store, InterfaceEnergies energies, Stepping stepping, Progress progress) {
        this.energies = energies;
        this.store = store;
        this.stepping = stepping;
        this.progress = progress;
        BoxFit.fit(store, true, progress);
        store.fitRows(true, progress);
        rates = new Rates(store, energies, progress);
    }

    /** What is done, and asked, between steps: true to go on. */
    interface Between {
        boolean steps(double seconds);
    }

    /**
     * Goes from one time to another, and lands on it.
     *
     * @return whether it got there; not if {@code between} said to stop
     */
    boolean advance(double from, double to, Course course, Between between) {
        // Whatever is left over from before depends on where the last frame was: a run that is resumed has it not.
        fit(true);
        hasRate = false;
        double now = from;
        while (now < to) {
            progress.check();
            if (evaluations > stepping.mostEvaluations()) throw tooSlow(now);
            use(course.at(now + 0.5 * Math.min(step, to - now)));
            double done = stepping.euler() ? eulerStep(to - now) : adaptiveStep(to - now);
            now = done >= to - now ? to : now + done;
            if (sinceFit >= BETWEEN_FITS) fit(false);
            if (!between.steps(now)) return now >= to;
        }
        return true;
    }

    /** Works out the coefficients by voxel for the state, as a look at its energy needs them. */
    void measureEnergies(Material now) {
        if (energies != null) energies.measure(Store.STATE, now, progress);
    }

    private void use(Material next) {
        if (next.equals(material)) return;
        material = next;
        c = Coefficients.of(next, store.grid);
        hasRate = false;
    }

    private void fit(boolean fresh) {
        sinceFit = 0;
        boolean boxes = BoxFit.fit(store, fresh, progress);
        if (store.fitRows(fresh, progress) || boxes) {
            rates.boxesChanged();
            hasRate = false;
        } else {
            rates.findContacts();
        }
    }

    private double rates(int vector, Update update, boolean measure) {
        evaluations++;
        sinceFit++;
        return rates.run(vector, material, c, update, measure);
    }

    /** Euler's longest stable step, after rates were worked out. */
    private void findLimit() {
        double stiffest = c.stiffest(mobility, store.grid.dimensions());
        if (energies != null) stiffest *= energies.stiffness(material);
        if (material.motion().acts()) stiffest += rates.motionStiffness(c);
        limit = 2 / Math.max(stiffest, 1e-300);
        if (!(limit > 0)) throw collapsed();
    }

    private double eulerStep(double left) {
        if (limit == 0) {
            mobility = rates(Store.STATE, Update.keep(), true);
            findLimit();
        }
        double longest = stepping.seconds() > 0 ? stepping.seconds() : 0.8 * limit;
        if (longest > limit) throw tooLong(longest);
        double dt = left / Math.ceil(left / longest - 1e-9);
        mobility = rates(Store.STATE, Update.euler((float) dt), true);
        store.swap(Store.STATE, Store.TRIAL);
        findLimit();
        return dt;
    }

    private InvalidInput tooLong(double longest) {
        return new InvalidInput(String.format(
                Locale.ROOT,
                "The time step of %.3g s is unstable here. Give at most %.3g s, or let the program choose.",
                longest,
                limit));
    }

    private double adaptiveStep(double left) {
        if (!hasRate) {
            mobility = rates(Store.STATE, Update.keep(), true);
            findLimit();
            hasRate = true;
        }
        if (step == 0) step = limit;
        int most = Math.min(MOST_STAGES, Math.max(5, stepping.mostStages()));
        while (true) {
            progress.check();
            double stable = limit * (most * (most + 1.0) - 2) / 4.4;
            if (left > MOST_STEPS * stable) throw endless(stable, left);
            double longest = Math.min(step, stable);
            double dt = left / Math.ceil(left / longest - 1e-9);
            double error = attempt(dt);
            double factor = error > 0 ? 0.85 * Math.cbrt(1 / error) : 3;
            factor = Double.isNaN(error) ? 0.2 : Math.max(0.2, Math.min(3, factor));
            if (error <= 1) {
                // A step cut short to land on a frame says little about a long one.
                step = Math.max(dt < 0.7 * longest ? step : 0, dt * factor);
                rejectedInRow = 0;
                return dt;
            }
            step = dt * Math.min(0.7, factor);
            if (++rejectedInRow > 3) limit *= 0.7; // stiffer than was thought
            if (rejectedInRow > 40 || step < 1e-4 * limit) throw collapsed();
        }
    }

    private InvalidInput endless(double longest, double left) {
        return new InvalidInput(String.format(
                Locale.ROOT,
                "Steps can be %.3g s at most with these diffusivities, mobilities and temperatures: %.3g s would take more"
                        + " than a billion of them. Check the units: m2/s and K.",
                longest,
                left));
    }

    private InvalidInput tooSlow(double now) {
        return new InvalidInput(String.format(
                Locale.ROOT,
                "After %d evaluations the time is %.3g s only. Use a weaker 'k_stiffness' or 'm_translation'.",
                evaluations,
                now));
    }

    private InvalidInput collapsed() {
        return new InvalidInput(String.format(
                Locale.ROOT,
                "The time step fell to %.3g s without reaching the wanted accuracy. Use a weaker 'k_stiffness' or"
                        + " 'm_translation', or a wider interface.",
                step));
    }

    /**
     * Tries a step and keeps it if it is exact enough.
     *
     * @return its estimated error over what is allowed; NaN if numbers ran away
     */
    private double attempt(double dt) {
        int stages = StageFactors.stagesFor(1.1 * dt / limit);
        int previous = Store.CHANGE;
        int older = Store.OLDER;
        int in = Store.TRIAL;
        int out = Store.OTHER_TRIAL;
        first(StageFactors.of(1, stages, dt).start());
        for (int j = 2; j <= stages; j++) {
            rates(in, Update.stage(StageFactors.of(j, stages, dt), previous, older, out), false);
            int swap = previous;
            previous = older;
            older = swap;
            swap = in;
            in = out;
            out = swap;
        }
        double top = rates(in, Update.check(previous, older, (float) dt), true);
        double error = error();
        if (!(error <= 1)) return error;
        commit(previous);
        store.swap(Store.FIRST_RATE, older);
        mobility = top;
        findLimit();
        return error;
    }

    private double error() {
        double[] sum = new double[2];
        store.sums.addTo(sum);
        for (GrainBox box : store.boxes) box.sums.addTo(sum);
        double floor = (energies == null ? ROUNDING : ROUNDING_OF_DIRECTIONS) * Math.sqrt(store.grid.count());
        return Math.sqrt(sum[0]) / (stepping.tolerance() * Math.sqrt(sum[1]) + floor);
    }

    /** The first stage: the change is a multiple of the rate. */
    private void first(float seconds) {
        Parallel.forEach(progress, store.grid.nz(), z -> {
            eachRun(z, (from, to) -> first(store.density, z, from, to, seconds));
            store.ring(store.density[Store.TRIAL][z]);
        });
        Parallel.forEach(progress, store.boxes.length, b -> {
            GrainBox box = store.boxes[b];
            for (int z = 0; z < box.size[2]; z++) {
                first(box.values, z, 0, box.planes[z].length, seconds);
                box.ring(Store.TRIAL, z, store.grid);
            }
        });
    }

    private static void first(float[][][] v, int z, int from, int to, float seconds) {
        float[] change = v[Store.CHANGE][z];
        Kernels.scale(from, to, v[Store.FIRST_RATE][z], seconds, change);
        Arrays.fill(v[Store.OLDER][z], from, to, 0);
        Kernels.sum(from, to, v[Store.STATE][z], change, v[Store.TRIAL][z]);
    }

    private interface Run {
        void elements(int from, int to);
    }

    private void eachRun(int z, Run run) {
        int[] runs = store.rows().runs[z];
        int sx = store.grid.stride();
        for (int i = 0; i < runs.length; i += 2) run.elements(runs[i] * sx, runs[i + 1] * sx);
    }

    private void commit(int change) {
        Parallel.forEach(progress, store.grid.nz(), z -> {
            float[] rho = store.density[Store.STATE][z];
            float[] by = store.density[change][z];
            eachRun(z, (from, to) -> Kernels.stepExactly(from, to, rho, by, store.lost[z], rho, 1));
            store.ring(rho);
        });
        Parallel.forEach(progress, store.boxes.length, b -> {
            GrainBox box = store.boxes[b];
            for (int z = 0; z < box.size[2]; z++) {
                float[] e = box.values[Store.STATE][z];
                Kernels.sum(0, box.planes[z].length, e, box.values[change][z], e);
                box.ring(Store.STATE, z, store.grid);
            }
        });
    }
}
