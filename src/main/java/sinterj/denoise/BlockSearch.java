package sinterj.denoise;

import static sinterj.denoise.BlockBasis.SIDE;

import java.util.Arrays;
import sinterj.base.Progress;

/**
 * Finds, for every reference block of a tile, the blocks most like it, by trying each displacement in turn for all
 * references at once. Per reference a heap holds the best so far; its entries order by distance and then by position,
 * so ties fall the same way in every run.
 */
final class BlockSearch {
    private final int group;
    private Tile tile;
    private int step;
    private long[] heap = {};
    private int[] found = {};
    private float[] worst = {};

    private float[][] references = {};
    private float[][] shifted = {};
    private float[][] strips = {};
    private float[][] partStrips = {};
    private float[] columnSums = {};
    private int length;

    /** @param group most blocks kept for each reference */
    BlockSearch(int group) {
        this.group = group;
    }

    /** Forgets what was found and takes up another tile, whose reference image is given row by row. */
    void start(Tile next, int gridStep, float farthest, float[][] image) {
        tile = next;
        step = gridStep;
        length = (tile.columns() - 1) * step + SIDE;
        int height = (tile.rows() - 1) * step + SIDE;
        if (heap.length < tile.references() * group) {
            heap = new long[tile.references() * group];
            found = new int[tile.references()];
            worst = new float[tile.references()];
        }
        Arrays.fill(worst, farthest);
        references = room(references, height);
        shifted = room(shifted, tile.pixelHeight());
        strips = room(strips, 3);
        partStrips = room(partStrips, 3);
        if (columnSums.length < length) columnSums = new float[length];
        for (int y = 0; y < height; y++) {
            System.arraycopy(image[tile.y0() - tile.top() + y], tile.x0() - tile.left(), references[y], 0, length);
        }
        for (int r = 0; r < tile.references(); r++) keepFirst(r);
    }

    /** A reference always leads its own group, even where others are equal to it, so that every pixel is covered. */
    private void keepFirst(int reference) {
        int x = tile.x0() - tile.left() + reference % tile.columns() * step;
        int y = tile.y0() - tile.top() + reference / tile.columns() * step;
        heap[reference * group] = -1L << 32 | (y * tile.width() + x);
        found[reference] = 1;
    }

    private float[][] room(float[][] rows, int count) {
        return rows.length >= count && (rows.length == 0 || rows[0].length >= length) ? rows : new float[count][length];
    }

    /**
     * Tries all displacements into an image.
     *
     * @param image rows of the tile
     * @param number position of the image's first block among all blocks
     * @param reach largest displacement in each direction
     */
    void seek(float[][] image, int number, int reach, Progress progress) {
        // Small displacements first: good partners are found early, and later ones are dismissed by one comparison.
        for (int i = 0; i <= 2 * reach; i++) {
            progress.check();
            int dx = outward(i);
            int from = tile.x0() - tile.left() + dx;
            shift(image, from);
            int first = Math.max(0, ceilDiv(-from, step));
            int last = Math.min(tile.columns() - 1, Math.floorDiv(tile.width() - 1 - from, step));
            int start = number == 0 && dx == 0 ? 1 : 0; // a reference has joined its own group already
            for (int j = start; j <= 2 * reach && first <= last; j++) seekRow(outward(j), from, first, last, number);
        }
    }

    private static int outward(int i) {
        return i % 2 == 0 ? i / 2 : -(i + 1) / 2;
    }

    private static int ceilDiv(int a, int b) {
        return -Math.floorDiv(-a, b);
    }

    private void shift(float[][] image, int from) {
        int start = Math.max(0, -from);
        int end = Math.min(length, tile.pixelWidth() - from);
        if (start >= end) return;
        for (int y = 0; y < tile.pixelHeight(); y++) {
            System.arraycopy(image[y], from + start, shifted[y], start, end - start);
        }
    }

