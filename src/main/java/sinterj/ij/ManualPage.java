package sinterj.ij;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import sinterj.base.InvalidInput;

/**
 * A page of the manual that is in the jar: the same Markdown as in the project's folder {@code docs}, with its pictures.
 *
 * @param path in the jar, such as {@code sinterj/docs/install.md}
 * @param html as Java's own windows show it
 */
record ManualPage(String path, String html) {
    static final String START = "sinterj/docs/README.md";
    private static final String STYLE = "body{font-family:sans-serif;margin:12px} p{margin-top:4px;margin-bottom:6px}"
            + " h2{margin-top:14px;margin-bottom:4px} h3{margin-top:12px;margin-bottom:3px} pre{margin:6px}"
            + " td{padding:2px} th{padding:2px;text-align:left}";

    /** @throws InvalidInput if there is no such page */
    static ManualPage of(String path) {
        try (InputStream in = ManualPage.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) throw new InvalidInput("The manual has no page '" + path + "'.");
            return new ManualPage(path, Html.of(new String(in.readAllBytes(), StandardCharsets.UTF_8), STYLE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the page is, so that pictures beside it are found. */
    URL place() {
        return ManualPage.class.getClassLoader().getResource(path);
    }

    /** The path in the jar that a link from this page leads to, without the part behind {@code #}. */
    String target(String link) {
        String file = link.split("#", 2)[0];
        if (file.isEmpty()) return path;
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        return java.net.URI.create(folder + file).normalize().toString();
    }

    static boolean isOutside(String link) {
        return link.matches("[a-z]+:.*");
    }
}
