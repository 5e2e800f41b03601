package sinterj.image;

import java.util.Arrays;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * Exact Euclidean distance from every voxel of a phase, or of a label, to the nearest voxel outside it; between the
 * centres of voxels, for unequal voxel sides.
 *
 * <p>One pass per axis; each takes the lower envelope of parabolas along its lines (Felzenszwalb and Huttenlocher 2012,
 * doi:10.4086/toc.2012.v008a019; Meijster, Roerdink and Hesselink 2000, doi:10.1007/0-306-47025-X_36). Unlike there,
 * lines are cut at the borders of the phase, so that labels that touch are as easy as a mask and the outside costs
 * nothing. Cost: O(voxels) time, whatever the distances; one float a voxel.
 */
public final class DistanceMap {
    /** Lines transposed together: 32 floats are two cache lines of each plane. */
    private static final int LINES = 32;

    private final int width;
    private final int height;
    private final int depth;
    private final LatticeMetric metric;
    private final EdgeRule edge;
    private final PhaseMask mask;
    private final float[][] labels;
    private final float[][] planes;

    private DistanceMap(LatticeMetric metric, EdgeRule edge, PhaseMask mask, LabelVolume volume, int[] size) {
        width = size[0];
        height = size[1];
        depth = size[2];
        this.metric = metric;
        this.edge = edge;
        this.mask = mask;
        labels = volume == null ? null : planes(volume);
        planes = new float[depth][];
    }

    private static float[][] planes(LabelVolume volume) {
        float[][] planes = new float[(int) volume.labels().dimension(2)][];
        for (int z = 0; z < planes.length; z++) planes[z] = Planes.plane(volume.labels(), z);
        return planes;
    }

    /**
     * Distances within a phase, in the unit of the voxels.
     *
     * @param phase not changed
     * @param voxel side lengths
     * @param edge what lies beyond the image
     * @return new volume, 0 outside the phase; infinite everywhere in it if nothing limits it
     */
    public static Volume of(PhaseMask phase, VoxelSize voxel, EdgeRule edge, Progress progress) {
        LatticeMetric metric = LatticeMetric.of(voxel);
        float[][] planes = squared(phase, metric, edge, progress);
        Parallel.forEach(progress, planes.length, z -> {
            float[] plane = planes[z];
            for (int i = 0; i < plane.length; i++) plane[i] = (float) metric.length(plane[i]);
        });
        return new Volume(Planes.ofFloats(Arrays.asList(planes), phase.width(), phase.height()), voxel);
    }

    /**
     * Squared distances within a phase, in the metric's unit of squares.
     *
     * @param phase not changed
     * @param metric lengths on the grid
     * @param edge what lies beyond the image
     * @return new planes, 0 outside the phase; infinite everywhere in it if nothing limits it
     */
    public static float[][] squared(PhaseMask phase, LatticeMetric metric, EdgeRule edge, Progress progress) {
        int[] size = {phase.width(), phase.height(), phase.depth()};
        return new DistanceMap(metric, edge, phase, null, size).run(progress);
    }

    /**
     * Squared distances within each label to the nearest voxel with another label, in the metric's unit of squares.
     *
     * @param labels not changed; 0 is outside
     * @param metric lengths on the grid
     * @param edge what lies beyond the image
     * @return new planes, 0 where the label is 0; infinite everywhere in a label that nothing limits
     */
    public static float[][] squared(LabelVolume labels, LatticeMetric metric, EdgeRule edge, Progress progress) {
        int[] size = {
            (int) labels.labels().dimension(0),
            (int) labels.labels().dimension(1),
            (int) labels.labels().dimension(2)
        };
        return new DistanceMap(metric, edge, null, labels, size).run(progress);
    }

