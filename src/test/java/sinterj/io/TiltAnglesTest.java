package sinterj.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void rangeInTenthsHasNoRoundingDirt() {
        assertArrayEquals(new double[] {-40, -39.9, -39.8, -39.7}, TiltAngles.of("-40:0.1:-39.7", 4, folder));
    }

    @Test
    void refusedLineIsNumberedAndTheFileNamed() {
        InvalidInput e = assertThrows(InvalidInput.class, () -> read("a.tlt", "1\n\n1,5\n", 2));
        assertTrue(e.getMessage().contains("a.tlt', line 3") && e.getMessage().contains("1.5"), e.getMessage());
        InvalidInput far = assertThrows(InvalidInput.class, () -> read("a.tlt", "1\n400\n", 2));
        assertTrue(far.getMessage().contains("400.0, in '") && far.getMessage().contains("line 2"), far.getMessage());
    }

    @Test
    void brokenMdocDoesNotHinderTheSearchForTheAxis() throws IOException {
        MrcHeader header = series("s.mrc", 2);
        Files.writeString(
                folder.resolve("s.mrc.mdoc"),
                "PixelSpacing = 13.4\n[T = TiltAxisAngle = -95.4  Binning = 1]\n[ZValue = 0]\nDefocus = 1\n");
        assertEquals(-95.4, TiltAngles.axisDeg(header));
        assertEquals(1.34, TiltAngles.pixelNm(header), 1e-12);
        InvalidInput e = assertThrows(InvalidInput.class, () -> TiltAngles.beside(header, 1));
        assertTrue(e.getMessage().contains("ZValue = 0"), e.getMessage());
    }

    @Test
    void nothingBesideIsNoAngles() {
        MrcHeader header = series("s.mrc", 2);
        assertEquals(0, TiltAngles.ifAny(header, 1).length);
        assertTrue(Double.isNaN(TiltAngles.axisDeg(header)));
        assertTrue(Double.isNaN(TiltAngles.pixelNm(header)));
    }

    @Test
    void fileWithSeveralTimePointsTakesTheAnglesOfOneOrOfAll() throws IOException {
        MrcHeader header = series("s.mrc", 4);
        Files.writeString(folder.resolve("s.tlt"), "5\n6\n");
        assertArrayEquals(new double[] {5, 6}, TiltAngles.beside(header, 2));
        Files.writeString(folder.resolve("s.tlt"), "5\n6\n5\n6\n");
        assertArrayEquals(new double[] {5, 6, 5, 6}, TiltAngles.beside(header, 2));
        Files.writeString(folder.resolve("s.tlt"), "5\n6\n7\n");
        InvalidInput e = assertThrows(InvalidInput.class, () -> TiltAngles.beside(header, 2));
        assertTrue(e.getMessage().contains("2 projections") && e.getMessage().contains("3 angles"), e.getMessage());
    }

    @Test
    void alignedStackOfImodIsUprightThoughItsTitlesAreThoseOfTheRawOne() throws IOException {
        String raw = "    Tilt axis angle = 86.3, binning = 1  spot = 8";
        MrcFile file = MrcFile.of(2, 2, 2, 6).zeros().label(raw);
        assertEquals(86.3, TiltAngles.axisDeg(Mrc.header(file.write(folder.resolve("s.st")))));
        assertEquals(0, TiltAngles.axisDeg(Mrc.header(file.write(folder.resolve("s.ali")))));
        file.label("NEWSTACK: Images copied, transformed");
        assertEquals(0, TiltAngles.axisDeg(Mrc.header(file.write(folder.resolve("s.st")))));
    }

    @Test
    void framesOfOneTiltAreRefusedAsASeries() throws IOException {
        MrcHeader header = Mrc.header(MrcFile.of(2, 2, 2, 6).zeros().write(folder.resolve("f.mrc")));
        Files.writeString(
                folder.resolve("f.mrc.mdoc"), "[ZValue = 0]\nTiltAngle = 5.00054\n[ZValue = 1]\nTiltAngle = 5.00054\n");
        String sentence = assertThrows(InvalidInput.class, () -> TiltAngles.beside(header, 1))
                .getMessage();
        assertTrue(sentence.contains("5.00054 degrees for all 2 images") && sentence.contains("f.mrc.mdoc"), sentence);
        MrcHeader one = Mrc.header(MrcFile.of(2, 2, 1, 6).zeros().write(folder.resolve("g.mrc")));
        Files.writeString(folder.resolve("g.tlt"), "5\n");
        assertArrayEquals(new double[] {5}, TiltAngles.beside(one, 1));
    }
}
