package sinterj.op;

import sinterj.image.Look;

/**
 * A place for something that an operation makes.
 *
 * @param name ends the title of the window, and names the file options of the shell
 * @param kind what it is
 * @param doc one sentence for the help page
 * @param look how an image is shown
 */
public record OutputSlot(String name, Kind kind, String doc, Look look) {
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
