package sinterj.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import sinterj.base.InvalidInput;

/** The files of a folder as a person would list them. */
public final class FolderFiles {
    private FolderFiles() {}

    /**
     * Files directly in a folder, in the order of their names, numbers by value: t2 before t10.
     *
     * @param wanted which of them; hidden ones never are: the Macintosh puts a companion {@code ._name} beside each file on
     *     a foreign disk, and ours are unfinished files
     * @param most no more than this many are looked for
     * @throws InvalidInput if the folder cannot be read
     */
    public static List<Path> list(Path folder, Predicate<Path> wanted, int most) {
        try (Stream<Path> content = Files.list(folder)) {
            return content.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(wanted)
                    .limit(most)
                    .sorted(Comparator.comparing(p -> p.getFileName().toString(), FolderFiles::byNumbers))
                    .toList();
        } catch (IOException e) {
            throw new InvalidInput("The folder '" + folder + "' cannot be read: " + IoReason.of(e) + ".", e);
        }
    }

    /** Compares names so that t2 comes before t10. */
    static int byNumbers(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int endA = digits(a, i);
            int endB = digits(b, j);
            if (endA > i && endB > j) {
                String x = a.substring(i, endA).replaceFirst("^0+(?=.)", "");
                String y = b.substring(j, endB).replaceFirst("^0+(?=.)", "");
                int order = x.length() != y.length() ? x.length() - y.length() : x.compareTo(y);
                if (order != 0) return order;
                i = endA;
                j = endB;
            } else {
                if (a.charAt(i) != b.charAt(j)) return a.charAt(i) - b.charAt(j);
                i++;
                j++;
            }
        }
        int order = (a.length() - i) - (b.length() - j);
        return order != 0 ? order : a.compareTo(b);
    }

    private static int digits(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') end++;
        return end;
    }
}
