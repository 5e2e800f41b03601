package sinterj.base;

/**
 * Something the user gave cannot be used, and the user can mend it. The message is one sentence for the person at the
 * microscope: what is wrong, with the value, and what to do. It is shown as it stands; anything else that is thrown is
 * a fault of ours. It is one line without control characters, and never longer than two thousand letters.
 */
public final class InvalidInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A sentence may quote what somebody typed or a file holds, which may be of any length; its two ends say enough. */
    private static final int LONGEST = 2000;

    private static final int START = 1200;
    private static final int END = 600;

    /** @param sentence what is wrong, with the value, and what to do */
    public InvalidInput(String sentence) {
        super(readable(sentence));
    }

    /**
     * @param sentence what is wrong, with the value, and what to do
     * @param cause what led to it, kept for the log
     */
    public InvalidInput(String sentence, Throwable cause) {
        super(readable(sentence), cause);
    }

    private static String readable(String sentence) {
        String line = sentence.replaceAll("[\\t\\n\\r]", " ").replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", "?");
        return line.length() <= LONGEST
                ? line
                : line.substring(0, START) + " ... " + line.substring(line.length() - END);
    }
}
