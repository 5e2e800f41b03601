package sinterj.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import sinterj.base.InvalidInput;
import sinterj.image.FrameTimes;
import sinterj.image.Table;

/**
 * Tables as CSV files (RFC 4180, UTF-8): a line of heads with their units, then a line per row; numbers with a decimal
 * point in every country. A column comes back as numbers if every cell is a number or empty (then not-a-number), as
 * switches if every cell is {@code true} or {@code false}, else as words. Reading is bounded.
 */
public final class CsvTable {
    private static final int MAX_COLUMNS = 10_000;
    private static final Set<String> SECONDS = Set.of("s", "sec", "second", "seconds");

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
        CSVFormat format = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
        StringBuilder text = new StringBuilder();
        try (CSVPrinter heads = new CSVPrinter(text, quotedIfMistakable(format, table.heads()));
                CSVPrinter rows = new CSVPrinter(text, format)) {
            heads.printRecord(table.heads());
            for (int row = 0; row < table.size(); row++) {
                List<Object> cells = new ArrayList<>();
                for (int column = 0; column < table.heads().size(); column++) cells.add(table.cell(row, column));
                rows.printRecord(cells);
            }
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return text.toString();
    }

    /** A bare semicolon in a line of heads could be taken for a separator. */
    private static CSVFormat quotedIfMistakable(CSVFormat format, List<String> heads) {
        boolean bare = heads.stream().noneMatch(h -> h.contains(";") || h.contains("\t"));
        return bare ? format : format.builder().setQuoteMode(QuoteMode.ALL).get();
    }

    /**
     * Reads a table.
     *
     * @throws InvalidInput if the file cannot be read, or is no table: with the line that is wrong
     */
    public static Table read(Path path) {
        CsvLines file = CsvLines.read(path);
        List<String> heads =
                file.lines().isEmpty() ? List.of() : file.lines().get(0).cells();
        requireHeads(path, heads);
        List<CsvLines.Line> rows = file.lines().subList(1, file.lines().size());
        for (CsvLines.Line row : rows) requireCells(path, row, heads, file.separator());
        List<CsvColumn> columns = new ArrayList<>();
        for (int c = 0; c < heads.size(); c++) {
            int column = c;
            columns.add(CsvColumn.of(rows.stream().map(row -> row.cells().get(column))));
        }
        Table table = new Table(heads);
        for (CsvLines.Line row : rows) {
            Object[] cells = new Object[heads.size()];
            for (int c = 0; c < cells.length; c++)
                cells[c] = columns.get(c).value(row.cells().get(c));
            table.add(cells);
        }
        return table;
    }

    private static void requireHeads(Path path, List<String> heads) {
        if (heads.isEmpty()) throw CsvLines.cannot(path, "it is empty. The first line must name the columns.");
        if (heads.size() > MAX_COLUMNS) {
            throw CsvLines.cannot(
                    path,
                    "it has " + heads.size() + " columns, more than " + MAX_COLUMNS
                            + ". Check that it is the right file.");
        }
        Set<String> names = new HashSet<>();
        for (String head : heads) {
            if (!names.add(Table.nameOf(head))) {
                throw CsvLines.cannot(path, "the column '" + TextNumber.shown(head) + "' is there twice. Rename one.");
            }
        }
    }

    private static void requireCells(Path path, CsvLines.Line row, List<String> heads, char separator) {
        int count = row.cells().size();
        if (count != heads.size()) {
            String hint = count > heads.size() && separator == ',' ? " and write numbers with a decimal point" : "";
            throw CsvLines.cannot(
                    path,
                    "line " + row.number() + " has " + count + " cells, but there are " + heads.size()
                            + " heads. Give one cell per column" + hint + ".");
        }
        if (separator == ',') return;
        for (String cell : row.cells()) {
            if (TextNumber.hasDecimalComma(cell)) {
                throw CsvLines.cannot(path, "in line " + row.number() + " " + TextNumber.complaint(cell) + ".");
            }
        }
    }

    /**
     * The times of the frames of a series: the only column of a file, with or without a head, or its column
     * {@code time} or {@code time_s}.
     *
     * @return seconds, at least one
     * @throws InvalidInput if there is no such column, or it holds other than rising numbers
     */
    public static FrameTimes times(Path path) {
        List<CsvLines.Line> lines = CsvLines.read(path).lines();
        int column = lines.isEmpty() ? 0 : timeColumn(path, lines.get(0).cells());
        boolean hasHead =
                !lines.isEmpty() && CsvColumn.isWord(lines.get(0).cells().get(column));
        List<CsvLines.Line> rows = lines.subList(hasHead ? 1 : 0, lines.size());
        if (rows.isEmpty()) throw CsvLines.cannot(path, "it holds no time. Give one time per frame, in seconds.");
        if (hasHead) requireSeconds(path, lines.get(0).cells().get(column));
        double[] seconds = new double[rows.size()];
        for (int i = 0; i < seconds.length; i++) {
            List<String> cells = rows.get(i).cells();
            String cell = column < cells.size() ? cells.get(column) : "";
            seconds[i] = TextNumber.parse(cell);
            if (Double.isNaN(seconds[i]) || cells.size() != lines.get(0).cells().size()) {
                throw new InvalidInput("Times: " + TextNumber.complaint(String.join(",", cells)) + ", for frame "
                        + (i + 1) + " in '" + path + "'. Give one time per frame, in seconds.");
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
        boolean decimalComma = heads.size() == 2 && heads.stream().noneMatch(CsvColumn::isWord);
        throw CsvLines.cannot(
                path,
                "it has " + heads.size() + " columns and none is named time. Name the column with the seconds"
                        + " time, or give a file with that column alone"
                        + (decimalComma ? ", with decimal points" : "") + ".");
    }

    private static void requireSeconds(Path path, String head) {
        String name = Table.nameOf(head);
        String unit = name.equals(head) ? "s" : head.substring(name.length() + 2, head.length() - 1);
        if (!SECONDS.contains(unit)) {
            throw CsvLines.cannot(
                    path, "the times '" + TextNumber.shown(head) + "' are not in seconds. Give seconds, as time (s).");
        }
    }
}