    private float[][] run(Progress progress) {
        float[] squares = new float[width + 1];
        for (int d = 0; d <= width; d++) squares[d] = (float) (metric.x() * d * d);
        Parallel.forEach(progress, depth, z -> {
            planes[z] = new float[width * height];
            alongX(z, squares);
            if (height > 1) alongY(z);
            progress.report(0.6 * (z + 1) / depth, "Measuring distances");
        });
        if (depth > 1) {
            Parallel.forEach(progress, height, y -> {
                alongZ(y);
                progress.report(0.6 + 0.4 * (y + 1) / height, "Measuring distances");
            });
        }
        return planes;
    }

    private void alongX(int z, float[] squares) {
        LineRuns runs = new LineRuns(width, edge);
        for (int y = 0; y < height; y++) {
            int row = y * width;
            if (labels == null) runs.find(mask, y, z);
            else runs.findLabels(labels[z], row);
            for (int r = 0; r < runs.count(); r++) {
                fill(planes[z], row, runs.from(r), runs.to(r), runs.borderBefore(r), runs.borderAfter(r), squares);
            }
            if (runs.wraps()) fillWrapped(planes[z], row, runs, squares);
        }
    }

    private static void fill(float[] out, int row, int a, int b, boolean before, boolean after, float[] squares) {
        if (!before && !after) {
            Arrays.fill(out, row + a, row + b, Float.POSITIVE_INFINITY);
            return;
        }
        int turn = !before ? a : !after ? b : (a + b) / 2;
        for (int i = a; i < turn; i++) out[row + i] = squares[i - a + 1];
        for (int i = turn; i < b; i++) out[row + i] = squares[b - i];
    }

    private static void fillWrapped(float[] out, int row, LineRuns runs, float[] squares) {
        int n = runs.length();
        int length = n - runs.wrapFrom() + runs.wrapTo();
        for (int k = 0; k < length; k++) {
            float value = runs.wrapsWholly() ? Float.POSITIVE_INFINITY : squares[Math.min(k + 1, length - k)];
            out[row + (runs.wrapFrom() + k) % n] = value;
        }
    }

    private void alongY(int z) {
        LowerEnvelope envelope = new LowerEnvelope(metric.y(), height, edge);
        LineRuns runs = new LineRuns(height, edge);
        float[] lines = new float[LINES * height];
        float[] names = labels == null ? null : new float[LINES * height];
        float[] plane = planes[z];
        for (int x = 0; x < width; x += LINES) {
            int n = Math.min(LINES, width - x);
            for (int y = 0; y < height; y++) {
                gather(plane, y * width + x, n, lines, y, height);
                if (names != null) gather(labels[z], y * width + x, n, names, y, height);
            }
            transform(envelope, runs, lines, names, n);
            for (int y = 0; y < height; y++) scatter(lines, y, height, n, plane, y * width + x);
        }
    }

    private void alongZ(int y) {
        LowerEnvelope envelope = new LowerEnvelope(metric.z(), depth, edge);
        LineRuns runs = new LineRuns(depth, edge);
        float[] lines = new float[LINES * depth];
        float[] names = labels == null ? null : new float[LINES * depth];
        for (int x = 0; x < width; x += LINES) {
            int n = Math.min(LINES, width - x);
            for (int z = 0; z < depth; z++) {
                gather(planes[z], y * width + x, n, lines, z, depth);
                if (names != null) gather(labels[z], y * width + x, n, names, z, depth);
            }
            transform(envelope, runs, lines, names, n);
            for (int z = 0; z < depth; z++) scatter(lines, z, depth, n, planes[z], y * width + x);
        }
    }

    private static void transform(LowerEnvelope envelope, LineRuns runs, float[] lines, float[] names, int count) {
        for (int c = 0; c < count; c++) {
            int from = c * runs.length();
            if (names == null) runs.find(lines, from);
            else runs.findLabels(names, from);
            envelope.transform(lines, from, runs);
        }
    }

    private static void gather(float[] plane, int at, int n, float[] lines, int i, int length) {
        for (int c = 0; c < n; c++) lines[c * length + i] = plane[at + c];
    }

    private static void scatter(float[] lines, int i, int length, int n, float[] plane, int at) {
        for (int c = 0; c < n; c++) plane[at + c] = lines[c * length + i];
    }
}
