package sinterj.image;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import sinterj.base.Progress;

/**
 * Divides the regions of a frame among particles. A region goes to its host; where others that have no region of their
 * own have their place in it too, each voxel goes to the ball in which it lies deepest. The balls are fitted to the free
 * surfaces of the particles, and voxels and balls are settled in turn.
 */
final class RegionDivision {
    private static final int ROUNDS = 3;

    private final int[][] regions;
    private final int width;
    private final VoxelSize voxel;
    private final int[] hosts;
    private final List<int[]> candidates = new ArrayList<>();
    private final int[][] labels;

    /**
     * Prepares the division.
     *
     * @param regions 0 is outside; not changed
     * @param hosts the particle of each region
     * @param carried whether a particle has no region of its own
     */
    RegionDivision(
            int[][] regions, int width, VoxelSize voxel, int[] hosts, boolean[] carried, ExpectedParticles expected) {
        this.regions = regions;
        this.width = width;
        this.voxel = voxel;
        this.hosts = hosts;
        labels = new int[regions.length][regions[0].length];
        List<TreeSet<Integer>> guests = new ArrayList<>();
        for (int region = 0; region < hosts.length; region++) guests.add(new TreeSet<>());
        for (int id = 1; id < carried.length; id++)
            if (carried[id]) guests.get(expected.regionOf(id)).add(id);
        for (int z = 0; z < regions.length; z++) {
            for (int i = 0; i < regions[z].length; i++) {
                int id = expected.at(z, i);
                if (carried[id]) guests.get(regions[z][i]).add(id);
            }
        }
        for (int region = 0; region < hosts.length; region++) {
            guests.get(region).add(hosts[region]);
            candidates.add(guests.get(region).stream().mapToInt(id -> id).toArray());
        }
    }

    /**
     * Divides.
     *
     * @param balls where each particle is expected, by its number; overwritten with what was fitted
     * @return new labels
     */
    int[][] divide(FittedBall[] balls, Progress progress) {
        double side = Math.min(voxel.x(), Math.min(voxel.y(), voxel.z()));
        FittedBall[] start = balls.clone();
        for (int round = 0; round < ROUNDS; round++) {
            progress.check();
            assign(balls);
            FreeSurfaces free = new FreeSurfaces(labels, width, voxel, balls.length);
            for (int id = 1; id < balls.length; id++) balls[id] = free.fit(id, start[id], side);
        }
        assign(balls);
        keepAlive(balls, side);
        return labels;
    }

    private void assign(FittedBall[] balls) {
        for (int z = 0; z < regions.length; z++) {
            for (int i = 0; i < regions[z].length; i++) {
                int region = regions[z][i];
                if (region == 0) continue;
                int[] ids = candidates.get(region);
                labels[z][i] = ids.length == 1 ? ids[0] : deepest(ids, balls, i, z);
            }
        }
    }

    private int deepest(int[] ids, FittedBall[] balls, int i, int z) {
        int best = ids[0];
        for (int id : ids) if (outside(balls[id], i, z) < outside(balls[best], i, z)) best = id;
        return best;
    }

    private double outside(FittedBall ball, int i, int z) {
        return ball.outside(i % width * voxel.x(), i / width * voxel.y(), z * voxel.z());
    }

    /** A particle of which a ball is left keeps the one voxel that it is nearest to winning. */
    private void keepAlive(FittedBall[] balls, double side) {
        long[] sizes = SizeOrder.sizes(labels);
        for (int region = 1; region < hosts.length; region++) {
            for (int id : candidates.get(region)) {
                boolean none = id >= sizes.length || sizes[id] == 0;
                if (none && balls[id].r() > side / 2) takeOne(id, region, balls);
            }
        }
    }

    private void takeOne(int id, int region, FittedBall[] balls) {
        double best = Double.POSITIVE_INFINITY;
        int atZ = -1;
        int at = 0;
        for (int z = 0; z < regions.length; z++) {
            for (int i = 0; i < regions[z].length; i++) {
                if (regions[z][i] != region) continue;
                double behind = outside(balls[id], i, z) - outside(balls[labels[z][i]], i, z);
                if (behind >= best) continue;
                best = behind;
                atZ = z;
                at = i;
            }
        }
        labels[atZ][at] = id;
    }
}
