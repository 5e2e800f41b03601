package sinterj.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.trial.Nonsense;

class MacroOptionsTest {
    @Property(tries = 300)
    void valuesAreReadBackAsTheyWere(@ForAll("options") Map<String, String> values) {
        String text = MacroOptions.format(values);
        assertEquals(values, MacroOptions.parse(text), text);
        assertEquals(values, MacroOptions.parse(text + " "), "ImageJ hands options over with a blank behind them");
        assertEquals(
                new ArrayList<>(values.keySet()),
                new ArrayList<>(MacroOptions.parse(text).keySet()));
    }

    @Provide
    Arbitrary<Map<String, String>> options() {
        Arbitrary<String> keys =
                Arbitraries.strings().withChars("abcxyz_0").ofMinLength(1).ofMaxLength(6);
        Arbitrary<String> anything =
                Arbitraries.strings().ofMaxLength(12).filter(s -> !s.contains("[") && !s.contains("]"));
        Arbitrary<String> paths =
                Arbitraries.strings().withChars("ab.\\/:= \u00e4\t").ofMaxLength(12);
        Arbitrary<String> matched =
                Arbitraries.strings().withChars("a= []").ofMaxLength(14).filter(MacroOptionsTest::bracketsMatch);
        // Brackets that do not match are read back where the value needs none round it.
        Arbitrary<String> unmatched =
                Arbitraries.strings().withChars("a=.[]").ofMaxLength(8).filter(s -> !s.startsWith("["));
        return Arbitraries.maps(keys, Arbitraries.oneOf(anything, paths, matched, unmatched))
                .ofMaxSize(6);
    }

    private static boolean bracketsMatch(String text) {
        int open = 0;
        for (char c : text.toCharArray()) {
            if (c == '[') open++;
            if (c == ']' && --open < 0) return false;
        }
        return open == 0;
    }

    @Test
    void aKeyAloneIsTrue() {
        assertEquals(Map.of("invert", "true", "n", "3"), MacroOptions.parse("invert n=3 "));
        assertEquals(
                Map.of("input", "a b", "invert", "true", "other", "c d"),
                MacroOptions.parse("input=[a b] invert other=[c d]"));
    }

    @Test
    void bracketsOfTheValueItselfAreKept() {
        assertEquals("f [2] of 2", MacroOptions.parse("input=[f [2] of 2] n=3").get("input"));
        assertEquals("a] b.tif", MacroOptions.parse("input=[a] b.tif] n=3").get("input"));
        assertEquals("x [1", MacroOptions.parse("input=[x [1] n=3 other=[a b]").get("input"));
        assertEquals("a[1].tif", MacroOptions.parse("input=a[1].tif").get("input"));
        assertEquals("", MacroOptions.parse("input=[] n=3").get("input"));
        assertEquals("", MacroOptions.parse("input= n=3").get("input"));
    }

    @Test
    void whatIsWrongIsNamed() {
        assertTrue(error("n=3 n=4").contains("'n' is given twice"));
        assertTrue(error("input=[a b").contains("'input': the bracket is not closed"));
        assertTrue(error("=3").contains("without a key"));
    }

    private static String error(String text) {
        return assertThrows(InvalidInput.class, () -> MacroOptions.parse(text)).getMessage();
    }

    @Property
    @Tag(Nonsense.TAG)
    void anyTextIsReadOrRefusedInASentence(@ForAll("texts") String text) {
        Nonsense.doneOrSentence(
                () -> assertTrue(MacroOptions.parse(text).keySet().stream().noneMatch(String::isEmpty)));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab= []").ofMaxLength(40);
    }

    @Test
    void anUnclosedBracketOfALongTextIsFoundSoon() {
        String text = "input=[" + "a] ".repeat(50_000) + "[";
        assertTrue(error(text + "b").length() > 0);
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i < 2000; i++) many.put("k" + i, "[" + i + "] b");
        assertEquals(many, MacroOptions.parse(MacroOptions.format(many)));
        assertEquals(List.of("k0", "k1"), new ArrayList<>(many.keySet()).subList(0, 2));
    }
}
