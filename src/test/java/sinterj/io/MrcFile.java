package sinterj.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** MRC files written byte by byte after the published layout, right or wrong, independently of the writer. */
final class MrcFile {
    final ByteBuffer head;
    private ByteBuffer extended = ByteBuffer.allocate(0);
    private byte[] data = new byte[0];

    private MrcFile(ByteOrder order) {
        head = ByteBuffer.allocate(1024).order(order);
    }

    /** A right header of MRC2014, with pixels of 2 nm and no data yet. */
    static MrcFile of(ByteOrder order, int width, int height, int sections, int mode) {
        MrcFile file = new MrcFile(order);
        int[] sizes = {width, height, sections};
        for (int i = 0; i < 3; i++) {
            file.head.putInt(4 * i, sizes[i]);
            file.head.putInt(28 + 4 * i, sizes[i]);
            file.head.putFloat(40 + 4 * i, 20f * sizes[i]);
            file.head.putInt(64 + 4 * i, i + 1);
        }
        file.head.putInt(12, mode);
        file.head.put(208, "MAP ".getBytes(StandardCharsets.US_ASCII));
        byte stamp = (byte) (order == ByteOrder.BIG_ENDIAN ? 0x11 : 0x44);
        file.head.put(212, stamp).put(213, stamp);
        return file;
    }

    static MrcFile of(int width, int height, int sections, int mode) {
        return of(ByteOrder.LITTLE_ENDIAN, width, height, sections, mode);
    }

    /** With an extended header; its length is written into the header. */
    MrcFile extended(String type, int integers, int reals, int bytes, Consumer<ByteBuffer> fill) {
        extended = ByteBuffer.allocate(bytes).order(head.order());
        fill.accept(extended);
        head.putInt(92, bytes);
        head.put(104, (type + "\0\0\0\0").substring(0, 4).getBytes(StandardCharsets.US_ASCII));
        head.putShort(128, (short) integers).putShort(130, (short) reals);
        return this;
    }

    /** With a text in the header. */
    MrcFile label(String text) {
        int n = head.getInt(220);
        head.put(224 + 80 * n, text.getBytes(StandardCharsets.US_ASCII));
        head.putInt(220, n + 1);
        return this;
    }

    MrcFile data(Consumer<ByteBuffer> fill, int bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(head.order());
        fill.accept(buffer);
        data = buffer.array();
        return this;
    }

    /** Zeros, as many as the header says, for files of 16-bit numbers. */
    MrcFile zeros() {
        return data(b -> {}, 2 * head.getInt(0) * head.getInt(4) * head.getInt(8));
    }

    byte[] bytes() {
        return ByteBuffer.allocate(1024 + extended.capacity() + data.length)
                .put(head.array())
                .put(extended.array())
                .put(data)
                .array();
    }

    Path write(Path path) throws IOException {
        return Files.write(path, bytes());
    }
}
