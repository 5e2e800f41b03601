package sinterj.pore;

import sinterj.base.Progress;
import sinterj.image.PhaseMask;
import sinterj.image.VoxelSize;

/**
 * Surface, chords and lines of a phase, in the unit of the voxels.
 *
 * @param area area inside the image, by Crofton's formula
 * @param smoothedArea the same from the smoothed mask
 * @param chordsX whole chords along x, by their number of voxels
 * @param chordsY along y
 * @param chordsZ along z
 * @param meanChords mean length of the whole chords along x, y, z; NaN where there is none
 * @param meanIntercept mean length in the phase of lines along the three axes; NaN if none ends within the image
 * @param perimeters mean length of the phase's outline on sections normal to x, y, z
 * @param skeletonLength total length of the skeleton's lines
 */
public record SurfacesAndChords(
        double area,
        double smoothedArea,
        long[] chordsX,
        long[] chordsY,
        long[] chordsZ,
        double[] meanChords,
        double meanIntercept,
        double[] perimeters,
        double skeletonLength) {
    /**
     * Measures a phase.
     *
     * @param phase not changed
     * @param voxel side lengths
     */
    public static SurfacesAndChords of(PhaseMask phase, VoxelSize voxel, Progress progress) {
        progress.report(0, "Measuring surfaces");
        CroftonArea crofton = new CroftonArea(phase, voxel, progress);
        double smoothed = SmoothedArea.of(phase, voxel, progress);
        progress.report(0.2, "Measuring chords");
        double[] side = {voxel.x(), voxel.y(), voxel.z()};
        Chords[] chords = new Chords[3];
        double[] means = new double[3];
        double[] perimeters = new double[3];
        double length = 0;
        double ends = 0;
        for (int axis = 0; axis < 3; axis++) {
            chords[axis] = Chords.along(axis, phase, progress);
            means[axis] = chords[axis].meanLength() * side[axis];
            perimeters[axis] = crofton.perimeterPerSection(axis);
            // Lines of each axis stand as dense as voxels do: weighted to an equal number of lines per area.
            double perLine = 1 / (side[0] * side[1] * side[2] / side[axis]);
            length += chords[axis].voxels() * side[axis] / perLine;
            ends += chords[axis].ends() / perLine;
        }
        double intercept = ends == 0 ? Double.NaN : length / (ends / 2);
        PhaseMask skeleton = Skeleton.of(phase, progress.part(0.3, 0.95));
        double lines = Skeleton.length(skeleton, voxel, progress);
        return new SurfacesAndChords(
                crofton.area(),
                smoothed,
                chords[0].counts(),
                chords[1].counts(),
                chords[2].counts(),
                means,
                intercept,
                perimeters,
                lines);
    }
}
