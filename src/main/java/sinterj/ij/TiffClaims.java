package sinterj.ij;

import ij.io.FileInfo;
import ij.io.TiffDecoder;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether a TIFF file can hold what its head claims. ImageJ's reader believes the head: it reads as many entries of a list
 * as are claimed, behind the end of the file too, follows directories in circles, and takes the memory for the pixels
 * before it looks for them. So a damaged kilobyte may keep it busy for hours, or cost gigabytes.
 *
 * <p>Format: TIFF 6.0, 1992. Cost: one pass over the directories.
 */
final class TiffClaims {
    /** So much more than the file the pixels may take: those of one bit are eight times as many bytes in memory. */
    private static final int SLACK = 16;

    private static final int VERSION = 42;
    private static final int ENTRY = 12;

    /** ImageJ's own entry: lengths of its notes on the image. */
    private static final int NOTES = 50838;

    private final RandomAccessFile file;
    private final ByteOrder order;

    private TiffClaims(RandomAccessFile file, ByteOrder order) {
        this.file = file;
        this.order = order;
    }

    /**
     * Compares the head with the length of the file. Other files, and pixels that are compressed, are not judged.
     *
     * @throws IOException if the head ends in the middle
     * @throws RuntimeException of any kind if ImageJ's reader fails at the head
     */
    static boolean areAbsurd(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() < 8) return false;
            int first = file.readUnsignedShort();
            boolean little = first == 0x4949;
            if (!little && first != 0x4d4d) return false;
            TiffClaims claims = new TiffClaims(file, little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            ByteBuffer head = claims.bytes(2, 6);
            if (head.getShort() != VERSION) return false;
            if (claims.listsReachBeyond(Integer.toUnsignedLong(head.getInt()))) return true;
        }
        return pixelsReachBeyond(path);
    }

    private ByteBuffer bytes(long from, int count) throws IOException {
        if (from + count > file.length()) throw new EOFException("the file ends in the middle of its head");
        byte[] bytes = new byte[count];
        file.seek(from);
        file.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(order);
    }

    private boolean listsReachBeyond(long directory) throws IOException {
        Set<Long> seen = new HashSet<>();
        long next = directory;
        while (next > 0) {
            if (!seen.add(next)) return true;
            boolean isFirst = seen.size() == 1;
            // ImageJ's reader would stop there, and a file that was cut would be a shorter stack without a word.
            if (!isFirst && next + 2 > file.length()) return true;
            int count = Short.toUnsignedInt(bytes(next, 2).getShort());
            if (!isFirst && next + 2 + (long) count * ENTRY > file.length()) return true;
            ByteBuffer entries = bytes(next + 2, count * ENTRY);
            for (int n = 0; n < count; n++) {
                int kind = Short.toUnsignedInt(entries.getShort());
                entries.getShort();
                long length = Integer.toUnsignedLong(entries.getInt());
                long at = Integer.toUnsignedLong(entries.getInt());
                if (length > file.length() || kind == NOTES && notesReachBeyond(at, length)) return true;
            }
            long link = next + 2 + (long) count * ENTRY;
            // Some writers end their file with the last directory.
            next = link + 4 <= file.length()
                    ? Integer.toUnsignedLong(bytes(link, 4).getInt())
                    : 0;
        }
        return false;
    }

    /** Lengths of one note or more; a single one stands in the place of its address. */
    private boolean notesReachBeyond(long at, long count) throws IOException {
        if (count <= 1) return at > file.length();
        if (at + 4 * count > file.length()) return true;
        ByteBuffer lengths = bytes(at, (int) (4 * count));
        double sum = 0;
        for (long n = 0; n < count; n++) sum += Integer.toUnsignedLong(lengths.getInt());
        return sum > file.length();
    }

    private static boolean pixelsReachBeyond(Path path) throws IOException {
        TiffDecoder decoder = new TiffDecoder(path.getParent() + "/", String.valueOf(path.getFileName()));
        FileInfo[] all = decoder.getTiffInfo();
        if (all == null) return false;
        double claimed = 0;
        for (FileInfo one : all) {
            if (end(one) > path.toFile().length()) return true;
            if (one.compression > FileInfo.COMPRESSION_NONE) return false;
            claimed += (double) one.width * one.height * Math.max(1, one.nImages) * one.getBytesPerPixel();
        }
        return claimed > (double) SLACK * path.toFile().length();
    }

    /** Where the pixels end that lie in one piece, byte by byte; 0 where they do not. ImageJ fills what is missing with 0. */
    private static double end(FileInfo one) {
        boolean whole = switch (one.fileType) {
            case FileInfo.GRAY8,
                    FileInfo.COLOR8,
                    FileInfo.GRAY16_SIGNED,
                    FileInfo.GRAY16_UNSIGNED,
                    FileInfo.GRAY32_INT,
                    FileInfo.GRAY32_UNSIGNED,
                    FileInfo.GRAY32_FLOAT,
                    FileInfo.GRAY64_FLOAT -> true;
            default -> false;
        };
        boolean strips = one.stripOffsets != null && one.stripOffsets.length > 1;
        if (!whole || strips || one.compression > FileInfo.COMPRESSION_NONE) return 0;
        double image = (double) one.width * one.height * one.getBytesPerPixel();
        int images = Math.max(1, one.nImages);
        return one.getOffset() + images * image + (images - 1.0) * one.getGap();
    }
}
