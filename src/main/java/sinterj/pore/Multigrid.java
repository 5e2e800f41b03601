package sinterj.pore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sinterj.base.Progress;

/**
 * Preconditioner for the currents between voxels: aggregation multigrid with a K-cycle, which solves each coarser level
 * by up to two steps of conjugate gradients preconditioned by the next one. The steps find by themselves how far the
 * stiff piecewise constant correction must be stretched, so the number of outer iterations does not grow with the
 * volume, whatever the shape of the voids. Notay and Vassilevski 2008, doi:10.1002/nla.542; groups are geometric blocks
 * split where they do not hang together, instead of pairs matched by strength.
 */
final class Multigrid {
    /** The second step is left out where the first reduces the residual to this part. */
    private static final double GOOD_ENOUGH = 0.25;

    /** Fewer groups than this part of the nodes are worth a level. */
    private static final double LEAST_COARSENING = 0.75;

    private final ConductingVoxels voxels;
    private final VoxelBlocks blocks;
    private final List<Level> levels = new ArrayList<>();
    private final CoarsestSolver coarsest;

    /** A graph, how it goes on, and vectors to work with. */
    private static final class Level {
        final ConductanceGraph graph;
        GraphGroups groups;
        final float[] r;
        final float[] x;
        final float[] d;
        final float[] v;
        final float[] w;

        Level(ConductanceGraph graph) {
            this.graph = graph;
            r = new float[graph.nodes()];
            x = new float[graph.nodes()];
            d = new float[graph.nodes()];
            v = new float[graph.nodes()];
            w = new float[graph.nodes()];
        }
    }

    Multigrid(ConductingVoxels voxels, Progress progress) {
        this.voxels = voxels;
        blocks = new VoxelBlocks(voxels, progress);
        NodeBlocks where = blocks.blocks(progress);
        Level level = new Level(blocks.graph(progress));
        levels.add(level);
        while (level.graph.nodes() > CoarsestSolver.MOST_NODES) {
            GraphGroups groups = new GraphGroups(level.graph, where, progress);
            if (groups.count() > LEAST_COARSENING * level.graph.nodes() && groups.layerCount() == 1) break;
            level.groups = groups;
            where = groups.groupBlocks();
            level = new Level(groups.coarser(progress));
            levels.add(level);
        }
        coarsest = level.graph.nodes() <= CoarsestSolver.MOST_NODES ? new CoarsestSolver(level.graph) : null;
    }

    /** Number of nodes of all coarser levels over that of the first. */
    double complexity() {
        double sum = 0;
        for (Level level : levels) sum += level.graph.nodes();
        return sum / levels.get(0).graph.nodes();
    }

    /**
     * Sets v to an estimate of the potentials for the currents r.
     *
     * @param v overwritten
     */
    void precondition(float[][] r, float[][] v, Progress progress) {
        for (float[] plane : v) Arrays.fill(plane, 0);
        voxels.smooth(r, v, progress);
        blocks.restrict(r, v, levels.get(0).r, progress);
        solve(0, progress);
        blocks.prolong(levels.get(0).x, v, progress);
        voxels.smoothBack(r, v, progress);
    }

    /** Solves a level for its r, roughly; the result is its x, and r is used up. */
    private void solve(int index, Progress progress) {
        Level level = levels.get(index);
        ConductanceGraph graph = level.graph;
        if (index == levels.size() - 1) {
            solveCoarsest(level, progress);
            return;
        }
        double before = graph.dot(level.r, level.r, progress);
        cycle(index, level.x, progress);
        double rho1 = graph.apply(level.x, level.v, progress);
        if (!(rho1 > 0)) return; // nothing to be corrected
        double step1 = graph.dot(level.x, level.r, progress) / rho1;
        graph.add(level.r, -step1, level.v, progress);
        if (graph.dot(level.r, level.r, progress) <= GOOD_ENOUGH * GOOD_ENOUGH * before) {
            graph.add(level.x, step1 - 1, level.x, progress);
            return;
        }
        cycle(index, level.d, progress);
        double beta = graph.apply(level.d, level.w, progress);
        double gamma = graph.dot(level.d, level.v, progress);
        double rho2 = beta - gamma * gamma / rho1;
        double step2 = rho2 > 0 ? graph.dot(level.d, level.r, progress) / rho2 : 0;
        // x = (step1 - gamma step2 / rho1) x + step2 d
        graph.add(level.x, step1 - gamma * step2 / rho1 - 1, level.x, progress);
        graph.add(level.x, step2, level.d, progress);
    }

    private void solveCoarsest(Level level, Progress progress) {
        if (coarsest != null) {
            coarsest.solve(level.r, level.x);
            return;
        }
        // Parts that hang together by weak links only: sweeps suffice, since every node sees its strongest neighbour.
        Arrays.fill(level.x, 0);
        for (int k = 0; k < 10; k++) {
            level.graph.smooth(level.r, level.x, true, progress);
            level.graph.smooth(level.r, level.x, false, progress);
        }
    }

    /** Sets v to one multigrid cycle for the currents r of a level. */
    private void cycle(int index, float[] v, Progress progress) {
        Level level = levels.get(index);
        Level coarser = levels.get(index + 1);
        Arrays.fill(v, 0);
        level.graph.smooth(level.r, v, true, progress);
        level.graph.restrict(level.r, v, level.groups, coarser.r, progress);
        solve(index + 1, progress);
        level.graph.prolong(coarser.x, level.groups, v, progress);
        level.graph.smooth(level.r, v, false, progress);
    }
}
