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
        results.setPrecision(decimals(table));
        for (int row = 0; row < table.size(); row++) {
            results.addRow();
            for (int column = 0; column < table.heads().size(); column++) {
                Object cell = table.cell(row, column);
                String head = table.heads().get(column);
                if (cell instanceof Number number) results.addValue(head, number.doubleValue());
                else results.addValue(head, String.valueOf(cell));
            }
        }
        return results;
    }

    /** As many decimals as show four digits of the smallest number; ImageJ has one setting for the whole table. */
    private static int decimals(Table table) {
        double smallest = 1;
        for (int row = 0; row < table.size(); row++) {
            for (int column = 0; column < table.heads().size(); column++) {
                if (!(table.cell(row, column) instanceof Number number)) continue;
                double size = Math.abs(number.doubleValue());
                if (size > 0 && size < smallest) smallest = size;
            }
        }
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
