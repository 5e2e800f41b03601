package sinterj.contract;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Files of large stacks of zeros, 8 bits each, that take no room on the disk. */
final class LargeFiles {
    private LargeFiles() {}

    /** An MRC file with voxels of a nanometre. */
    static Path mrc(Path file, int side, int depth) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        for (int n : new int[] {side, side, depth, 0, 0, 0, 0, side, side, depth}) header.putInt(n);
        for (float cell : new float[] {10f * side, 10f * side, 10f * depth, 90, 90, 90}) header.putFloat(cell);
        for (int axis = 1; axis <= 3; axis++) header.putInt(axis);
        header.put(208, "MAP ".getBytes(StandardCharsets.US_ASCII))
                .put(212, (byte) 0x44)
                .put(213, (byte) 0x44);
        return sparse(file, header.array(), 1024L + (long) side * side * depth);
    }

    /** The same as a stack of ImageJ: one directory, and a description that says how many planes follow. */
    static Path tiff(Path file, int side, int depth) throws IOException {
        String says = "ImageJ=1.54p\nimages=" + depth + "\nslices=" + depth + "\n\0";
        ByteBuffer head = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        head.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) 9);
        int[][] entries = {
            {256, 4, 1, side},
            {257, 4, 1, side},
            {258, 3, 1, 8},
            {262, 3, 1, 1},
            {270, 2, says.length(), 200},
            {273, 4, 1, 512},
            {277, 3, 1, 1},
            {278, 4, 1, side},
            {279, 4, 1, side * side}
        };
        for (int[] e : entries)
            head.putShort((short) e[0]).putShort((short) e[1]).putInt(e[2]).putInt(e[3]);
        head.putInt(0).put(200, says.getBytes(StandardCharsets.US_ASCII));
        return sparse(file, head.array(), 512L + (long) side * side * depth);
    }

    private static Path sparse(Path file, byte[] head, long length) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(head);
            out.setLength(length);
        }
        return file;
    }
}
