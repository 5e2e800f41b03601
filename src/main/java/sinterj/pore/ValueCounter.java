package sinterj.pore;

import java.util.Arrays;

/** Counts how often each pair of a label and a value occurs: a hash table of primitive numbers. */
final class ValueCounter {
    private static final long EMPTY = -1; // bits of a NaN, which is never counted

    private long[] keys = filled(1 << 10);
    private long[] counts = new long[1 << 10];
    private int size;
    private int last;

    private static long[] filled(int length) {
        long[] keys = new long[length];
        Arrays.fill(keys, EMPTY);
        return keys;
    }

    /** Counts a value that is not NaN. */
    void add(int label, float value) {
        add((long) label << 32 | Float.floatToRawIntBits(value) & 0xffffffffL, 1);
    }

    private void add(long key, long count) {
        // Neighbouring voxels often have the same thickness.
        if (keys[last] != key) last = slot(key);
        counts[last] += count;
    }

    private int slot(long key) {
        int i = find(key);
        if (keys[i] == key) return i;
        if (2 * size >= keys.length) {
            grow();
            i = find(key);
        }
        keys[i] = key;
        size++;
        return i;
    }

    private int find(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int i = (int) (mixed >>> 32) & keys.length - 1;
        while (keys[i] != key && keys[i] != EMPTY) i = i + 1 & keys.length - 1;
        return i;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldCounts = counts;
        keys = filled(2 * oldKeys.length);
        counts = new long[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] == EMPTY) continue;
            int at = find(oldKeys[i]);
            keys[at] = oldKeys[i];
            counts[at] = oldCounts[i];
        }
    }

    /** Adds what another has counted. */
    void addAll(ValueCounter other) {
        for (int i = 0; i < other.keys.length; i++) {
            if (other.keys[i] != EMPTY) add(other.keys[i], other.counts[i]);
        }
    }

    /** The pairs that occur, label in the upper half, bits of the value in the lower; rising for positive values. */
    long[] sortedKeys() {
        long[] sorted = new long[size];
        int n = 0;
        for (long key : keys) if (key != EMPTY) sorted[n++] = key;
        Arrays.sort(sorted);
        return sorted;
    }

    /** How often a pair occurs. */
    long count(long key) {
        int i = find(key);
        return keys[i] == key ? counts[i] : 0;
    }
}
