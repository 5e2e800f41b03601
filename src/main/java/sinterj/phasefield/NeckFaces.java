package sinterj.phasefield;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * The boundaries between labels. Faces of voxels are counted with their sign along each axis, so that the sum is the
 * vector area: exact for a flat boundary, however it lies on the grid, and the cross-section of a neck for a curved one.
 */
final class NeckFaces {
    private NeckFaces() {}

    /**
     * The boundary of two labels.
     *
     * @param one the smaller label
     * @param two the larger label
     * @param area vector area, in voxels squared
     */
    record Faces(int one, int two, double area) {}

    /** Boundaries between all labels that touch, by rising labels. */
    static List<Faces> between(Grid grid, float[][] labels, Progress progress) {
        List<Map<Long, int[]>> byPlane = new ArrayList<>();
        for (int z = 0; z < grid.nz(); z++) byPlane.add(new TreeMap<>());
        Parallel.forEach(progress, grid.nz(), z -> count(grid, labels, z, byPlane.get(z)));
        Map<Long, int[]> all = new TreeMap<>();
        for (Map<Long, int[]> plane : byPlane) {
            plane.forEach((pair, faces) -> {
                int[] sum = all.computeIfAbsent(pair, key -> new int[3]);
                for (int axis = 0; axis < 3; axis++) sum[axis] += faces[axis];
            });
        }
        List<Faces> found = new ArrayList<>();
        all.forEach((pair, n) -> {
            double area = Math.sqrt((double) n[0] * n[0] + (double) n[1] * n[1] + (double) n[2] * n[2]);
            if (area > 0) found.add(new Faces((int) (pair >> 32), pair.intValue(), area));
        });
        return found;
    }

    private static void count(Grid grid, float[][] labels, int z, Map<Long, int[]> faces) {
        int nx = grid.nx();
        int ny = grid.ny();
        float[] plane = labels[z];
        float[] above = z + 1 < grid.nz() ? labels[z + 1] : grid.periodicZ() ? labels[0] : null;
        for (int y = 0; y < ny; y++) {
            int row = y * nx;
            int next = y + 1 < ny ? row + nx : grid.periodicY() ? 0 : -1;
            for (int x = 0; x < nx; x++) {
                float label = plane[row + x];
                if (label == 0) continue;
                int right = x + 1 < nx ? x + 1 : grid.periodicX() ? 0 : -1;
                if (right >= 0) add(faces, label, plane[row + right], 0);
                if (next >= 0) add(faces, label, plane[next + x], 1);
                if (above != null) add(faces, label, above[row + x], 2);
            }
        }
    }

    private static void add(Map<Long, int[]> faces, float a, float b, int axis) {
        if (a == b || b == 0) return;
        long pair = (long) Math.min(a, b) << 32 | (long) Math.max(a, b);
        faces.computeIfAbsent(pair, key -> new int[3])[axis] += a < b ? 1 : -1;
    }
}
