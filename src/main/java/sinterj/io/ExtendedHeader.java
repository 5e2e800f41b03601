package sinterj.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Tilt angles and axis in the extended header of an MRC file, between its header and its planes. Three layouts are in
 * use, told apart as IMOD does. FEI1 and FEI2 have a block of metadata per image that starts with its own length; bit 7
 * of a mask says that there is an alpha tilt, bit 12 a direction of the axis. SerialEM and IMOD give in nint the bytes
 * per image and in nreal by bits what they hold, the angle in hundredths of a degree first. FEI's first format and
 * Agard's have nint integers and nreal floats per image, the angle first among the floats and the axis eleventh.
 */
final class ExtendedHeader {
    private static final int MAX_IMAGES = 100_000;

    private static final int FEI_MASK = 8;
    private static final int FEI_VERSION = 68;
    private static final int FEI_ANGLE = 100;
    private static final int FEI_AXIS = 140;
    private static final int FEI_BYTES = 148;
    private static final int FEI_HAS_ANGLE = 1 << 7;
    private static final int FEI_HAS_AXIS = 1 << 12;
    /** Its angles were turned into degrees twice. */
    private static final String FEI_FAULTY_VERSION = "4.4.0.4981";

    /** Bytes of each item that SerialEM may store, by the bit that announces it. */
    private static final int[] ITEM_BYTES = {2, 6, 4, 2, 2, 4, 2, 4, 2, 4, 2};

    private static final int AXIS_FLOAT = 10;

    private final MrcHeader header;
    private final MrcReader reader;

    private ExtendedHeader(MrcHeader header, MrcReader reader) {
        this.header = header;
        this.reader = reader;
    }

    /** One angle per image in degrees; empty if the header has none, or none that can be one. */
    static double[] anglesDeg(MrcHeader header) {
        if (header.extendedBytes() == 0 || header.sections() > MAX_IMAGES) return new double[0];
        try (MrcReader reader = new MrcReader(header)) {
            double[] angles = new ExtendedHeader(header, reader).angles();
            return plausible(angles) ? angles : new double[0];
        }
    }

    /** Direction of the tilt axis, from the vertical; NaN if the header does not say. */
    static double axisDeg(MrcHeader header) {
        if (header.extendedBytes() == 0) return Double.NaN;
        try (MrcReader reader = new MrcReader(header)) {
            double axis = new ExtendedHeader(header, reader).axis();
            return Math.abs(axis) <= 360 && axis != 0 ? axis : Double.NaN; // 0 is what an unknown one is left at
        }
    }

    /** Angles of images that were tilted at all. */
    private static boolean plausible(double[] angles) {
        return Arrays.stream(angles).allMatch(a -> Math.abs(a) <= 360)
                && (angles.length == 1 || Arrays.stream(angles).anyMatch(a -> a != angles[0]));
    }

    private double[] angles() {
        if (isFei()) return feiAngles();
        if (isSerialEm()) {
            long bytes = header.extended().integers();
            return perImage(bytes, k -> bytes(k * bytes, 2).getShort(0) / 100.0);
        }
        if (isFloats()) return perImage(floatsBytes(), k -> floatOf(k, 0));
        return new double[0];
    }

    private double axis() {
        if (isFei()) {
            ByteBuffer block = feiBlock(0);
            return block != null && feiHas(block, FEI_HAS_AXIS)
                    ? block.getDouble(FEI_AXIS) * feiScale(block)
                    : Double.NaN;
        }
        boolean given = !isSerialEm() && isFloats() && header.extended().reals() > AXIS_FLOAT;
        return given && floatsBytes() <= header.extendedBytes() ? floatOf(0, AXIS_FLOAT) : Double.NaN;
    }

    /** Empty if the header is too short to hold so much for each image. */
    private double[] perImage(long bytes, IntToDoubleFunction angle) {
        if (bytes * header.sections() > header.extendedBytes()) return new double[0];
        double[] angles = new double[header.sections()];
        Arrays.setAll(angles, angle);
        return angles;
    }

    private boolean isFei() {
        return header.extended().type().startsWith("FEI");
    }

    private double[] feiAngles() {
        double[] angles = new double[header.sections()];
        long offset = 0;
        for (int k = 0; k < angles.length; k++) {
            ByteBuffer block = feiBlock(offset);
            if (block == null || !feiHas(block, FEI_HAS_ANGLE)) return new double[0];
            angles[k] = block.getDouble(FEI_ANGLE) * feiScale(block);
            offset += block.getInt(0);
        }
        return angles;
    }

    /** The start of the block at an offset; null if there is none. */
    private ByteBuffer feiBlock(long offset) {
        if (offset + FEI_BYTES > header.extendedBytes()) return null;
        ByteBuffer block = bytes(offset, FEI_BYTES);
        int size = block.getInt(0);
        return size >= FEI_BYTES && offset + size <= header.extendedBytes() ? block : null;
    }

    /** The masks are little-endian whatever the file is. */
    private static boolean feiHas(ByteBuffer block, int bit) {
        return (block.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(FEI_MASK) & bit) != 0;
    }

    private static double feiScale(ByteBuffer block) {
        byte[] version = new byte[FEI_FAULTY_VERSION.length() + 1];
        block.get(FEI_VERSION, version);
        boolean faulty = new String(version, StandardCharsets.ISO_8859_1).equals(FEI_FAULTY_VERSION + "\0");
        return faulty ? Math.PI / 180 : 1;
    }

    /** Files from before the types were named are SerialEM's if the bits add up to the bytes. */
    private boolean isSerialEm() {
        MrcHeader.Extended about = header.extended();
        if ((about.reals() & 1) == 0 || about.reals() < 0 || about.integers() < ITEM_BYTES[0]) return false;
        if (about.type().equals("SERI")) return true;
        int bytes = 0;
        for (int bit = 0; bit < ITEM_BYTES.length; bit++) {
            if ((about.reals() >> bit & 1) == 1) bytes += ITEM_BYTES[bit];
        }
        return about.type().isEmpty() && bytes == about.integers() && about.reals() < 1 << ITEM_BYTES.length;
    }

    private boolean isFloats() {
        MrcHeader.Extended about = header.extended();
        boolean named = about.type().isEmpty() || about.type().equals("AGAR");
        return named && about.integers() >= 0 && about.reals() > 0;
    }

    private long floatsBytes() {
        return 4L * (header.extended().integers() + header.extended().reals());
    }

    private double floatOf(int image, int number) {
        long offset = image * floatsBytes() + 4L * (header.extended().integers() + number);
        return bytes(offset, 4).getFloat(0);
    }

    private ByteBuffer bytes(long offset, int count) {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(header.order());
        reader.fill(buffer, MrcFields.BYTES + offset);
        return buffer;
    }
}
