package sinterj.assimilate;

import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * Moves each frame by whole voxels so that it fits the one before it best, as the specimen may have drifted. A frame is
 * compared in the voxels that differ: the shift with fewest of them wins, and no shift wins a draw.
 */
public final class Registration {
    /** Largest shift between two frames, in voxels. */
    private static final int FARTHEST = 4;

    private Registration() {}

    /** The observation with its frames in place. */
    public static Observation of(Observation seen, Progress progress) {
        int count = seen.frames();
        int[][] between = new int[count][3];
        Parallel.forEach(progress, count - 1, t -> between[t + 1] = shift(seen, t, t + 1));
        byte[][][] moved = seen.solid().clone();
        int[] sum = new int[3];
        for (int t = 1; t < count; t++) {
            for (int axis = 0; axis < 3; axis++) sum[axis] += between[t][axis];
            if (sum[0] != 0 || sum[1] != 0 || sum[2] != 0) moved[t] = moved(seen, t, sum);
        }
        return seen.with(moved);
    }

    /** The shift d for which frame b at x + d is most like frame a at x, by descent from no shift. */
    private static int[] shift(Observation seen, int a, int b) {
        int[] best = new int[3];
        double least = difference(seen, a, b, best);
        boolean better = true;
        while (better) {
            better = false;
            for (int axis = 0; axis < 3; axis++) {
                for (int step = -1; step <= 1; step += 2) {
                    int[] tried = best.clone();
                    tried[axis] += step;
                    if (Math.abs(tried[axis]) > FARTHEST) continue;
                    double d = difference(seen, a, b, tried);
                    if (d >= least) continue;
                    least = d;
                    best = tried;
                    better = true;
                }
            }
        }
        return best;
    }

    private static double difference(Observation seen, int a, int b, int[] d) {
        long sum = 0;
        for (int z = Math.max(0, -d[2]); z < Math.min(seen.depth(), seen.depth() - d[2]); z++) {
            byte[] one = seen.solid()[a][z];
            byte[] two = seen.solid()[b][z + d[2]];
            for (int y = Math.max(0, -d[1]); y < Math.min(seen.height(), seen.height() - d[1]); y++) {
                int row = y * seen.width();
                int other = (y + d[1]) * seen.width() + d[0];
                int from = Math.max(0, -d[0]);
                int to = Math.min(seen.width(), seen.width() - d[0]);
                for (int x = from; x < to; x++) {
                    sum += Math.abs((one[row + x] & 0xff) - (two[other + x] & 0xff));
                }
            }
        }
        // Per voxel that both have, so that a smaller overlap is no advantage.
        double overlap = (double) (seen.width() - Math.abs(d[0]))
                * (seen.height() - Math.abs(d[1]))
                * (seen.depth() - Math.abs(d[2]));
        return overlap > 0 ? sum / overlap : Double.POSITIVE_INFINITY;
    }

    private static byte[][] moved(Observation seen, int t, int[] d) {
        byte[][] moved = new byte[seen.depth()][seen.width() * seen.height()];
        for (int z = 0; z < seen.depth(); z++) {
            byte[] from = seen.solid()[t][clamp(z + d[2], seen.depth())];
            for (int y = 0; y < seen.height(); y++) {
                int row = clamp(y + d[1], seen.height()) * seen.width();
                for (int x = 0; x < seen.width(); x++) {
                    moved[z][y * seen.width() + x] = from[row + clamp(x + d[0], seen.width())];
                }
            }
        }
        return moved;
    }

    private static int clamp(int i, int size) {
        return Math.min(size - 1, Math.max(0, i));
    }
}
