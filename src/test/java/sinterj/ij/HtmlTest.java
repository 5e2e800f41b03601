package sinterj.ij;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import sinterj.command.Operations;
import sinterj.op.HelpPage;

class HtmlTest {
    @Test
    void markdownBecomesWhatImagejShows() {
        String page = Html.of("## A & B\n\n**two** `k_s` < 3\n\n- one\n- more\n", "p{}");
        assertTrue(page.startsWith("<html>"), "ImageJ takes anything else for an address");
        assertTrue(page.contains("A &amp; B</h2>") && page.contains("<strong>two</strong>"), page);
        assertTrue(page.contains("<code>k_s</code> &lt; 3") && page.contains("<li>one</li>"), page);
        assertTrue(page.contains("<style>p{}</style>") && page.contains("<a name=\"a--b\"></a>"), page);
    }

    /** Stars and strokes of formulas are no slanted text, and nothing is left as it was written. */
    @TestFactory
    Stream<DynamicTest> everyHelpPageIsShownAsItIsMeant() {
        return Operations.all().stream()
                .map(op -> DynamicTest.dynamicTest(op.info().id(), () -> {
                    String markdown = HelpPage.brief(op.info());
                    String page = Html.of(markdown, "");
                    assertFalse(page.contains("<em>"), page);
                    assertFalse(page.contains("**"), page);
                    String plain = page.replaceAll("<[^>]*>", "");
                    assertFalse(plain.contains("`"), plain);
                    List<String> words = List.of("key*key", "m_translation*k_stiffness");
                    for (String word : words) assertEquals(markdown.contains(word), plain.contains(word), word);
                }));
    }
}
