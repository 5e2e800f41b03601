package sinterj.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sinterj.base.Progress;

/**
 * Hands the numbers of particles on from frame to frame. Each particle is expected where it was, moved as it moved last;
 * it takes the region of the new frame that holds the most of its core. Where a region holds the cores of several, since
 * a neck has grown so wide that it no longer shows, the particle with the largest core is its host, and the others share
 * it as {@link RegionDivision} tells. So a particle lives as long as it can be told that something of it is left. A
 * region of which no particle fills more than half is a new particle; the number of one that has gone is not used again.
 *
 * <p>Particles may move by up to about half of their radius more, or less, than from the frame before. Frames that drift
 * by more are registered first.
 */
final class ParticleTracker {
    /** The core: what is at least this part of the largest depth within the particle. */
    private static final double CORE = 0.5;

    /** What the last change weighs in the change that is expected, the rest being what was expected before. */
    private static final double NEWS = 0.5;

    private final int width;
    private final VoxelSize voxel;
    private final LatticeMetric metric;
    private final List<Path> paths = new ArrayList<>();
    private int[][] before;

    /** Where a particle is, in voxels, how it moved, and the ball that stands for it. */
    private static final class Path {
        private double[] centre = new double[3];
        private double[] move = new double[3];
        private long size;
        private FittedBall ball = new FittedBall(0, 0, 0, 0);
        private FittedBall change = ball;
    }

    /**
     * Starts with the particles of the first frame.
     *
     * @param first not changed
     */
    ParticleTracker(int[][] first, int width, VoxelSize voxel) {
        this.width = width;
        this.voxel = voxel;
        metric = LatticeMetric.of(voxel);
        before = first;
        paths.add(new Path());
        ParticleTable table = new ParticleTable(first, width);
        FittedBall[] balls = new FittedBall[SizeOrder.sizes(first).length];
        FreeSurfaces free = new FreeSurfaces(first, width, voxel, balls.length);
        for (int id = 1; id < balls.length; id++) {
            Path path = new Path();
            path.centre = table.centre(id);
            path.size = table.size(id);
            path.ball = free.fit(id, plainBall(path), shortest());
            paths.add(path);
        }
    }

    private double shortest() {
        return Math.min(voxel.x(), Math.min(voxel.y(), voxel.z()));
    }

    /** The ball of a particle's volume around its centre. */
    private FittedBall plainBall(Path path) {
        double volume = path.size * voxel.x() * voxel.y() * voxel.z();
        double[] at = path.centre;
        return new FittedBall(
                at[0] * voxel.x(), at[1] * voxel.y(), at[2] * voxel.z(), Math.cbrt(volume * 3 / (4 * Math.PI)));
    }

    /**
     * The next frame.
     *
     * @param regions its particles by themselves, numbered from 1; not changed
     * @return the same voxels with the numbers of the particles before, new ones behind
     */
    int[][] next(int[][] regions, Progress progress) {
        ExpectedParticles expected = new ExpectedParticles(regions, width);
        expectAll(expected, progress);
        Map<Integer, List<Integer>> groups = groups(expected);
        int known = paths.size();
        int[] hosts = hosts(expected, groups);
        boolean[] carried = new boolean[paths.size()];
        for (int id = 1; id < known; id++) carried[id] = expected.regionOf(id) > 0;
        for (int host : hosts) carried[host] = false;
        FittedBall[] balls = new FittedBall[paths.size()];
        for (int id = 0; id < balls.length; id++) balls[id] = paths.get(id).ball.plus(paths.get(id).change);
        RegionDivision division = new RegionDivision(regions, width, voxel, hosts, carried, expected);
        int[][] labels = division.divide(balls, progress);
        follow(labels, balls, carried);
        before = labels;
        return labels;
    }

    private void expectAll(ExpectedParticles expected, Progress progress) {
        LabelVolume old = LabelVolume.of(before, width, voxel);
        float[][] depth = DistanceMap.squared(old, metric, EdgeRule.IGNORE, progress);
        float[] deepest = new float[paths.size()];
        for (int z = 0; z < before.length; z++) {
            progress.check();
            for (int i = 0; i < before[z].length; i++) {
                int id = before[z][i];
                if (id == 0) continue;
                deepest[id] = Math.max(deepest[id], depth[z][i]);
                double[] move = paths.get(id).move;
                int x = i % width + (int) Math.rint(move[0]);
                int y = i / width + (int) Math.rint(move[1]);
                expected.put(id, x, y, z + (int) Math.rint(move[2]), depth[z][i]);
            }
        }
        for (int id = 1; id < paths.size(); id++) {
            Path path = paths.get(id);
            if (path.size > 0 && !expected.has(id)) expected.putNearest(id, path.centre, path.move, path.size);
        }
        expected.count(deepest, (float) (CORE * CORE));
    }

    /** The particles that have their place in each region, by the region's number; the one it belongs to first. */
    private Map<Integer, List<Integer>> groups(ExpectedParticles expected) {
        Map<Integer, List<Integer>> groups = new TreeMap<>();
        for (int id = 1; id < paths.size(); id++) {
            if (expected.regionOf(id) == 0) continue;
            List<Integer> group = groups.computeIfAbsent(expected.regionOf(id), r -> new ArrayList<>());
            boolean larger = !group.isEmpty() && expected.coreOf(id) > expected.coreOf(group.get(0));
            group.add(larger ? 0 : group.size(), id);
        }
        return groups;
    }

    /** The particle to which each region belongs; a region that is new belongs to a new one. */
    private int[] hosts(ExpectedParticles expected, Map<Integer, List<Integer>> groups) {
        int[] hosts = new int[expected.regions() + 1];
        for (int region = 1; region < hosts.length; region++) {
            List<Integer> group = groups.get(region);
            hosts[region] = group == null ? expected.mostOf(region) : group.get(0);
            if (hosts[region] > 0) continue;
            hosts[region] = paths.size();
            paths.add(new Path());
        }
        return hosts;
    }

    /** Notes how far each particle has moved; of one without a region of its own the ball tells. */
    private void follow(int[][] labels, FittedBall[] balls, boolean[] carried) {
        ParticleTable table = new ParticleTable(labels, width);
        double[] side = {voxel.x(), voxel.y(), voxel.z()};
        for (int id = 1; id < paths.size(); id++) {
            Path path = paths.get(id);
            long size = table.size(id);
            if (size > 0) {
                double[] centre = table.centre(id);
                boolean isNew = path.size == 0;
                FittedBall last = path.ball;
                double[] change = {balls[id].x() - last.x(), balls[id].y() - last.y(), balls[id].z() - last.z()};
                for (int a = 0; a < 3; a++) {
                    path.move[a] = isNew ? 0 : carried[id] ? change[a] / side[a] : centre[a] - path.centre[a];
                }
                path.centre = centre;
                path.size = size;
                path.ball = isNew ? plainBall(path) : balls[id];
                if (!isNew) path.change = path.change.mixed(path.ball.minus(last), NEWS);
            }
            path.size = size;
        }
    }
}
