package sinterj.djl;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import sinterj.base.InvalidInput;

/**
 * The one folder that native libraries are unpacked into: {@code -Dsinterj.cache=<folder>} or the environment's
 * {@code SINTERJ_CACHE}, else the place for such files of the system: {@code ~/.cache/sinterj},
 * {@code ~/Library/Caches/SinterJ} or {@code %LOCALAPPDATA%\SinterJ}. It may be deleted at any time; it comes back at
 * the next use.
 */
final class NativeCache {
    private NativeCache() {}

    static Path folder() {
        String given = firstOf(System.getProperty("sinterj.cache"), System.getenv("SINTERJ_CACHE"));
        if (given != null) return Path.of(given).toAbsolutePath();
        Path home = Path.of(System.getProperty("user.home", "."));
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (os.contains("mac")) return home.resolve("Library/Caches/SinterJ");
        if (os.contains("win")) {
            String local = firstOf(System.getenv("LOCALAPPDATA"), null);
            return (local == null ? home : Path.of(local)).resolve("SinterJ");
        }
        String caches = firstOf(System.getenv("XDG_CACHE_HOME"), null);
        return (caches == null ? home.resolve(".cache") : Path.of(caches)).resolve("sinterj");
    }

    private static String firstOf(String a, String b) {
        if (a != null && !a.isBlank()) return a;
        return b == null || b.isBlank() ? null : b;
    }

    /**
     * Makes a folder in which there is room.
     *
     * @param bytes what will be written
     * @throws InvalidInput if it cannot be made, or the disk is too full
     */
    static void prepare(Path folder, long bytes) {
        try {
            Files.createDirectories(folder);
            FileStore disk = Files.getFileStore(folder);
            if (disk.getUsableSpace() < bytes) {
                throw new InvalidInput(
                        "Unpacking the engine into " + folder + " needs " + bytes / 1_000_000 + " MB, but "
                                + disk.getUsableSpace() / 1_000_000
                                + " MB are free there. Make room, or start Java with -Dsinterj.cache=<another folder>.");
            }
        } catch (IOException e) {
            throw new InvalidInput(
                    "The folder " + folder + " for the engine cannot be written (" + e.getMessage()
                            + "). Start Java with -Dsinterj.cache=<a folder that can>.",
                    e);
        }
    }
}
