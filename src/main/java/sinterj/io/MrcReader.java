package sinterj.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CancellationException;
import sinterj.base.InvalidInput;

/**
 * Reads the planes of an MRC file one by one, in any order and from several threads. Beside the plane it takes one
 * megabyte, whatever the size of the file.
 */
public final class MrcReader implements AutoCloseable {
    private static final int CHUNK_BYTES = 1 << 20;

    private final MrcHeader header;
    private final FileChannel channel;

    /**
     * Opens a file.
     *
     * @throws InvalidInput if it is gone
     */
    public MrcReader(MrcHeader header) {
        this.header = header;
        try {
            channel = FileChannel.open(header.file(), StandardOpenOption.READ);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Plane z as it is stored in memory: {@code byte[]} or {@code short[]} of unsigned numbers for
     * {@link MrcMode#UNSIGNED_BYTES} and {@link MrcMode#UNSIGNED_SHORTS}, else {@code float[]}.
     *
     * @param z counted from 0
     * @throws InvalidInput if the file became shorter or cannot be read
     * @throws CancellationException if the thread was interrupted
     */
    public Object plane(int z) {
        MrcMode mode = header.mode();
        int pixels = header.pixelsPerPlane();
        Object plane = mode.newPlane(pixels);
        int step = Math.min(pixels, CHUNK_BYTES / mode.bytes());
        ByteBuffer buffer = ByteBuffer.allocate(step * mode.bytes()).order(header.order());
        long position = header.dataOffset() + z * header.bytesPerPlane();
        for (int start = 0; start < pixels; start += step) {
            int count = Math.min(step, pixels - start);
            fill(buffer.clear().limit(count * mode.bytes()), position + (long) start * mode.bytes());
            mode.decode(buffer.flip(), plane, start, count);
        }
        return plane;
    }

    /** Plane z as floats. */
    public float[] floats(int z) {
        Object plane = plane(z);
        if (plane instanceof float[] floats) return floats;
        float[] floats = new float[header.pixelsPerPlane()];
        if (plane instanceof byte[] bytes) {
            for (int i = 0; i < floats.length; i++) floats[i] = bytes[i] & 0xff;
        } else {
            short[] shorts = (short[]) plane;
            for (int i = 0; i < floats.length; i++) floats[i] = shorts[i] & 0xffff;
        }
        return floats;
    }

    /** Bytes from anywhere in the file, for the extended header. */
    void fill(ByteBuffer buffer, long position) {
        try {
            long from = position - buffer.position();
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, from + buffer.position()) < 0) {
                    throw MrcHeaderReader.cannot(header.file(), "it became shorter while it was read. Copy it again.");
                }
            }
        } catch (ClosedByInterruptException e) {
            throw new CancellationException();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private InvalidInput failed(IOException e) {
        return MrcHeaderReader.cannot(header.file(), IoReason.of(e) + ". Check that it is still there.");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
