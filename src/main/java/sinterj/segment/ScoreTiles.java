package sinterj.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Mirror;

/**
 * The parts of the kept slices on which a network is scored while it is trained: squares on a grid that hold labels. If
 * there are many, some of them, drawn by the seed, with those first that hold most of each class.
 */
public final class ScoreTiles {
    private static final int SIDE = 256;
    private static final int MOST = 10;

    private final TrainingSet set;
    private final int side;
    private final List<int[]> tiles = new ArrayList<>();

    /** Applies a network: normalised slices of a square to probabilities, as {@link Network#probabilities}. */
    public interface Predictor {
        float[] probabilities(float[] slices, int width, int height);
    }

    /** @param multiple sides of the squares are multiples of this */
    public ScoreTiles(TrainingSet set, int multiple, long seed) {
        this.set = set;
        int wanted = Math.min(SIDE, Math.max(set.width(), set.height()));
        side = (wanted + multiple - 1) / multiple * multiple;
        List<int[]> all = new ArrayList<>();
        List<long[]> counts = new ArrayList<>();
        for (int z : set.slices()) {
            for (int y = 0; y < set.height(); y += side) {
                for (int x = 0; x < set.width(); x += side) {
                    long[] count = TrainingSet.counts(
                            List.of(truth(new int[] {z, y, x})), set.classes().count());
                    if (Arrays.stream(count).sum() == 0) continue;
                    all.add(new int[] {z, y, x});
                    counts.add(count);
                }
            }
        }
        choose(all, counts, seed);
    }

    private void choose(List<int[]> all, List<long[]> counts, long seed) {
        List<Integer> order = new ArrayList<>();
        for (int c = 0; c < set.classes().count(); c++) {
            int wanted = c;
            order.add(
                    Collections.max(range(all.size()), Comparator.comparingLong((Integer i) -> counts.get(i)[wanted])));
        }
        List<Integer> rest = range(all.size());
        Collections.shuffle(rest, new Random(seed));
        order.addAll(rest);
        order.stream().distinct().limit(MOST).sorted().forEach(i -> tiles.add(all.get(i)));
    }

    private static List<Integer> range(int n) {
        List<Integer> range = new ArrayList<>();
        for (int i = 0; i < n; i++) range.add(i);
        return range;
    }

    private byte[] truth(int[] tile) {
        byte[] labels = set.labels().get(tile[0]);
        byte[] out = new byte[side * side];
        for (int i = 0; i < out.length; i++) {
            int x = tile[2] + i % side;
            int y = tile[1] + i / side;
            out[i] = x < set.width() && y < set.height() ? labels[x + set.width() * y] : -1;
        }
        return out;
    }

    private float[] slices(int[] tile) {
        float[][] in = set.inputs(tile[0]);
        float[] out = new float[in.length * side * side];
        for (int k = 0; k < in.length; k++) {
            for (int i = 0; i < side * side; i++) {
                int x = Mirror.at(tile[2] + i % side, set.width());
                int y = Mirror.at(tile[1] + i / side, set.height());
                out[k * side * side + i] = in[k][x + set.width() * y];
            }
        }
        return out;
    }

    /**
     * Scores a network: pixels by true and found class.
     *
     * @param network asked by several threads at once
     */
    public Agreement score(Predictor network, Progress progress) {
        int classes = set.classes().count();
        long[][][] found = new long[tiles.size()][classes][classes];
        Parallel.forEach(progress, tiles.size(), n -> {
            byte[] truth = truth(tiles.get(n));
            float[] p = network.probabilities(slices(tiles.get(n)), side, side);
            for (int i = 0; i < truth.length; i++) {
                if (truth[i] >= 0) found[n][truth[i]][Tiles.largest(p, i, side * side, classes)]++;
            }
        });
        long[][] counts = new long[classes][classes];
        for (long[][] tile : found) {
            for (int t = 0; t < classes; t++) for (int f = 0; f < classes; f++) counts[t][f] += tile[t][f];
        }
        return new Agreement(set.classes().values(), counts);
    }

    /** Mean IoU over the classes that are there, in truth or prediction. */
    public static double meanIou(Agreement agreement) {
        double sum = 0;
        int n = 0;
        for (int c = 0; c < agreement.classes().length; c++) {
            if (agreement.inTruth(c) + agreement.found(c) == 0) continue;
            sum += agreement.iou(c);
            n++;
        }
        return n == 0 ? 0 : sum / n;
    }
}
