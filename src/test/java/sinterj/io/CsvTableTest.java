package sinterj.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
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

    @Test
    void timesMustBeSecondsAndMustBeThere() throws IOException {
        for (String text : List.of("time (min)\n0\n1\n", "frame,time (h)\n1,0\n")) {
            InvalidInput unit = assertThrows(InvalidInput.class, () -> CsvTable.times(file(text)));
            assertTrue(unit.getMessage().contains("not in seconds"), unit.getMessage());
        }
        for (String text : List.of("", "time\n", "time (s)\n\n")) {
            InvalidInput none = assertThrows(InvalidInput.class, () -> CsvTable.times(file(text)));
            assertTrue(none.getMessage().contains("no time"), none.getMessage());
        }
        InvalidInput comma = assertThrows(InvalidInput.class, () -> CsvTable.times(file("0,5\n1,5\n")));
        assertTrue(comma.getMessage().contains("decimal points"), comma.getMessage());
        InvalidInput mixed = assertThrows(InvalidInput.class, () -> CsvTable.times(file("0\n1,5\n")));
        assertTrue(mixed.getMessage().contains("1.5"), mixed.getMessage());
    }

    @Test
    void semicolonsAndTabsSeparateWhereTheHeadsHaveNoComma() throws IOException {
        for (String separator : List.of(";", "\t")) {
            Table read = CsvTable.read(file("x (nm);r\n1.5;2\n".replace(";", separator)));
            assertEquals(1.5, read.number(0, "x"));
            assertEquals(2, read.number(0, "r"));
        }
        InvalidInput comma = assertThrows(InvalidInput.class, () -> CsvTable.read(file("x;r\n1;2\n1,5;2\n")));
        assertTrue(comma.getMessage().contains("line 3") && comma.getMessage().contains("1.5"), comma.getMessage());
    }

    @Test
    void decimalCommasBetweenCommasAreHintedAt() throws IOException {
        InvalidInput e = assertThrows(InvalidInput.class, () -> CsvTable.read(file("x,r\n1,5,2,0\n")));
        assertTrue(e.getMessage().contains("4 cells") && e.getMessage().contains("decimal point"), e.getMessage());
    }

    @Test
    void emptyCellsAmongNumbersAreNotANumber() throws IOException {
        Table read = CsvTable.read(file("a,b,c\n1,,nan\n,,-inf\n"));
        assertTrue(Double.isNaN(read.number(1, "a")));
        assertEquals("", read.cell(0, 1));
        assertTrue(Double.isNaN(read.number(0, "c")));
        assertEquals(Double.NEGATIVE_INFINITY, read.number(1, "c"));
    }

    @Test
    void wordsThatEndLikeANumberStayWords() throws IOException {
        assertEquals("toInfinity", CsvTable.read(file("a\ntoInfinity\n")).cell(0, 0));
    }

    @Test
    void switchesComeBackAsSwitches() {
        Path path = folder.resolve("s.csv");
        CsvTable.write(new Table("on").add(true).add(false), path);
        assertEquals(true, CsvTable.read(path).cell(0, 0));
        assertEquals(0, CsvTable.read(path).number(1, "on"));
    }

    @Test
    void lineNumbersCountBlankAndBrokenLines() throws IOException {
        InvalidInput e = assertThrows(InvalidInput.class, () -> CsvTable.read(file("a,b\n\n\"x\ny\",2\n\n3\n")));
        assertTrue(e.getMessage().contains("line 6"), e.getMessage());
    }

    @Test
    void aMissingColumnAndAWordInItAreSentencesThatNameThem() throws IOException {
        Table read = CsvTable.read(file("x (nm),r\n1,2\n3,big\n"));
        assertArrayEquals(new double[] {1, 3}, read.numbers("x"));
        InvalidInput missing = assertThrows(InvalidInput.class, () -> read.numbers("y_nm"));
        assertTrue(
                missing.getMessage().contains("'y_nm'") && missing.getMessage().contains("x (nm), r"),
                missing.getMessage());
        InvalidInput word = assertThrows(InvalidInput.class, () -> read.numbers("r"));
        assertTrue(word.getMessage().contains("'big' in row 2"), word.getMessage());
    }

    @Test
    void openQuotationMarkIsASentence() throws IOException {
        InvalidInput e = assertThrows(InvalidInput.class, () -> CsvTable.read(file("a,b\n\"1,2\n")));
        assertTrue(e.getMessage().contains("quotation mark"), e.getMessage());
    }

    @Test
    void aTableOfTooManyCellsIsRefused() throws IOException {
        Path path = folder.resolve("large.csv");
        Files.write(path, Collections.nCopies(50_000, ",".repeat(250)));
        InvalidInput e = assertThrows(InvalidInput.class, () -> CsvTable.read(path));
        assertTrue(e.getMessage().contains("10000000 cells"), e.getMessage());
    }
}
