package sinterj.ij;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.command.Operations;

/** The manual in the jar: what links to what, and shows what. */
class ManualPageTest {
    private static final Pattern LINK = Pattern.compile("<(?:a href|img src)=\"([^\"]*)\"");

    private static boolean isThere(String path) {
        return ManualPageTest.class.getClassLoader().getResource(path) != null;
    }

    @Test
    void allPagesAreReachedFromTheFirstAndLeadOn() {
        Set<String> pages = new TreeSet<>();
        List<String> broken = new ArrayList<>();
        Deque<String> todo = new ArrayDeque<>(List.of(ManualPage.START));
        while (!todo.isEmpty()) {
            String path = todo.pop();
            if (!pages.add(path)) continue;
            ManualPage page = ManualPage.of(path);
            Matcher link = LINK.matcher(page.html());
            while (link.find()) {
                if (ManualPage.isOutside(link.group(1))) continue;
                String target = page.target(link.group(1));
                if (target.endsWith(".md") && isThere(target)) todo.push(target);
                else if (target.startsWith("sinterj/docs/") && !isThere(target)) broken.add(path + " -> " + target);
            }
        }
        assertEquals(List.of(), broken);
        Operations.all()
                .forEach(op -> assertTrue(
                        pages.contains("sinterj/docs/commands/" + op.info().id() + ".md"), pages::toString));
        assertTrue(
                pages.contains("sinterj/docs/questions.md") && pages.contains("sinterj/SECURITY.md"), pages::toString);
    }

    @Test
    void tablesHeadingsAndPicturesAreShown() {
        String html = ManualPage.of("sinterj/docs/install.md").html();
        assertTrue(html.contains("<table border=") && html.contains("<td>"), html);
        assertTrue(html.contains("<a name=\"publish-an-update-site\"></a>"), html);
        assertTrue(ManualPage.of("sinterj/docs/commands/find-necks.md")
                .html()
                .contains("<img src=\"../pictures/find-necks.png\""));
    }

    @Test
    void linksLeadWhereTheyDoInTheFolder() {
        ManualPage page = ManualPage.of("sinterj/docs/science/assimilation.md");
        assertEquals("sinterj/docs/commands/find-necks.md", page.target("../commands/find-necks.md#settings"));
        assertEquals(page.path(), page.target("#7-how-well-it-does"));
        assertTrue(ManualPage.isOutside("https://fiji.sc") && !ManualPage.isOutside("../install.md"));
        assertThrows(InvalidInput.class, () -> ManualPage.of("sinterj/docs/no.md"));
    }
}
