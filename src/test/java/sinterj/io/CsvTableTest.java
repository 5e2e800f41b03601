package sinterj.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;
import sinterj.image.Table;

class CsvTableTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("a.csv"), text, StandardCharsets.UTF_8);
    }

    @Test
    void aTableComesBackAsItWas() {
        Table table = new Table("name", "mean (nm)", "n")
                .add("a, \"quoted\"\nand broken", 0.1, 3)
                .add("b", -1e-300, 1L << 40)
                .add("", Double.NaN, 0);
        Path path = folder.resolve("t.csv");
        CsvTable.write(table, path);
        Table read = CsvTable.read(path);
        assertEquals(table.heads(), read.heads());
        assertEquals("a, \"quoted\"\nand broken", read.cell(0, 0));
        assertEquals(-1e-300, read.number(1, "mean"));
        assertEquals((double) (1L << 40), read.number(1, "n"));
        assertTrue(Double.isNaN(read.number(2, "mean (nm)")));
    }

    @Test
    void numbersAreWrittenWithAPointInEveryCountry() {
        assertEquals("x\n1.5\n", CsvTable.text(new Table("x").add(1.5)));
    }

    @Test
    void aColumnWithAWordIsAColumnOfWords() throws IOException {
        Table read = CsvTable.read(file("a,b\n1,x\n2,3\n"));
        assertEquals(2.0, read.number(1, "a"));
        assertEquals("3", read.cell(1, 1));
    }

    @Test
    void aShortLineIsNamed() throws IOException {
        InvalidInput e = assertThrows(InvalidInput.class, () -> CsvTable.read(file("a,b\n1,2\n3\n")));
        assertTrue(e.getMessage().contains("line 3"), e.getMessage());
    }

    @Test
    void anEmptyFileAndARepeatedHeadAreRefused() throws IOException {
        assertThrows(InvalidInput.class, () -> CsvTable.read(file("")));
        InvalidInput e = assertThrows(InvalidInput.class, () -> CsvTable.read(file("a (nm),a\n1,2\n")));
        assertTrue(e.getMessage().contains("'a'"), e.getMessage());
    }

    @Test
    void timesAreAColumnNamedTimeOrTheOnlyOne() throws IOException {
        assertArrayEquals(
                new double[] {0, 2.5}, CsvTable.times(file("0\n2.5\n")).seconds());
        assertArrayEquals(
                new double[] {0, 2.5}, CsvTable.times(file("seconds\n0\n2.5\n")).seconds());
        assertArrayEquals(
                new double[] {1, 4},
                CsvTable.times(file("frame,time (s)\n1,1\n2,4\n")).seconds());
    }

    @Test
    void timesThatFallOrAreNoNumbersAreNamed() throws IOException {
        InvalidInput falling = assertThrows(InvalidInput.class, () -> CsvTable.times(file("0\n2\n1\n")));
        assertTrue(falling.getMessage().contains("frame 3"), falling.getMessage());
        InvalidInput comma = assertThrows(InvalidInput.class, () -> CsvTable.times(file("\"0,5\"\n\"1,5\"\n")));
        assertTrue(comma.getMessage().contains("1.5"), comma.getMessage());
        InvalidInput which = assertThrows(InvalidInput.class, () -> CsvTable.times(file("a,b\n1,2\n")));
        assertTrue(which.getMessage().contains("time"), which.getMessage());
    }

    @Property(tries = 1000)
    void anyTextIsATableOrASentence(@ForAll String text) throws IOException {
        Path path = Files.createTempFile("sinterj", ".csv");
        try {
            Files.writeString(path, text, StandardCharsets.UTF_8);
            CsvTable.read(path);
        } catch (InvalidInput e) {
            assertTrue(e.getMessage().endsWith("."), e.getMessage());
        } catch (java.nio.charset.CharacterCodingException e) {
            return; // a text that cannot be written
        } finally {
            Files.delete(path);
        }
    }
}
