package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import sinterj.base.Progress;
import sinterj.command.Operations;
import sinterj.ij.Delivery;
import sinterj.ij.InputFinder;
import sinterj.op.Call;
import sinterj.op.MacroOptions;
import sinterj.op.Operation;
import sinterj.trial.Nonsense;

/**
 * The options that a macro hands to each command, and the map of a script: whatever they hold, they are read, or one
 * sentence says why not, and soon. What is looked at goes up to the inputs: nothing is computed.
 */
@Tag(Nonsense.TAG)
class OptionsFuzzTest {
    private static final double SOON = 5;
    private static final int HUGE = 40_000;

    /** A command and the text behind it in a macro. */
    record Line(String id, String options) {}

    /** A command and what a script gives to it. */
    record Given(String id, Map<Object, Object> values) {}

    private static Arbitrary<Operation<?>> operations() {
        return Arbitraries.of(Operations.all());
    }

    private static Arbitrary<String> keys(Operation<?> operation) {
        List<String> keys = Call.keys(operation.info());
        return Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.of(keys)),
                Tuple.of(1, Arbitraries.of(keys).map(k -> k + "x")),
                Tuple.of(1, Nonsense.texts("ab_=[] \t\"", 6)),
                Tuple.of(1, Arbitraries.of("", "a".repeat(HUGE), "\u0000", "seed\u0000", "Input")));
    }

    private static Arbitrary<String> values(Operation<?> operation) {
        List<String> words =
                new ArrayList<>(List.of("true", "false", "auto", "none", "TRUE", "roi_manager", "-1234567"));
        operation.info().schema().parameters().forEach(p -> words.addAll(p.words()));
        Arbitrary<String> huge = Arbitraries.of(
                "9".repeat(HUGE),
                "1".repeat(HUGE) + "x",
                "1e" + "9".repeat(HUGE),
                "[".repeat(HUGE),
                "]".repeat(HUGE),
                "] ".repeat(HUGE),
                "[a] ".repeat(HUGE),
                " ".repeat(HUGE),
                "a/".repeat(HUGE));
        Arbitrary<String> paths = Arbitraries.of(
                "/",
                ".",
                "..",
                "~",
                "no such file.tif",
                "no/such/folder/t.csv",
                "t.csv",
                "C:\\a\\b.csv",
                "a\u0000b.csv",
                "\ud800.csv",
                "file:///x.csv",
                "t.csv\n");
        return Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.of(words)),
                Tuple.of(5, Nonsense.numbers(-1e6, 1e6)),
                Tuple.of(3, paths),
                Tuple.of(3, Nonsense.texts("a=[] \"'\\\u0000\n,:", 12)),
                Tuple.of(1, huge));
    }

    @Provide
    Arbitrary<Line> lines() {
        Arbitrary<String> forms = Arbitraries.of(
                "%k=%v",
                "%k=%v",
                "%k=[%v]",
                "%k=[%v]",
                "%k",
                "%k=",
                "%k=[",
                "%k=[%v",
                "%k=%v]",
                "=%v",
                "[%v]",
                "%k==%v",
                "%k =%v",
                "\"%k\"=%v",
                "%k='%v",
                "%k=\"%v",
                "%k=[%v]x",
                "%k=[[%v]");
        Arbitrary<String> between = Arbitraries.of(" ", " ", "", "  ", "\t", "\n", ",", "\u00a0");
        return operations().flatMap(op -> {
            Arbitrary<String> pair = Combinators.combine(forms, keys(op), values(op))
                    .as((form, key, value) -> form.replace("%k", key).replace("%v", value));
            return Combinators.combine(between, pair.list().ofMaxSize(5))
                    .as((blank, pairs) -> new Line(op.info().id(), String.join(blank, pairs)));
        });
    }

    @Provide
    Arbitrary<Given> maps() {
        Arbitrary<Object> objects = Arbitraries.of(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.MIN_VALUE,
                -0.0,
                1e300,
                Float.MAX_VALUE,
                Long.MIN_VALUE,
                Integer.MAX_VALUE,
                (byte) 3,
                'c',
                true,
                List.of(1, 2),
                new int[] {1},
                Map.of("a", 1),
                new StringBuilder("auto"),
                Thread.State.NEW,
                java.nio.file.Path.of("no such file.tif"),
                Object.class);
        return operations().flatMap(op -> {
            Arbitrary<Object> value =
                    Arbitraries.oneOf(objects, values(op).map(v -> v)).injectNull(0.1);
            Arbitrary<Object> key = keys(op).map(k -> (Object) k).injectNull(0.05);
            return Arbitraries.maps(key, value)
                    .ofMaxSize(4)
                    .map(given -> new Given(op.info().id(), given));
        });
    }

    private static void readOrSentence(String id, Map<String, ?> given) {
        Call<?> call = Call.of(Operations.byId(id), given);
        Map<String, String> written = call.recorded();
        // A bracket that is not closed cannot be written so that every reader finds its end.
        if (written.values().stream().noneMatch(v -> v.contains("[") || v.contains("]"))) {
            Call<?> again = Call.of(Operations.byId(id), MacroOptions.parse(call.macroText()));
            assertEquals(call.settings(), again.settings());
        }
        Delivery.requireWritable(call);
        new InputFinder(Progress.SILENT).find(call);
    }

    private static void soon(Nonsense.Work work) {
        long start = System.nanoTime();
        Nonsense.doneOrSentence(work);
        double seconds = (System.nanoTime() - start) / 1e9;
        assertTrue(seconds < SOON, seconds + " s");
    }

    @Property(seed = "20261208", edgeCases = EdgeCasesMode.NONE)
    void anyOptionsOfAMacroAreReadOrRefused(@ForAll("lines") Line line) {
        soon(() -> readOrSentence(line.id(), MacroOptions.parse(line.options())));
    }

    @SuppressWarnings("unchecked") // as a script without types does it
    @Property(seed = "20261209", edgeCases = EdgeCasesMode.NONE)
    void anyMapOfAScriptIsReadOrRefused(@ForAll("maps") Given given) {
        soon(() -> readOrSentence(given.id(), (Map<String, ?>) (Map<?, ?>) new HashMap<>(given.values())));
    }
}
