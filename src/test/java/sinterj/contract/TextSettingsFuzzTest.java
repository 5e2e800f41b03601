package sinterj.contract;

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
import sinterj.base.Progress;
import sinterj.command.Operations;
import sinterj.op.Call;
import sinterj.op.Operation;
import sinterj.op.Runner;
import sinterj.trial.Nonsense;

/** Settings that are texts with a grammar of their own, any text in them: done, or a sentence that names the key. */
@Tag(Nonsense.TAG)
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
        Arbitrary<String> words = Arbitraries.of(
                ":",
                ",",
                " ",
                ";",
                "*",
                "e",
                "E9",
                "-40",
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
        Arbitrary<String> pieces = Arbitraries.oneOf(words, Arbitraries.of(Nonsense.NUMBERS));
        return Arbitraries.oneOf(
                Nonsense.joined(pieces, 0, 9, ""), Arbitraries.strings().ofMaxLength(20));
    }

    @Property(seed = "20261207", edgeCases = EdgeCasesMode.NONE)
    void anyTextInATextSetting(@ForAll("anySetting") Setting setting, @ForAll("texts") String text) {
        Operation<?> operation = Operations.byId(setting.id());
        Map<String, Object> given = new HashMap<>(Samples.settings(operation));
        given.put(setting.key(), text);
        if (setting.id().equals("simulate-sintering")) given.putAll(Map.of("time_s", 0, "frames", 1));
        Nonsense.doneOrSentence(() -> {
            Call<?> call = Call.of(operation, given);
            if (!setting.id().equals("assimilate-sintering") && !setting.id().equals("train-unet")) run(call);
        });
    }

    private static <P extends Record> void run(Call<P> call) {
        Runner.run(call.operation(), Samples.inputs(call.operation()), call.settings(), Progress.SILENT);
    }
}
