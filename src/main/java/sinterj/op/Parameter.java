package sinterj.op;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import sinterj.base.InvalidInput;
import sinterj.image.Table;

/**
 * One setting of an operation: how it is called, what it may be, and its value as text and back.
 *
 * @param key its name in macros and on the shell, in snake case
 * @param about label, help and limits
 * @param type type of the record component
 * @param fallback its default value
 */
public record Parameter(String key, Param about, Class<?> type, Object fallback) {
    /** 2^53: up to here a double holds every whole number. */
    private static final double LARGEST_EXACT = 9007199254740992.0;

    static Parameter of(RecordComponent component, Object fallback) {
        Param about = component.getAnnotation(Param.class);
        if (about == null) {
            throw new IllegalStateException(
                    component.getDeclaringRecord() + "." + component.getName() + " lacks @Param");
        }
        return new Parameter(snakeCase(component.getName()), about, component.getType(), fallback);
    }

    static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /** The words that may be chosen from; empty if any text or number will do. */
    public List<String> words() {
        if (type.isEnum())
            return Arrays.stream(type.getEnumConstants()).map(this::format).toList();
        return List.of(about.words());
    }

    /** Whether it is true or false. */
    public boolean isSwitch() {
        return type == boolean.class;
    }

    /** Whether it is one of a few words and nothing else. */
    public boolean isChoice() {
        return type.isEnum();
    }

    /** The value as text that {@link #parse} reads back to an equal value, the same in every country. */
    public String format(Object value) {
        if (value instanceof Enum<?> word) return word.name().toLowerCase(Locale.ROOT);
        if (value instanceof Double number) return format(number.doubleValue());
        if (value instanceof NumberOr number) return number.isNumber() ? format(number.number()) : number.word();
        return String.valueOf(value);
    }

    private static String format(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    /**
     * Reads a value.
     *
     * @throws InvalidInput with the key, the text and what is allowed, if the text is not such a value
     */
    public Object parse(String text) {
        String value = text.trim();
        if (isSwitch()) return parseSwitch(value);
        if (type.isEnum()) return parseWord(value);
        if (type == String.class) return value;
        if (type == NumberOr.class && words().contains(value)) return NumberOr.word(value);
        double number = parseNumber(value) + 0.0; // -0 is 0
        if (type == NumberOr.class) return NumberOr.of(number);
        if (type == double.class) return number;
        if (number != Math.rint(number)) throw refused(value);
        if (type == int.class) return Math.toIntExact(Math.round(number));
        return parseLong(value, number);
    }

    private Object parseLong(String value, double number) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            if (Math.abs(number) > LARGEST_EXACT) throw refused(value);
            return Math.round(number); // written as 1e6
        }
    }

    private boolean parseSwitch(String value) {
        if (value.equals("true")) return true;
        if (value.equals("false")) return false;
        throw refused(value);
    }

    private Object parseWord(String value) {
        for (Object word : type.getEnumConstants()) if (format(word).equals(value)) return word;
        throw refused(value);
    }

    private double parseNumber(String value) {
        double number;
        try {
            // Java also reads 1d, 1f and hexadecimal; a person who writes that has made a slip.
            if (!value.matches("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?")) throw refused(value);
            number = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw refused(value);
        }
        double low = Math.max(about.min(), type == int.class ? Integer.MIN_VALUE : -Double.MAX_VALUE);
        double high = Math.min(about.max(), type == int.class ? Integer.MAX_VALUE : Double.MAX_VALUE);
        if (!(number >= low && number <= high)) throw refused(value);
        return number;
    }

    private InvalidInput refused(String value) {
        String shown = value.isEmpty() ? "nothing" : "'" + value + "'";
        String label = Table.nameOf(about.label());
        return new InvalidInput("'" + key + "' (" + label + ") is " + shown + ". Allowed: " + allowed() + ".");
    }

    /** What may be given, in words for a person: {@code bm3d or bm3d_tilt}; {@code a whole number from 1 to 2000}. */
    public String allowed() {
        if (isSwitch()) return "true or false";
        if (type.isEnum()) return String.join(" or ", words());
        if (type == String.class)
            return about.file() ? "the path of a file" : about.folder() ? "the path of a folder" : "text";
        String kind = type == int.class || type == long.class ? "a whole number" : "a number";
        String words = words().stream().map(w -> w + ", ").collect(Collectors.joining());
        return words + (words.isEmpty() ? "" : "or ") + kind + range();
    }

    private String range() {
        boolean low = about.min() != Double.NEGATIVE_INFINITY;
        boolean high = about.max() != Double.POSITIVE_INFINITY;
        if (low && high) return " from " + format(about.min()) + " to " + format(about.max());
        if (low) return " of at least " + format(about.min());
        if (high) return " of at most " + format(about.max());
        return "";
    }
}
