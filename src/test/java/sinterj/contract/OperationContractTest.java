package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.command.Operations;
import sinterj.ij.ImagejFiles;
import sinterj.image.Frames;
import sinterj.op.Call;
import sinterj.op.InputSlot;
import sinterj.op.Inputs;
import sinterj.op.MacroOptions;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Parameter;
import sinterj.op.Runner;
import sinterj.trial.Threads;

/** What every operation must hold to, whatever it computes. */
class OperationContractTest {
    static Stream<String> ids() {
        return Operations.all().stream().map(op -> op.info().id());
    }

    @Test
    void labelsAndIdsAreUnique() {
        Set<String> labels = new HashSet<>();
        for (Operation<?> operation : Operations.all()) {
            assertTrue(labels.add(operation.info().label()), operation.info().label());
            assertTrue(labels.add(operation.info().id()), operation.info().id());
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void explainsItself(String id) {
        OperationInfo<?> info = Operations.byId(id).info();
        assertTrue(info.summary().endsWith("."), info.summary());
        assertTrue(info.help().length() > 200, "the help text is too short to help");
        assertFalse(info.outputs().isEmpty());
        for (Parameter parameter : info.schema().parameters()) {
            String doc = parameter.about().doc();
            assertTrue(doc.endsWith(".") && doc.length() > 15, parameter.key() + ": " + doc);
            assertFalse(parameter.about().label().isBlank());
        }
        if (!info.group().isEmpty()) assertFalse(info.citations().isEmpty(), "nothing to cite");
    }

    @ParameterizedTest
    @MethodSource("ids")
    void defaultsAreAllowedAndSurviveAMacro(String id) {
        Call<?> call = Samples.call(Operations.byId(id));
        Map<String, String> read = MacroOptions.parse(call.macroText());
        Call<?> again = Call.of(Operations.byId(id), read);
        assertEquals(call.settings(), again.settings());
        assertEquals(call.macroText(), again.macroText());
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aLineCanBeRecordedWithoutADuplicateKeyword(String id) {
        StringBuilder recorded = new StringBuilder();
        Samples.call(Operations.byId(id)).recorded().forEach((key, value) -> {
            assertFalse(recorded.indexOf(key + "=") >= 0, key + "= stands already in " + recorded);
            recorded.append(' ').append(key).append('=').append(value);
        });
    }

    @ParameterizedTest
    @MethodSource("ids")
    void wrongKeysAreRefusedByName(String id) {
        Operation<?> operation = Operations.byId(id);
        for (String key : Call.keys(operation.info())) {
            refusal(operation, key + "x", "1", key + "x");
        }
        refusal(operation, "no_such_key", "1", "no_such_key");
    }

    @ParameterizedTest
    @MethodSource("ids")
    void wrongValuesAreRefusedByName(String id) {
        Operation<?> operation = Operations.byId(id);
        for (Parameter p : operation.info().schema().parameters()) {
            if (p.type() == String.class) continue;
            refusal(operation, p.key(), "qwertz", p.key());
            refusal(operation, p.key(), "", p.key());
            refusal(operation, p.key(), "1,5", p.key());
            if (p.about().min() > -1e300)
                refusal(
                        operation,
                        p.key(),
                        number(p.about().min() - beyond(p.about().min())),
                        p.key());
            if (p.about().max() < 1e300)
                refusal(
                        operation,
                        p.key(),
                        number(p.about().max() + beyond(p.about().max())),
                        p.key());
        }
    }

    private static double beyond(double limit) {
        return Math.max(1, Math.abs(limit) / 10);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static void refusal(Operation<?> operation, String key, String value, String named) {
        Map<String, Object> given = Samples.settings(operation);
        given.put(key, value);
        InvalidInput e = assertThrows(InvalidInput.class, () -> Call.of(operation, given), key + "=" + value);
        assertTrue(e.getMessage().contains("'" + named + "'"), e.getMessage());
        if (!value.isEmpty())
            assertTrue(e.getMessage().contains(operation.info().title()), e.getMessage());
    }

    @ParameterizedTest
    @MethodSource("ids")
    void makesWhatItPromisesWithCalibrationAndProvenance(String id) {
        Operation<?> operation = Operations.byId(id);
        Inputs in = Samples.inputs(operation);
        Map<String, String> before = fingerprints(operation, in);
        Outputs made = run(operation, in, 2);
        assertFalse(made.bySlot().isEmpty());
        assertEquals(before, fingerprints(operation, in), "an input was changed");
        Set<String> promised = new HashSet<>();
        operation.info().outputs().stream()
                .map(OutputSlot::name)
                .filter(slot -> canMake(Samples.call(operation), slot))
                .forEach(promised::add);
        made.bySlot().forEach((slot, value) -> {
            assertTrue(promised.contains(slot), slot);
            if (value instanceof Frames image) {
                String unit = image.first().size().unit(); // of a map over directions, or of energies, in its turn
                assertTrue(Set.of("nm", "degree", "J/m2").contains(unit), slot + ": " + unit);
                JsonObject provenance = JsonParser.parseString(image.notes().get(Frames.PROVENANCE))
                        .getAsJsonObject();
                assertEquals(id, provenance.get("command").getAsString());
                assertTrue(provenance.get("complete").getAsBoolean());
            }
        });
        InputSlot main = operation.info().mainInput();
        if (main == null || !in.has(main.key())) return;
        Frames input = in.frames(main.key());
        for (Object value : made.bySlot().values()) {
            if (!(value instanceof Frames image)) continue;
            assertEquals(input.first().size().x(), image.first().size().x(), 1e-12);
            assertEquals(input.first().size().y(), image.first().size().y(), 1e-12);
            assertTrue(image.title().startsWith("sample.tif-"), image.title());
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void sameSettingsGiveTheSameBitsForAnyNumberOfThreads(String id) {
        Operation<?> operation = Operations.byId(id);
        String one = Bits.of(run(operation, Samples.inputs(operation), 1));
        assertEquals(one, Bits.of(run(operation, Samples.inputs(operation), 4)));
        assertEquals(one, Bits.of(run(operation, Samples.inputs(operation), 3)));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void progressNeverFallsAndStaysWithinItsBounds(String id) {
        Operation<?> operation = Operations.byId(id);
        Recorded progress = new Recorded(Double.POSITIVE_INFINITY);
        Runner.run(
                cast(operation),
                Samples.inputs(operation),
                Samples.call(operation).settings(),
                progress);
        assertTrue(progress.reports.get() > 0, "no progress was reported");
        assertFalse(progress.fell);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aCancelledRunReturnsNothing(String id) {
        Operation<?> operation = Operations.byId(id);
        Recorded progress = new Recorded(0.3);
        assertThrows(
                CancellationException.class,
                () -> Runner.run(
                        cast(operation),
                        Samples.inputs(operation),
                        Samples.call(operation).settings(),
                        progress));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aMissingImageIsAskedForByItsKey(String id) {
        Operation<?> operation = Operations.byId(id);
        for (InputSlot slot : operation.info().inputs()) {
            if (!slot.required()) continue;
            InvalidInput e = assertThrows(
                    InvalidInput.class,
                    () -> Runner.run(
                            cast(operation),
                            Inputs.none(),
                            Samples.call(operation).settings(),
                            Progress.SILENT));
            assertTrue(e.getMessage().contains("'" + slot.key() + "'"), e.getMessage());
            return;
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aTinyImageWorksOrIsRefusedInASentence(String id) {
        Operation<?> operation = Operations.byId(id);
        for (float value : new float[] {0, 1, 255}) {
            Inputs tiny = Inputs.none().with(new ImagejFiles());
            for (InputSlot slot : operation.info().inputs()) {
                if (slot.required()) tiny = tiny.with(slot.key(), Samples.pixel(value));
            }
            try {
                run(operation, tiny, 2).bySlot().values().forEach(OperationContractTest::requireNumbers);
            } catch (InvalidInput e) {
                assertTrue(e.getMessage().endsWith(".") && e.getMessage().contains(" "), e.getMessage());
            }
        }
    }

    private static void requireNumbers(Object made) {
        if (!(made instanceof Frames image)) return;
        for (int z = 0; z < image.first().depth(); z++) {
            for (float value : image.first().plane(z)) assertTrue(Float.isFinite(value), "made " + value);
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aPixelThatIsNoNumberIsRefusedWithItsPlace(String id) {
        Operation<?> operation = Operations.byId(id);
        if (operation.info().mainInput() == null) return;
        Inputs broken = Inputs.none().with(new ImagejFiles());
        for (InputSlot slot : operation.info().inputs()) {
            boolean main = slot.equals(operation.info().mainInput());
            if (slot.required() || main) broken = broken.with(slot.key(), Samples.pixel(Float.NaN));
        }
        Inputs in = broken;
        InvalidInput e = assertThrows(InvalidInput.class, () -> run(operation, in, 2));
        assertTrue(e.getMessage().contains("NaN at x=0, y=0, slice 1"), e.getMessage());
    }

    @SuppressWarnings("unchecked")
    private static Operation<Record> cast(Operation<?> operation) {
        return (Operation<Record>) operation;
    }

    private static Outputs run(Operation<?> operation, Inputs in, int threads) {
        return Runner.run(cast(operation), in, Samples.call(operation).settings(), new Threads(threads));
    }

    private static <P extends Record> boolean canMake(Call<P> call, String slot) {
        return call.operation().canMake(slot, call.settings());
    }

    private static Map<String, String> fingerprints(Operation<?> operation, Inputs in) {
        Map<String, String> all = new LinkedHashMap<>();
        for (InputSlot slot : operation.info().inputs()) {
            if (in.has(slot.key())) all.put(slot.key(), Bits.of(Outputs.none().with("image", in.frames(slot.key()))));
        }
        return all;
    }

    /** Remembers what was reported, and cancels once a fraction is reached. */
    private static final class Recorded implements Progress {
        private final double cancelAt;
        private final AtomicInteger reports = new AtomicInteger();
        private double last;
        private boolean fell;

        Recorded(double cancelAt) {
            this.cancelAt = cancelAt;
        }

        @Override
        public synchronized void report(double fraction, String what) {
            reports.incrementAndGet();
            fell |= fraction < last || fraction > 1 || what.isBlank();
            last = fraction;
        }

        @Override
        public synchronized void check() {
            if (last >= cancelAt) throw new CancellationException("cancelled by the test");
        }
    }

    /** No operation is forgotten in the list. */
    @Test
    void everyOperationClassIsInTheList() {
        List<String> listed =
                Operations.all().stream().map(op -> op.getClass().getName()).toList();
        List<String> written = new com.tngtech.archunit.core.importer.ClassFileImporter()
                .importPackages("sinterj.command").stream()
                        .filter(c -> c.isAssignableTo(Operation.class) && !c.isInterface())
                        .map(c -> c.getName())
                        .toList();
        for (String name : written) assertTrue(listed.contains(name), name);
    }
}
