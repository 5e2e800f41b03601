package sinterj.command;

import java.util.ArrayList;
import java.util.List;
import sinterj.image.Table;

/** A table of one row, put together column by column. */
final class TableRow {
    private final List<String> heads = new ArrayList<>();
    private final List<Object> cells = new ArrayList<>();

    /** Adds a column with its cell. */
    TableRow put(String head, Object cell) {
        heads.add(head);
        cells.add(cell);
        return this;
    }

    Table table() {
        return new Table(heads).add(cells.toArray());
    }
}
