package sinterj.phasefield;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import sinterj.base.InvalidInput;

/** Heaps of equal spheres that touch, in the middle of a box. */
public final class Packing {
    /** Centres of touching spheres lie this many radii apart, so that their diffuse surfaces meet. */
    private static final double APART = 1.9;

    private static final int TRIALS = 400;

    private Packing() {}

    /**
     * A random heap: each sphere is laid against one that is there already, at a random place, as near to the middle as
     * a number of trials finds.
     *
     * @param count number of spheres
     * @param radius in metres
     * @param box sides of the box in metres; two-dimensional where the last is 0
     * @param seed same seed, same heap
     * @throws InvalidInput if they do not fit. Cost: O(count squared)
     */
    public static List<Sphere> random(int count, double radius, double[] box, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<double[]> centres = new ArrayList<>(List.of(new double[3]));
        while (centres.size() < count) {
            double[] best = null;
            for (int i = 0; i < TRIALS; i++) {
                double[] from = centres.get(random.nextInt(centres.size()));
                double[] at = beside(from, APART * radius, box[2] == 0, random);
                if (nearest(centres, at) < 0.999 * APART * radius) continue;
                if (best == null || norm(at) < norm(best)) best = at;
            }
            if (best != null) centres.add(best);
        }
        return inside(centres, radius, box, false);
    }

    /**
     * The part of a hexagonal close packing that is nearest to the middle of the box.
     *
     * @param count number of spheres; as many as fit if that is fewer
     * @param radius in metres
     * @param box sides of the box in metres; two-dimensional where the last is 0
     */
    public static List<Sphere> hexagonal(int count, double radius, double[] box) {
        double a = APART * radius;
        double up = a * Math.sqrt(2.0 / 3);
        double along = a * Math.sqrt(0.75);
        int[] reach = new int[3];
        for (int axis = 0; axis < 3; axis++) reach[axis] = (int) Math.ceil(box[axis] / Math.min(up, along)) + 1;
        List<double[]> centres = new ArrayList<>();
        for (int k = box[2] == 0 ? 0 : -reach[2]; k <= (box[2] == 0 ? 0 : reach[2]); k++) {
            for (int j = -reach[1]; j <= reach[1]; j++) {
                for (int i = -reach[0]; i <= reach[0]; i++) {
                    double shift = Math.floorMod(k, 2);
                    double x = a * (i + 0.5 * Math.floorMod(j, 2) + 0.5 * shift);
                    double y = along * j + shift * along / 3;
                    centres.add(new double[] {x, y, up * k});
                }
            }
        }
        List<Sphere> fit = inside(centres, radius, box, true);
        return renumbered(fit.subList(0, Math.min(count, fit.size())));
    }

    private static double[] beside(double[] from, double distance, boolean flat, SplittableRandom random) {
        double height = flat ? 0 : 2 * random.nextDouble() - 1;
        double angle = 2 * Math.PI * random.nextDouble();
        double across = distance * Math.sqrt(1 - height * height);
        return new double[] {
            from[0] + across * StrictMath.cos(angle),
            from[1] + across * StrictMath.sin(angle),
            from[2] + distance * height
        };
    }

    private static double nearest(List<double[]> centres, double[] at) {
        double least = Double.POSITIVE_INFINITY;
        for (double[] c : centres) {
            double dx = c[0] - at[0];
            double dy = c[1] - at[1];
            double dz = c[2] - at[2];
            least = Math.min(least, dx * dx + dy * dy + dz * dz);
        }
        return Math.sqrt(least);
    }

    private static double norm(double[] at) {
        return at[0] * at[0] + at[1] * at[1] + at[2] * at[2];
    }

    /** The spheres that lie in the box with all of their volume, those nearest to its middle first. */
    private static List<Sphere> inside(List<double[]> centres, double radius, double[] box, boolean leaveOut) {
        List<double[]> sorted = new ArrayList<>(centres);
        if (leaveOut) sorted.sort(Comparator.comparingDouble(Packing::norm));
        List<Sphere> spheres = new ArrayList<>();
        for (double[] c : sorted) {
            boolean fits = true;
            for (int axis = 0; axis < 3; axis++) {
                fits &= box[axis] == 0 || Math.abs(c[axis]) + radius <= 0.5 * box[axis];
            }
            if (fits) {
                double[] at = {c[0] + 0.5 * box[0], c[1] + 0.5 * box[1], c[2] + 0.5 * box[2]};
                spheres.add(new Sphere(spheres.size() + 1, at[0], at[1], at[2], radius));
            } else if (!leaveOut) {
                throw new InvalidInput(centres.size() + " particles with a radius of " + radius * 1e9
                        + " nm do not fit into the box. Give a larger 'size_nm', or fewer or smaller particles.");
            }
        }
        if (spheres.isEmpty()) {
            throw new InvalidInput("No particle with a radius of " + radius * 1e9
                    + " nm fits into the box. Give a larger 'size_nm' or a smaller 'radius_nm'.");
        }
        return spheres;
    }

    private static List<Sphere> renumbered(List<Sphere> spheres) {
        List<Sphere> all = new ArrayList<>();
        for (Sphere s : spheres) all.add(new Sphere(all.size() + 1, s.x(), s.y(), s.z(), s.radius()));
        return all;
    }
}
