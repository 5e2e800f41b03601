package sinterj.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sinterj.image.Plot;
import sinterj.image.Table;
import sinterj.phasefield.Frame;
import sinterj.phasefield.Grid;

/** Tables and plots of a simulation of sintering; lengths in nm. */
final class SinteringTables {
    private final List<Frame> frames;
    private final SinteringCourse course;
    private final double nm;
    private final boolean flat;

    SinteringTables(List<Frame> frames, SinteringCourse course) {
        this.frames = frames;
        this.course = course;
        Grid grid = frames.get(0).grid();
        nm = grid.spacing() * 1e9;
        flat = grid.nz() == 1;
    }

    /** @param agreement by frame the share of voxels that differ from the observation and the overlap; null without */
    Table summary(List<double[]> agreement) {
        List<String> heads = new ArrayList<>(List.of(
                "frame",
                "time (s)",
                "temperature (K)",
                "energy (J)",
                "mass (nm3)",
                "mass_change",
                "relative_density",
                "grains",
                "contacts",
                "coordination",
                "mean_neck (nm)",
                "mean_centre_distance (nm)",
                "wall_contact",
                "evaluations"));
        if (agreement != null) heads.addAll(List.of("misfit", "jaccard"));
        Table table = new Table(heads);
        for (int t = 0; t < frames.size(); t++) {
            Frame f = frames.get(t);
            List<Object> cells = new ArrayList<>(List.of(
                    t + 1,
                    f.seconds(),
                    course.temperature(f.seconds()),
                    f.energy(),
                    f.mass() * nm * nm * nm,
                    f.mass() / frames.get(0).mass() - 1,
                    relativeDensity(f),
                    f.grains().size(),
                    f.contacts().size(),
                    f.grains().isEmpty()
                            ? 0
                            : 2.0 * f.contacts().size() / f.grains().size(),
                    meanNeck(f),
                    meanDistance(f),
                    wallContact(f),
                    f.evaluations()));
            if (agreement != null)
                cells.addAll(List.of(agreement.get(t)[0], agreement.get(t)[1]));
            table.add(cells.toArray());
        }
        return table;
    }

    private double meanNeck(Frame f) {
        return f.contacts().stream()
                .mapToDouble(n -> n.radius(flat) * nm)
                .average()
                .orElse(0);
    }

    private double meanDistance(Frame f) {
        return f.contacts().stream()
                .mapToDouble(n -> n.distance() * nm)
                .average()
                .orElse(0);
    }

    /** The share of the smallest box around the solid that is solid. */
    private static double relativeDensity(Frame f) {
        int nx = f.grid().nx();
        int[] low = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
        int[] high = {-1, -1, -1};
        long solid = 0;
        for (int z = 0; z < f.density().length; z++) {
            for (int i = 0; i < f.density()[z].length; i++) {
                if (f.density()[z][i] <= 0.5f) continue;
                solid++;
                int[] at = {i % nx, i / nx, z};
                for (int axis = 0; axis < 3; axis++) {
                    low[axis] = Math.min(low[axis], at[axis]);
                    high[axis] = Math.max(high[axis], at[axis]);
                }
            }
        }
        if (solid == 0) return 0;
        double box = 1;
        for (int axis = 0; axis < 3; axis++) box *= high[axis] - low[axis] + 1;
        return solid / box;
    }

    /** The share of the walls at which there is solid. */
    private double wallContact(Frame f) {
        Grid g = f.grid();
        long solid = 0;
        long all = 0;
        for (int z = 0; z < g.nz(); z++) {
            for (int i = 0; i < f.density()[z].length; i++) {
                int x = i % g.nx();
                int y = i / g.nx();
                boolean wall = !g.periodicX() && (x == 0 || x == g.nx() - 1)
                        || !g.periodicY() && (y == 0 || y == g.ny() - 1)
                        || !flat && !g.periodicZ() && (z == 0 || z == g.nz() - 1);
                if (!wall) continue;
                all++;
                if (f.density()[z][i] > 0.5f) solid++;
            }
        }
        return all == 0 ? 0 : (double) solid / all;
    }

    Table contacts() {
        Table table = new Table(
                "frame", "time (s)", "grain_a", "grain_b", "neck_radius (nm)", "area (nm2)", "centre_distance (nm)");
        for (int t = 0; t < frames.size(); t++) {
            for (Frame.Neck n : frames.get(t).contacts()) {
                double area = n.area() * nm * nm;
                double seconds = frames.get(t).seconds();
                table.add(t + 1, seconds, n.one(), n.two(), n.radius(flat) * nm, area, n.distance() * nm);
            }
        }
        return table;
    }

    Table sizes() {
        Table table = new Table(
                "frame",
                "time (s)",
                "grain",
                "volume (nm3)",
                "equivalent_radius (nm)",
                "x (nm)",
                "y (nm)",
                "z (nm)",
                "neighbours");
        for (int t = 0; t < frames.size(); t++) {
            Frame f = frames.get(t);
            Map<Integer, Integer> neighbours = new HashMap<>();
            for (Frame.Neck n : f.contacts()) {
                neighbours.merge(n.one(), 1, Integer::sum);
                neighbours.merge(n.two(), 1, Integer::sum);
            }
            for (Frame.GrainSize g : f.grains()) {
                double radius = flat ? Math.sqrt(g.volume() / Math.PI) : Math.cbrt(0.75 * g.volume() / Math.PI);
                table.add(
                        t + 1,
                        f.seconds(),
                        g.id(),
                        g.volume() * nm * nm * nm,
                        radius * nm,
                        (g.x() + 0.5) * nm,
                        (g.y() + 0.5) * nm,
                        (g.z() + 0.5) * nm,
                        neighbours.getOrDefault(g.id(), 0));
            }
        }
        return table;
    }

    Plot energy() {
        return plot("Free energy", "energy (J)", f -> f.energy());
    }

    Plot necks() {
        return plot("Neck growth", "mean neck radius (nm)", this::meanNeck);
    }

    Plot densification() {
        return plot("Densification", "relative density", SinteringTables::relativeDensity);
    }

    private Plot plot(String title, String label, java.util.function.ToDoubleFunction<Frame> value) {
        double[] x = frames.stream().mapToDouble(Frame::seconds).toArray();
        double[] y = frames.stream().mapToDouble(value).toArray();
        return new Plot(title, "time (s)", label, List.of(new Plot.Curve("simulation", x, y)), false);
    }
}
