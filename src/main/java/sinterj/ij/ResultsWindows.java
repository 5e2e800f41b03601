package sinterj.ij;

import ij.measure.ResultsTable;
import java.util.ArrayList;
import java.util.List;
import sinterj.image.Table;

/** Tables as ImageJ's results tables, and back. */
final class ResultsWindows {
    private ResultsWindows() {}

    /** A results table with the same heads and cells. */
    static ResultsTable write(Table table) {
        ResultsTable results = new ResultsTable();
        results.showRowNumbers(false);
        for (int row = 0; row < table.size(); row++) {
            results.addRow();
            for (int column = 0; column < table.heads().size(); column++) {
                Object cell = table.cell(row, column);
                String head = table.heads().get(column);
                if (cell instanceof Number number) results.addValue(head, number.doubleValue());
                else results.addValue(head, String.valueOf(cell));
            }
        }
        for (int column = 0; column < table.heads().size(); column++) {
            int shown = results.getColumnIndex(table.heads().get(column));
            if (shown != ResultsTable.COLUMN_NOT_FOUND) results.setDecimalPlaces(shown, decimals(table, column));
        }
        return results;
    }

    /** No decimals for whole numbers, else as many as show four digits of the column's smallest number. */
    private static int decimals(Table table, int column) {
        double smallest = 1;
        boolean whole = true;
        for (int row = 0; row < table.size(); row++) {
            if (!(table.cell(row, column) instanceof Number number)) continue;
            double size = Math.abs(number.doubleValue());
            whole &= size == Math.rint(size) && size < 1e9 || Double.isNaN(size);
            if (size > 0 && size < smallest) smallest = size;
        }
        if (whole) return 0;
        int decimals = 3 + (int) Math.ceil(-Math.log10(smallest));
        return decimals <= 9 ? decimals : -4; // negative: scientific notation
    }

    /** The cells of a results table: numbers where all of a column are, words elsewhere. */
    static Table read(ResultsTable results) {
        List<String> heads = new ArrayList<>(List.of(results.getHeadings()));
        heads.removeIf(head -> head.isBlank() || results.getColumnIndex(head) == ResultsTable.COLUMN_NOT_FOUND);
        Table table = new Table(heads);
        for (int row = 0; row < results.size(); row++) {
            Object[] cells = new Object[heads.size()];
            for (int i = 0; i < cells.length; i++) cells[i] = cell(results, heads.get(i), row);
            table.add(cells);
        }
        return table;
    }

    private static Object cell(ResultsTable results, String head, int row) {
        double number = results.getValue(head, row);
        String text = results.getStringValue(head, row);
        boolean isWord = Double.isNaN(number) && text != null && !text.equals("NaN");
        return isWord ? text : number;
    }
}