    /** One displacement: strips of rows are summed once and shared by the reference blocks that overlap them. */
    private void seekRow(int dy, int dx, int firstColumn, int lastColumn, int number) {
        int from = tile.y0() - tile.top() + dy;
        int first = Math.max(0, ceilDiv(-from, step));
        int last = Math.min(tile.rows() - 1, Math.floorDiv(tile.height() - 1 - from, step));
        int before = (SIDE - 1) / step;
        for (int s = first; s <= last + before; s++) {
            strip(s, from, s <= last + 1);
            int row = s - before;
            if (row < first) continue;
            columns(row);
            sweep(row, firstColumn, lastColumn, number + (from + row * step) * tile.width() + dx);
        }
    }

    /** Squared differences summed over the rows of strip s; for step 3 over its first two rows as well. */
    private void strip(int s, int from, boolean whole) {
        int y = s * step;
        float[] sum = strips[s % 3];
        float[] part = partStrips[s % 3];
        float[][] r = references;
        float[][] q = shifted;
        Rows.squares2(length, r[y], q[from + y], r[y + 1], q[from + y + 1], part);
        if (step == 4) {
            Rows.squares2(length, r[y + 2], q[from + y + 2], r[y + 3], q[from + y + 3], sum);
            Rows.add(length, part, sum);
        } else if (whole) {
            Rows.squares1(length, part, r[y + 2], q[from + y + 2], sum);
        }
    }

    private void columns(int row) {
        if (step == 4) {
            Rows.sum2(length, strips[row % 3], strips[(row + 1) % 3], columnSums);
        } else {
            Rows.sum3(length, strips[row % 3], strips[(row + 1) % 3], partStrips[(row + 2) % 3], columnSums);
        }
    }

    private void sweep(int row, int first, int last, int position) {
        if (step == 4) sweep4(row * tile.columns(), first, last, position);
        else sweep3(row * tile.columns(), first, last, position);
    }

    private void sweep3(int reference, int first, int last, int position) {
        float[] c = columnSums;
        int x = first * 3;
        float g0 = c[x] + c[x + 1] + c[x + 2];
        float g1 = c[x + 3] + c[x + 4] + c[x + 5];
        for (int i = first; i <= last; i++, x += 3) {
            float two = c[x + 6] + c[x + 7];
            float d = g0 + g1 + two;
            if (d < worst[reference + i]) insert(reference + i, d, position + x);
            g0 = g1;
            if (i < last) g1 = two + c[x + 8];
        }
    }

    private void sweep4(int reference, int first, int last, int position) {
        float[] c = columnSums;
        int x = first * 4;
        float g0 = c[x] + c[x + 1] + (c[x + 2] + c[x + 3]);
        for (int i = first; i <= last; i++, x += 4) {
            float g1 = c[x + 4] + c[x + 5] + (c[x + 6] + c[x + 7]);
            float d = g0 + g1;
            if (d < worst[reference + i]) insert(reference + i, d, position + x);
            g0 = g1;
        }
    }

    private void insert(int reference, float distance, int position) {
        long key = (long) Float.floatToRawIntBits(distance) << 32 | position;
        int base = reference * group;
        int n = found[reference];
        if (n < group) {
            siftUp(base, n, key);
            found[reference] = n + 1;
        } else {
            siftDown(base, key);
        }
        if (n >= group - 1) worst[reference] = Float.intBitsToFloat((int) (heap[base] >>> 32));
    }

    private void siftUp(int base, int leaf, long key) {
        int i = leaf;
        while (i > 0 && heap[base + (i - 1) / 2] < key) {
            heap[base + i] = heap[base + (i - 1) / 2];
            i = (i - 1) / 2;
        }
        heap[base + i] = key;
    }

    private void siftDown(int base, long key) {
        int i = 0;
        while (true) {
            int child = 2 * i + 1;
            if (child >= group) break;
            if (child + 1 < group && heap[base + child + 1] > heap[base + child]) child++;
            if (heap[base + child] <= key) break;
            heap[base + i] = heap[base + child];
            i = child;
        }
        heap[base + i] = key;
    }

    /**
     * The best blocks of a reference, the best first.
     *
     * @param out positions, overwritten from the start
     * @return how many: the largest power of two that was found
     */
    int best(int reference, int[] out) {
        int base = reference * group;
        int n = found[reference];
        Arrays.sort(heap, base, base + n);
        int count = Integer.highestOneBit(n);
        for (int i = 0; i < count; i++) out[i] = (int) heap[base + i];
        return count;
    }
}
