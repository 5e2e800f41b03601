package sinterj.pore;

import java.util.Arrays;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.DistanceMap;
import sinterj.image.EdgeRule;
import sinterj.image.LatticeMetric;
import sinterj.image.NearestPoint;
import sinterj.image.PhaseMask;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

/**
 * Local thickness at the surface: for every surface voxel the diameter of the largest ball within the phase that touches
 * the surface there. It is our reading of "the minimum diameter that reaches the other surfaces in the sphere where that
 * point is a contact point" (Hirabayashi et al. 2024, doi:10.1038/s41524-024-01226-5). Balls that touch a point are
 * nested, so the largest is found by growing one along the normal until it meets another surface (the medial ball of
 * Ma, Bae and Choi 2012, doi:10.1007/s00371-011-0594-7, found from the inside, on an exact feature transform).
 *
 * <p>Contact points lie between voxels, so a slab of t voxels measures t, odd or even. A ball counts as stopped once the
 * surface reaches into it by half a voxel, which leaves steps of the voxel grid out of account; the size is then
 * corrected for that. Cost: O(voxels), and some hundred operations for each surface voxel; 12 bytes a voxel.
 */
public final class SurfaceContact {
    /** In voxels: several times the error of a contact point, so that the grid's steps stop no ball. */
    private static final double TOLERANCE = 0.5;

    private static final double BEYOND = 1.5; // in voxels

    private static final double GROWTH = 1.15;
    private static final double FINE = 0.02;

    private final PhaseMask mask;
    private final double[] side;
    private final SurfacePoints points;
    private final int[][] nearest;
    private final double voxelSide;
    private final int[] margin;

    private SurfaceContact(PhaseMask mask, VoxelSize voxel, int[] margin, Progress progress) {
        this.mask = mask;
        this.margin = margin;
        side = new double[] {voxel.x(), voxel.y(), voxel.z()};
        voxelSide = Math.cbrt(side[0] * side[1] * side[2]);
        points = new SurfacePoints(mask, voxel, progress);
        progress.report(0.3, "Finding nearest surfaces");
        nearest = NearestPoint.of(mask.width(), mask.height(), points.places, LatticeMetric.of(voxel), progress);
    }

    /**
     * What was measured.
     *
     * @param map diameter at surface voxels in the unit of the voxels, 0 elsewhere; NaN where the ball reaches the
     *     image's border before it is complete
     * @param sizes diameters, weighted by the area that each point stands for
     * @param area area of the points that were measured
     * @param borderLimited number of surface voxels whose ball is not known
     */
    public record Result(Volume map, WeightedSizes sizes, double area, long borderLimited) {}

    /**
     * Measures a phase.
     *
     * @param phase not changed
     * @param voxel side lengths
     * @param edge what lies beyond the image
     * @throws InvalidInput if the phase has no surface
     */
    public static Result measure(PhaseMask phase, VoxelSize voxel, EdgeRule edge, Progress progress) {
        int[] margin = margin(phase, voxel, edge, progress);
        PhaseMask mask = edge == EdgeRule.IGNORE ? phase : phase.padded(margin, edge == EdgeRule.PERIODIC);
        return new SurfaceContact(mask, voxel, margin, progress).run(voxel, progress.part(0.5, 1));
    }

    private static int[] margin(PhaseMask phase, VoxelSize voxel, EdgeRule edge, Progress progress) {
        int[] margin = new int[3];
        if (edge == EdgeRule.IGNORE) return margin;
        double reach = 0;
        if (edge == EdgeRule.PERIODIC) {
            Volume map = DistanceMap.of(phase, voxel, edge, progress);
            for (int z = 0; z < map.depth(); z++) for (float d : map.plane(z)) reach = Math.max(reach, d);
            if (reach == Double.POSITIVE_INFINITY) {
                throw new InvalidInput(
                        "The phase fills the whole image, so it has no surface. Choose the other phase.");
            }
        }
        int[] size = {phase.width(), phase.height(), phase.depth()};
        double[] side = {voxel.x(), voxel.y(), voxel.z()};
        // Two radii and the reach of the smoothing: beyond lies nothing that a ball could meet.
        for (int a = 0; a < 3; a++) margin[a] = size[a] == 1 ? 0 : (int) Math.ceil(2.2 * reach / side[a]) + 4;
        return margin;
    }

    private Result run(VoxelSize voxel, Progress progress) {
        int width = mask.width() - 2 * margin[0];
        int height = mask.height() - 2 * margin[1];
        int depth = mask.depth() - 2 * margin[2];
        float[][] planes = new float[depth][width * height];
        long[][] weighted = new long[depth][];
        long[] limited = new long[depth];
        Parallel.forEach(progress, depth, z -> {
            weighted[z] = measurePlane(z, planes[z], width, height, limited, progress);
            progress.report((z + 1.0) / depth, "Growing balls");
        });
        WeightedSizes sizes = WeightedSizes.of(weighted);
        Volume map = new Volume(Planes.ofFloats(Arrays.asList(planes), width, height), voxel);
        return new Result(
                map, sizes, sizes.totalWeight(), Arrays.stream(limited).sum());
    }

