package sinterj.op;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import sinterj.base.InvalidInput;

/**
 * The option string of a macro: {@code key=value}, {@code key=[value with blanks]} and bare {@code key} for
 * {@code key=true}, separated by blanks. Read strictly: a key given twice or an open bracket is an error.
 */
public final class MacroOptions {
    private static final Pattern KEY = Pattern.compile("[^\\p{javaWhitespace}=\\[\\]]+([=\\p{javaWhitespace}]|\\z)");
    private static final Pattern KEY_WITH_VALUE = Pattern.compile("[^\\p{javaWhitespace}=\\[\\]]+=");

    private final String text;
    private int position;

    private MacroOptions(String text) {
        this.text = text;
    }

    /**
     * Reads an option string.
     *
     * @return values by key, in their order
     * @throws InvalidInput naming the key that is wrong
     */
    public static Map<String, String> parse(String text) {
        return new MacroOptions(text).pairs();
    }

    /** The option string that {@link #parse} reads back to these values. */
    public static String format(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((key, value) -> {
            if (text.length() > 0) text.append(' ');
            boolean bare =
                    !value.isEmpty() && value.chars().noneMatch(Character::isWhitespace) && value.charAt(0) != '[';
            text.append(key).append('=').append(bare ? value : "[" + value + "]");
        });
        return text.toString();
    }

    private Map<String, String> pairs() {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (skipBlanks(); position < text.length(); skipBlanks()) {
            String key = key();
            if (key.isEmpty()) throw new InvalidInput("A value without a key: '" + text.substring(position) + "'.");
            if (pairs.put(key, value(key)) != null) throw new InvalidInput("'" + key + "' is given twice.");
        }
        return pairs;
    }

    private void skipBlanks() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) position++;
    }

    private String key() {
        int start = position;
        while (position < text.length() && text.charAt(position) != '=' && !blankAt(position)) position++;
        return text.substring(start, position);
    }

    private boolean blankAt(int i) {
        return i >= text.length() || Character.isWhitespace(text.charAt(i));
    }

    private String value(String key) {
        if (blankAt(position)) return "true";
        position++; // the equals sign
        return position < text.length() && text.charAt(position) == '[' ? bracketed(key) : word();
    }

    private String word() {
        int start = position;
        while (!blankAt(position)) position++;
        return text.substring(start, position);
    }

    /**
     * Up to the bracket that closes the first one, if the text ends or a key follows behind it, as ImageJ itself reads
     * it. Where brackets within the value do not match, it ends where {@code key=} or the end of the text follows.
     */
    private String bracketed(String key) {
        int start = position + 1;
        int open = 0;
        int end = start - 1;
        while (open >= 0 && ++end < text.length()) {
            if (text.charAt(end) == '[') open++;
            if (text.charAt(end) == ']') open--;
        }
        if (open < 0 && follows(KEY, end)) return upTo(end, start);
        for (Pattern next : List.of(KEY_WITH_VALUE, KEY)) {
            for (end = text.indexOf(']', start); end >= 0; end = text.indexOf(']', end + 1)) {
                if (follows(next, end)) return upTo(end, start);
            }
        }
        throw new InvalidInput("'" + key + "': the bracket is not closed. Write " + key + "=[value].");
    }

    /** Whether the end of the text follows on a bracket, or blanks and such a key. */
    private boolean follows(Pattern key, int bracket) {
        int next = bracket + 1;
        while (next < text.length() && blankAt(next)) next++;
        if (next == text.length()) return true;
        return next > bracket + 1
                && key.matcher(text).region(next, text.length()).lookingAt();
    }

    private String upTo(int bracket, int start) {
        position = bracket + 1;
        return text.substring(start, bracket);
    }
}
