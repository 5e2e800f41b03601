package sinterj.op;

/**
 * A number, or a word in its place such as {@code auto} or {@code none}.
 *
 * @param word the word; empty if there is a number
 * @param number the number; NaN if there is a word
 */
public record NumberOr(String word, double number) {
    /** The word {@code auto}: the operation chooses. */
    public static final NumberOr AUTO = word("auto");

    /** The word {@code none}. */
    public static final NumberOr NONE = word("none");

    /** A number. */
    public static NumberOr of(double number) {
        return new NumberOr("", number);
    }

    /** A word in place of a number. */
    public static NumberOr word(String word) {
        return new NumberOr(word, Double.NaN);
    }

    /** Whether there is a number. */
    public boolean isNumber() {
        return word.isEmpty();
    }

    /** Whether this word stands in place of a number. */
    public boolean is(String other) {
        return word.equals(other);
    }

    /** The number, or another where there is a word. */
    public double orElse(double other) {
        return isNumber() ? number : other;
    }
}
