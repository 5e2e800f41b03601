package sinterj.trial;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import sinterj.base.InvalidInput;

/**
 * What fuzz tests feed to readers, and what they ask of a refusal. Their classes carry the tag {@link #TAG} and their
 * properties no number of tries: it is a thousand in each build, and a hundred thousand in the proofs.
 */
public final class Nonsense {
    /** Tag of fuzz tests. */
    public static final String TAG = "fuzz";

    /** Numbers as text: usual ones, limits, and what only looks like one. */
    public static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "8",
            "20",
            "30",
            "40",
            "255",
            "7,5",
            "1e300",
            "-1e300",
            "1e-300",
            "1e999",
            "-1e999",
            "NaN",
            "Infinity",
            "0x1",
            "1d",
            "+3",
            "-0",
            "1e",
            ".",
            "2147483648",
            "9223372036854775808",
            "",
            "x");

    private static final int LONGEST = 2100;

    private Nonsense() {}

    /** Numbers of a range, and {@link #NUMBERS}. */
    public static Arbitrary<String> numbers(double low, double high) {
        return Arbitraries.oneOf(
                Arbitraries.doubles().between(low, high).map(String::valueOf), Arbitraries.of(NUMBERS));
    }

    /** Texts of letters that mean something to the reader, and of any letters. */
    public static Arbitrary<String> texts(String letters, int most) {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars(letters).ofMaxLength(most),
                Arbitraries.strings().ofMaxLength(most));
    }

    /** Pieces in a row. */
    public static Arbitrary<String> joined(Arbitrary<String> pieces, int least, int most, String between) {
        return pieces.list().ofMinSize(least).ofMaxSize(most).map(all -> String.join(between, all));
    }

    /** The start of a file, with one of its bytes changed. */
    public static byte[] damaged(byte[] good, int where, byte value, int length) {
        byte[] bytes = Arrays.copyOf(good, Math.min(good.length, length));
        if (bytes.length > 0) bytes[where % bytes.length] = value;
        return bytes;
    }

    /** What a test does with nonsense. */
    @FunctionalInterface
    public interface Work {
        /** Does it; an exception other than a refusal fails the test. */
        void run() throws IOException;
    }

    /** Does the work, which may be refused in a sentence and must not end in any other way. */
    public static void doneOrSentence(Work work) {
        doneOrSentence("", work);
    }

    /** The same, and a sentence must name what is at fault. */
    public static void doneOrSentence(String named, Work work) {
        try {
            work.run();
        } catch (InvalidInput e) {
            requireSentence(named, e.getMessage());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void requireSentence(String named, String said) {
        boolean sentence = said.endsWith(".") && said.contains(" ") && said.contains(named);
        boolean readable = said.length() < LONGEST && said.chars().noneMatch(Character::isISOControl);
        if (!sentence || !readable) throw new AssertionError("no sentence for a person: " + said);
    }
}
