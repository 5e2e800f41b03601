package sinterj.segment;

import java.util.List;
import java.util.Locale;

/** Tells want of memory from all else that can go wrong: engines say it in words only. */
final class ShortMemory {
    /** In the words of ONNX Runtime, PyTorch and the C++ library, on Linux, macOS and Windows. */
    private static final List<String> WORDS =
            List.of("failed to allocate memory", "bad_alloc", "bad allocation", "defaultcpuallocator");

    private ShortMemory() {}

    /** Whether memory was short, in Java's heap or outside of it. */
    static boolean isReasonOf(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) return true;
            String says = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (WORDS.stream().anyMatch(says::contains)) return true;
        }
        return false;
    }
}
