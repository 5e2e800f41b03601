package sinterj.io;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import sinterj.base.InvalidInput;

/**
 * The cells of a CSV file (RFC 4180), bounded. They are separated by commas; by semicolons or tabs, as spreadsheets of
 * some countries and ImageJ write them, where the first line has no comma. Blanks around a cell are dropped, and so are
 * blank lines.
 *
 * @param separator comma, semicolon or tab
 * @param lines at least none; those that are not blank
 */
record CsvLines(char separator, List<Line> lines) {
    private static final String KIND = "a table";
    private static final int MAX_BYTES = 200_000_000;
    private static final int MAX_CELLS = 10_000_000;

    /**
     * One line.
     *
     * @param number its number in the file, counted from 1; of its end, if a cell runs over several lines
     * @param cells at least one
     */
    record Line(long number, List<String> cells) {}

    /** @throws InvalidInput if the file cannot be read, is too large, or its quotation marks make no sense */
    static CsvLines read(Path path) {
        String text = TextFile.text(path, KIND, MAX_BYTES);
        char separator = separator(text);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(true)
                .get();
        List<Line> lines = new ArrayList<>();
        long cells = 0;
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            for (CSVRecord line : parser) {
                // A quoted nothing is a cell, a line of blanks is none.
                if (line.size() == 1 && line.get(0).isBlank() && !line.get(0).isEmpty()) continue;
                cells += line.size();
                if (cells > MAX_CELLS) {
                    throw cannot(
                            path,
                            "it has more than " + MAX_CELLS + " cells. Check that it is the right file, or cut it up.");
                }
                List<String> stripped = line.stream().map(String::strip).toList();
                lines.add(new Line(parser.getCurrentLineNumber(), stripped));
            }
        } catch (IOException | UncheckedIOException e) { // the parser wraps what its iterator cannot throw
            throw new InvalidInput(
                    "'" + path + "' cannot be read as a table: a quotation mark is not closed or stands"
                            + " in a wrong place. Save it anew as CSV.",
                    e);
        }
        return new CsvLines(separator, lines);
    }

    private static char separator(String text) {
        String letters = outsideQuotes(text);
        if (letters.indexOf(',') >= 0) return ',';
        if (letters.indexOf(';') >= 0) return ';';
        return letters.indexOf('\t') >= 0 ? '\t' : ',';
    }

    /** The first line that is not blank, without what is quoted. */
    private static String outsideQuotes(String text) {
        StringBuilder letters = new StringBuilder();
        boolean quoted = false;
        boolean blank = true;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '"') quoted = !quoted;
            boolean ends = !quoted && (letter == '\n' || letter == '\r');
            if (ends && !blank) break;
            blank &= Character.isWhitespace(letter);
            if (!quoted && !ends) letters.append(letter);
        }
        return letters.toString();
    }

    static InvalidInput cannot(Path path, String why) {
        return new InvalidInput("'" + path + "' cannot be read as " + KIND + ": " + why);
    }
}
