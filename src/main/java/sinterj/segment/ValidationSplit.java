package sinterj.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Labels set apart to score a network on what it has not learnt from. Neighbouring slices resemble each other, so a
 * block of slices is kept, with a gap to those for training; where there are too few slices, a strip along one side of
 * each. Images that do not belong together differ more, so that one of a few is no measure of the others and is missed
 * in training: fewer than ten of them give strips. Of the possible blocks the one is taken that holds the fairest share of every class.
 *
 * @param training labels to learn from
 * @param validation labels to score on
 * @param note what there is to say about it, as a sentence; empty if nothing
 */
public record ValidationSplit(TrainingSet training, TrainingSet validation, String note) {
    /** Slices closer than this to the block are left out of a stack whose slices resemble each other. */
    private static final int GAP_SLICES = 4;

    private static final int GAP_PIXELS = 16;
    private static final int FEWEST_SLICES = 3;
    private static final int FEWEST_IMAGES = 10;
    private static final String NOTHING_LEFT = "There are too few labels to keep some for the score, so the score is of"
            + " what the network has learnt from and says little.";

    /**
     * Splits the labels.
     *
     * @param part of the labels that is kept for the score; 0 for none
     */
    public static ValidationSplit of(TrainingSet set, double part) {
        if (part == 0) return new ValidationSplit(set, set, "The score is of the slices that were learnt from.");
        List<TrainingSet[]> ways = new ArrayList<>(inSlices(set) ? bySlices(set, part) : List.of());
        TrainingSet[] best = fairest(ways, set);
        if (best == null) best = fairest(byStrips(set, part), set);
        if (best == null) return new ValidationSplit(set, set, NOTHING_LEFT);
        return new ValidationSplit(best[0], best[1], absent(best[1]));
    }

    private static boolean inSlices(TrainingSet set) {
        return set.labels().size() >= (set.alike() ? FEWEST_SLICES : FEWEST_IMAGES);
    }

    private static String absent(TrainingSet validation) {
        long[] counts = counts(validation);
        StringBuilder list = new StringBuilder();
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] == 0)
                list.append(list.isEmpty() ? "" : ", ")
                        .append(validation.classes().values()[c]);
        }
        return list.isEmpty()
                ? ""
                : "No label that is kept for the score is of class " + list + ", so its score is not known.";
    }

    private static long[] counts(TrainingSet set) {
        return TrainingSet.counts(set.labels().values(), set.classes().count());
    }

    /** The way with the largest smallest share of a class; ways that leave a class out of training do not count. */
    private static TrainingSet[] fairest(List<TrainingSet[]> ways, TrainingSet set) {
        long[] all = counts(set);
        TrainingSet[] best = null;
        double most = -1;
        for (TrainingSet[] way : ways) {
            long[] learnt = counts(way[0]);
            long[] kept = counts(way[1]);
            if (Arrays.stream(learnt).anyMatch(n -> n == 0)
                    || Arrays.stream(kept).sum() == 0) continue;
            double share = 1;
            for (int c = 0; c < all.length; c++)
                share = Math.min(share, Math.min(kept[c], learnt[c]) / (double) all[c]);
            if (share > most) {
                most = share;
                best = way;
            }
        }
        return best;
    }

    private static List<TrainingSet[]> bySlices(TrainingSet set, double part) {
        List<Integer> slices = set.slices();
        int n = slices.size();
        int block = Math.max(1, Math.min(n - 1, (int) Math.round(part * n)));
        int gap = set.alike() ? Math.max(GAP_SLICES, 2 * set.context()) : 0;
        List<TrainingSet[]> ways = new ArrayList<>();
        for (int start = 0; start + block <= n; start++) {
            int first = slices.get(start);
            int last = slices.get(start + block - 1);
            Map<Integer, byte[]> learnt = new LinkedHashMap<>();
            Map<Integer, byte[]> kept = new LinkedHashMap<>();
            for (int i = 0; i < n; i++) {
                int z = slices.get(i);
                if (i >= start && i < start + block) kept.put(z, set.labels().get(z));
                else if (z < first - gap || z > last + gap)
                    learnt.put(z, set.labels().get(z));
            }
            if (!learnt.isEmpty()) ways.add(new TrainingSet[] {set.withLabels(learnt), set.withLabels(kept)});
        }
        return ways;
    }

    private static List<TrainingSet[]> byStrips(TrainingSet set, double part) {
        List<TrainingSet[]> ways = new ArrayList<>();
        for (int side = 0; side < 4; side++) {
            int length = side < 2 ? set.width() : set.height();
            int strip = (int) Math.round(part * length);
            int gap = Math.min(GAP_PIXELS, length / 20);
            Map<Integer, byte[]> learnt = new LinkedHashMap<>();
            Map<Integer, byte[]> kept = new LinkedHashMap<>();
            for (int z : set.slices()) {
                put(learnt, z, cut(set, z, side, strip + gap, length));
                put(kept, z, cut(set, z, side, 0, strip));
            }
            if (!learnt.isEmpty() && !kept.isEmpty()) {
                ways.add(new TrainingSet[] {set.withLabels(learnt), set.withLabels(kept)});
            }
        }
        return ways;
    }

    private static void put(Map<Integer, byte[]> labels, int z, byte[] plane) {
        if (TrainingSet.hasLabels(plane)) labels.put(z, plane);
    }

    /** A plane's labels from one distance to another from a side: 0 left, 1 right, 2 above, 3 below. */
    private static byte[] cut(TrainingSet set, int z, int side, int from, int to) {
        byte[] labels = set.labels().get(z);
        byte[] out = new byte[labels.length];
        for (int i = 0; i < out.length; i++) {
            int x = i % set.width();
            int y = i / set.width();
            int off = side == 0 ? x : side == 1 ? set.width() - 1 - x : side == 2 ? y : set.height() - 1 - y;
            out[i] = off >= from && off < to ? labels[i] : -1;
        }
        return out;
    }
}
