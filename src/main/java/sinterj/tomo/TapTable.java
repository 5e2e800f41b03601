package sinterj.tomo;

import java.util.Arrays;

/**
 * A list of visits, each to one output row, with the input rows to add there and their factors. Visits come in buckets
 * that are worked on one after the other, and that were chosen so that their rows stay in the cache.
 */
final class TapTable {
    /** First visit of each bucket, and behind the last. */
    final int[] bucket;
    /** Output row of each visit. */
    final int[] out;
    /** First tap of each visit, and behind the last. */
    final int[] start;
    /** Input row of each tap. */
    final int[] row;
    /** Factor of each tap. */
    final float[] weight;

    private TapTable(int[] bucket, int[] out, int[] start, int[] row, float[] weight) {
        this.bucket = bucket;
        this.out = out;
        this.start = start;
        this.row = row;
        this.weight = weight;
    }

    /** Does the visits of a bucket: adds {@code rows} to {@code sums}, from one position in the rows to another. */
    void add(int number, float[][] rows, float[][] sums, int from, int to) {
        for (int v = bucket[number]; v < bucket[number + 1]; v++) {
            RowKernels.add(sums[out[v]], rows, row, weight, start[v], start[v + 1], from, to);
        }
    }

    /** Collects visits bucket by bucket. */
    static final class Builder {
        private final int[] bucket;
        private int buckets;
        private int[] out = new int[64];
        private int[] start = new int[64];
        private int[] row = new int[256];
        private float[] weight = new float[256];
        private int visits;
        private int taps;

        /** @param buckets how many there will be */
        Builder(int buckets) {
            bucket = new int[buckets + 1];
        }

        /** Adds a tap to the visit that {@link #visit} will end. Taps of weight 0 are dropped. */
        void tap(int inRow, float factor) {
            if (factor == 0) return;
            if (taps == row.length) {
                row = Arrays.copyOf(row, grown(taps));
                weight = Arrays.copyOf(weight, grown(taps));
            }
            row[taps] = inRow;
            weight[taps++] = factor;
        }

        /** Ends a visit to an output row; without a tap there is none. */
        void visit(int outRow) {
            if (taps == (visits == 0 ? 0 : start[visits])) return;
            if (visits + 1 == out.length) {
                out = Arrays.copyOf(out, grown(visits));
                start = Arrays.copyOf(start, grown(visits));
            }
            out[visits++] = outRow;
            start[visits] = taps;
        }

        private static int grown(int size) {
            return Math.addExact(size, size / 2 + 64);
        }

        /** Ends a bucket. */
        void endBucket() {
            bucket[++buckets] = visits;
        }

        TapTable build() {
            return new TapTable(
                    bucket,
                    Arrays.copyOf(out, visits),
                    Arrays.copyOf(start, visits + 1),
                    Arrays.copyOf(row, taps),
                    Arrays.copyOf(weight, taps));
        }
    }
}
