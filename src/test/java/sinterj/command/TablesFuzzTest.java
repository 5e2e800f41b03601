package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
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
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.ij.InputFinder;
import sinterj.op.Call;
import sinterj.op.Outputs;
import sinterj.op.Runner;

/** Tables that commands read (spheres, temperatures, energies of surfaces), nonsense in them: done, or a sentence. */
class TablesFuzzTest {
    private static final Path FILE = Path.of("target", "fuzz-table.csv").toAbsolutePath();

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
        Arbitrary<String> cell = Arbitraries.oneOf(
                Arbitraries.doubles().between(-100, 100).map(String::valueOf),
                Arbitraries.of(
                        "1",
                        "8",
                        "20",
                        "30",
                        "40",
                        "0",
                        "-1",
                        "1e300",
                        "-1e300",
                        "1e-300",
                        "NaN",
                        "Infinity",
                        "1e999",
                        "",
                        "x",
                        "7,5"));
        Arbitrary<String> row =
                cell.list().ofMinSize(heads.length).ofMaxSize(heads.length).map(cells -> String.join(",", cells));
        Arbitrary<List<String>> rows = Arbitraries.oneOf(row, cell).list().ofMaxSize(5);
        return Combinators.combine(line, rows).as((first, rest) -> first + "\n" + String.join("\n", rest));
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

    private static void doneOrSentence(String id, String slot, String table, Map<String, Object> settings) {
        try {
            Files.writeString(FILE, table, StandardCharsets.UTF_8);
            Map<String, Object> given = new HashMap<>(settings);
            given.put(slot, FILE.toString());
            Outputs made = run(Call.of(Operations.byId(id), given));
            assertTrue(!made.bySlot().isEmpty());
        } catch (InvalidInput e) {
            assertTrue(e.getMessage().endsWith(".") && e.getMessage().length() < 600, e.getMessage());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static <P extends Record> Outputs run(Call<P> call) {
        return Runner.run(
                call.operation(), new InputFinder(Progress.SILENT).find(call), call.settings(), UP_TO_THE_FIT);
    }

    private static void spheresOrSentence(String table) {
        doneOrSentence(
                "simulate-sintering",
                "particles",
                table,
                Map.of("size_nm", "48,40,0", "grid_nm", 4, "interface_px", 2, "time_s", 0, "frames", 1));
    }

    private static void temperaturesOrSentence(String table) {
        doneOrSentence(
                "simulate-sintering",
                "history",
                table,
                Map.of(
                        "packing",
                        "hcp",
                        "count",
                        1,
                        "radius_nm",
                        16,
                        "size_nm",
                        "48,48,0",
                        "grid_nm",
                        4,
                        "interface_px",
                        2,
                        "time_s",
                        1e-4,
                        "frames",
                        2));
    }

    /** Up to the fit: the images of what was fitted are always the same work. */
    private static void energiesOrSentence(String table) {
        try {
            doneOrSentence("fit-surface-energy", "data", table, Map.of());
        } catch (CancellationException e) {
            assertTrue(e.getMessage().equals("fitted"));
        }
    }

    @Property(tries = 1000, seed = "20261201", edgeCases = EdgeCasesMode.NONE)
    void anyTableOfSpheresStartsOrIsRefused(@ForAll("spheres") String table) {
        spheresOrSentence(table);
    }

    @Property(tries = 1000, seed = "20261202", edgeCases = EdgeCasesMode.NONE)
    void anyTableOfTemperaturesIsFollowedOrRefused(@ForAll("temperatures") String table) {
        temperaturesOrSentence(table);
    }

    @Property(tries = 1000, seed = "20261203", edgeCases = EdgeCasesMode.NONE)
    void anyTableOfEnergiesIsFittedOrRefused(@ForAll("energies") String table) {
        energiesOrSentence(table);
    }

    @Property(tries = 100_000, edgeCases = EdgeCasesMode.NONE)
    @Tag("proof")
    void anyTableOfSpheresStartsOrIsRefusedVeryOften(@ForAll("spheres") String table) {
        spheresOrSentence(table);
    }

    @Property(tries = 100_000, edgeCases = EdgeCasesMode.NONE)
    @Tag("proof")
    void anyTableOfTemperaturesIsFollowedOrRefusedVeryOften(@ForAll("temperatures") String table) {
        temperaturesOrSentence(table);
    }

    @Property(tries = 100_000, edgeCases = EdgeCasesMode.NONE)
    @Tag("proof")
    void anyTableOfEnergiesIsFittedOrRefusedVeryOften(@ForAll("energies") String table) {
        energiesOrSentence(table);
    }
}
