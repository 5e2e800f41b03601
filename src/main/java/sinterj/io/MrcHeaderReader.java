package sinterj.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import sinterj.base.InvalidInput;

/**
 * Reads the header of an MRC file and believes nothing in it: sizes are compared with the length of the file before
 * anything is allocated.
 */
final class MrcHeaderReader {
    private final Path file;
    private final long length;
    private final MrcFields fields;

    private MrcHeaderReader(Path file, long length, MrcFields fields) {
        this.file = file;
        this.length = length;
        this.fields = fields;
    }

    /** @throws InvalidInput if it is no MRC file, or one that cannot be read whole */
    static MrcHeader read(Path file) {
        try {
            if (Files.isDirectory(file)) throw cannot(file, "it is a folder. Give the path of a file.");
            if (!Files.exists(file)) throw cannot(file, "there is no such file. Check the path.");
            // A pipe or a device could keep us waiting for ever.
            if (!Files.isRegularFile(file)) throw cannot(file, "it is no ordinary file. Check the path.");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return header(file, firstBytes(channel), channel.size());
            }
        } catch (IOException e) {
            throw cannot(file, IoReason.of(e) + ". Check the path and that you may read it.");
        }
    }

    private static ByteBuffer firstBytes(FileChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(MrcFields.BYTES);
        int got = 0;
        while (head.hasRemaining() && got >= 0) got = channel.read(head, head.position());
        return head.flip();
    }

    private static MrcHeader header(Path file, ByteBuffer head, long length) {
        String foreign = FileSignature.foreign(head);
        if (!foreign.isEmpty()) throw cannot(file, foreign);
        if (head.limit() < MrcFields.BYTES) {
            throw cannot(file, "it has " + length + " bytes, fewer than the header of an MRC file. Copy it again.");
        }
        return new MrcHeaderReader(file, length, new MrcFields(head, length)).checked();
    }

    static InvalidInput cannot(Path file, String why) {
        return new InvalidInput("'" + file + "' cannot be read as an MRC file: " + why);
    }

    private MrcHeader checked() {
        requireSizes();
        MrcMode mode = mode();
        requireExtendedHeader();
        long offset = MrcFields.BYTES + (long) fields.extendedBytes();
        requireLength(mode, offset);
        return new MrcHeader(
                file,
                fields.width(),
                fields.height(),
                fields.sections(),
                mode,
                fields.order(),
                offset,
                fields.size(),
                fields.extended(),
                fields.labels());
    }

    private void requireSizes() {
        int width = fields.width();
        int height = fields.height();
        if (width <= 0 || height <= 0 || fields.sections() <= 0) {
            throw cannot(
                    file,
                    "its header gives the size " + width + " x " + height + " x " + fields.sections()
                            + ". It is damaged, or no MRC file.");
        }
        if ((long) width * height > Integer.MAX_VALUE - 8) { // the longest array
            throw cannot(
                    file,
                    "its header gives planes of " + width + " x " + height
                            + " pixels, more than ImageJ can hold. It is damaged, or must be cut up or binned.");
        }
    }

    private MrcMode mode() {
        int mode = fields.modeNumber();
        return switch (mode) {
            case 0 -> fields.hasSignedBytes() ? MrcMode.SIGNED_BYTES : MrcMode.UNSIGNED_BYTES;
            case 1 -> MrcMode.SHORTS;
            case 2 -> MrcMode.FLOATS;
            case 6 -> MrcMode.UNSIGNED_SHORTS;
            case 12 -> MrcMode.HALF_FLOATS;
            case 3, 4 ->
                throw cannot(
                        file,
                        "mode " + mode + " holds complex numbers, a Fourier transform. Transform it back in the program"
                                + " that wrote it.");
            case 16 -> throw cannot(file, "mode 16 holds colours. Convert it to grey values first.");
            case 101 ->
                throw cannot(
                        file,
                        "mode 101 packs 4-bit numbers. Convert it to 8 bits first, for instance with IMOD:"
                                + " newstack -mode 0 in.mrc out.mrc.");
            default ->
                throw cannot(
                        file,
                        "its header gives the mode " + mode + ", but only 0, 1, 2, 6 and 12 can be read. It is damaged,"
                                + " no MRC file, or must be converted first.");
        };
    }

    private void requireExtendedHeader() {
        int bytes = fields.extendedBytes();
        if (bytes >= 0 && bytes <= length - MrcFields.BYTES) return;
        throw cannot(
                file,
                "its header announces an extended header of " + bytes + " bytes, but the file has " + length
                        + " bytes. It is damaged or truncated: copy it again.");
    }

    private void requireLength(MrcMode mode, long offset) {
        if (fields.bytesNeeded() <= length) return;
        long planeBytes = (long) fields.width() * fields.height() * mode.bytes();
        throw cannot(
                file,
                String.format(
                        Locale.ROOT,
                        "its header announces %d x %d x %d pixels of %d bytes, but the file has %d bytes, which is"
                                + " enough for %d of the %d planes. It is truncated: copy it again.",
                        fields.width(),
                        fields.height(),
                        fields.sections(),
                        mode.bytes(),
                        length,
                        (length - offset) / planeBytes,
                        fields.sections()));
    }
}
