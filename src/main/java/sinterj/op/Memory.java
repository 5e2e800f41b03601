package sinterj.op;

import java.util.Locale;
import sinterj.base.InvalidInput;

/** Asks whether a work fits into memory before it starts. */
final class Memory {
    private Memory() {}

    /** @throws InvalidInput with both figures, if {@code bytes} more do not fit */
    static void require(long bytes, long free) {
        if (bytes <= free) return;
        throw new InvalidInput(String.format(
                Locale.ROOT,
                "Needs about %s but %s is free. Crop, bin by 2, or raise Edit > Options > Memory & Threads.",
                text(bytes),
                text(free)));
    }

    /** Bytes that can still be had; garbage counts as free only after it was collected, so that is done if need be. */
    static long free(long wanted) {
        long free = freeNow();
        if (free < wanted) {
            System.gc();
            free = freeNow();
        }
        return free;
    }

    private static long freeNow() {
        Runtime java = Runtime.getRuntime();
        return java.maxMemory() - (java.totalMemory() - java.freeMemory());
    }

    static String text(long bytes) {
        return bytes < 1_000_000_000L
                ? String.format(Locale.ROOT, "%.0f MB", Math.max(1, bytes / 1e6))
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
