package sinterj.assimilate;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * Moves each frame by whole voxels so that it fits the one before it best, as the specimen may have drifted. A frame is
 * compared in the voxels that count and differ: the shift with fewest of them wins, and no shift wins a draw. Frames of
 * no weight are moved, but none is compared with them.
 *
 * @param seen the observation with its frames in place
 * @param shifts how far each frame had drifted along x, y and z, in voxels
 */
public record Registration(Observation seen, int[][] shifts) {
    /** Largest shift between two frames, in voxels. */
    private static final int FARTHEST = 4;

    /** Puts the frames of an observation in place. */
    public static Registration of(Observation seen, Progress progress) {
        int count = seen.frames();
        int[] before = new int[count];
        for (int t = 1; t < count; t++) before[t] = t == 1 || seen.weights()[t - 1] > 0 ? t - 1 : before[t - 1];
        int[][] shifts = new int[count][3];
        Parallel.forEach(progress, count - 1, t -> shifts[t + 1] = shift(seen, before[t + 1], t + 1));
        byte[][][] moved = seen.solid().clone();
        for (int t = 1; t < count; t++) {
            for (int axis = 0; axis < 3; axis++) shifts[t][axis] += shifts[before[t]][axis];
            if (!isNone(shifts[t])) moved[t] = moved(seen, t, shifts[t]);
        }
        return new Registration(seen.with(moved), shifts);
    }

    private static boolean isNone(int[] shift) {
        return shift[0] == 0 && shift[1] == 0 && shift[2] == 0;
    }

    /** How the frames were moved, as a sentence. */
    public String words() {
        List<String> moves = new ArrayList<>();
        for (int t = 1; t < shifts.length; t++) {
            int[] d = shifts[t];
            if (!isNone(d)) moves.add("frame " + (t + 1) + " by " + -d[0] + ", " + -d[1] + ", " + -d[2]);
        }
        return moves.isEmpty()
                ? "Registering moved no frame."
                : "Registering moved frames by whole voxels along x, y and z: " + String.join("; ", moves) + ".";
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

    /** Mean difference of the voxels that both frames have, so that a smaller overlap is no advantage. */
    private static double difference(Observation seen, int a, int b, int[] d) {
        double sum = 0;
        double count = 0;
        for (int z = Math.max(0, -d[2]); z < Math.min(seen.depth(), seen.depth() - d[2]); z++) {
            byte[] one = seen.solid()[a][z];
            byte[] two = seen.solid()[b][z + d[2]];
            for (int y = Math.max(0, -d[1]); y < Math.min(seen.height(), seen.height() - d[1]); y++) {
                int row = y * seen.width();
                int other = (y + d[1]) * seen.width() + d[0];
                int from = Math.max(0, -d[0]);
                int to = Math.min(seen.width(), seen.width() - d[0]);
                for (int x = from; x < to; x++) {
                    // What does not count in either frame's place says nothing of the other.
                    double weight = seen.weight(z, row + x) * seen.weight(z + d[2], other + x);
                    sum += weight * Math.abs((one[row + x] & 0xff) - (two[other + x] & 0xff));
                    count += weight;
                }
            }
        }
        return count > 0 ? sum / count : Double.POSITIVE_INFINITY;
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
