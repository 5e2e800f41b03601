package sinterj.io;

import java.util.regex.Pattern;

/** Numbers as they stand in files: with a decimal point, in every country. */
final class TextNumber {
    /** Longer words are refused unread; a double needs no more than 24 letters. */
    static final int LONGEST = 40;

    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,4})?");

    private static final Pattern DECIMAL_COMMA = Pattern.compile("[-+]?[0-9]*,[0-9]+([eE][-+]?[0-9]{1,4})?");

    private TextNumber() {}

    /** The number; NaN if the word is none, or too large for a double. */
    static double parse(String word) {
        if (word.length() > LONGEST || !NUMBER.matcher(word).matches()) return Double.NaN;
        double number = Double.parseDouble(word);
        return Double.isFinite(number) ? number : Double.NaN;
    }

    /** Whether somebody wrote 1,5 for 1.5. */
    static boolean hasDecimalComma(String word) {
        return word.length() <= LONGEST && DECIMAL_COMMA.matcher(word).matches();
    }

    /** Why a word is refused, to be followed by a full stop: {@code '1,5' is no number: write 1.5}. */
    static String complaint(String word) {
        String shown = "'" + shown(word) + "' is no number";
        return hasDecimalComma(word) ? shown + ": write a decimal point, " + word.replace(',', '.') : shown;
    }

    /** A word from a file such that it fits into a sentence: short, and without control characters. */
    static String shown(String word) {
        String clean = word.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "...";
    }
}
