package sinterj.pore;

import java.util.HashMap;
import java.util.Map;
import sinterj.base.Progress;
import sinterj.image.Components;
import sinterj.image.LatticeMetric;
import sinterj.image.PhaseMask;

/**
 * The diameter of the largest ball that can pass through a phase from one face of the image to the opposite one: twice
 * the largest distance t for which the voxels at t or more from the border still connect the two faces (the critical
 * path of percolation theory, Ambegaokar, Halperin and Langer 1971, doi:10.1103/PhysRevB.4.2612). Exact on the grid.
 *
 * <p>Found by halving the list of distances that occur, with a labelling of components for each: O(voxels) times the
 * logarithm of the number of distances, and no more memory than the components take.
 */
final class CriticalPath {
    private final PhaseMask phase;
    private final float[][] squared;
    private final int adjacency;
    private final Progress progress;
    private final Map<Float, boolean[]> known = new HashMap<>();

    private CriticalPath(PhaseMask phase, float[][] squared, int adjacency, Progress progress) {
        this.phase = phase;
        this.squared = squared;
        this.adjacency = adjacency;
        this.progress = progress;
    }

    /**
     * Diameters along x, y and z.
     *
     * @param phase not changed
     * @param squared squared distances to the border, 0 outside the phase; not changed
     * @param values the squared distances that occur, rising
     * @return diameters in the unit of the metric, 0 where the phase does not connect the faces
     */
    static double[] diameters(
            PhaseMask phase,
            float[][] squared,
            float[] values,
            LatticeMetric metric,
            int adjacency,
            Progress progress) {
        CriticalPath path = new CriticalPath(phase, squared, adjacency, progress);
        double[] diameters = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            progress.report(axis / 3.0, "Following critical paths");
            int low = -1;
            int high = values.length;
            while (high - low > 1) {
                int middle = low + high >>> 1;
                if (path.spans(values[middle])[axis]) low = middle;
                else high = middle;
            }
            diameters[axis] = low < 0 ? 0 : 2 * metric.length(values[low]);
        }
        return diameters;
    }

    /** Along which axes the voxels of this distance and more connect opposite faces. */
    private boolean[] spans(float least) {
        return known.computeIfAbsent(least, this::look);
    }

    private boolean[] look(float least) {
        progress.check();
        PhaseMask wide = PhaseMask.where(
                phase.width(), phase.height(), phase.depth(), z -> squared[z], progress, (d, i) -> d[i] >= least);
        Pores parts = new Pores(Components.of(wide, adjacency, progress), null, progress);
        boolean[] spans = new boolean[3];
        for (int id = 1; id <= parts.components().count(); id++) {
            for (int a = 0; a < 3; a++) spans[a] |= parts.reaches(id, 2 * a) && parts.reaches(id, 2 * a + 1);
        }
        return spans;
    }
}
