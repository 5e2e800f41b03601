package sinterj.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sinterj.base.InvalidInput;

/**
 * Rows of numbers and words under named columns. A column's head is its name plus its unit in brackets:
 * {@code mean (nm)}.
 */
public final class Table {
    private final List<String> heads;
    private final List<Object[]> rows = new ArrayList<>();

    /** @param heads column heads, such as {@code frame} or {@code mean (nm)}; each once */
    public Table(String... heads) {
        this(Arrays.asList(heads));
    }

    /** @param heads column heads, such as {@code frame} or {@code mean (nm)}; each once */
    public Table(List<String> heads) {
        this.heads = List.copyOf(heads);
        if (heads.stream().map(Table::nameOf).distinct().count() != heads.size()) {
            throw new IllegalArgumentException("a column twice: " + heads);
        }
    }

    /**
     * Adds a row.
     *
     * @param cells a {@link Number}, {@link Boolean} or {@link String} per column, in their order
     * @return this table
     */
    public Table add(Object... cells) {
        if (cells.length != heads.size()) {
            throw new IllegalArgumentException(cells.length + " cells for the " + heads.size() + " columns " + heads);
        }
        for (Object cell : cells) {
            if (!(cell instanceof Number || cell instanceof String || cell instanceof Boolean)) {
                throw new IllegalArgumentException("a cell is a number or a word, not " + cell);
            }
        }
        rows.add(cells.clone());
        return this;
    }

    /** The column heads, units included. */
    public List<String> heads() {
        return heads;
    }

    /** Number of rows. */
    public int size() {
        return rows.size();
    }

    /** The cell in a row and column, both counted from 0. */
    public Object cell(int row, int column) {
        return rows.get(row)[column];
    }

    /**
     * The number in a row, counted from 0, under a column head given with or without its unit.
     *
     * @throws IllegalArgumentException if there is no such column, or it holds a word there
     */
    public double number(int row, String column) {
        Object cell = cell(row, column(column));
        if (cell instanceof Boolean b) return b ? 1 : 0;
        if (cell instanceof Number n) return n.doubleValue();
        throw new IllegalArgumentException("'" + column + "' holds the word '" + cell + "' in row " + row);
    }

    /**
     * The number of a column, given with or without its unit.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    public int column(String name) {
        int exact = heads.indexOf(name);
        if (exact >= 0) return exact;
        for (int i = 0; i < heads.size(); i++) if (nameOf(heads.get(i)).equals(name)) return i;
        throw new IllegalArgumentException("no column '" + name + "' among " + heads);
    }

    /**
     * All numbers of a column of a table that the user gave, its head with or without its unit.
     *
     * @throws InvalidInput naming the column that is missing, or the word that stands in it
     */
    public double[] numbers(String column) {
        if (heads.stream().noneMatch(head -> head.equals(column) || nameOf(head).equals(column))) {
            throw new InvalidInput("The table has no column '" + column + "', only " + String.join(", ", heads)
                    + ". Add it, or rename the one that is meant.");
        }
        int at = column(column);
        for (int row = 0; row < rows.size(); row++) {
            // One word makes a column of a file a column of words: the numbers above it are not to blame.
            if (cell(row, at) instanceof String word && !word.matches("[-+0-9.eE]*[0-9.]")) {
                throw new InvalidInput("The table's column '" + column + "' holds '" + word + "' in row " + (row + 1)
                        + ". Give a number, with a decimal point.");
            }
        }
        double[] numbers = new double[rows.size()];
        for (int row = 0; row < numbers.length; row++) {
            if (cell(row, at) instanceof String word) {
                throw new InvalidInput(
                        "The table's column '" + column + "' holds the word '" + word + "'. Give numbers.");
            }
            numbers[row] = number(row, column);
        }
        return numbers;
    }

    /** A column head without its unit. */
    public static String nameOf(String head) {
        int bracket = head.lastIndexOf(" (");
        return bracket > 0 && head.endsWith(")") ? head.substring(0, bracket) : head;
    }

    /**
     * This table's rows behind a new first column that says to which frame they belong.
     *
     * @param tables one per frame, with equal heads
     */
    public static Table byFrame(List<Table> tables) {
        List<String> heads = new ArrayList<>(List.of("frame"));
        heads.addAll(tables.get(0).heads);
        Table all = new Table(heads);
        for (int t = 0; t < tables.size(); t++) {
            for (Object[] row : tables.get(t).rows) {
                Object[] longer = new Object[row.length + 1];
                longer[0] = t + 1;
                System.arraycopy(row, 0, longer, 1, row.length);
                all.add(longer);
            }
        }
        return all;
    }
}
