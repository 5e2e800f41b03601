package sinterj.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Volume;

/**
 * Writes MRC2014 files, little-endian, plane by plane and whole or not at all. The cell holds the voxel size in
 * Angstrom, or 0 if the image is not calibrated. The same image gives the same bytes.
 */
public final class MrcWriter {
    private static final int VERSION = 20140;
    private static final int CHUNK_PIXELS = 1 << 16;

    private final Volume volume;
    private final MrcMode mode;
    private final boolean stack;
    private final Progress progress;
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;
    private double sum;
    private double sumOfSquares;

    private MrcWriter(Volume volume, MrcMode mode, boolean stack, Progress progress) {
        this.volume = volume;
        this.mode = mode;
        this.stack = stack;
        this.progress = progress;
    }

    /**
     * The mode that holds an image without loss: 6 for 8- and 16-bit unsigned numbers, 2 for everything else. Mode 0 is
     * not used, since programs disagree about its sign.
     */
    public static MrcMode modeFor(Volume volume) {
        Object type = volume.voxels().getType();
        boolean whole = type instanceof UnsignedByteType || type instanceof UnsignedShortType;
        return whole ? MrcMode.UNSIGNED_SHORTS : MrcMode.FLOATS;
    }

    /**
     * Writes a volume; a file that exists is replaced.
     *
     * @param mode {@link MrcMode#SHORTS}, {@link MrcMode#FLOATS}, {@link MrcMode#UNSIGNED_SHORTS} or
     *     {@link MrcMode#HALF_FLOATS}
     * @throws InvalidInput if the file cannot be written, or the mode cannot hold a value
     */
    public static void writeVolume(Volume volume, Path path, MrcMode mode, Progress progress) {
        write(path, new MrcWriter(volume, mode, false, progress));
    }

    /** Writes a stack of images, such as a tilt series; else as {@link #writeVolume}. */
    public static void writeStack(Volume stack, Path path, MrcMode mode, Progress progress) {
        write(path, new MrcWriter(stack, mode, true, progress));
    }

    private static void write(Path path, MrcWriter writer) {
        if (writer.mode.bytes() == 1) throw new IllegalArgumentException("mode 0 is only read");
        WriteSafely.file(path, temporary -> {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.position(MrcFields.BYTES);
                writer.writePlanes(channel);
                channel.position(0);
                writeAll(channel, writer.header());
            }
        });
    }

    private void writePlanes(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK_PIXELS * mode.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int z = 0; z < volume.depth(); z++) {
            progress.check();
            progress.report((double) z / volume.depth(), "Writing MRC");
            float[] plane = volume.plane(z);
            for (int start = 0; start < plane.length; start += CHUNK_PIXELS) {
                int end = Math.min(plane.length, start + CHUNK_PIXELS);
                buffer.clear();
                for (int i = start; i < end; i++) {
                    requireHeld(plane[i], i, z);
                    mode.encode(plane[i], buffer);
                }
                writeAll(channel, buffer.flip());
            }
            count(plane);
        }
    }

    private void requireHeld(float value, int i, int z) {
        boolean held = value >= mode.smallest() && value <= mode.largest() || !mode.isWhole() && !Float.isFinite(value);
        if (held && (!mode.isWhole() || value == Math.rint(value))) return;
        throw new InvalidInput("MRC mode " + mode.number() + " holds " + (mode.isWhole() ? "whole " : "")
                + "numbers from "
                + mode.smallest() + " to " + mode.largest() + ", but the pixel at x=" + i % volume.width() + ", y="
                + i / volume.width() + ", plane " + (z + 1) + " is " + value + ". Write mode 2, 32-bit float.");
    }

    private void count(float[] plane) {
        for (float value : plane) {
            least = Math.min(least, value);
            most = Math.max(most, value);
            sum += value;
            sumOfSquares += (double) value * value;
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) channel.write(buffer);
    }

    private ByteBuffer header() {
        ByteBuffer head = ByteBuffer.allocate(MrcFields.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int[] size = {volume.width(), volume.height(), volume.depth()};
        // In a stack of images the cell is one image deep.
        int[] grid = {size[0], size[1], stack ? 1 : size[2]};
        for (int axis = 0; axis < 3; axis++) {
            head.putInt(4 * axis, size[axis]);
            head.putInt(28 + 4 * axis, grid[axis]);
            head.putFloat(40 + 4 * axis, (float) (grid[axis] * angstrom(axis)));
            head.putFloat(52 + 4 * axis, 90);
            head.putInt(64 + 4 * axis, axis + 1);
        }
        head.putInt(12, mode.number());
        double mean = sum / volume.count();
        head.putFloat(76, (float) least);
        head.putFloat(80, (float) most);
        head.putFloat(84, (float) mean);
        head.putInt(88, stack ? 0 : 1); // space group: image stack or volume
        head.putInt(108, VERSION);
        head.put(208, "MAP ".getBytes(StandardCharsets.US_ASCII));
        head.put(212, new byte[] {0x44, 0x44, 0, 0});
        head.putFloat(216, (float) Math.sqrt(Math.max(0, sumOfSquares / volume.count() - mean * mean)));
        head.putInt(220, 1);
        head.put(224, "SinterJ".getBytes(StandardCharsets.US_ASCII));
        return head;
    }

    /** Side of a voxel in Angstrom; 0 if it is not known. */
    private double angstrom(int axis) {
        if (!volume.size().isCalibrated()) return 0;
        double side = axis == 0
                ? volume.size().x()
                : axis == 1 ? volume.size().y() : volume.size().z();
        return 10 * volume.size().xNm() * (side / volume.size().x());
    }
}
