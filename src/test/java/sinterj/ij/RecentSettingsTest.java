package sinterj.ij;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.Prefs;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sinterj.command.Operations;
import sinterj.op.Call;
import sinterj.op.Operation;
import sinterj.trial.Blend;
import sinterj.trial.Nonsense;

/** Settings used before: the newest first, few, and nothing that a command would refuse, whatever the file holds. */
class RecentSettingsTest {
    private static final Operation<?> BLEND = new Blend();

    @BeforeEach
    void forget() {
        for (int i = 1; i <= RecentSettings.MOST + 2; i++) Prefs.set(key(i), "");
    }

    private static String key(int number) {
        return "sinterj.blend.recent." + number;
    }

    private static void use(Object... pairs) {
        RecentSettings.add(Call.of(BLEND, Map.of(pairs[0].toString(), pairs[1])));
    }

    private static List<String> weights() {
        return RecentSettings.of(BLEND).stream().map(s -> s.get("weight")).toList();
    }

    @Test
    void theNewestIsFirstNoneIsTwiceAndFiveAreKept() {
        for (double weight : new double[] {0.1, 0.2, 0.3, 0.4, 0.1, 0.6, 0.7}) use("weight", weight);
        assertEquals(List.of("0.7", "0.6", "0.1", "0.4", "0.3"), weights());
        assertEquals("", Prefs.get(key(RecentSettings.MOST + 1), ""));
    }

    @Test
    void everythingAUserMayTypeComesBack() {
        for (String remark : List.of("a] b", "[x", "C:\\new\\t", "say \"so\"", "k=v w=2", "\u00e4\u4e2d", "a\tb")) {
            use("remark", remark);
            assertEquals(remark, RecentSettings.of(BLEND).get(0).get("remark"));
        }
    }

    @Test
    void whatIsNotAllowedAnyMoreIsLeftOut() {
        use("weight", 0.25);
        Prefs.set(key(2), "weight=7");
        Prefs.set(key(3), "wieght=0.5");
        Prefs.set(key(4), "input=secret weight=0.5"); // no image is ever remembered
        Prefs.set(key(5), "mode=difference_of_both invert=true"); // exclude each other
        assertEquals(List.of("0.25"), weights());
    }

    @Test
    void textThatIsTooLongIsNeitherKeptNorRead() {
        use("remark", "x".repeat(5000));
        assertEquals(List.of(), RecentSettings.of(BLEND));
        Prefs.set(key(1), "weight=0.5 remark=" + "x".repeat(100_000));
        assertEquals(List.of(), RecentSettings.of(BLEND));
    }

    @Test
    void aMenuEntryNamesWhatIsNotDefault() {
        use("weight", 0.75);
        assertEquals(
                "weight=0.75",
                RecentSettings.inWords(BLEND, RecentSettings.of(BLEND).get(0)));
        use("weight", 0.5);
        assertEquals(
                "defaults",
                RecentSettings.inWords(BLEND, RecentSettings.of(BLEND).get(0)));
        use("remark", "long ".repeat(100));
        assertTrue(
                RecentSettings.inWords(BLEND, RecentSettings.of(BLEND).get(0)).length() <= 90);
    }

    @Test
    void everyCommandRemembersItsDefaults() {
        for (Operation<?> operation : Operations.all()) {
            boolean nothing = operation.info().schema().parameters().isEmpty(); // to remember
            boolean needsText = operation.info().schema().parameters().stream()
                    .anyMatch(p -> p.about().required());
            if (needsText || nothing) continue;
            RecentSettings.add(Call.of(operation, Map.of()));
            assertEquals(
                    1, RecentSettings.of(operation).size(), operation.info().id());
        }
    }

    @Provide
    Arbitrary<String> preferences() {
        Arbitrary<String> pieces = Arbitraries.of(
                "weight=", "0.5", "=", "[", "]", " ", "remark=", "mode=", "mean", "1e999", "NaN", "seed=", "true", "n=",
                "\\", "\"");
        return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(60), Nonsense.joined(pieces, 0, 12, ""));
    }

    @Property(seed = "20261129")
    @Tag(Nonsense.TAG)
    void anyPreferencesGiveAllowedSettingsOrNone(@ForAll("preferences") String text) {
        Prefs.set(key(1), text);
        for (Map<String, String> settings : RecentSettings.of(BLEND)) {
            Call.of(BLEND, settings); // throws if one is not allowed
            assertEquals(9, settings.size());
        }
    }
}
