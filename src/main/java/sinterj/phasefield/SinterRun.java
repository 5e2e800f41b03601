package sinterj.phasefield;

import java.util.function.Consumer;
import java.util.function.Supplier;
import sinterj.base.Progress;

/** One run of a simulation, from its start or from a point at which it was interrupted. */
public final class SinterRun {
    private static final long SHOWN_EVERY_NS = 300_000_000L;

    private final Store store;
    private final Course course;
    private final double[] seconds;
    private final Progress progress;
    private final InterfaceEnergies energies;
    private final Integrator integrator;
    private int next;
    private long nextShown;

    /**
     * A run from its start.
     *
     * @param seconds rising times of the frames; the first is the time of the start
     */
    public SinterRun(SinterState start, Course course, double[] seconds, Stepping stepping, Progress progress) {
        this(new RestartPoint(start, 0, 0), course, seconds, null, stepping, progress);
    }

    /** A run from a point on; it goes on with exactly the numbers it would have had without the interruption. */
    public SinterRun(RestartPoint from, Course course, double[] seconds, Stepping stepping, Progress progress) {
        this(from, course, seconds, null, stepping, progress);
    }

    /**
     * A run of crystals.
     *
     * @param crystals orientations and energies; null for grains without directions
     */
    public SinterRun(
            RestartPoint from,
            Course course,
            double[] seconds,
            Crystals crystals,
            Stepping stepping,
            Progress progress) {
        this.course = course;
        this.seconds = seconds.clone();
        this.progress = progress;
        for (int i = 1; i < seconds.length; i++) {
            if (!(seconds[i] > seconds[i - 1])) throw new IllegalArgumentException("times that do not rise");
        }
        store = new Store(from.state(), !stepping.euler());
        energies = crystals == null ? null : energies(crystals, from.state());
        integrator = new Integrator(store, energies, stepping, progress);
        integrator.step = from.step();
        next = from.nextFrame();
    }

    private InterfaceEnergies energies(Crystals crystals, SinterState state) {
        ConvexEnergy convex = new ConvexEnergy(crystals.energy());
        crystals.require(state, course.at(seconds[0]), convex);
        return new InterfaceEnergies(store, crystals, convex);
    }

    /**
     * Where a run may be taken up again.
     *
     * @param state the state after the last frame
     * @param nextFrame number of the next frame
     * @param step length of the step to be tried next, in seconds
     */
    public record RestartPoint(SinterState state, int nextFrame, double step) {}

    /**
     * Runs to the last frame.
     *
     * @param sink takes the frames
     * @param points is offered, after each frame, the point from which the run can be taken up; asking for it copies
     *     the state
     * @return whether the last frame was reached
     */
    public boolean to(Sintering.Sink sink, Consumer<Supplier<RestartPoint>> points) {
        double end = seconds[seconds.length - 1];
        double length = Math.max(1e-300, end - seconds[0]);
        for (; next < seconds.length; next++) {
            long before = integrator.evaluations;
            if (next > 0) {
                boolean there = integrator.advance(seconds[next - 1], seconds[next], course, now -> {
                    progress.report((now - seconds[0]) / length, "Sintering");
                    show();
                    return !progress.finishEarly();
                });
                if (!there) return false;
            }
            Material material = course.at(seconds[next]);
            integrator.measureEnergies(material);
            FreeEnergy energy = new FreeEnergy(store, Coefficients.of(material, store.grid), energies);
            FrameMaker maker = new FrameMaker(store, progress);
            Frame frame = maker.make(next, seconds[next], energy, integrator.evaluations - before);
            boolean goOn = sink.take(frame);
            int following = next + 1;
            points.accept(() -> new RestartPoint(store.state(), following, integrator.step));
            if (!goOn && next + 1 < seconds.length) return false;
        }
        progress.report(1, "Sintered");
        return true;
    }

    private void show() {
        if (!progress.isShown() || System.nanoTime() < nextShown) return;
        nextShown = System.nanoTime() + SHOWN_EVERY_NS;
        Grid grid = store.grid;
        float[] plane = new float[grid.nx() * grid.ny()];
        store.copyInner(store.density[Store.STATE][grid.nz() / 2], plane);
        progress.show("Density, central plane", grid.nx(), grid.ny(), plane);
    }
}
