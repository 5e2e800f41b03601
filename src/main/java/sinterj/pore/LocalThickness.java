package sinterj.pore;

import java.util.Arrays;
import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.DistanceMap;
import sinterj.image.EdgeRule;
import sinterj.image.LabelVolume;
import sinterj.image.LatticeMetric;
import sinterj.image.PhaseMask;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

/**
 * Local thickness: for every voxel of a phase the diameter of the largest ball that lies within the phase and covers
 * the voxel (Hildebrand and Ruegsegger 1997, doi:10.1046/j.1365-2818.1997.1340694.x). Exact on the grid, for unequal
 * voxel sides: every voxel of the phase is tried as a centre, with the distance to the nearest voxel outside as radius.
 * A slab of t voxels measures t if t is even and t + 1 if it is odd, since the nearest centres outside are t + 1 apart.
 *
 * <p>Unlike ImageJ's Local Thickness nothing is smoothed afterwards; {@link Ball#CLOSED} equals its map before the
 * clean-up. Balls that a neighbour's ball covers are dropped, the others are painted from large to small, so each voxel
 * is written once. Cost: a few operations for each voxel, hardly more for thick phases; 4 bytes a voxel for the map and
 * about 1 more while working.
 */
public final class LocalThickness {
    private static final int PLANE_GROUPS = 16;

    private final DistancePlanes map;
    private final Ball ball;
    private final float[][] labels;

    private LocalThickness(DistancePlanes map, Ball ball, float[][] labels) {
        this.map = map;
        this.ball = ball;
        this.labels = labels;
    }

    /**
     * Thickness of a phase.
     *
     * @param phase not changed
     * @param voxel side lengths; the result is in their unit
     * @param ball whether balls cover their surface
     * @param edge what lies beyond the image
     * @return new volume, 0 outside the phase
     * @throws InvalidInput if the phase is empty, or nothing limits its balls
     */
    public static Volume measure(PhaseMask phase, VoxelSize voxel, Ball ball, EdgeRule edge, Progress progress) {
        LatticeMetric metric = LatticeMetric.of(voxel);
        float[][] squared = DistanceMap.squared(phase, metric, edge, progress.part(0, 0.3));
        DistancePlanes map = new DistancePlanes(squared, phase.width(), phase.height(), metric, edge);
        return new LocalThickness(map, ball, null).run(voxel, progress.part(0.3, 1));
    }

    /**
     * Thickness of each label by itself: balls end where another label begins.
     *
     * @param labels 0 is outside; not changed
     * @param ball whether balls cover their surface; no ball covers a voxel of another label
     * @param edge what lies beyond the image
     * @return new volume in the unit of the labels' voxels, 0 outside
     * @throws InvalidInput if there is no label, or nothing limits the balls of one
     */
    public static Volume perLabel(LabelVolume labels, Ball ball, EdgeRule edge, Progress progress) {
        LatticeMetric metric = LatticeMetric.of(labels.size());
        float[][] squared = DistanceMap.squared(labels, metric, edge, progress.part(0, 0.3));
        Volume volume = labels.asVolume();
        DistancePlanes map = new DistancePlanes(squared, volume.width(), volume.height(), metric, edge);
        // An open ball ends before the nearest other label; a closed one may touch it.
        float[][] names = ball == Ball.OPEN ? null : planes(volume);
        return new LocalThickness(map, ball, names).run(labels.size(), progress.part(0.3, 1));
    }

    private static float[][] planes(Volume volume) {
        float[][] planes = new float[volume.depth()][];
        for (int z = 0; z < planes.length; z++) planes[z] = volume.plane(z);
        return planes;
    }

    private Volume run(VoxelSize voxel, Progress progress) {
        float largest = map.largest();
        requireLimits(largest);
        List<MaximalBalls> balls = maximalBalls(largest, progress);
        UnpaintedBlocks unpainted = new UnpaintedBlocks(map.width(), map.height(), map.depth());
        Parallel.forEach(progress, unpainted.layers, layer -> unpainted.fillLayer(layer, map));
        int owners = Math.min(progress.threads(), unpainted.layers);
        Progress painting = progress.part(0.4, 1);
        Parallel.forEach(
                painting,
                owners,
                owned -> new BallPainter(map, unpainted, ball, labels, owned, owners).paint(balls, painting));
        if (!unpainted.isEmpty()) throw new IllegalStateException("a voxel of the phase was covered by no ball");
        return new Volume(Planes.ofFloats(Arrays.asList(map.planes()), map.width(), map.height()), voxel);
    }

    private static void requireLimits(float largest) {
        if (largest == 0) throw new InvalidInput("The phase is empty: there is no voxel to measure.");
        if (largest == Float.POSITIVE_INFINITY) {
            throw new InvalidInput("The phase fills the whole image, so no surface limits its thickness. Choose the"
                    + " other phase, or 'edge=encase' to let the phase end where the image ends.");
        }
    }

    private List<MaximalBalls> maximalBalls(float largest, Progress progress) {
        Containment covered = new Containment(map.metric(), ball, largest, progress);
        // Few enough planes in a group for an int to number their voxels.
        int groups = Math.min(
                map.depth(), Math.max(PLANE_GROUPS, (int) ((long) map.pixelsPerPlane() * map.depth() >> 30) + 1));
        MaximalBalls[] balls = new MaximalBalls[groups];
        Parallel.forEach(progress, groups, g -> {
            int from = (int) ((long) map.depth() * g / groups);
            int to = (int) ((long) map.depth() * (g + 1) / groups);
            balls[g] = new MaximalBalls(map, from, to, covered, largest, progress);
            progress.report(0.4 * (g + 1) / groups, "Finding maximal balls");
        });
        return List.of(balls);
    }
}
