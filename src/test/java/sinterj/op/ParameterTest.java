package sinterj.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.trial.Blend;

class ParameterTest {
    private static final ParameterSchema<Blend.Settings> SCHEMA = ParameterSchema.of(Blend.DEFAULTS);

    private static Object parsed(String key, String text) {
        return SCHEMA.parameter(key).parse(text);
    }

    private static String refusal(String key, String text) {
        return assertThrows(InvalidInput.class, () -> parsed(key, text)).getMessage();
    }

    @Property
    void settingsAreReadBackFromTheirText(@ForAll("settings") Blend.Settings settings) {
        assertEquals(settings, SCHEMA.settings(SCHEMA.values(settings)));
        Map<String, String> values = new HashMap<>(SCHEMA.values(settings));
        String macro = MacroOptions.format(values);
        assertEquals(settings, SCHEMA.settings(MacroOptions.parse(macro)), macro);
    }

    @Provide
    Arbitrary<Blend.Settings> settings() {
        Arbitrary<NumberOr> limits = Arbitraries.oneOf(
                Arbitraries.of(NumberOr.AUTO, NumberOr.NONE),
                Arbitraries.doubles().between(0, 1e300).map(NumberOr::of));
        Arbitrary<String> remarks =
                Arbitraries.strings().withChars("abc.=/ \u00e4").ofMaxLength(10).map(String::trim);
        return Combinators.combine(
                        Arbitraries.of(Blend.Mode.class),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.doubles().map(d -> d + 0.0), // -0 is read as 0
                        limits,
                        Arbitraries.longs(),
                        remarks)
                .as((mode, weight, n, angle, limit, seed, remark) ->
                        new Blend.Settings(mode, weight, n, angle, limit, false, seed, remark, "file " + remark + "x"));
    }

    /** Settings that two operations share. */
    public record Shared(
            @Param(label = "Second", doc = "One.") int second,
            @Param(label = "Third", doc = "One.") String third) {
        public Shared {
            if (second > 9) throw new InvalidInput("'second' is too much");
        }
    }

    /** Settings with shared ones in their midst. */
    public record Whole(
            @Param(label = "First", doc = "One.") double first,
            Shared shared,
            @Param(label = "Last", doc = "One.") boolean last) {}

    @Test
    void sharedSettingsStandAmongTheOthers() {
        Whole defaults = new Whole(0.5, new Shared(2, "c"), true);
        ParameterSchema<Whole> schema = ParameterSchema.of(defaults);
        assertEquals(Map.of("first", "0.5", "second", "2", "third", "c", "last", "true"), schema.values(defaults));
        assertEquals(
                List.of("first", "second", "third", "last"),
                schema.parameters().stream().map(Parameter::key).toList());
        Whole read = schema.settings(Map.of("second", "7", "last", "false"));
        assertEquals(new Whole(0.5, new Shared(7, "c"), false), read);
        assertThrows(InvalidInput.class, () -> schema.settings(Map.of("second", "10")));
    }

    @Test
    void keysAreTheNamesOfTheRecordInSnakeCase() {
        assertEquals(
                List.of("mode", "weight", "n", "gentle_n", "limit", "invert", "seed", "remark", "shifts"),
                SCHEMA.parameters().stream().map(Parameter::key).toList());
    }

    @Test
    void numbersBeyondTheirLimitsAreRefusedWithKeyValueAndLimits() {
        assertEquals(0.0, parsed("weight", "0"));
        assertEquals(1.0, parsed("weight", " 1.0 "));
        for (String text :
                List.of("-0.1", "1.0001", "nan", "NaN", "Infinity", "1e400", "0,5", "1d", "0x1", "", "half")) {
            String sentence = refusal("weight", text);
            assertTrue(sentence.contains("'weight'"), sentence);
            assertTrue(sentence.contains("Weight of the other"), sentence);
            assertTrue(sentence.contains("from 0 to 1"), sentence);
            if (!text.isEmpty()) assertTrue(sentence.contains("'" + text + "'"), sentence);
        }
        assertTrue(refusal("n", "0").contains("from 1 to 9"));
        assertTrue(refusal("n", "2.5").contains("a whole number"));
        assertTrue(refusal("n", "99999999999").contains("from 1 to 9"));
        assertTrue(refusal("limit", "-1").contains("auto, none, or a number of at least 0"));
    }

    @Test
    void wholeNumbersMayBeWrittenWithAnExponentIfTheyAreExact() {
        assertEquals(1_000_000L, parsed("seed", "1e6"));
        assertEquals(Long.MAX_VALUE, parsed("seed", "9223372036854775807"));
        assertEquals(Long.MIN_VALUE, parsed("seed", "-9223372036854775808"));
        // One more would silently become another number.
        assertTrue(refusal("seed", "9223372036854775808").contains("'seed'"));
        assertTrue(refusal("seed", "1e30").contains("'seed'"));
        assertEquals(5, parsed("n", "5.0"));
    }

    @Test
    void wordsMustBeTheGivenOnes() {
        assertEquals(Blend.Mode.DIFFERENCE_OF_BOTH, parsed("mode", "difference_of_both"));
        for (String text : List.of("Mean", "MEAN", "mea", "", "difference of both")) {
            assertTrue(refusal("mode", text).contains("mean or difference_of_both"), text);
        }
        assertTrue(refusal("invert", "yes").contains("true or false"));
        assertTrue(refusal("invert", "TRUE").contains("true or false"));
        assertEquals(NumberOr.AUTO, parsed("limit", "auto"));
        assertTrue(refusal("limit", "Auto").contains("auto"));
    }

    @Test
    void defaultsFillWhatIsNotGiven() {
        assertEquals(Blend.DEFAULTS, SCHEMA.settings(Map.of()));
        assertEquals(7, SCHEMA.settings(Map.of("n", "7")).n());
    }

    @Test
    void settingsThatExcludeEachOtherAreRefusedByTheRecord() {
        InvalidInput e = assertThrows(
                InvalidInput.class, () -> SCHEMA.settings(Map.of("invert", "true", "mode", "difference_of_both")));
        assertTrue(e.getMessage().contains("'invert'"));
    }

    @Test
    void textOfANumberIsTheSameInEveryCountry() {
        Parameter weight = SCHEMA.parameter("weight");
        assertEquals("0.5", weight.format(0.5)); // these tests run with a decimal comma
        assertEquals("1", weight.format(1.0));
        assertEquals("1.0E-21", weight.format(1e-21));
        assertEquals(1e-21, SCHEMA.parameter("gentle_n").parse("1e-21"));
        assertFalse(weight.format(1234567.5).contains(","));
    }
}
