package sinterj.op;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Table;
import sinterj.image.Volume;

/**
 * One look at every pixel of an image before work starts: is each a number, and what is the image's fingerprint. The
 * fingerprint is the SHA-256 of the planes' SHA-256, each over its values as 32-bit floats, so an image keeps it when
 * its pixels are stored in another type that holds the same values. Cost: about a second per 10^9 bytes and core.
 */
final class PixelHash {
    private PixelHash() {}

    /**
     * @return SHA-256 of sizes and values, in hexadecimal
     * @throws InvalidInput with the position of the first pixel of a plane that is not a finite number
     */
    static String of(Frames image, Progress progress) {
        int depth = image.first().depth();
        byte[][] digests = new byte[image.count() * depth][];
        Parallel.forEach(progress, digests.length, i -> {
            Volume volume = image.volumes().get(i / depth);
            float[] plane = volume.plane(i % depth);
            requireNumbers(image, plane, i);
            digests[i] = digest(plane);
        });
        MessageDigest whole = sha256();
        Volume first = image.first();
        whole.update(ByteBuffer.allocate(16)
                .putInt(first.width())
                .putInt(first.height())
                .putInt(depth)
                .putInt(image.count())
                .array());
        for (byte[] digest : digests) whole.update(digest);
        return HexFormat.of().formatHex(whole.digest());
    }

    /** SHA-256 of a table's heads and cells as text, a line for each row and a tab between cells, in hexadecimal. */
    static String of(Table table) {
        StringBuilder text = new StringBuilder(String.join("\t", table.heads())).append('\n');
        for (int row = 0; row < table.size(); row++) {
            for (int column = 0; column < table.heads().size(); column++) {
                Object cell = table.cell(row, column);
                // A file tells whole numbers from others by nothing.
                text.append(column == 0 ? "" : "\t")
                        .append(cell instanceof Number number ? number.doubleValue() : cell);
            }
            text.append('\n');
        }
        return HexFormat.of().formatHex(sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] digest(float[] plane) {
        MessageDigest hash = sha256();
        ByteBuffer bytes = ByteBuffer.allocate(Math.min(plane.length, 1 << 16) * 4);
        for (int start = 0; start < plane.length; start += bytes.capacity() / 4) {
            int count = Math.min(bytes.capacity() / 4, plane.length - start);
            bytes.asFloatBuffer().put(plane, start, count);
            hash.update(bytes.array(), 0, 4 * count);
        }
        return hash.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void requireNumbers(Frames image, float[] plane, int index) {
        for (int i = 0; i < plane.length; i++) {
            if (!Float.isFinite(plane[i])) {
                int width = image.first().width();
                throw new InvalidInput("'" + image.title() + "' holds " + plane[i] + " at x=" + i % width + ", y="
                        + i / width + ", slice " + (index % image.first().depth() + 1)
                        + ". Every pixel must be a number: mend it with Process > Noise > Remove NaNs...");
            }
        }
    }
}
