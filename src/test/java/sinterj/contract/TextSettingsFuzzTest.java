package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.command.Operations;
import sinterj.op.Call;
import sinterj.op.Operation;
import sinterj.op.Runner;

/** Settings that are texts with a grammar of their own, any text in them: done, or a sentence that names the key. */
class TextSettingsFuzzTest {
    /** Names of files to write, which any text may be. */
    private static final Set<String> PATHS = Set.of(
            "save_transforms",
            "checkpoint",
            "study",
            "report",
            "model",
            "output_folder",
            "folder",
            "path",
            "transforms");

    /** Command and key. */
    record Setting(String id, String key) {}

    private static List<Setting> settings() {
        return Operations.all().stream()
                .flatMap(op -> op.info().schema().parameters().stream()
                        .filter(p -> p.type() == String.class && !PATHS.contains(p.key()))
                        .map(p -> new Setting(op.info().id(), p.key())))
                .filter(s -> !s.id().equals("batch")) // writes files by patterns
                .filter(s -> !s.id().equals("assimilate-sintering") || s.key().equals("estimate"))
                .toList();
    }

    @Provide
    Arbitrary<Setting> anySetting() {
        List<Setting> all = settings();
        if (all.size() < 5) throw new AssertionError(all.toString());
        return Arbitraries.of(all);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "0",
                "1",
                "255",
                "-1",
                ":",
                ",",
                " ",
                ";",
                "*",
                "e",
                "E9",
                ".",
                "-40",
                "20",
                "40",
                "NaN",
                "Infinity",
                "1e999",
                "none",
                "auto",
                "zero_flux",
                "periodic",
                "d_surface",
                "d_gb",
                "m_eta",
                "1e-17",
                "2e-16",
                "\u00e4",
                "\u0000",
                "\n",
                "/",
                "..");
        return Arbitraries.oneOf(
                pieces.list().ofMaxSize(9).map(all -> String.join("", all)),
                Arbitraries.strings().ofMaxLength(20));
    }

    private static void doneOrSentence(Setting setting, String text) {
        Operation<?> operation = Operations.byId(setting.id());
        Map<String, Object> given = new HashMap<>(Samples.settings(operation));
        given.put(setting.key(), text);
        if (setting.id().equals("simulate-sintering")) given.putAll(Map.of("time_s", 0, "frames", 1));
        try {
            Call<?> call = Call.of(operation, given);
            if (!setting.id().equals("assimilate-sintering") && !setting.id().equals("train-unet")) run(call);
        } catch (InvalidInput e) {
            String said = e.getMessage();
            assertTrue(said.endsWith(".") && said.length() < 900, said);
        }
    }

    private static <P extends Record> void run(Call<P> call) {
        Runner.run(call.operation(), Samples.inputs(call.operation()), call.settings(), Progress.SILENT);
    }

    @Property(tries = 1000, seed = "20261207", edgeCases = EdgeCasesMode.NONE)
    void anyTextInATextSetting(@ForAll("anySetting") Setting setting, @ForAll("texts") String text) {
        doneOrSentence(setting, text);
    }

    @Property(tries = 100_000, edgeCases = EdgeCasesMode.NONE)
    @Tag("proof")
    void anyTextInATextSettingVeryOften(@ForAll("anySetting") Setting setting, @ForAll("texts") String text) {
        doneOrSentence(setting, text);
    }
}
