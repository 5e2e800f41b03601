package sinterj.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;
import sinterj.image.Affine;

class XfFileTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("a.xf"), text);
    }

    @Test
    void readsWhatImodWrites() throws IOException {
        Path file = file("   0.9961947  -0.0871557   0.0871557   0.9961947      12.345      -0.678\r\n"
                + "   1.0000000   0.0000000   0.0000000   1.0000000       0.000       0.000\r\n");
        assertEquals(
                List.of(new Affine(0.9961947, -0.0871557, 0.0871557, 0.9961947, 12.345, -0.678), Affine.IDENTITY),
                XfFile.read(file, 2));
    }

    @Test
    void writtenTransformsAreReadBackEqual() {
        List<Affine> some = List.of(
                new Affine(1.0000001, -0.5, 0.25, -1, -123456.789, 0.001), Affine.shift(-0.5, 1e6), Affine.IDENTITY);
        Path file = folder.resolve("b.xf");
        XfFile.write(file, some);
        assertEquals(some, XfFile.read(file));
    }

    @Test
    void wrongCountNamesBothNumbers() throws IOException {
        Path file = file("1 0 0 1 0 0\n");
        String message =
                assertThrows(InvalidInput.class, () -> XfFile.read(file, 61)).getMessage();
        assertTrue(message.contains("61 projections") && message.contains("1 lines"), message);
    }

    @Test
    void brokenLinesAreRefusedWithTheirNumber() throws IOException {
        for (String line :
                List.of("1 0 0 1 0", "1 0 0 1 0 0 0 0", "1 0 0 1 0,5 0", "1 0 0 1 NaN 0", "1 0 0 1 1e999 0")) {
            Path file = file("1 0 0 1 0 0\n\n" + line + "\n");
            String message =
                    assertThrows(InvalidInput.class, () -> XfFile.read(file)).getMessage();
            assertTrue(message.contains("a.xf', line 3"), message);
        }
        Path empty = file("\n");
        assertThrows(InvalidInput.class, () -> XfFile.read(empty));
        assertThrows(InvalidInput.class, () -> XfFile.read(folder));
        assertThrows(InvalidInput.class, () -> XfFile.read(folder.resolve("none.xf")));
    }
}
