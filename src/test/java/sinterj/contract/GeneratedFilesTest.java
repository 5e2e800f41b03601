package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sinterj.command.MenuFile;
import sinterj.command.Operations;
import sinterj.op.HelpPage;

/** Files made from the list of operations are up to date, and what goes with each operation is there. */
class GeneratedFilesTest {
    static Stream<String> ids() {
        return Operations.all().stream().map(op -> op.info().id());
    }

    @Test
    void theMenuFileIsUpToDate() throws IOException {
        assertEquals(MenuFile.text(), Files.readString(Path.of("plugins.config")), "run scripts/generate");
    }

    @ParameterizedTest
    @MethodSource("ids")
    void theHelpPageIsUpToDate(String id) throws IOException {
        Path page = Path.of("docs", "commands", id + ".md");
        assertEquals(HelpPage.markdown(Operations.byId(id).info()), Files.readString(page), "run scripts/generate");
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aPictureAndAMacroShowWhatItDoes(String id) throws IOException {
        assertTrue(Files.size(Path.of("docs", "pictures", id + ".png")) > 1000, "run scripts/pictures");
        String macro = Files.readString(Path.of("scripts", id + ".ijm"));
        assertTrue(macro.contains("run(\"" + Operations.byId(id).info().label() + "\""), macro);
    }
}
