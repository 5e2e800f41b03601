package sinterj.pore;

import java.util.List;
import sinterj.base.Progress;
import sinterj.image.LatticeMetric;

/**
 * Paints balls from large to small; the first to reach a voxel gives it its value. Of several painters each owns every
 * n-th layer of cubes and walks all balls, so the result is the same for any number of them, and none waits for another.
 */
final class BallPainter {
    private static final int BALLS_BETWEEN_CHECKS = 4096;

    private final DistancePlanes map;
    private final UnpaintedBlocks unpainted;
    private final Ball ball;
    private final float[][] labels;
    private final int owned;
    private final int owners;
    private final double wx;
    private final double wy;
    private final double wz;
    private final double perWx;
    private double limit;
    private int reachX;
    private int reachY;
    private int reachZ;
    private float value;
    private float label;

    /**
     * @param map planes that are overwritten with the diameter of the ball that reached each voxel
     * @param labels if given, a ball reaches only voxels with the label of its centre
     * @param owned which of the painters this is
     * @param owners how many painters there are
     */
    BallPainter(DistancePlanes map, UnpaintedBlocks unpainted, Ball ball, float[][] labels, int owned, int owners) {
        this.map = map;
        this.unpainted = unpainted;
        this.ball = ball;
        this.labels = labels;
        this.owned = owned;
        this.owners = owners;
        wx = map.metric().x();
        wy = map.metric().y();
        wz = map.metric().z();
        perWx = 1 / wx;
    }

    /** Paints all balls of all lists, merged by their radius. */
    void paint(List<MaximalBalls> lists, Progress progress) {
        int[] next = new int[lists.size()];
        long total = 0;
        for (MaximalBalls list : lists) total += list.start(list.runs());
        long done = 0;
        for (float radius = largest(lists, next); radius > 0; radius = largest(lists, next)) {
            start(radius);
            for (int i = 0; i < next.length; i++) {
                MaximalBalls list = lists.get(i);
                if (next[i] == list.runs() || list.squaredRadius(next[i]) != radius) continue;
                paintRun(list, next[i]++, progress);
                done += list.start(next[i]) - list.start(next[i] - 1);
            }
            if (owned == 0) progress.report((double) done / total, "Painting balls");
        }
    }

    private static float largest(List<MaximalBalls> lists, int[] next) {
        float largest = 0;
        for (int i = 0; i < next.length; i++) {
            MaximalBalls list = lists.get(i);
            if (next[i] < list.runs()) largest = Math.max(largest, list.squaredRadius(next[i]));
        }
        return largest;
    }

    private void start(float squaredRadius) {
        LatticeMetric metric = map.metric();
        limit = ball.limit(squaredRadius, metric);
        reachX = (int) Math.sqrt(limit / wx);
        reachY = (int) Math.sqrt(limit / wy);
        reachZ = (int) Math.sqrt(limit / wz);
        value = (float) (2 * metric.length(squaredRadius));
    }

    private void paintRun(MaximalBalls list, int run, Progress progress) {
        int pixels = map.pixelsPerPlane();
        int width = map.width();
        for (int i = list.start(run); i < list.start(run + 1); i++) {
            if (i % BALLS_BETWEEN_CHECKS == 0) progress.check();
            int centre = list.centre(i);
            int z = list.firstPlane() + centre / pixels;
            int inPlane = centre % pixels;
            if (labels != null) label = labels[z][inPlane];
            paintRepeats(inPlane % width, inPlane / width, z);
        }
    }

    /** The ball, and in a periodic image those of its repeats that reach into the image. */
    private void paintRepeats(int x, int y, int z) {
        int px = map.wraps(map.width()) ? map.width() : 0;
        int py = map.wraps(map.height()) ? map.height() : 0;
        int pz = map.wraps(map.depth()) ? map.depth() : 0;
        for (int k = first(z, reachZ, pz); k - reachZ < map.depth(); k += pz) {
            for (int j = first(y, reachY, py); j - reachY < map.height(); j += py) {
                for (int i = first(x, reachX, px); i - reachX < map.width(); i += px) {
                    paintBall(i, j, k);
                    if (px == 0) break;
                }
                if (py == 0) break;
            }
            if (pz == 0) break;
        }
    }

