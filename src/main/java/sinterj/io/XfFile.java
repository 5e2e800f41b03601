package sinterj.io;

import java.io.BufferedWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sinterj.base.InvalidInput;
import sinterj.image.Affine;

/**
 * IMOD's transform files (.xf, .xg, .prexf): one line per section with A11 A12 A21 A22 DX DY, see {@link Affine}. Read
 * with any blanks between the numbers; blank lines and lines that start with # are skipped. Written with 7 and 3 digits
 * after the point as IMOD does, the same on every system; a shift is exact to 0.0005 pixel.
 */
public final class XfFile {
    private static final String KIND = "a transform file (.xf)";
    private static final int MAX_BYTES = 16_000_000;

    private XfFile() {}

    /**
     * Reads transforms.
     *
     * @return one per line, in order; at least one
     * @throws InvalidInput if the file is no list of six numbers per line
     */
    public static List<Affine> read(Path path) {
        List<Affine> transforms = new ArrayList<>();
        int number = 0;
        for (String line : TextFile.lines(path, KIND, MAX_BYTES)) {
            number++;
            String text = line.trim();
            if (!text.isEmpty() && !text.startsWith("#")) transforms.add(transform(text, number, path));
        }
        if (transforms.isEmpty()) {
            throw new InvalidInput(
                    "'" + path + "' holds no transform. Write six numbers per line: A11 A12 A21 A22 DX DY.");
        }
        return transforms;
    }

    /**
     * Reads one transform per section.
     *
     * @param sections how many there must be
     */
    public static List<Affine> read(Path path, int sections) {
        List<Affine> transforms = read(path);
        if (transforms.size() != sections) {
            throw new InvalidInput("Transforms: the stack has " + sections + " projections but '" + path + "' has "
                    + transforms.size() + " lines. Give one transform per projection.");
        }
        return transforms;
    }

    private static Affine transform(String line, int number, Path path) {
        String[] words = line.split("\\s+", 7);
        if (words.length != 6) {
            throw new InvalidInput("'" + path + "', line " + number + ": '" + TextNumber.shown(line) + "' has "
                    + (words.length > 6 ? "more than 6" : words.length)
                    + " words. A transform is six numbers: A11 A12 A21 A22 DX DY.");
        }
        double[] a = new double[6];
        for (int i = 0; i < 6; i++) {
            a[i] = TextNumber.parse(words[i]);
            if (Double.isNaN(a[i])) {
                throw new InvalidInput("'" + path + "', line " + number + ": " + TextNumber.complaint(words[i])
                        + ". A transform is six numbers: A11 A12 A21 A22 DX DY.");
            }
        }
        return new Affine(a[0], a[1], a[2], a[3], a[4], a[5]);
    }

    /**
     * Writes one line per transform; a file that exists is replaced.
     *
     * @throws InvalidInput if the file cannot be written
     */
    public static void write(Path path, List<Affine> transforms) {
        WriteSafely.file(path, temporary -> {
            try (BufferedWriter out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                for (Affine a : transforms) {
                    out.write(String.format(
                            Locale.ROOT,
                            " %11.7f %11.7f %11.7f %11.7f %11.3f %11.3f\n",
                            a.a11(),
                            a.a12(),
                            a.a21(),
                            a.a22(),
                            a.dx(),
                            a.dy()));
                }
            }
        });
    }
}
