package sinterj.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import sinterj.command.Operations;
import sinterj.trial.Blend;

class HelpPageTest {
    private static final OperationInfo<?> INFO = new Blend().info();

    @Test
    void thePageForTheWebNamesEverything() {
        String page = HelpPage.markdown(INFO);
        for (String key : Call.keys(INFO)) {
            boolean isFile = Call.fileKeys(INFO).containsKey(key);
            assertTrue(isFile || page.contains("| `" + key + "` |"), key);
        }
        INFO.outputs().forEach(slot -> assertTrue(page.contains("| `" + slot.name() + "` | "), slot.name()));
        assertTrue(page.contains("| `limit` | Limit | `none` | auto, none, or a number of at least 0 |"), page);
        assertTrue(page.contains(
                "run(\"Blend Two Images...\", \"input=input.tif other_image=other_image.tif mode=mean\");"));
        assertTrue(page.contains("scripts/sinterj blend --input input.tif --other_image other_image.tif --mode mean"));
        assertTrue(page.contains("- Nobody (1900)"));
    }

    @Test
    void theExampleOfThePageIsAValidCall() {
        String page = HelpPage.markdown(INFO);
        String line = page.lines().filter(l -> l.startsWith("run(")).findFirst().orElseThrow();
        String options = line.replaceAll(".*, \"(.*)\"\\);", "$1");
        assertEquals(
                Blend.DEFAULTS,
                Call.of(new Blend(), MacroOptions.parse(options)).settings());
    }

    @Test
    void thePageForTheDialogNamesEverySetting() {
        String page = HelpPage.brief(INFO);
        assertTrue(page.startsWith("## Blend Two Images\n"), page);
        assertTrue(page.contains("**two**") && page.contains("- one"), page);
        assertTrue(page.contains("Default: `none`; allowed: auto, none, or a number of at least 0."), page);
        INFO.schema().parameters().forEach(p -> assertTrue(page.contains("(`" + p.key() + "`): "), p.key()));
    }

    @TestFactory
    Stream<DynamicTest> everyOperationExplainsItself() {
        return Operations.all().stream()
                .map(op -> DynamicTest.dynamicTest(op.info().id(), () -> {
                    OperationInfo<?> info = op.info();
                    assertTrue(info.summary().endsWith("."), info.summary());
                    assertTrue(info.help().strip().length() > 200, "a help page of its own");
                    info.schema().parameters().forEach(p -> {
                        assertTrue(p.about().doc().endsWith("."), p.key());
                        assertTrue(
                                Character.isUpperCase(p.about().label().charAt(0)),
                                p.about().label());
                        assertFalse(p.about().label().contains(":"), p.about().label());
                    });
                }));
    }
}
