package sinterj.optimize;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import sinterj.base.InvalidInput;

/**
 * The file of a study: lines that are only ever added, each written whole and forced to the disk. A last line without an
 * end was torn by a kill and is dropped. Several programs may hold it: a lock on the first byte of a file beside it
 * orders them, and a lock on a byte for each session, which the system frees when its program ends in whatever way,
 * tells which sessions live.
 */
final class StudyFile implements AutoCloseable {
    private static final long MOST_BYTES = 512L << 20;
    private static final int MOST_BYTES_A_LINE = 1 << 20;
    private static final long PATIENCE_MS = 60_000;
    private static final String BEGINNING = "{\"study\":\"sinterj\"";

    /** Closing one of two channels on a file would free the locks of both, so a program opens a study only once. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Path real;
    private final RandomAccessFile lines;
    private final RandomAccessFile locks;
    private final List<FileLock> held = new ArrayList<>();
    private long read;
    private int lineNumber;

    private StudyFile(Path path, Path real, RandomAccessFile lines, RandomAccessFile locks) {
        this.path = path;
        this.real = real;
        this.lines = lines;
        this.locks = locks;
    }

    /**
     * Opens a file or begins one.
     *
     * @throws InvalidInput if that is impossible, or this program has it open already
     */
    static StudyFile open(Path path) {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw cannot(path, "it is no ordinary file. Give the name of a file.");
        }
        requireFolder(path);
        Path real = real(path);
        if (!OPEN.add(real)) {
            throw cannot(path, "another command of this program works on it. Wait for its end, or use another file.");
        }
        RandomAccessFile lines = null;
        try {
            lines = new RandomAccessFile(path.toFile(), "rw");
            RandomAccessFile locks = new RandomAccessFile(lockPath(real).toFile(), "rw");
            return new StudyFile(path, real, lines, locks);
        } catch (IOException e) {
            OPEN.remove(real);
            closeQuietly(lines);
            throw cannot(path, reason(e) + ". Check that you may write there.");
        }
    }

    /** @throws InvalidInput if there is no folder to put the file in */
    static void requireFolder(Path path) {
        Path folder = path.toAbsolutePath().normalize().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw cannot(path, "the folder '" + folder + "' does not exist. Create it, or choose another place.");
        }
    }

    /** The one path of a file that links may give several names. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            if (Files.exists(absolute)) return absolute.toRealPath();
            return absolute.getParent().toRealPath().resolve(absolute.getFileName());
        } catch (IOException e) {
            throw cannot(path, reason(e) + ". Check that you may read its folder.");
        }
    }

    private static Path lockPath(Path real) {
        return real.resolveSibling(real.getFileName() + ".lock");
    }

    private static void closeQuietly(RandomAccessFile file) {
        try {
            if (file != null) file.close();
        } catch (IOException e) {
            // The failure that led here is told.
        }
    }

    private static InvalidInput cannot(Path path, String why) {
        return new InvalidInput("The study '" + path + "' cannot be used: " + why);
    }

    /** The sentence that refuses this file. */
    InvalidInput refused(String why) {
        return cannot(path, why);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /**
     * Does something while no other program writes. Only one thread of a program may ask at a time.
     *
     * @throws InvalidInput if another program does not give way
     */
    <T> T inTurn(Supplier<T> work) {
        long until = System.nanoTime() + PATIENCE_MS * 1_000_000;
        while (true) {
            FileLock lock = tryLock(0);
            if (lock != null) {
                try {
                    return work.get();
                } finally {
                    release(lock);
                }
            }
            if (System.nanoTime() > until) {
                throw cannot(path, "another program has held it for a minute. End that program.");
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while waiting for a study");
            }
        }
    }

    private void release(FileLock lock) {
        try {
            lock.release();
        } catch (IOException e) {
            throw cannot(path, reason(e) + ". Check the disk.");
        }
    }

    private FileLock tryLock(long position) {
        try {
            return locks.getChannel().tryLock(position, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        } catch (IOException e) {
            throw cannot(path, "its place knows no locks (" + reason(e) + "). Put it on a local disk.");
        }
    }

    /** Marks a session of this program as living. */
    void live(int session) {
        FileLock lock = tryLock(1L + session);
        if (lock == null) throw cannot(path, "session " + session + " is there twice. Use another file.");
        held.add(lock);
    }

    /** Whether the program of a session has not ended. */
    boolean lives(int session) {
        FileLock lock = tryLock(1L + session);
        if (lock == null) return true;
        release(lock);
        return false;
    }

    /**
     * The lines that were added since the last call, in turn only.
     *
     * @throws InvalidInput naming the line that is none
     */
    List<StudyLine> news() {
        try {
            long length = lines.length();
            if (length > MOST_BYTES) throw cannot(path, "it is larger than a study can be. Check the file.");
            byte[] bytes = new byte[(int) (length - read)];
            lines.seek(read);
            lines.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') end--;
            if (read == 0 && bytes.length > 0) requireBeginning(bytes);
            if (end < bytes.length) lines.setLength(read + end); // torn by a kill: it was never finished
            List<StudyLine> news = new ArrayList<>();
            int from = 0;
            for (int i = 0; i < end; i++) {
                if (bytes[i] != '\n') continue;
                news.add(line(bytes, from, i));
                from = i + 1;
            }
            read += end;
            return news;
        } catch (IOException e) {
            throw cannot(path, reason(e) + ". Check the disk.");
        }
    }

    /** Refuses a file that is something else, before anything of it is touched. */
    private void requireBeginning(byte[] bytes) {
        int n = Math.min(bytes.length, BEGINNING.length());
        if (!new String(bytes, 0, n, StandardCharsets.UTF_8).equals(BEGINNING.substring(0, n))) {
            throw cannot(path, "it holds something else. Give the name of a new file, or of a study.");
        }
    }

    private StudyLine line(byte[] bytes, int from, int to) {
        lineNumber++;
        if (to - from > MOST_BYTES_A_LINE) throw cannot(path, "line " + lineNumber + " is too long.");
        try {
            return StudyLine.of(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(
                    "The study '" + path + "' cannot be used: line " + lineNumber + " is damaged, " + e.getMessage()
                            + ". Remove that line, or use another file.",
                    e);
        }
    }

    /** Adds a line, in turn only; it is on the disk when this returns. */
    void add(StudyLine line) {
        byte[] bytes = (line.text() + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            lines.seek(read);
            try {
                lines.write(bytes);
                lines.getFD().sync();
            } catch (IOException e) {
                lines.setLength(read);
                throw e;
            }
            read += bytes.length;
            lineNumber++;
        } catch (IOException e) {
            throw cannot(path, reason(e) + ". Make room on the disk; no finished trial is lost.");
        }
    }

    @Override
    public void close() {
        closeQuietly(lines);
        closeQuietly(locks); // frees the locks
        held.clear();
        OPEN.remove(real);
    }
}