    private static int first(int centre, int reach, int period) {
        return period == 0 ? centre : centre - (centre + reach) / period * period;
    }

    private void paintBall(int cx, int cy, int cz) {
        int firstLayer = Math.max(0, cz - reachZ) >> 2;
        int lastLayer = Math.min(map.depth() - 1, cz + reachZ) >> 2;
        int firstRow = Math.max(0, cy - reachY) >> 2;
        int lastRow = Math.min(map.height() - 1, cy + reachY) >> 2;
        for (int layer = firstLayer + Math.floorMod(owned - firstLayer, owners); layer <= lastLayer; layer += owners) {
            int dz = gap(layer, cz);
            double restZ = limit - wz * dz * dz;
            for (int row = firstRow; row <= lastRow; row++) {
                int dy = gap(row, cy);
                double rest = restZ - wy * dy * dy;
                if (rest >= 0) paintRow(layer, row, rest, cx, cy, cz);
            }
        }
    }

    /** Voxels from a coordinate to the nearest voxel of a cube. */
    private static int gap(int cube, int centre) {
        int low = cube << 2;
        return centre < low ? low - centre : Math.max(0, centre - low - 3);
    }

    private void paintRow(int layer, int row, double rest, int cx, int cy, int cz) {
        int half = (int) Math.sqrt(rest * perWx);
        int first = Math.max(0, cx - half) >> 2;
        int last = Math.min(map.width() - 1, cx + half) >> 2;
        if (first > last) return;
        long[] left = unpainted.left[layer];
        int base = row * unpainted.wordsPerRow;
        for (int w = first >> 6; w <= last >> 6; w++) {
            long bits = left[base + w];
            if (bits == 0) continue;
            if (w == first >> 6) bits &= -1L << first;
            if (w == last >> 6) bits &= -1L >>> ~last;
            for (; bits != 0; bits &= bits - 1) {
                paintCube(layer, row, (w << 6) + Long.numberOfTrailingZeros(bits), cx, cy, cz);
            }
        }
    }

    private void paintCube(int layer, int row, int column, int cx, int cy, int cz) {
        long[] cubes = unpainted.cubes[layer];
        int at = row * unpainted.columns + column;
        long word = cubes[at];
        long remaining = word;
        int x0 = column << 2;
        for (long rest = word; rest != 0; ) {
            int line = Long.numberOfTrailingZeros(rest) >> 2;
            long nibble = rest >>> (line << 2) & 15;
            rest &= ~(15L << (line << 2));
            int dz = (layer << 2) + (line >> 2) - cz;
            int dy = (row << 2) + (line & 3) - cy;
            double room = limit - wz * dz * dz - wy * dy * dy;
            if (room < 0) continue;
            int half = (int) Math.sqrt(room * perWx);
            int from = cx - half - x0;
            int to = cx + half - x0;
            if (from > 3 || to < 0) continue;
            if (from > 0) nibble &= 15 << from;
            if (to < 3) nibble &= 15 >> 3 - to;
            if (nibble != 0) remaining &= ~(paintLine(line, layer, row, x0, nibble) << (line << 2));
        }
        if (remaining == word) return;
        cubes[at] = remaining;
        if (remaining == 0) unpainted.left[layer][row * unpainted.wordsPerRow + (column >> 6)] &= ~(1L << column);
    }

    /** @return those of the four voxels of a line that were painted */
    private long paintLine(int line, int layer, int row, int x0, long nibble) {
        int z = (layer << 2) + (line >> 2);
        int i = ((row << 2) + (line & 3)) * map.width() + x0;
        float[] plane = map.planes()[z];
        if (labels != null) nibble = ofLabel(labels[z], i, nibble);
        for (long bits = nibble; bits != 0; bits &= bits - 1) plane[i + Long.numberOfTrailingZeros(bits)] = value;
        return nibble;
    }

    private long ofLabel(float[] names, int i, long nibble) {
        long same = 0;
        for (long bits = nibble; bits != 0; bits &= bits - 1) {
            int x = Long.numberOfTrailingZeros(bits);
            if (names[i + x] == label) same |= 1L << x;
        }
        return same;
    }
}
