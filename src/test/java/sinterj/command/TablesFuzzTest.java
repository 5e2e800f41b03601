package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import sinterj.base.Progress;
import sinterj.ij.InputFinder;
import sinterj.op.Call;
import sinterj.op.Outputs;
import sinterj.op.Runner;
import sinterj.trial.Nonsense;
import sinterj.trial.Scratch;

/** Tables that commands read, nonsense in them: done, or a sentence. */
@Tag(Nonsense.TAG)
class TablesFuzzTest {
    private static final Scratch FILE = new Scratch("fuzz-table.csv");

    private static final Progress UP_TO_THE_FIT = new Progress() {
        @Override
        public void report(double fraction, String what) {}

        @Override
        public void check() {
            if (StackWalker.getInstance()
                    .walk(all -> all.anyMatch(f -> f.getClassName().endsWith("FitSurfaceEnergy"))))
                throw new CancellationException("fitted");
        }
    };

    /** A table with about the right heads and any cells. */
    private static Arbitrary<String> tables(String... heads) {
        Arbitrary<String> head = Arbitraries.of(heads);
        Arbitrary<String> line = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(9, Arbitraries.just(String.join(",", heads))),
                net.jqwik.api.Tuple.of(1, head.list().ofMaxSize(5).map(h -> String.join(",", h))));
        Arbitrary<String> cell = Nonsense.numbers(-100, 100);
        Arbitrary<String> row = Nonsense.joined(cell, heads.length, heads.length, ",");
        Arbitrary<String> rows = Nonsense.joined(Arbitraries.oneOf(row, cell), 0, 5, "\n");
        return Combinators.combine(line, rows).as((first, rest) -> first + "\n" + rest);
    }

    @Provide
    Arbitrary<String> spheres() {
        return tables("x_nm", "y_nm", "z_nm", "r_nm");
    }

    @Provide
    Arbitrary<String> temperatures() {
        return tables("time_s", "temperature_k");
    }

    @Provide
    Arbitrary<String> energies() {
        return tables("h", "k", "l", "energy");
    }

    @Provide
    Arbitrary<String> slabs() {
        return tables("h", "k", "l", "area", "relaxed", "unrelaxed", "bulk", "units", "free_surfaces", "cleavage");
    }

    @Provide
    Arbitrary<String> orientations() {
        return tables("label", "phi1", "Phi", "phi2");
    }

    @Provide
    Arbitrary<String> anisotropies() {
        return tables("k0", "k1", "k2", "k3");
    }

    private static void doneOrSentence(
            String id, String slot, String table, Map<String, Object> settings, Progress progress) {
        Map<String, Object> given = new HashMap<>(settings);
        given.put(slot, FILE.holding(table).toString());
        Nonsense.doneOrSentence(() -> {
            Outputs made = run(Call.of(Operations.byId(id), given), progress);
            assertTrue(!made.bySlot().isEmpty());
        });
    }

    private static <P extends Record> Outputs run(Call<P> call, Progress progress) {
        return Runner.run(call.operation(), new InputFinder(Progress.SILENT).find(call), call.settings(), progress);
    }

    @Property(seed = "20261201", edgeCases = EdgeCasesMode.NONE)
    void anyTableOfSpheresStartsOrIsRefused(@ForAll("spheres") String table) {
        doneOrSentence(
                "simulate-sintering",
                "particles",
                table,
                Map.of("size_nm", "48,40,0", "grid_nm", 4, "interface_px", 2, "time_s", 0, "frames", 1),
                Progress.SILENT);
    }

    @Property(seed = "20261202", edgeCases = EdgeCasesMode.NONE)
    void anyTableOfTemperaturesIsFollowedOrRefused(@ForAll("temperatures") String table) {
        Map<String, Object> ball = Map.of("packing", "hcp", "count", 1, "radius_nm", 16, "size_nm", "48,48,0");
        Map<String, Object> settings = new HashMap<>(ball);
        settings.putAll(Map.of("grid_nm", 4, "interface_px", 2, "time_s", 1e-4, "frames", 2));
        doneOrSentence("simulate-sintering", "history", table, settings, Progress.SILENT);
    }

    /** Up to the fit: the images of what was fitted are always the same work. */
    @Property(seed = "20261203", edgeCases = EdgeCasesMode.NONE)
    void anyTableOfEnergiesIsFittedOrRefused(@ForAll("energies") String table) {
        try {
            doneOrSentence("fit-surface-energy", "data", table, Map.of(), UP_TO_THE_FIT);
        } catch (CancellationException e) {
            assertTrue(e.getMessage().equals("fitted"));
        }
    }

    @Property(seed = "20261204", edgeCases = EdgeCasesMode.NONE)
    void anyTableOfSlabsIsFittedOrRefused(@ForAll("slabs") String table) {
        anyTableOfEnergiesIsFittedOrRefused(table);
    }

    /** One grain on a sheet. */
    private static Map<String, Object> crystal() {
        Map<String, Object> settings = new HashMap<>(Map.of("packing", "hcp", "count", 1, "radius_nm", 16));
        settings.putAll(Map.of("size_nm", "48,48,0", "grid_nm", 4, "interface_px", 2, "time_s", 0, "frames", 1));
        return settings;
    }

    @Property(seed = "20261205", edgeCases = EdgeCasesMode.NONE)
    void anyTableOfOrientationsIsUsedOrRefused(@ForAll("orientations") String table) {
        doneOrSentence("simulate-sintering", "orientations", table, crystal(), Progress.SILENT);
    }

    @Property(seed = "20261206", edgeCases = EdgeCasesMode.NONE)
    void anyTableOfAnisotropyIsUsedOrRefused(@ForAll("anisotropies") String table) {
        doneOrSentence("simulate-sintering", "anisotropy", table, crystal(), Progress.SILENT);
    }
}