    private long[] measurePlane(int z, float[] plane, int width, int height, long[] limited, Progress progress) {
        int[] places = points.places[z + margin[2]];
        long[] pairs = new long[places.length];
        int n = 0;
        for (int k = 0; k < places.length; k++) {
            if ((k & 1023) == 0) progress.check();
            int x = places[k] % mask.width() - margin[0];
            int y = places[k] / mask.width() - margin[1];
            if (x < 0 || x >= width || y < 0 || y >= height) continue;
            int id = points.first[z + margin[2]] + k;
            float diameter = (float) (2 * radius(id));
            plane[y * width + x] = diameter;
            if (Float.isNaN(diameter)) limited[z]++;
            else pairs[n++] = WeightedSizes.pair(diameter, points.area[id]);
        }
        return Arrays.copyOf(pairs, n);
    }

    /** The radius of the largest ball that touches a point; NaN if the border of the image limits it. */
    private double radius(int id) {
        double free = 0.5 * voxelSide;
        double stopped = free * GROWTH;
        double[] centre = new double[3];
        while (fits(id, stopped, centre)) {
            if (reachesOut(centre, stopped)) return Double.NaN;
            free = stopped;
            stopped *= GROWTH;
        }
        while (stopped - free > FINE * voxelSide) {
            double middle = 0.5 * (free + stopped);
            if (fits(id, middle, centre)) free = middle;
            else stopped = middle;
        }
        double radius = touching(id, free, centre);
        centreOf(id, radius, centre);
        return reachesOut(centre, radius) ? Double.NaN : radius;
    }

    private void centreOf(int id, double radius, double[] centre) {
        for (int a = 0; a < 3; a++) centre[a] = points.position[3 * id + a] + radius * points.inward[3 * id + a];
    }

    /** Whether no surface reaches into the ball by more than the tolerance. */
    private boolean fits(int id, double radius, double[] centre) {
        centreOf(id, radius, centre);
        int[] cell = cell(centre);
        if (!inPhase(centre)) return false;
        double clear = radius - TOLERANCE * voxelSide;
        if (clear <= 0) return true;
        for (int corner = 0; corner < 8; corner++) {
            if (squaredDistance(centre, near(cell, corner)) < clear * clear) return false;
        }
        return true;
    }

    private boolean inPhase(double[] centre) {
        int x = (int) Math.rint(centre[0] / side[0]);
        int y = (int) Math.rint(centre[1] / side[1]);
        int z = (int) Math.rint(centre[2] / side[2]);
        boolean inside = x >= 0 && x < mask.width() && y >= 0 && y < mask.height() && z >= 0 && z < mask.depth();
        return inside && mask.get(x, y, z);
    }

    /** The voxel at the lower corner of the eight around a place. */
    private int[] cell(double[] centre) {
        int[] cell = new int[3];
        for (int a = 0; a < 3; a++) cell[a] = (int) Math.floor(centre[a] / side[a]);
        return cell;
    }

    /** The surface point nearest to one of the eight voxels around a place. */
    private int near(int[] cell, int corner) {
        int x = Math.max(0, Math.min(mask.width() - 1, cell[0] + (corner & 1)));
        int y = Math.max(0, Math.min(mask.height() - 1, cell[1] + (corner >> 1 & 1)));
        int z = Math.max(0, Math.min(mask.depth() - 1, cell[2] + (corner >> 2)));
        return nearest[z][y * mask.width() + x];
    }

    private double squaredDistance(double[] centre, int id) {
        double sum = 0;
        for (int a = 0; a < 3; a++) {
            double d = centre[a] - points.position[3 * id + a];
            sum += d * d;
        }
        return sum;
    }

    /**
     * The ball that only touches what stopped it: while a ball grows, a surface seen at the angle t from the normal
     * reaches into it by 1 + cos t as fast. Points less than 60 degrees from the contact point, seen from the centre,
     * are the same stretch of surface.
     */
    private double touching(int id, double stoppedAt, double[] centre) {
        // Near the centre of a sphere its surface is equally near all around: look from a little beyond.
        centreOf(id, stoppedAt + BEYOND * voxelSide, centre);
        int[] cell = cell(centre);
        double sum = 0;
        int met = 0;
        for (int corner = 0; corner < 8; corner++) {
            double cosine = cosineToNormal(id, near(cell, corner), centre);
            if (cosine < -0.5) continue;
            sum += cosine;
            met++;
        }
        double cosine = met == 0 ? 1 : sum / met;
        return Math.max(0.5 * voxelSide, stoppedAt - TOLERANCE * voxelSide / (1 + cosine));
    }

    /** The cosine between the normal and the direction from the centre to another point of the surface. */
    private double cosineToNormal(int id, int other, double[] centre) {
        double along = 0;
        for (int a = 0; a < 3; a++) along += (points.position[3 * other + a] - centre[a]) * points.inward[3 * id + a];
        double distance = Math.sqrt(squaredDistance(centre, other));
        return distance > 0 ? along / distance : 1;
    }

    /** Whether a ball reaches beyond the image, whose outermost faces are half a voxel from the outermost centres. */
    private boolean reachesOut(double[] centre, double radius) {
        int[] size = {mask.width(), mask.height(), mask.depth()};
        for (int a = 0; a < 3; a++) {
            if (size[a] == 1) continue;
            if (centre[a] - radius < -0.5 * side[a] || centre[a] + radius > (size[a] - 0.5) * side[a]) return true;
        }
        return false;
    }
}
