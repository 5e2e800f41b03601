package sinterj.ij;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack that was cut would open with black slices, or as a shorter one, without a word. */
class TiffClaimsTest {
    @TempDir
    Path folder;

    private boolean isRefused(byte[] bytes) throws IOException {
        return TiffClaims.areAbsurd(Files.write(folder.resolve("image.tif"), bytes));
    }

    private byte[] saved(String type) throws IOException {
        ImagePlus stack = IJ.createImage("stack", type, 9, 8, 6);
        Path path = folder.resolve("stack.tif");
        assertTrue(new FileSaver(stack).saveAsTiffStack(path.toString()));
        return Files.readAllBytes(path);
    }

    @Test
    void aStackOfImageJIsTakenWholeOnly() throws IOException {
        for (String type : new String[] {"8-bit", "16-bit", "32-bit"}) {
            byte[] whole = saved(type);
            assertFalse(isRefused(whole), type);
            assertTrue(isRefused(Arrays.copyOf(whole, whole.length / 2)), type);
            assertTrue(isRefused(Arrays.copyOf(whole, whole.length - 9)), type); // a byte of padding may follow
        }
        assertFalse(isRefused(saved("RGB")));
    }

    /** Two planes of a byte each, with a directory each, the second at the end. */
    private static byte[] twoDirectories() {
        int first = 8;
        int directory = 2 + 8 * 12 + 4;
        ByteBuffer file = ByteBuffer.allocate(first + 2 * directory + 2).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(first);
        for (int n = 0; n < 2; n++) {
            file.putShort((short) 8);
            int pixel = n == 0 ? first + directory : first + 2 * directory + 1;
            int[][] entries = {{256, 1}, {257, 1}, {258, 8}, {259, 1}, {262, 1}, {273, pixel}, {278, 1}, {279, 1}};
            for (int[] e : entries)
                file.putShort((short) e[0]).putShort((short) 4).putInt(1).putInt(e[1]);
            file.putInt(n == 0 ? first + directory + 1 : 0);
            if (n == 0) file.put((byte) 7);
        }
        return file.put((byte) 9).array();
    }

    @Test
    void ofDirectoriesNoneMayBeMissing() throws IOException {
        byte[] whole = twoDirectories();
        assertFalse(isRefused(whole));
        assertTrue(isRefused(Arrays.copyOf(whole, 110)), "the second directory is behind the end");
        assertTrue(isRefused(Arrays.copyOf(whole, 160)), "the second directory is cut");
        assertTrue(isRefused(Arrays.copyOf(whole, whole.length - 1)), "the second pixel is missing");
    }
}
