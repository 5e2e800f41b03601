package sinterj.op;

/**
 * A place for something that an operation reads.
 *
 * @param key its name in macros and on the shell
 * @param kind what is expected
 * @param required whether the operation needs it
 * @param doc one sentence for the help page
 */
public record InputSlot(String key, Kind kind, boolean required, String doc) {
    /** What an operation reads. */
    public enum Kind {
        /** Grey values: one volume, or one per time point. */
        IMAGE,
        /** Projections with tilt angles, y along the tilt axis. */
        TILT_SERIES,
        /** Whole numbers. */
        LABELS,
        /** Whole numbers: an image, or what is painted in the ROI Manager, each ROI with the number of its group. */
        PAINTED_LABELS,
        /** Two values. */
        MASK,
        /** A results window or a CSV file. */
        TABLE,
        /** A folder that exists. */
        FOLDER;

        /** Whether it is an image of any kind. */
        public boolean isImage() {
            return this != TABLE && this != FOLDER;
        }
    }
}
