package sinterj.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

class TiltAnglesTest {
    @TempDir
    private Path folder;

    private double[] read(String name, String text, int count) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
        return TiltAngles.of(name, count, folder);
    }

    @Test
    void aRangeIsStartStepAndMaybeEnd() {
        assertArrayEquals(new double[] {-40, -38, -36}, TiltAngles.of("-40:2", 3, folder), 1e-12);
        assertArrayEquals(new double[] {1, 0.5, 0}, TiltAngles.of("1:-.5:0", 3, folder), 1e-12);
        assertEquals(41, TiltAngles.of("-40:2:40", 41, folder).length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-40:2:41", "0:0", "0:0:0", "0:1:-5", "0:1e-9:300", "0:200", "1,5:2", "1:2:3:4", "nan:1", "1:"})
    void aWrongRangeIsASentence(String text) {
        InvalidInput e = assertThrows(InvalidInput.class, () -> TiltAngles.of(text, 5, folder));
        assertTrue(e.getMessage().endsWith("."), e.getMessage());
    }

    @Test
    void theCountIsCompared() {
        InvalidInput e = assertThrows(InvalidInput.class, () -> TiltAngles.of("-40:2:40", 61, folder));
        assertTrue(e.getMessage().contains("61 projections") && e.getMessage().contains("41 angles"), e.getMessage());
    }

    @Test
    void aListMayHaveAnyLineEndsBlanksAndAByteOrderMark() throws IOException {
        assertArrayEquals(new double[] {-1.5, 0, 2}, read("a.tlt", "\ufeff-1.50\r\n\r\n  0\r\n+2.0\r\n", 3));
    }

    @Test
    void unsortedAndRepeatedAnglesKeepTheirOrder() throws IOException {
        assertArrayEquals(new double[] {3, -1, 3}, read("a.rawtlt", "3\n-1\n3", 3));
    }

    @ParameterizedTest
    @CsvSource({"'1,5\n2', 1.5", "'1\nabc', abc", "'1\n361', 361", "'1\nNaN', NaN"})
    void aWrongLineIsShown(String text, String shown) {
        InvalidInput e = assertThrows(InvalidInput.class, () -> read("a.tlt", text, 2));
        assertTrue(e.getMessage().contains(shown), e.getMessage());
    }

    @Test
    void serialEmWritesOneBlockPerImage() throws IOException {
        String text =
                "PixelSpacing = 13.4\nImageFile = a.st\n[T =     Tilt axis angle = 85.3, binning = 1  spot = 8]\n\n"
                        + "[ZValue = 0]\nTiltAngle = -60.01\nDefocus = 0\n\n[ZValue = 1]\r\nTiltAngle = -58\r\n";
        assertArrayEquals(new double[] {-60.01, -58}, read("a.mdoc", text, 2));
        Mdoc mdoc = Mdoc.read(folder.resolve("a.mdoc"));
        assertEquals(85.3, mdoc.axisDeg());
        assertEquals(1.34, mdoc.pixelNm(), 1e-12);
    }

    @Test
    void anImageWithoutItsAngleIsNamed() {
        InvalidInput e = assertThrows(
                InvalidInput.class,
                () -> read("b.mdoc", "[ZValue = 0]\nTiltAngle = 1\n[ZValue = 1]\nDefocus = 2\n", 2));
        assertTrue(e.getMessage().contains("image 2"), e.getMessage());
    }

    private MrcHeader series(String name, int count) {
        Volume stack = new Volume(Planes.floats(3, 2, count), VoxelSize.cube(1, "nm"));
        Path path = folder.resolve(name);
        MrcWriter.writeStack(stack, path, MrcMode.FLOATS, Progress.SILENT);
        return Mrc.header(path);
    }

    @Test
    void anglesAreFoundBesideTheFileInTheStatedOrder() throws IOException {
        MrcHeader header = series("s.mrc", 2);
        InvalidInput none = assertThrows(InvalidInput.class, () -> TiltAngles.beside(header, 1));
        for (String place : new String[] {"s.rawtlt", "s.tlt", "s.mdoc", "s.mrc.mdoc"}) {
            assertTrue(none.getMessage().contains(place), none.getMessage());
        }
        Files.writeString(folder.resolve("s.tlt"), "5\n6\n");
        assertArrayEquals(new double[] {5, 6}, TiltAngles.beside(header, 1));
        Files.writeString(folder.resolve("s.rawtlt"), "7\n8\n");
        assertArrayEquals(new double[] {7, 8}, TiltAngles.beside(header, 1));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Path path = folder.resolve("w.tlt");
        TiltAngles.write(new double[] {-40, 0.25, 3.3333}, path);
        assertArrayEquals(new double[] {-40, 0.25, 3.3333}, TiltAngles.of(path.toString(), 3, folder));
    }

    /** The bytes of an MRC file with an extended header put between header and planes. */
    private MrcHeader extended(String type, int integers, int reals, ByteBuffer header, int count) throws IOException {
        byte[] plain = Files.readAllBytes(series("e.mrc", count).file());
        ByteBuffer file = ByteBuffer.allocate(plain.length + header.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        file.put(plain, 0, 1024).put(header.array()).put(plain, 1024, plain.length - 1024);
        file.putInt(92, header.capacity());
        file.put(104, type.getBytes(StandardCharsets.US_ASCII));
        file.putShort(128, (short) integers).putShort(130, (short) reals);
        return Mrc.header(Files.write(folder.resolve("e.mrc"), file.array()));
    }

    @Test
    void feiKeepsAnglesAsDoublesInABlockPerImage() throws IOException {
        ByteBuffer blocks = ByteBuffer.allocate(3 * 768).order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 0; k < 3; k++) {
            blocks.putInt(k * 768, 768).putInt(k * 768 + 8, 1 << 9).putDouble(k * 768 + 100, 10.5 * k - 20);
        }
        assertArrayEquals(new double[] {-20, -9.5, 1}, TiltAngles.beside(extended("FEI1", 0, 0, blocks, 3), 1));
    }

    @Test
    void serialEmKeepsAnglesAsHundredths() throws IOException {
        ByteBuffer blocks = ByteBuffer.allocate(3 * 10).order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 0; k < 3; k++) blocks.putShort(k * 10, (short) (-6000 + 150 * k));
        assertArrayEquals(new double[] {-60, -58.5, -57}, TiltAngles.beside(extended("SERI", 10, 3, blocks, 3), 1));
    }

    @Test
    void theFirstFormatOfFeiKeepsAnglesAsFloats() throws IOException {
        ByteBuffer blocks = ByteBuffer.allocate(1024 * 128).order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 0; k < 3; k++) blocks.putFloat(k * 128, k - 1.5f);
        assertArrayEquals(new double[] {-1.5, -0.5, 0.5}, TiltAngles.beside(extended("\0\0\0\0", 0, 32, blocks, 3), 1));
    }

    @Property(tries = 1000)
    void anyTextGivesAnglesOrASentence(@ForAll String text) {
        try {
            for (double angle : TiltAngles.of(text, 2, Path.of("target"))) assertTrue(Math.abs(angle) <= 360);
        } catch (InvalidInput e) {
            assertTrue(e.getMessage().length() < 1000 + 2 * text.length(), e.getMessage());
        } catch (java.nio.file.InvalidPathException e) {
            throw new AssertionError("a path that is none must be a sentence", e);
        }
    }

    @Property(tries = 1000)
    void anyMdocGivesAnglesOrASentence(@ForAll String a, @ForAll String b) throws IOException {
        Path path = Files.createTempFile("sinterj", ".mdoc");
        try {
            Files.writeString(
                    path, "[ZValue = 0]\nTiltAngle = " + a + "\n" + b + "\n[T" + a, StandardCharsets.UTF_16LE);
            Mdoc.read(path);
        } catch (InvalidInput e) {
            assertTrue(e.getMessage().endsWith("."), e.getMessage());
        } finally {
            Files.delete(path);
        }
    }
}
