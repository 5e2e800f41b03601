package sinterj.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import sinterj.base.InvalidInput;
import sinterj.image.Table;
import sinterj.io.CsvTable;
import sinterj.optimize.SearchSpace;
import sinterj.optimize.Study;

/**
 * Trials that were made earlier or elsewhere, from a CSV file with a column for each key that is estimated and one for
 * the cost, such as the command's own table of trials. Rows of its coarse grid and those that were ended early are left
 * out, since their costs lie at another height.
 */
final class LoadedTrials {
    private static final String SUFFIX = ".csv";

    private LoadedTrials() {}

    /** Whether a study file is a table of trials. */
    static boolean isTable(Path study) {
        return study != null && study.toString().toLowerCase(Locale.ROOT).endsWith(SUFFIX);
    }

    /**
     * The trials as a finished study.
     *
     * @throws InvalidInput if a column is missing, a value lies outside its range, or no row is left
     */
    static Study read(Path path, SearchSpace space) {
        try {
            return study(CsvTable.read(path), space);
        } catch (InvalidInput e) {
            throw new InvalidInput("'study' " + path.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private static Study study(Table table, SearchSpace space) {
        int[] rows = IntStream.range(0, table.size())
                .filter(row -> says(table, row, "outcome", "complete") && says(table, row, "grid", "fine"))
                .toArray();
        if (rows.length == 0) {
            throw new InvalidInput("No row is a whole trial on the fine grid. Give a table with some.");
        }
        List<double[]> columns = new ArrayList<>();
        for (String key : space.keys()) columns.add(table.numbers(key));
        double[] cost = table.numbers("cost");
        List<double[]> values = new ArrayList<>();
        double[] costs = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int row = rows[i];
            values.add(columns.stream().mapToDouble(column -> column[row]).toArray());
            costs[i] = cost[row];
        }
        return Study.ofTrials(space, values, costs);
    }

    private static boolean says(Table table, int row, String head, String word) {
        int column = table.heads().indexOf(head);
        return column < 0 || word.equals(table.cell(row, column));
    }
}
