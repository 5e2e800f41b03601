package sinterj.io;

import java.util.Set;
import java.util.stream.Stream;

/** What the cells of a column of a CSV file are. */
enum CsvColumn {
    NUMBERS,
    SWITCHES,
    WORDS;

    /** As Java and as others write them; beside the numbers of {@link TextNumber}. */
    private static final Set<String> NOT_A_NUMBER = Set.of("NaN", "nan");

    private static final Set<String> INFINITE = Set.of("Infinity", "inf", "+Infinity", "+inf");
    private static final Set<String> MINUS_INFINITE = Set.of("-Infinity", "-inf");

    /** The narrowest kind that all cells are; words if all are empty. */
    static CsvColumn of(Stream<String> cells) {
        boolean numbers = true;
        boolean switches = true;
        boolean empty = true;
        boolean any = false;
        for (String cell : (Iterable<String>) cells::iterator) {
            any = true;
            empty &= cell.isEmpty();
            numbers &= !isWord(cell) || cell.isEmpty();
            switches &= cell.equals("true") || cell.equals("false");
        }
        if (any && empty) return WORDS;
        return numbers ? NUMBERS : switches ? SWITCHES : WORDS;
    }

    /** Whether a cell is no number of any kind. */
    static boolean isWord(String cell) {
        return !NOT_A_NUMBER.contains(cell)
                && !INFINITE.contains(cell)
                && !MINUS_INFINITE.contains(cell)
                && Double.isNaN(TextNumber.parse(cell));
    }

    /** A cell of such a column: a {@link Double}, {@link Boolean} or {@link String}. */
    Object value(String cell) {
        return switch (this) {
            case NUMBERS -> number(cell);
            case SWITCHES -> Boolean.valueOf(cell);
            case WORDS -> cell;
        };
    }

    private static double number(String cell) {
        if (INFINITE.contains(cell)) return Double.POSITIVE_INFINITY;
        return MINUS_INFINITE.contains(cell) ? Double.NEGATIVE_INFINITY : TextNumber.parse(cell);
    }
}
