package sinterj.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.Progress;
import sinterj.image.Volume;

/** Files whose bytes no int can count. They have holes, so they take no room on most disks. */
@Tag("proof")
class LargeMrcTest {
    private static final int SIDE = 4096;
    private static final int SECTIONS = 80;

    @TempDir
    Path folder;

    /** 2.5 GB of zeros, but for a number at the start and end of each plane. */
    private Path file() throws IOException {
        Path path = folder.resolve("large.st");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            long planeBytes = 2L * SIDE * SIDE;
            file.write(MrcFile.of(ByteOrder.BIG_ENDIAN, SIDE, SIDE, SECTIONS, 6).bytes());
            file.setLength(1024 + planeBytes * SECTIONS);
            for (int z = 0; z < SECTIONS; z++) {
                file.seek(1024 + z * planeBytes);
                file.writeShort(z + 1);
                file.seek(1024 + (z + 1) * planeBytes - 2);
                file.writeShort(60_000 + z);
            }
        }
        return path;
    }

    @Test
    void fileOverTwoGigabytesIsReadPlaneByPlane() throws IOException {
        Path path = file();
        assertTrue(path.toFile().length() > Integer.MAX_VALUE);
        Volume volume = Mrc.lazy(path);
        for (int z = SECTIONS - 1; z >= 0; z--) {
            float[] plane = volume.plane(z);
            assertEquals(z + 1, plane[0]);
            assertEquals(60_000 + z, plane[plane.length - 1]);
            assertEquals(0, plane[plane.length / 2]);
        }
    }

    @Test
    void fileOverTwoGigabytesIsLoadedInSixteenBits() throws IOException {
        Path path = file();
        assertEquals(
                2L * SIDE * SIDE * SECTIONS + 100 * SECTIONS, Mrc.header(path).bytesInMemory());
        Volume volume = Mrc.volume(path, Progress.SILENT);
        assertEquals(SECTIONS, volume.plane(SECTIONS - 1)[0]);
        assertEquals((long) SIDE * SIDE * SECTIONS, volume.count());
    }

    @Test
    void headerOfMoreThanTwoToThe31PixelsOnALargeFileIsRead() throws IOException {
        Path path = folder.resolve("many.mrc");
        ByteBuffer head = MrcFile.of(65536, 16384, 3, 0).head;
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(head.array());
            file.setLength(1024 + 3L * 65536 * 16384);
            file.seek(file.length() - 1);
            file.write(5);
        }
        MrcHeader header = Mrc.header(path);
        assertEquals(1 << 30, header.pixelsPerPlane());
        float[] last = Mrc.lazy(path).plane(2);
        assertEquals(5, last[last.length - 1]);
    }
}
