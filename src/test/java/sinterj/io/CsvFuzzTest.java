package sinterj.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import sinterj.image.Table;
import sinterj.trial.Nonsense;
import sinterj.trial.Scratch;

/** Whatever a table holds, it comes back; whatever a file holds, it is a table or a sentence. */
@Tag(Nonsense.TAG)
class CsvFuzzTest {
    private static final Scratch SCRATCH = new Scratch("fuzz.csv");

    @Property(seed = "20240610", edgeCases = EdgeCasesMode.NONE)
    void writtenTableComesBack(@ForAll("tables") Table table) {
        Table read = CsvTable.read(SCRATCH.holding(CsvTable.text(table)));
        assertEquals(table.heads(), read.heads());
        assertEquals(table.size(), read.size());
        for (int row = 0; row < table.size(); row++) {
            for (int column = 0; column < table.heads().size(); column++) {
                assertEquals(table.cell(row, column), read.cell(row, column), "row " + row + ", column " + column);
            }
        }
    }

    /** Columns of numbers, of switches and of words; words hold every letter that means something in such files. */
    @Provide
    Arbitrary<Table> tables() {
        Arbitrary<String> word = Arbitraries.strings()
                .withChars("ab;,\t \"\n\r'#=\u00b5\u20ac")
                .ofMaxLength(6)
                .map(s -> "w" + s + "w");
        Arbitrary<Integer> kind = Arbitraries.integers().between(0, 2);
        return kind.list().ofMinSize(1).ofMaxSize(4).flatMap(kinds -> {
            Arbitrary<List<String>> heads = word.list().ofSize(kinds.size()).map(CsvFuzzTest::distinct);
            Arbitrary<List<Object>> row = Combinators.combine(
                            kinds.stream().map(k -> cell(k, word)).toList())
                    .as(cells -> cells);
            return Combinators.combine(heads, row.list().ofMinSize(1).ofMaxSize(4))
                    .as((names, rows) -> {
                        Table table = new Table(names);
                        rows.forEach(cells -> table.add(cells.toArray()));
                        return table;
                    });
        });
    }

    private static Arbitrary<Object> cell(int kind, Arbitrary<String> word) {
        if (kind == 1) return Arbitraries.of(true, false);
        if (kind == 2) return word.map(w -> w);
        Arbitrary<Double> special =
                Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0);
        return Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.doubles()), Tuple.of(1, special))
                .map(d -> d);
    }

    private static List<String> distinct(List<String> heads) {
        return IntStream.range(0, heads.size())
                .mapToObj(i -> heads.get(i) + i + " (nm)")
                .toList();
    }

    @Property(seed = "20240611", edgeCases = EdgeCasesMode.NONE)
    void anyTextIsATableOrASentence(@ForAll("texts") String text) {
        Path file = SCRATCH.holding(text);
        Nonsense.doneOrSentence(() -> assertTrue(CsvTable.read(file).heads().size() > 0));
        Nonsense.doneOrSentence(() -> assertTrue(CsvTable.times(file).isKnown()));
    }

    @Provide
    Arbitrary<String> texts() {
        return Nonsense.texts("01.,;\t \"\n\r-eNaI\ufeff", 40);
    }
}
