package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The pages lead somewhere, and show something. */
class DocumentationTest {
    private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String top : List.of(".", "docs", "models", "test-data")) {
            try (Stream<Path> tree = Files.walk(Path.of(top), top.equals(".") ? 1 : 9)) {
                tree.filter(p -> p.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages;
    }

    /** The name of a heading in a link, as the usual renderers make it. */
    private static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        if (link.matches("https?://.*|mailto:.*")) return true;
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        if (!Files.exists(target)) return false;
        if (parts.length == 1) return true;
        Matcher headings = HEADING.matcher(Files.readString(target));
        while (headings.find()) if (anchor(headings.group(1)).equals(parts[1])) return true;
        return false;
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            Matcher found = LINK.matcher(Files.readString(page));
            while (found.find()) {
                links++;
                if (!leadsSomewhere(page, found.group(1))) broken.add(page + " -> " + found.group(1));
            }
        }
        assertTrue(links > 20, "only " + links + " links were found");
        assertEquals(List.of(), broken);
    }

    @Test
    void everyPictureIsShownAndShowsSomething() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path page : pages()) all.append(Files.readString(page));
        try (Stream<Path> pictures = Files.list(Path.of("docs/pictures"))) {
            for (Path picture : pictures.toList()) {
                assertTrue(all.toString().contains("pictures/" + picture.getFileName()), picture + " is on no page");
                BufferedImage image = ImageIO.read(picture.toFile());
                long colours = Stream.iterate(0, i -> i + 1)
                        .limit((long) image.getWidth() * image.getHeight())
                        .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
                        .distinct()
                        .count();
                assertTrue(colours > 16, picture + " has " + colours + " colours only");
            }
        }
    }
}
