package sinterj.phasefield;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.Progress;
import sinterj.image.DistanceMap;
import sinterj.image.EdgeRule;
import sinterj.image.LabelVolume;
import sinterj.image.PhaseMask;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.image.Watershed;

/**
 * Splits a solid into particles at its necks: by the watershed of the distance to its surface. Two maxima are one
 * particle where the solid between them is nearly as thick as the smaller of them.
 */
public final class ParticleSplit {
    /** A neck this much as thick as the smaller particle is none. */
    private static final double SAME = 0.85;

    private ParticleSplit() {}

    /**
     * Splits.
     *
     * @param solid not changed
     * @param voxel side lengths
     * @return labels from 1 by size. Cost: O(voxels), 28 bytes a voxel
     */
    public static LabelVolume of(PhaseMask solid, VoxelSize voxel, Progress progress) {
        Volume distance = DistanceMap.of(solid, voxel, EdgeRule.IGNORE, progress);
        float[][] heights = new float[distance.depth()][];
        float most = (float) (voxel.x() * solid.width() + voxel.y() * solid.height() + voxel.z() * solid.depth());
        for (int z = 0; z < heights.length; z++) {
            heights[z] = distance.plane(z).clone();
            for (int i = 0; i < heights[z].length; i++) heights[z][i] = Math.min(most, heights[z][i]);
        }
        double ripple = 0.75 * Math.min(voxel.x(), Math.min(voxel.y(), voxel.z()));
        int[][] found = Watershed.ofMaxima(
                heights,
                solid.width(),
                false,
                26,
                (peak, saddle) -> saddle >= SAME * peak || peak - saddle < ripple,
                progress);
        List<float[]> planes = new ArrayList<>();
        for (int[] plane : found) {
            float[] labels = new float[plane.length];
            for (int i = 0; i < labels.length; i++) labels[i] = plane[i];
            planes.add(labels);
        }
        return new LabelVolume(Planes.ofFloats(planes, solid.width(), solid.height()), voxel);
    }
}
