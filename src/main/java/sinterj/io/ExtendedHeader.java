package sinterj.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import sinterj.base.InvalidInput;

/**
 * Tilt angles and axis in the extended header of an MRC file. Layouts: FEI1 and FEI2 (metadata blocks per image, alpha
 * tilt as a double at byte 100 if bit 9 of the first mask is set), SerialEM and older IMOD files ({@code nint} bytes per
 * image, the angle in hundredths of a degree first if bit 0 of {@code nreal} is set), and FEI's first format of 32
 * floats per image (alpha tilt first).
 */
final class ExtendedHeader {
    private static final int FEI_MASK = 8;
    private static final int FEI_ALPHA = 100;
    private static final int FEI_ALPHA_BIT = 9;
    private static final int OLD_FEI_FLOATS = 32;

    private ExtendedHeader() {}

    /** One angle per image in degrees; empty if the header has none, or none that can be one. */
    static double[] anglesDeg(MrcHeader header) {
        MrcHeader.Extended about = header.extended();
        if (header.extendedBytes() == 0) return new double[0];
        double[] angles;
        if (about.type().startsWith("FEI")) {
            angles = fei(header);
        } else if (about.type().equals("SERI")
                || about.integers() > 0 && (about.reals() & 1) == 1 && about.reals() < 64) {
            angles = serialEm(header, about);
        } else if (about.integers() == 0 && about.reals() == OLD_FEI_FLOATS) {
            angles = oldFei(header);
        } else {
            return new double[0];
        }
        return plausible(angles) ? angles : new double[0];
    }

    /** Angles of images that were tilted at all. */
    private static boolean plausible(double[] angles) {
        boolean tilted = angles.length == 1;
        for (double angle : angles) {
            if (!(Math.abs(angle) <= 360)) return false;
            tilted |= angle != angles[0];
        }
        return tilted;
    }

    private static double[] fei(MrcHeader header) {
        int size = bytes(header, 0, 4).getInt(0);
        if (size < FEI_ALPHA + 8 || (long) size * header.sections() > header.extendedBytes()) return new double[0];
        double[] angles = new double[header.sections()];
        for (int k = 0; k < angles.length; k++) {
            ByteBuffer block = bytes(header, (long) k * size, FEI_ALPHA + 8);
            boolean given = (block.getInt(FEI_MASK) >> FEI_ALPHA_BIT & 1) == 1;
            angles[k] = given ? block.getDouble(FEI_ALPHA) : Double.NaN;
        }
        return angles;
    }

    private static double[] serialEm(MrcHeader header, MrcHeader.Extended about) {
        long size = about.integers();
        boolean given = (about.reals() & 1) == 1 && size >= 2 && size * header.sections() <= header.extendedBytes();
        if (!given) return new double[0];
        double[] angles = new double[header.sections()];
        for (int k = 0; k < angles.length; k++)
            angles[k] = bytes(header, k * size, 2).getShort(0) / 100.0;
        return angles;
    }

    private static double[] oldFei(MrcHeader header) {
        long size = 4L * OLD_FEI_FLOATS;
        if (size * header.sections() > header.extendedBytes()) return new double[0];
        double[] angles = new double[header.sections()];
        for (int k = 0; k < angles.length; k++)
            angles[k] = bytes(header, k * size, 4).getFloat(0);
        return angles;
    }

    private static ByteBuffer bytes(MrcHeader header, long offset, int count) {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(header.order());
        try (FileChannel channel = FileChannel.open(header.file(), StandardOpenOption.READ)) {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, MrcFields.BYTES + offset + buffer.position()) < 0) {
                    throw new IOException("the file became shorter");
                }
            }
        } catch (IOException e) {
            throw new InvalidInput("'" + header.file() + "' cannot be read: " + IoReason.of(e) + ". Copy it again.", e);
        }
        return buffer.flip();
    }
}
