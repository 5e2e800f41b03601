package sinterj.image;

import java.util.Arrays;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * Which of some marked voxels is nearest to each voxel of a volume: an exact feature transform for unequal voxel sides,
 * by lower envelopes along the axes as in {@link DistanceMap}. Of equally near ones either may be given, always the
 * same. Cost: O(voxels) time, one int a voxel.
 */
public final class NearestPoint {
    private static final int NONE = -1;

    private final int width;
    private final int height;
    private final int[][] points;
    private final int[] offset;
    private final LatticeMetric metric;
    private final int[][] nearest;

    private NearestPoint(int width, int height, int[][] points, LatticeMetric metric) {
        this.width = width;
        this.height = height;
        this.points = points;
        this.metric = metric;
        offset = new int[points.length + 1];
        for (int z = 0; z < points.length; z++) offset[z + 1] = Math.addExact(offset[z], points[z].length);
        nearest = new int[points.length][];
    }

    /**
     * Numbers the marked voxels plane by plane and finds the nearest of them for each voxel.
     *
     * @param width voxels along x
     * @param height voxels along y
     * @param points for each plane the places {@code x + width * y} of its marked voxels, rising; at least one in all
     * @param metric lengths on the grid
     * @return for each plane the number of the nearest marked voxel
     */
    public static int[][] of(int width, int height, int[][] points, LatticeMetric metric, Progress progress) {
        NearestPoint search = new NearestPoint(width, height, points, metric);
        Parallel.forEach(progress, points.length, search::inPlane);
        if (points.length > 1) Parallel.forEach(progress, height, search::acrossPlanes);
        return search.nearest;
    }

    private void inPlane(int z) {
        int[] ids = new int[width * height];
        Arrays.fill(ids, NONE);
        for (int k = 0; k < points[z].length; k++) ids[points[z][k]] = offset[z] + k;
        for (int y = 0; y < height; y++) spreadAlongX(ids, y * width, points[z], offset[z]);
        IdEnvelope envelope = new IdEnvelope(metric.y(), height);
        for (int x = 0; x < width; x++) {
            envelope.clear();
            for (int y = 0; y < height; y++) {
                int id = ids[y * width + x];
                if (id == NONE) continue;
                double dx = points[z][id - offset[z]] % width - x;
                envelope.push(y, metric.x() * dx * dx, id);
            }
            envelope.fill(ids, x, width);
        }
        nearest[z] = ids;
    }

    private void spreadAlongX(int[] ids, int row, int[] inPlane, int first) {
        for (int x = 1; x < width; x++) if (ids[row + x] == NONE) ids[row + x] = ids[row + x - 1];
        int right = NONE;
        for (int x = width - 1; x >= 0; x--) {
            int left = ids[row + x];
            boolean marked = left != NONE && inPlane[left - first] % width == x;
            if (marked) right = left;
            if (right == NONE) continue;
            boolean nearer = left == NONE || inPlane[right - first] % width - x < x - inPlane[left - first] % width;
            if (nearer) ids[row + x] = right;
        }
    }

    private void acrossPlanes(int y) {
        IdEnvelope envelope = new IdEnvelope(metric.z(), nearest.length);
        int[] line = new int[nearest.length];
        for (int x = 0; x < width; x++) {
            envelope.clear();
            for (int z = 0; z < nearest.length; z++) {
                int id = nearest[z][y * width + x];
                if (id == NONE) continue;
                int at = points[z][id - offset[z]];
                double dx = at % width - x;
                double dy = at / width - y;
                envelope.push(z, metric.x() * dx * dx + metric.y() * dy * dy, id);
            }
            envelope.fill(line, 0, 1);
            for (int z = 0; z < nearest.length; z++) nearest[z][y * width + x] = line[z];
        }
    }

    /** Parabolas over a line, each with the number of the point it stands for. */
    private static final class IdEnvelope {
        private final double weight;
        private final int length;
        private final int[] position;
        private final int[] start;
        private final int[] ids;
        private final double[] height;
        private int top = -1;

        IdEnvelope(double weight, int length) {
            this.weight = weight;
            this.length = length;
            position = new int[length];
            start = new int[length];
            ids = new int[length];
            height = new double[length];
        }

        void clear() {
            top = -1;
        }

        void push(int q, double value, int id) {
            int from = 0;
            while (top >= 0) {
                double toOld = start[top] - position[top];
                double toNew = start[top] - q;
                if (height[top] + weight * toOld * toOld <= value + weight * toNew * toNew) {
                    int p = position[top];
                    double meet = (value - height[top] + weight * (q - p) * (q + p)) / (2 * weight * (q - p));
                    if (!(meet < length - 1)) return;
                    from = (int) Math.floor(meet) + 1;
                    break;
                }
                top--;
            }
            top++;
            start[top] = from;
            position[top] = q;
            height[top] = value;
            ids[top] = id;
        }

        /** Writes the number of the lowest parabola for each place of the line. */
        void fill(int[] out, int from, int step) {
            int end = length;
            for (int t = top; t >= 0; t--) {
                for (int i = start[t]; i < end; i++) out[from + i * step] = ids[t];
                end = start[t];
            }
            if (top < 0) for (int i = 0; i < length; i++) out[from + i * step] = NONE;
        }
    }
}
