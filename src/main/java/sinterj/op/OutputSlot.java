package sinterj.op;

/**
 * A place for something that an operation makes.
 *
 * @param name ends the title of the window, and names the file options of the shell
 * @param kind what it is
 * @param doc one sentence for the help page
 */
public record OutputSlot(String name, Kind kind, String doc) {
    /** What an operation makes. */
    public enum Kind {
        /** Grey values, labels or projections. */
        IMAGE,
        /** Rows of numbers. */
        TABLE,
        /** Curves. */
        PLOT,
        /** A folder with files. */
        FOLDER
    }
}
