package sinterj.segment;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.zip.CRC32;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Volume;

/**
 * The slices of a segmentation that are done, in a file, so that one that was stopped or cut off goes on where it stood. The
 * file begins with a digest of the stack and of all that decides the result; one that begins otherwise is written anew. A
 * slice that was cut off half written is done again.
 */
public final class FinishedSlices implements AutoCloseable {
    private final Path path;
    private final RandomAccessFile file;
    private final int pixels;
    private final int classes;
    private final boolean uncertainty;
    private final int digestLength;
    private int count;

    private FinishedSlices(Path path, byte[] digest, Volume stack, int classes, boolean uncertainty)
            throws IOException {
        this.path = path;
        pixels = stack.width() * stack.height();
        this.classes = classes;
        this.uncertainty = uncertainty;
        digestLength = digest.length;
        file = new RandomAccessFile(path.toFile(), "rw");
        byte[] found = new byte[digest.length];
        boolean same = file.length() >= digest.length;
        if (same) file.readFully(found);
        if (!same || !MessageDigest.isEqual(found, digest)) {
            file.setLength(0);
            file.write(digest);
        }
        count = (int) Math.min(stack.depth(), (file.length() - digestLength) / bytes());
        file.setLength(digestLength + count * bytes());
    }

    /**
     * Opens the file of a segmentation, or begins one.
     *
     * @param folder where it lies; made if it is not there
     * @param name of the file
     * @param what all that decides the result beside the stack, as text
     * @param classes of which probabilities are kept; 0 for none
     * @throws InvalidInput if the folder cannot be written
     */
    public static FinishedSlices open(
            Path folder, String name, String what, Volume stack, int classes, boolean uncertainty, Progress progress) {
        try {
            Files.createDirectories(folder);
            byte[] digest = digest(what + " " + classes + " " + uncertainty, stack, progress);
            return new FinishedSlices(folder.resolve(name), digest, stack, classes, uncertainty);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static InvalidInput unwritable(Path path, IOException e) {
        return new InvalidInput(
                "'" + path + "' cannot be written (" + e.getMessage()
                        + "). Make room, or give another folder in 'resume'.",
                e);
    }

    private static byte[] digest(String what, Volume stack, Progress progress) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(what.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            ByteBuffer bytes = ByteBuffer.allocate(4 * stack.width() * stack.height());
            for (int z = 0; z < stack.depth(); z++) {
                progress.check();
                bytes.asFloatBuffer().put(stack.plane(z));
                CRC32 sum = new CRC32();
                sum.update(bytes.array());
                hash.update((stack.width() + " " + stack.height() + " " + sum.getValue() + "\n")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            return hash.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private long bytes() {
        return (long) pixels * (1 + classes + (uncertainty ? 4 : 0));
    }

    /** How many slices are done, from the first. */
    int count() {
        return count;
    }

    /**
     * A slice.
     *
     * @param labels values of the classes
     * @param probabilities of each class that is kept, 255 for 1
     * @param uncertainty null if it is not kept
     */
    record Slice(byte[] labels, List<byte[]> probabilities, float[] uncertainty) {}

    /** A slice that is done. */
    Slice read(int z) {
        byte[] all = new byte[(int) bytes()];
        try {
            file.seek(digestLength + z * bytes());
            file.readFully(all);
        } catch (IOException e) {
            throw new InvalidInput(
                    "'" + path + "' cannot be read: " + e.getMessage() + ". Delete it to start anew.", e);
        }
        ByteBuffer buffer = ByteBuffer.wrap(all);
        byte[] labels = new byte[pixels];
        buffer.get(labels);
        List<byte[]> probabilities = new java.util.ArrayList<>();
        for (int c = 0; c < classes; c++) {
            byte[] plane = new byte[pixels];
            buffer.get(plane);
            probabilities.add(plane);
        }
        float[] u = uncertainty ? new float[pixels] : null;
        if (uncertainty) buffer.asFloatBuffer().get(u);
        return new Slice(labels, probabilities, u);
    }

    /** The next slice is done. */
    void add(Slice slice) {
        ByteBuffer all = ByteBuffer.allocate((int) bytes());
        all.put(slice.labels);
        for (byte[] plane : slice.probabilities) all.put(plane);
        if (uncertainty) all.asFloatBuffer().put(slice.uncertainty);
        try {
            file.seek(digestLength + count * bytes());
            file.write(all.array());
            count++;
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    /** Takes the file away: the segmentation is done. */
    public void delete() {
        try {
            file.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }
}
