package sinterj.pore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.EdgeRule;
import sinterj.image.PhaseMask;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.math.RandomDraws;

/**
 * How a quantity scatters among cubes of several sides cut at random places out of an image, each measured as if it were
 * the whole image: how large a volume must be to stand for the material (Kanit et al. 2003,
 * doi:10.1016/S0020-7683(03)00143-4). Sides are lengths, so with unequal voxels a cube has unequal numbers of them. Cost:
 * per side that of the quantity on at most three times the image.
 */
public final class RepresentativeVolume {
    /** The smallest cube has so many of the largest voxel side, or its side is this part of the largest cube's. */
    private static final int FEWEST_VOXELS = 8;

    private static final double SMALLEST_PART = 1.0 / 16;

    /** Disjoint cubes that fit are measured up to so many times over, which overlapping ones hardly better. */
    private static final int OVERLAP = 3;

    /** What is measured. */
    public enum Quantity {
        /** Fraction of the volume that the phase fills. */
        FRACTION,
        /** Interface of the phase per volume, by Crofton's formula. */
        AREA_PER_VOLUME,
        /** Four times the phase's volume over its surface. */
        MEAN_CHORD,
        /** Mean local thickness, volume definition, open balls, nothing known outside of the cube. */
        MEAN_THICKNESS,
        /** Conductivity along x over that of the phase. */
        K_X,
        /** The same along y. */
        K_Y,
        /** The same along z. */
        K_Z
    }

    /**
     * The scatter among cubes of one side.
     *
     * @param side length of the cubes' edges
     * @param cubes number of cubes measured
     * @param independent number of such cubes that fit into the image side by side
     * @param undefined number of cubes without a value: the quantity needs an interface and there is none
     * @param mean mean of the others, NaN if there are none
     * @param sd their standard deviation, divided by their number less one; NaN for fewer than two
     * @param min smallest
     * @param max largest
     */
    public record Point(
            double side, int cubes, long independent, int undefined, double mean, double sd, double min, double max) {}

    private final PhaseMask phase;
    private final VoxelSize voxel;
    private final Quantity quantity;
    private final int[] size;
    private final double[] edges;
    private final List<Point> points = new ArrayList<>();
    private double whole;

    private RepresentativeVolume(PhaseMask phase, VoxelSize voxel, Quantity quantity) {
        this.phase = phase;
        this.voxel = voxel;
        this.quantity = quantity;
        size = new int[] {phase.width(), phase.height(), phase.depth()};
        edges = new double[] {voxel.x(), voxel.y(), voxel.z()};
    }

    /**
     * Measures cubes of several sides, equally spaced on a logarithmic scale.
     *
     * @param phase not changed; squares instead of cubes are cut from one slice
     * @param voxel side lengths
     * @param steps number of sides; fewer where two of them would be the same in voxels
     * @param cubes of each side at most
     * @param seed of the places
     * @throws InvalidInput if the quantity needs an interface and the phase fills the image, or if a conductivity along
     *     an axis of one voxel is asked for
     */
    public static RepresentativeVolume measure(
            PhaseMask phase, VoxelSize voxel, Quantity quantity, int steps, int cubes, long seed, Progress progress) {
        boolean needsInterface = quantity == Quantity.MEAN_CHORD || quantity == Quantity.MEAN_THICKNESS;
        if (needsInterface && phase.count() == phase.size()) {
            throw new InvalidInput("The phase fills the whole image, so it has no surface and no chord or thickness."
                    + " Choose the other phase, or quantity=fraction.");
        }
        RepresentativeVolume all = new RepresentativeVolume(phase, voxel, quantity);
        all.run(all.sides(steps), cubes, seed, progress);
        return all;
    }

    /** The points, sides rising. */
    public List<Point> points() {
        return List.copyOf(points);
    }

    /** The value of the whole image, NaN if it is undefined. */
    public double whole() {
        return whole;
    }

    private double[] sides(int steps) {
        double largest = Double.POSITIVE_INFINITY;
        double edge = 0;
        for (int a = 0; a < 3; a++) {
            if (size[a] == 1) continue;
            largest = Math.min(largest, size[a] * edges[a]);
            edge = Math.max(edge, edges[a]);
        }
        if (largest == Double.POSITIVE_INFINITY) largest = edges[0];
        double smallest = Math.min(largest, Math.max(FEWEST_VOXELS * edge, SMALLEST_PART * largest));
        if (steps == 1 || smallest == largest) return new double[] {largest};
        double[] sides = new double[steps];
        for (int i = 0; i < steps; i++) {
            sides[i] = smallest * StrictMath.pow(largest / smallest, (double) i / (steps - 1));
        }
        sides[steps - 1] = largest;
        return sides;
    }

