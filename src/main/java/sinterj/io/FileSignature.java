package sinterj.io;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Tells by its first bytes that a file is of a kind that somebody may take for an MRC file. */
final class FileSignature {
    private static final int TEXT_SAMPLE = 64;

    private FileSignature() {}

    /** What it is and what to do, to follow a colon; empty if there is no reason to doubt that it is an MRC file. */
    static String foreign(ByteBuffer head) {
        byte[] first = new byte[Math.min(8, head.limit())];
        head.get(0, first);
        String hex = HexFormat.of().formatHex(first);
        if (hex.startsWith("49492a00") || hex.startsWith("4d4d002a") || hex.startsWith("49492b00")) {
            return "it is a TIFF file. Open it in ImageJ and use that image, with angles= where they are needed.";
        }
        if (hex.startsWith("1f8b")
                || hex.startsWith("425a68")
                || hex.startsWith("504b0304")
                || hex.startsWith("fd377a")) {
            return "it is compressed. Unpack it first.";
        }
        if (hex.startsWith("894844460d0a1a0a")) return "it is an HDF5 file. Convert it to MRC or TIFF first.";
        if (isText(head)) return "it looks like a text file. Give the path of the images.";
        return "";
    }

    private static boolean isText(ByteBuffer head) {
        if (head.limit() < TEXT_SAMPLE) return false;
        for (int i = 0; i < TEXT_SAMPLE; i++) {
            byte letter = head.get(i);
            boolean printable = letter >= ' ' || letter == '\n' || letter == '\r' || letter == '\t';
            if (!printable) return false;
        }
        return true;
    }
}
