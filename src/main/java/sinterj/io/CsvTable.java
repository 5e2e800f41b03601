package sinterj.io;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import sinterj.base.InvalidInput;
import sinterj.image.FrameTimes;
import sinterj.image.Table;

/**
 * Tables as CSV files (RFC 4180, UTF-8): a line of heads, then a line per row; numbers with a decimal point in every
 * country. Reading is bounded, and cells of which all are numbers come back as numbers.
 */
public final class CsvTable {
    private static final String KIND = "a table";
    private static final int MAX_BYTES = 200_000_000;
    private static final int MAX_COLUMNS = 10_000;

    private CsvTable() {}

    /**
     * Writes a table whole or not at all; a file that exists is replaced.
     *
     * @throws InvalidInput if the file cannot be written
     */
    public static void write(Table table, Path path) {
        WriteSafely.file(path, temporary -> Files.writeString(temporary, text(table), StandardCharsets.UTF_8));
    }

    /** The table as the text of a CSV file. */
    public static String text(Table table) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(
                text, CSVFormat.RFC4180.builder().setRecordSeparator('\n').get())) {
            printer.printRecord(table.heads());
            for (int row = 0; row < table.size(); row++) {
                List<Object> cells = new ArrayList<>();
                for (int column = 0; column < table.heads().size(); column++) cells.add(table.cell(row, column));
                printer.printRecord(cells);
            }
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return text.toString();
    }

    /**
     * Reads a table.
     *
     * @throws InvalidInput if the file cannot be read, or is no table: with the line that is wrong
     */
    public static Table read(Path path) {
        List<List<String>> lines = lines(path);
        List<String> heads = lines.isEmpty() ? List.of() : lines.get(0);
        requireHeads(path, heads);
        boolean[] isNumber = numberColumns(lines, heads.size());
        Table table = new Table(heads);
        for (int i = 1; i < lines.size(); i++) {
            List<String> line = lines.get(i);
            if (line.size() != heads.size()) {
                throw cannot(
                        path,
                        "line " + (i + 1) + " has " + line.size() + " cells, but there are " + heads.size()
                                + " heads. Give one cell per column.");
            }
            Object[] cells = new Object[line.size()];
            for (int c = 0; c < cells.length; c++) {
                cells[c] = isNumber[c] ? (Object) number(line.get(c)) : line.get(c);
            }
            table.add(cells);
        }
        return table;
    }

    private static void requireHeads(Path path, List<String> heads) {
        if (heads.isEmpty() || heads.size() > MAX_COLUMNS) {
            throw cannot(path, "it has " + heads.size() + " columns. The first line must name the columns.");
        }
        Set<String> names = new HashSet<>();
        for (String head : heads) {
            if (!names.add(Table.nameOf(head))) {
                throw cannot(path, "the column '" + TextNumber.shown(head) + "' is there twice. Rename one.");
            }
        }
    }

    private static boolean[] numberColumns(List<List<String>> lines, int columns) {
        boolean[] isNumber = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            int column = c;
            isNumber[c] = lines.stream().skip(1).allMatch(line -> column < line.size() && isNumber(line.get(column)));
        }
        return isNumber;
    }

    private static boolean isNumber(String cell) {
        return cell.equals("NaN") || cell.endsWith("Infinity") || !Double.isNaN(TextNumber.parse(cell));
    }

    private static double number(String cell) {
        return switch (cell) {
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> TextNumber.parse(cell);
        };
    }

    /** The cells of each line that is not blank. */
    private static List<List<String>> lines(Path path) {
        String text = TextFile.text(path, KIND, MAX_BYTES);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .get();
        List<List<String>> lines = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            for (CSVRecord line : parser) {
                if (line.size() > 1 || !line.get(0).isEmpty()) lines.add(line.toList());
            }
        } catch (IOException | RuntimeException e) { // the parser wraps what its iterator cannot throw
            throw new InvalidInput(
                    "'" + path + "' cannot be read as a table: a quotation mark is not closed or stands"
                            + " in a wrong place. Save it anew as CSV.",
                    e);
        }
        return lines;
    }

    /**
     * The times of the frames of a series: the only column of a file, with or without a head, or its column
     * {@code time}.
     *
     * @return seconds
     * @throws InvalidInput if there is no such column, or it holds other than rising numbers
     */
    public static FrameTimes times(Path path) {
        List<List<String>> lines = lines(path);
        if (lines.isEmpty()) throw cannot(path, "it is empty. Give one time per frame, in seconds.");
        int column = timeColumn(path, lines.get(0));
        boolean hasHead = !isNumber(lines.get(0).get(column));
        double[] seconds = new double[lines.size() - (hasHead ? 1 : 0)];
        for (int i = 0; i < seconds.length; i++) {
            List<String> line = lines.get(i + (hasHead ? 1 : 0));
            String cell = column < line.size() ? line.get(column) : "";
            seconds[i] = TextNumber.parse(cell);
            if (Double.isNaN(seconds[i])) {
                throw new InvalidInput("Times: " + TextNumber.complaint(cell) + ", for frame " + (i + 1) + " in '"
                        + path + "'. Give one time per frame, in seconds.");
            }
        }
        return new FrameTimes(seconds);
    }

    private static int timeColumn(Path path, List<String> heads) {
        if (heads.size() == 1) return 0;
        for (int i = 0; i < heads.size(); i++) {
            String name = Table.nameOf(heads.get(i));
            if (name.equals("time") || name.equals("time_s")) return i;
        }
        throw cannot(
                path,
                "it has " + heads.size() + " columns and none is named time. Name the column with the seconds"
                        + " time, or give a file with that column alone.");
    }

    private static InvalidInput cannot(Path path, String why) {
        return new InvalidInput("'" + path + "' cannot be read as a table: " + why);
    }
}
