package sinterj.io;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import sinterj.image.VoxelSize;

/**
 * The fields of the 1024 bytes that start an MRC file, unchecked. The layout is that of MRC2014 (Cheng et al. 2015,
 * doi:10.1016/j.jsb.2015.04.002) with IMOD's fields nint, nreal, imodStamp and imodFlags.
 */
final class MrcFields {
    static final int BYTES = 1024;

    private static final int IMOD_STAMP = 1146047817; // the letters IMOD
    private static final int SIGNED_BYTES_FLAG = 1;

    private final ByteBuffer head;

    /**
     * @param head the header, from index 0
     * @param length of the file, which helps to find the byte order
     */
    MrcFields(ByteBuffer head, long length) {
        this.head = head;
        head.order(findOrder(length));
    }

    ByteOrder order() {
        return head.order();
    }

    int width() {
        return head.getInt(0);
    }

    int height() {
        return head.getInt(4);
    }

    int sections() {
        return head.getInt(8);
    }

    int modeNumber() {
        return head.getInt(12);
    }

    int extendedBytes() {
        return head.getInt(92);
    }

    /** The stamp is often wrong or missing, so it decides only where the sizes make sense in both orders. */
    private ByteOrder findOrder(long length) {
        boolean big = head.get(212) == 0x11;
        List<ByteOrder> orders = big
                ? List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)
                : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
        for (ByteOrder order : orders) {
            head.order(order);
            if (isPlausible() && bytesNeeded() <= length) return order;
        }
        for (ByteOrder order : orders) {
            head.order(order);
            if (isPlausible()) return order;
        }
        return orders.get(0);
    }

    private boolean isPlausible() {
        return width() > 0 && height() > 0 && sections() > 0 && bitsPerPixel() > 0 && extendedBytes() >= 0;
    }

    /** Bytes that a file with these sizes has; {@link Long#MAX_VALUE} if a long cannot say it. */
    long bytesNeeded() {
        long bits = saturated(saturated((long) width() * height(), sections()), bitsPerPixel());
        return bits == Long.MAX_VALUE ? bits : BYTES + (long) extendedBytes() + (bits + 7) / 8;
    }

    private static long saturated(long a, long b) {
        return Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
    }

    /** Of every mode that is in use anywhere, also of those that we refuse; 0 if it is none. */
    private int bitsPerPixel() {
        return switch (modeNumber()) {
            case 0 -> 8;
            case 1, 6, 12 -> 16;
            case 2, 3, 7 -> 32;
            case 4 -> 64;
            case 16 -> 24;
            case 101 -> 4;
            default -> 0;
        };
    }

    /**
     * Whether the bytes of mode 0 are signed. MRC2014 has signed bytes. IMOD says by a flag what it wrote; it and others
     * wrote unsigned bytes before, which shows where the largest value given is one that a signed byte cannot have.
     */
    boolean hasSignedBytes() {
        if (isImod()) return (head.getInt(156) & SIGNED_BYTES_FLAG) != 0;
        float smallest = head.getFloat(76);
        float largest = head.getFloat(80);
        return !(smallest >= 0 && largest > 127 && largest <= 255);
    }

    private boolean isImod() {
        return head.getInt(152) == IMOD_STAMP;
    }

    /** Columns, rows and sections may lie along any axis of the cell; the header says which. */
    VoxelSize size() {
        int[] axes = {head.getInt(64), head.getInt(68), head.getInt(72)};
        boolean permuted = isAxis(axes[0]) && isAxis(axes[1]) && axes[0] != axes[1] && axes[2] == 6 - axes[0] - axes[1];
        double x = pixelNm(permuted ? axes[0] : 1);
        double y = pixelNm(permuted ? axes[1] : 2);
        double z = pixelNm(permuted ? axes[2] : 3);
        if (x == 0) return VoxelSize.pixels();
        return new VoxelSize(x, y == 0 ? x : y, z == 0 ? x : z, "nm");
    }

    private static boolean isAxis(int axis) {
        return axis >= 1 && axis <= 3;
    }

    /** Cell length over grid, Angstrom to nm; 0 if the header does not say. A float has no more than 7 digits. */
    private double pixelNm(int axis) {
        double cell = head.getFloat(36 + 4 * axis);
        int grid = head.getInt(24 + 4 * axis);
        double nm = cell / grid / 10;
        if (!(grid > 0 && nm > 1e-6 && nm < 1e9)) return 0;
        return new BigDecimal(nm).round(MathContext.DECIMAL32).doubleValue();
    }

    MrcHeader.Extended extended() {
        String type = text(104, 4);
        return new MrcHeader.Extended(
                type.matches("[A-Z0-9]{4}") ? type : "",
                head.getInt(108),
                head.getShort(128),
                head.getShort(130),
                isImod());
    }

    List<String> labels() {
        List<String> labels = new ArrayList<>();
        int count = Math.max(0, Math.min(10, head.getInt(220)));
        for (int i = 0; i < count; i++) labels.add(text(224 + 80 * i, 80));
        return labels;
    }

    private String text(int offset, int bytes) {
        byte[] letters = new byte[bytes];
        head.get(offset, letters);
        return new String(letters, StandardCharsets.ISO_8859_1)
                .replaceAll("\\p{Cntrl}", " ")
                .trim();
    }
}
