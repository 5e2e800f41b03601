package sinterj.base;

/**
 * Something the user gave cannot be used, and the user can mend it. The message is one sentence for the person at the
 * microscope: what is wrong, with the value, and what to do. It is shown as it stands; anything else that is thrown is
 * a fault of ours.
 */
public final class InvalidInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param sentence what is wrong, with the value, and what to do */
    public InvalidInput(String sentence) {
        super(sentence);
    }

    /**
     * @param sentence what is wrong, with the value, and what to do
     * @param cause what led to it, kept for the log
     */
    public InvalidInput(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
