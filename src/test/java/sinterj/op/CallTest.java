package sinterj.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import sinterj.base.InvalidInput;
import sinterj.command.Operations;
import sinterj.trial.Blend;
import sinterj.trial.Patience;

class CallTest {
    private static Call<Blend.Settings> call(String options) {
        return Call.of(new Blend(), MacroOptions.parse(options));
    }

    private static String refusal(String options) {
        return assertThrows(InvalidInput.class, () -> call(options)).getMessage();
    }

    @Test
    void everyKeyGoesToItsPlace() {
        Call<Blend.Settings> call =
                call("input=a other_image=b mask=c factors=d times=e n=4 table=t.csv table2=u.csv plot=p.png");
        assertEquals(
                Map.of("input", "a", "other_image", "b", "mask", "c", "factors", "d", "times", "e"), call.inputs());
        assertEquals(4, call.settings().n());
        assertEquals(Map.of("summary", "t.csv", "extremes", "u.csv", "profile", "p.png"), call.files());
    }

    @Test
    void anUnknownKeyIsRefusedWithTheNearestOne() {
        assertEquals(
                "Blend Two Images: 'wieght' is not a setting of this command. Did you mean 'weight'? It takes input,"
                        + " other_image, mask, factors, mode, weight, n, gentle_n, limit, invert, seed, remark, shifts,"
                        + " times, table, table2, plot.",
                refusal("wieght=1"));
        assertTrue(refusal("Weight=1").contains("Did you mean 'weight'?"));
        assertTrue(refusal("table3=x.csv").contains("'table3'"));
        assertTrue(!refusal("nonsense=1").contains("Did you mean"), "nothing near");
        assertTrue(refusal("table").contains("'table' needs the path of a file"));
    }

    @Test
    void anOperationWithoutImagesTakesNoTimes() {
        InvalidInput e = assertThrows(InvalidInput.class, () -> Call.of(new Patience(), Map.of("times", "t.csv")));
        assertTrue(e.getMessage().contains("'times'"), e.getMessage());
    }

    @Test
    void scriptsMayGiveValuesAsTheyAre() {
        Call<Blend.Settings> call = Call.of(
                new Blend(),
                Map.of("mode", Blend.Mode.MEAN, "weight", 1, "n", 3L, "invert", true, "limit", 2.5f, "seed", 7));
        assertEquals(1.0, call.settings().weight());
        assertEquals(NumberOr.of(2.5), call.settings().limit());
        assertTrue(call.settings().invert());
    }

    @Test
    void theRecordedLineIsCompleteAndReadBackToAnEqualCall() {
        Call<Blend.Settings> call =
                call("input=[a b] other_image=[c [1] d] weight=0.25 remark=[some text] table=[x y.csv]");
        Call<Blend.Settings> again = call(call.macroText());
        assertEquals(call.settings(), again.settings());
        assertEquals(call.inputs(), again.inputs());
        assertEquals(call.files(), again.files());
        assertTrue(call.recorded().keySet().containsAll(List.of("mode", "weight", "n", "gentle_n", "limit", "seed")));
    }

    /** ImageJ's recorder takes {@code n=} for a repetition when {@code gentle_n=} stands before it. */
    @Test
    void noRecordedKeyEndsWithOneThatComesLater() {
        requireOrder(call("input=a other_image=b shifts=s table=t"));
    }

    private static void requireOrder(Call<?> call) {
        List<String> keys = new ArrayList<>(call.recorded().keySet());
        for (int i = 0; i < keys.size(); i++) {
            for (String later : keys.subList(i + 1, keys.size())) {
                assertTrue(!keys.get(i).endsWith(later), keys.get(i) + " stands before " + later);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> defaultsOfEveryOperationAreValidAndRecordedInFull() {
        return Stream.concat(Operations.all().stream(), Stream.of(new Blend(), new Patience()))
                .map(op -> DynamicTest.dynamicTest(op.info().id(), () -> requireRoundTrip(op)));
    }

    private static <P extends Record> void requireRoundTrip(Operation<P> operation) {
        ParameterSchema<P> schema = operation.info().schema();
        boolean needsMore = schema.parameters().stream().anyMatch(p -> p.about().required());
        if (needsMore) {
            InvalidInput e = assertThrows(InvalidInput.class, () -> Call.of(operation, Map.of()));
            assertTrue(e.getMessage().contains("is needed"), e.getMessage());
        }
        Map<String, String> given = new java.util.LinkedHashMap<>();
        schema.parameters().stream().filter(p -> p.about().required()).forEach(p -> given.put(p.key(), "some path"));
        Call<P> call = Call.of(operation, given);
        Call<P> again = Call.of(operation, MacroOptions.parse(call.macroText()));
        assertEquals(call.settings(), again.settings());
        requireOrder(call);
        for (Parameter p : schema.parameters()) {
            String value = p.format(p.fallback());
            assertTrue(call.recorded().containsKey(p.key()) || value.isEmpty(), p.key());
        }
    }

    @TestFactory
    Stream<DynamicTest> keysOfEveryOperationAreDistinctAndInSnakeCase() {
        return Operations.all().stream()
                .map(op -> DynamicTest.dynamicTest(op.info().id(), () -> {
                    List<String> keys = Call.keys(op.info());
                    assertEquals(keys.stream().distinct().count(), keys.size(), keys.toString());
                    for (String key : keys) assertTrue(key.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"), key);
                }));
    }

    @Test
    void theDistanceOfTwoWordsCountsChangesAndSwaps() {
        assertEquals(0, Call.distance("size", "size"));
        assertEquals(1, Call.distance("size", "sze"));
        assertEquals(1, Call.distance("weight", "wieght"));
        assertEquals(2, Call.distance("seed", "seat"));
        assertEquals(4, Call.distance("", "seed"));
    }
}