    /** Voxels along each axis of a cube. */
    private int[] voxels(double side) {
        int[] n = new int[3];
        for (int a = 0; a < 3; a++) n[a] = (int) Math.max(1, Math.min(size[a], Math.round(side / edges[a])));
        return n;
    }

    private void run(double[] sides, int cubes, long seed, Progress progress) {
        SplittableRandom[] random = RandomDraws.streams(seed, sides.length);
        double total = phase.size();
        for (double side : sides) total += count(voxels(side), cubes) * volume(voxels(side));
        double done = 0;
        int[] last = new int[3];
        whole = Double.NaN;
        boolean wholeKnown = false;
        for (int s = 0; s < sides.length; s++) {
            int[] n = voxels(sides[s]);
            if (Arrays.equals(n, last)) continue;
            double[] values = new double[count(n, cubes)];
            for (int c = 0; c < values.length; c++) {
                double next = done + volume(n);
                values[c] = one(place(n, random[s]), n, progress.part(done / total, next / total));
                done = next;
            }
            points.add(point(sides[s], values, independent(n)));
            last = n;
            if (Arrays.equals(n, size)) {
                whole = values[0];
                wholeKnown = true;
            }
        }
        if (!wholeKnown) whole = one(new int[3], size, progress.part(Math.min(1, done / total), 1));
        progress.report(1, "Measured");
    }

    private static double volume(int[] n) {
        return (double) n[0] * n[1] * n[2];
    }

    private int count(int[] n, int cubes) {
        double places = 1;
        for (int a = 0; a < 3; a++) places *= size[a] - n[a] + 1;
        double most = Math.min(places, (double) OVERLAP * independent(n));
        return (int) Math.max(1, Math.min(cubes, most));
    }

    private long independent(int[] n) {
        return product(a -> size[a] / n[a]);
    }

    private static long product(ToIntFunction<Integer> factor) {
        return (long) factor.applyAsInt(0) * factor.applyAsInt(1) * factor.applyAsInt(2);
    }

    private int[] place(int[] n, SplittableRandom random) {
        int[] from = new int[3];
        for (int a = 0; a < 3; a++) from[a] = (int) (random.nextDouble() * (size[a] - n[a] + 1));
        return from;
    }

    private static Point point(double side, double[] values, long independent) {
        double[] known =
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        double mean = Arrays.stream(known).average().orElse(Double.NaN);
        double squares = 0;
        for (double v : known) squares += (v - mean) * (v - mean);
        double sd = known.length < 2 ? Double.NaN : Math.sqrt(squares / (known.length - 1));
        double min = known.length == 0 ? Double.NaN : known[0];
        double max = known.length == 0 ? Double.NaN : known[known.length - 1];
        return new Point(side, values.length, independent, values.length - known.length, mean, sd, min, max);
    }

    /** The value of one cube, NaN if it has none. */
    private double one(int[] from, int[] n, Progress progress) {
        progress.check();
        progress.report(0, "Measuring cubes");
        int[] to = {from[0] + n[0], from[1] + n[1], from[2] + n[2]};
        PhaseMask cube = phase.crop(from, to);
        double fraction = (double) cube.count() / cube.size();
        boolean even = fraction == 0 || fraction == 1;
        return switch (quantity) {
            case FRACTION -> fraction;
            case AREA_PER_VOLUME -> even ? 0 : new CroftonArea(cube, voxel, progress).perVolume();
            case MEAN_CHORD -> even ? Double.NaN : 4 * fraction / new CroftonArea(cube, voxel, progress).perVolume();
            case MEAN_THICKNESS -> even ? Double.NaN : thickness(cube, progress);
            case K_X, K_Y, K_Z -> conductivity(cube, progress);
        };
    }

    private double thickness(PhaseMask cube, Progress progress) {
        Volume map = LocalThickness.measure(cube, voxel, Ball.OPEN, EdgeRule.IGNORE, progress);
        return Distribution.of(map, null, progress).mean();
    }

    private double conductivity(PhaseMask cube, Progress progress) {
        byte[][] planes = new byte[cube.depth()][cube.width() * cube.height()];
        for (int z = 0; z < planes.length; z++) {
            for (int y = 0; y < cube.height(); y++) {
                for (int x = cube.nextInside(0, y, z); x < cube.width(); x = cube.nextInside(x + 1, y, z)) {
                    planes[z][y * cube.width() + x] = 1;
                }
            }
        }
        Volume volume = new Volume(Planes.ofBytes(Arrays.asList(planes), cube.width(), cube.height()), voxel);
        int axis = quantity.ordinal() - Quantity.K_X.ordinal();
        return Transport.along(axis, volume, Conductivities.ofPhase(1), 1e-6, false, progress)
                .conductivity();
    }
}
