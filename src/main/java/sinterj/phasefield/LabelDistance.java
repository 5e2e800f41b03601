package sinterj.phasefield;

import java.util.Arrays;
import sinterj.base.Progress;
import sinterj.image.DistanceMap;
import sinterj.image.EdgeRule;
import sinterj.image.LabelVolume;
import sinterj.image.PhaseMask;
import sinterj.image.Planes;
import sinterj.image.VoxelSize;

/** Distance to the surface of one label, or of all together, measured on the image and interpolated to the grid. */
final class LabelDistance {
    /** In place of a label: all of them together. */
    static final int ALL = -1;

    private final LabelVolume labels;
    private final int id;
    private final int[] low;
    private final int[] high;
    private int[] from;
    private int[] size;
    private float[] values;

    /**
     * @param low first voxel of the label along x, y and z
     * @param high last voxel of the label
     */
    LabelDistance(LabelVolume labels, int id, int[] low, int[] high) {
        this.labels = labels;
        this.id = id;
        this.low = low;
        this.high = high;
    }

    /**
     * @param perVoxel sides of an image voxel in voxels of the grid
     * @param smoothing width of a Gaussian in voxels of the image
     * @return null if the label lies outside the grid
     */
    SignedDistance on(Grid grid, double[] perVoxel, double smoothing, Progress progress) {
        double[] first = new double[3];
        double[] last = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            first[axis] = (low[axis] + 0.5) * perVoxel[axis] - 0.5;
            last[axis] = (high[axis] + 0.5) * perVoxel[axis] - 0.5;
        }
        if (grid.nz() == 1) first[2] = last[2] = 0;
        int[][] box = SignedDistance.box(grid, first, last);
        if (box == null) return null;
        measure(grid, perVoxel, progress);
        for (int axis = 0; axis < 3; axis++) if (size[axis] > 1) smooth(axis, smoothing);
        SignedDistance out = new SignedDistance(id, box[0], box[1], new float[box[1][0] * box[1][1] * box[1][2]]);
        int[] at = new int[3];
        double[] where = new double[3];
        for (at[2] = 0; at[2] < box[1][2]; at[2]++) {
            progress.check();
            for (at[1] = 0; at[1] < box[1][1]; at[1]++) {
                for (at[0] = 0; at[0] < box[1][0]; at[0]++) {
                    for (int axis = 0; axis < 3; axis++) where[axis] = position(out, grid, axis, at[axis], perVoxel);
                    out.values()[out.index(at[0], at[1], at[2])] = interpolated(where);
                }
            }
        }
        return out;
    }

    /** Position of a voxel of the grid in the measured box, in voxels of the image. */
    private double position(SignedDistance out, Grid grid, int axis, int i, double[] perVoxel) {
        if (size[axis] == 1) return 0;
        double onGrid = out.from()[axis] + i;
        if (grid.periodic(axis)) {
            // The nearer of its images to the middle of the label.
            double middle = (0.5 * (low[axis] + high[axis]) + 0.5) * perVoxel[axis] - 0.5;
            onGrid -= grid.size(axis) * Math.rint((onGrid - middle) / grid.size(axis));
        }
        return (onGrid + 0.5) / perVoxel[axis] - 0.5 - from[axis];
    }

    private void measure(Grid grid, double[] perVoxel, Progress progress) {
        from = new int[3];
        int[] to = new int[3];
        int[] image = {
            (int) labels.labels().dimension(0),
            (int) labels.labels().dimension(1),
            (int) labels.labels().dimension(2)
        };
        for (int axis = 0; axis < 3; axis++) {
            int margin = (int) Math.ceil((SignedDistance.reach(grid) + 2) / perVoxel[axis]);
            from[axis] = low[axis] - margin;
            to[axis] = high[axis] + 1 + margin;
            // A particle that meets a wall goes on behind it; a single plane goes on for ever.
            if (low[axis] == 0) from[axis] = 0;
            if (high[axis] == image[axis] - 1) to[axis] = image[axis];
        }
        size = StartFromLabels.boxSize(from, to);
        PhaseMask mask = PhaseMask.where(
                size[0],
                size[1],
                size[2],
                this::cropped,
                progress,
                (pixels, i) -> id == ALL ? pixels[i] > 0 : pixels[i] == id);
        VoxelSize voxel = new VoxelSize(perVoxel[0], perVoxel[1], perVoxel[2], VoxelSize.UNCALIBRATED);
        float[][] inside = planes(mask, voxel, progress);
        float[][] outside = planes(mask.complement(), voxel, progress);
        // Distances are between the centres of voxels, and the surface lies half-way.
        double half = 0.5 * Math.min(perVoxel[0], Math.min(perVoxel[1], size[2] == 1 ? perVoxel[0] : perVoxel[2]));
        values = new float[size[0] * size[1] * size[2]];
        for (int z = 0; z < size[2]; z++) {
            for (int i = 0; i < inside[z].length; i++) {
                double s = inside[z][i] > 0 ? inside[z][i] - half : half - outside[z][i];
                values[z * inside[z].length + i] = (float) Math.max(-1e4, Math.min(1e4, s));
            }
        }
    }

    /** A plane of the box around the label; 0 beyond the image. */
    private float[] cropped(int z) {
        float[] out = new float[size[0] * size[1]];
        int iz = z + from[2];
        if (iz < low[2] || iz > high[2]) return out;
        float[] plane = Planes.plane(labels.labels(), iz);
        int width = (int) labels.labels().dimension(0);
        int count = high[0] - low[0] + 1;
        for (int y = low[1]; y <= high[1]; y++) {
            System.arraycopy(plane, low[0] + width * y, out, low[0] - from[0] + size[0] * (y - from[1]), count);
        }
        return out;
    }

    private static float[][] planes(PhaseMask mask, VoxelSize voxel, Progress progress) {
        var volume = DistanceMap.of(mask, voxel, EdgeRule.IGNORE, progress);
        float[][] planes = new float[volume.depth()][];
        for (int z = 0; z < planes.length; z++) planes[z] = volume.plane(z);
        return planes;
    }

    private void smooth(int axis, double sigma) {
        int reach = (int) Math.ceil(3.5 * sigma);
        double[] kernel = new double[2 * reach + 1];
        for (int k = -reach; k <= reach; k++) kernel[k + reach] = Math.exp(-0.5 * k * k / (sigma * sigma));
        double sum = Arrays.stream(kernel).sum();
        int stride = axis == 0 ? 1 : axis == 1 ? size[0] : size[0] * size[1];
        int n = size[axis];
        double[] line = new double[n];
        for (int start = 0; start < values.length; start++) {
            if (start / stride % n != 0) continue;
            for (int i = 0; i < n; i++) {
                double value = 0;
                for (int k = -reach; k <= reach; k++) {
                    int j = Math.max(0, Math.min(n - 1, i + k));
                    value += kernel[k + reach] * values[start + j * stride];
                }
                line[i] = value / sum;
            }
            for (int i = 0; i < n; i++) values[start + i * stride] = (float) line[i];
        }
    }

    private float interpolated(double[] where) {
        int[] base = new int[3];
        double[] f = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double at = Math.max(0, Math.min(size[axis] - 1, where[axis]));
            base[axis] = Math.min((int) at, Math.max(0, size[axis] - 2));
            f[axis] = at - base[axis];
        }
        double sum = 0;
        for (int corner = 0; corner < 8; corner++) {
            double weight = 1;
            int at = 0;
            for (int axis = 2; axis >= 0; axis--) {
                int high = corner >> axis & 1;
                weight *= high == 1 ? f[axis] : 1 - f[axis];
                at = at * size[axis] + Math.min(size[axis] - 1, base[axis] + high);
            }
            if (weight > 0) sum += weight * values[at];
        }
        return (float) sum;
    }
}
