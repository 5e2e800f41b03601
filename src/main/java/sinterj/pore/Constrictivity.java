package sinterj.pore;

import sinterj.base.Progress;
import sinterj.image.EdgeRule;
import sinterj.image.LatticeMetric;
import sinterj.image.PhaseMask;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

/**
 * How much the bottlenecks of a phase narrow it: {@code (bottleneck / bulge)^2}, after Muench and Holzer 2008
 * (doi:10.1111/j.1551-2916.2008.02736.x) and Holzer et al. 2013 (doi:10.1007/s10853-013-7275-8). The bulge is the median
 * of the local thickness; the bottleneck is the diameter of the largest ball that, coming from the faces of the image,
 * sweeps half of the phase.
 *
 * @param bulge median of the local thickness (d50 of the continuous size distribution)
 * @param bottleneck d50 of the intrusion; NaN if no ball that comes from the faces sweeps half of the phase
 */
public record Constrictivity(double bulge, double bottleneck) {
    /** From near 0, bottlenecks close the phase, to 1, it is equally wide everywhere; NaN without a bottleneck. */
    public double value() {
        return bottleneck * bottleneck / (bulge * bulge);
    }

    /**
     * Measures a phase.
     *
     * @param phase not changed
     * @param squared squared distances to its border; not changed
     * @param values the squared distances that occur, rising
     */
    static Constrictivity of(
            PhaseMask phase, float[][] squared, float[] values, VoxelSize voxel, int adjacency, Progress progress) {
        Volume map = LocalThickness.measure(phase, voxel, Ball.OPEN, EdgeRule.IGNORE, progress.part(0, 0.4));
        double bulge = Distribution.of(map, null, progress).quantile(0.5);
        LatticeMetric metric = LatticeMetric.of(voxel);
        int low = -1;
        int high = values.length;
        for (int step = 0; high - low > 1; step++) {
            Progress part = progress.part(1 - 0.6 * Math.pow(0.8, step), 1 - 0.6 * Math.pow(0.8, step + 1));
            part.report(0, "Sweeping balls");
            int middle = low + high >>> 1;
            double swept = ProbeCurve.fraction(phase, squared, values[middle], metric, null, adjacency, part);
            if (swept >= 0.5) low = middle;
            else high = middle;
        }
        return new Constrictivity(bulge, low < 0 ? Double.NaN : 2 * metric.length(values[low]));
    }
}
