package sinterj.pore;

import java.util.Arrays;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Components;
import sinterj.image.PhaseMask;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

/**
 * How well a volume conducts from one face to the opposite one: the conductivity of an even block that would carry the
 * same current. Laplace's equation by finite volumes: the potential is that of the voxels' centres, the conductance
 * between two voxels the harmonic mean of theirs, the two faces are electrodes half a voxel away, and nothing leaves
 * through the sides. Voxels may have unequal sides. What is not connected to both electrodes through faces of voxels
 * carries no current and is left out.
 *
 * <p>The conductivity is that of the dissipated power, which is a little too large at every iteration and whose error is
 * the square of the potential's. Cost: some 10 iterations of about 15 operations a voxel, whatever the size; about 22
 * bytes a voxel and 90 for every group of up to eight conducting ones.
 *
 * @param conductivity along the axis, over that of the reference
 * @param spanning fraction of the conducting voxels that is connected to both faces
 * @param iterations taken
 * @param error by what part the conductivity may still be too large
 * @param complete whether the tolerance was met
 * @param current magnitude of the current density over its mean through a section of the volume; null if not asked for
 */
public record Transport(
        double conductivity, double spanning, int iterations, double error, boolean complete, Volume current) {
    /**
     * Measures along an axis.
     *
     * @param volume values; not changed
     * @param axis 0, 1 or 2 for x, y or z
     * @param tolerance at which the iteration ends, for the conductivity: relative
     * @param map whether the current density is wanted
     * @throws InvalidInput if the volume has a single voxel along the axis
     */
    public static Transport along(
            int axis, Volume volume, Conductivities k, double tolerance, boolean map, Progress progress) {
        int[] size = {volume.width(), volume.height(), volume.depth()};
        if (size[axis] == 1) {
            throw new InvalidInput("The image is one voxel thick along " + "xyz".charAt(axis)
                    + ", so there is nothing to be crossed. Measure along the other axes.");
        }
        progress.report(0, "Finding what is connected");
        PhaseMask conducting = k.conducting(volume, progress);
        PhaseMask spanning = Components.spanning(conducting, axis, progress);
        long carriers = spanning.count();
        if (carriers == 0) {
            Volume none = map ? new Volume(Planes.floats(size[0], size[1], size[2]), volume.size()) : null;
            return new Transport(0, 0, 0, 0, true, none);
        }
        double fraction = (double) carriers / conducting.count();
        Conductances g = new Conductances(k, volume.size(), axis);
        ConductingVoxels voxels = new ConductingVoxels(
                size, axis, g, (z, plane) -> materials(volume.plane(z), k, spanning, z, plane), progress);
        FaceCurrents faces = new FaceCurrents(voxels, axis, size[axis]);
        Potential potential = new Potential(voxels, faces, tolerance, progress.part(0.05, map ? 0.95 : 1));
        double power = faces.power(potential.deviation(), progress);
        // One line of voxels of conductivity 1 has the conductance 1 / length; the lines stand side by side.
        double relative = power * size[axis] * size[axis] / spanning.size();
        return new Transport(
                relative * k.largest(),
                fraction,
                potential.iterations(),
                potential.change(),
                potential.complete(),
                map ? current(faces, voxels, potential, relative, axis, volume.size(), progress) : null);
    }

    private static void materials(float[] values, Conductivities k, PhaseMask spanning, int z, byte[] plane) {
        for (int y = 0; y < spanning.height(); y++) {
            int row = y * spanning.width();
            for (int x = spanning.nextInside(0, y, z); x < spanning.width(); x = spanning.nextInside(x + 1, y, z)) {
                plane[row + x] = (byte) k.material(values[row + x]);
            }
        }
    }

    private static Volume current(
            FaceCurrents faces,
            ConductingVoxels voxels,
            Potential potential,
            double relative,
            int axis,
            VoxelSize voxel,
            Progress progress) {
        float[][] planes = new float[voxels.depth][voxels.width * voxels.height];
        double[] side = {voxel.x(), voxel.y(), voxel.z()};
        int length = new int[] {voxels.width, voxels.height, voxels.depth}[axis];
        Parallel.forEach(progress, voxels.depth, z -> {
            float[] before = new float[voxels.stride * (voxels.height + 2)];
            float[] behind = new float[before.length];
            double[] squares = new double[before.length];
            for (int along = 0; along < 3; along++) {
                double unit = length * side[along] / (side[axis] * relative);
                faces.currents(along, z, potential.deviation(), before, behind);
                for (int i = 0; i < before.length; i++) {
                    double mean = unit * 0.5 * ((double) before[i] + behind[i]);
                    squares[i] += mean * mean;
                }
            }
            for (int y = 0; y < voxels.height; y++) {
                for (int x = 0; x < voxels.width; x++) {
                    planes[z][y * voxels.width + x] = (float) Math.sqrt(squares[(y + 1) * voxels.stride + x + 1]);
                }
            }
        });
        return new Volume(Planes.ofFloats(Arrays.asList(planes), voxels.width, voxels.height), voxel);
    }
}
