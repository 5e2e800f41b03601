package sinterj.djl;

import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Tells which jar something was found in. */
final class Jars {
    private Jars() {}

    /** The path of the file that holds a resource. */
    static String file(URL resource) {
        String text = resource.toString();
        int inside = text.indexOf("!/");
        if (inside >= 0) text = text.substring(0, inside);
        text = text.replaceFirst("^(jar:)?(file:)?", "");
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
