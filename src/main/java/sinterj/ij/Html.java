package sinterj.ij;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Markdown as HTML that Java's own windows show. */
final class Html {
    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    private static final Pattern HEADING = Pattern.compile("<(h[1-6]) id=\"([^\"]*)\">");

    private Html() {}

    /** @param style a style sheet; Java's windows know little of them */
    static String of(String markdown, String style) {
        String body = HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .build()
                .render(Parser.builder().extensions(EXTENSIONS).build().parse(markdown));
        // What a link to a heading looks for is an anchor with a name.
        Matcher heading = HEADING.matcher(body);
        body = heading.replaceAll("<$1><a name=\"$2\"></a>")
                .replace("<table>", "<table border=\"1\" cellspacing=\"0\">");
        return "<html><head><style>" + style + "</style></head><body>" + body + "</body></html>";
    }
}
