package sinterj.io;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sinterj.base.InvalidInput;

/**
 * Tilt angles in degrees: from a range, from a text file with one angle per line (.tlt, .rawtlt), from SerialEM's
 * .mdoc, or from the extended header of an MRC file. Their order is kept; a reconstruction takes any.
 */
public final class TiltAngles {
    private static final String KIND = "a list of tilt angles";
    private static final int MAX_BYTES = 10_000_000;
    private static final int MAX_ANGLES = 1_000_000;
    private static final double LARGEST = 360;

    private TiltAngles() {}

    /**
     * Reads angles from what the user wrote.
     *
     * @param text {@code start:step}, {@code start:step:end}, or the path of a text file or .mdoc
     * @param count number of projections
     * @param folder where a relative path starts
     * @return one angle per projection, in degrees
     * @throws InvalidInput if the text is neither, or there are not as many angles as projections
     */
    public static double[] of(String text, int count, Path folder) {
        return counted(all(text, count, folder), count, "'" + text.trim() + "'");
    }

    /**
     * Reads angles where their number follows from the text: {@code start:step:end} or a file.
     *
     * @param text as for {@link #of}
     * @param folder where a relative path starts
     * @return at least one angle, in degrees
     */
    public static double[] all(String text, Path folder) {
        double[] angles = all(text, 1, folder);
        if (angles.length == 0) throw new InvalidInput("Tilt angles: '" + text.trim() + "' holds none.");
        return angles;
    }

    private static double[] all(String text, int count, Path folder) {
        String trimmed = text.trim();
        boolean isRange = trimmed.matches("[-+0-9.eE,]+:[-+0-9.eE,]+(:[-+0-9.eE,]+)?");
        return isRange ? range(trimmed, count) : file(resolved(folder, trimmed));
    }

    private static Path resolved(Path folder, String text) {
        try {
            return folder.resolve(text);
        } catch (InvalidPathException e) {
            throw new InvalidInput(
                    "Tilt angles: '" + TextNumber.shown(text) + "' is neither start:step nor a path.", e);
        }
    }

    private static double[] counted(double[] angles, int count, String source) {
        if (angles.length == count) return angles;
        throw new InvalidInput("Tilt angles: the stack has " + count + " projections but " + source + " gives "
                + angles.length + " angles. Give one angle per projection.");
    }

    /**
     * The direction of the tilt axis in the pictures of an MRC file, from a title of its header, its extended header, or
     * SerialEM's .mdoc beside it.
     *
     * @return degrees from the vertical, from -360 to 360; NaN if nothing is said
     */
    public static double axisDeg(MrcHeader header) {
        if (isAligned(header)) return 0;
        for (String label : header.labels()) {
            double axis = Mdoc.axisInTitle(label);
            if (!Double.isNaN(axis)) return axis;
        }
        double inHeader = ExtendedHeader.axisDeg(header);
        if (!Double.isNaN(inHeader)) return inHeader;
        for (Path place : mdocs(header)) {
            double axis = Mdoc.read(place).axisDeg();
            if (!Double.isNaN(axis)) return axis;
        }
        return Double.NaN;
    }

    /** Whether IMOD has aligned the stack: then the axis stands upright, though the titles of the raw stack remain. */
    private static boolean isAligned(MrcHeader header) {
        if (Mrc.extension(header.file()).equals("ali")) return true;
        return header.labels().stream()
                .map(label -> label.toLowerCase(Locale.ROOT))
                .anyMatch(label -> label.contains("newst") && label.contains("transformed"));
    }

    /** Side of a pixel in nm that SerialEM's .mdoc beside a file gives; NaN if there is none. */
    public static double pixelNm(MrcHeader header) {
        for (Path place : mdocs(header)) {
            double pixel = Mdoc.read(place).pixelNm();
            if (!Double.isNaN(pixel)) return pixel;
        }
        return Double.NaN;
    }

    private static List<Path> mdocs(MrcHeader header) {
        return places(header.file()).stream()
                .filter(place -> isMdoc(place) && Files.isRegularFile(place))
                .toList();
    }

    private static boolean isMdoc(Path path) {
        return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(".mdoc");
    }

    /**
     * Finds the angles of an MRC file: in its extended header, else in {@code <base>.rawtlt}, {@code <base>.tlt},
     * {@code <base>.mdoc} or {@code <file>.mdoc} beside it.
     *
     * @param frames number of time points in the file; a text file may then list the angles of one
     * @return one angle per section of the file, or per projection of one time point, in degrees
     * @throws InvalidInput naming every place that was looked at, if there are none
     */
    public static double[] beside(MrcHeader header, int frames) {
        double[] found = ifAny(header, frames);
        if (found.length > 0) return found;
        List<String> names = places(header.file()).stream()
                .map(p -> String.valueOf(p.getFileName()))
                .toList();
        throw new InvalidInput("Tilt angles: '" + header.file() + "' has none in its header, and beside it there is no "
                + String.join(", ", names)
                + ". Give angles=-40:2 (start:step), or angles=[file with one angle per line].");
    }

    /** As {@link #beside}, but empty if there are none anywhere. */
    public static double[] ifAny(MrcHeader header, int frames) {
        double[] inHeader = ExtendedHeader.anglesDeg(header);
        if (inHeader.length > 0) return inHeader;
        for (Path place : places(header.file())) {
            if (!Files.isRegularFile(place)) continue;
            double[] angles = file(place);
            if (angles.length != header.sections()) counted(angles, header.sections() / frames, "'" + place + "'");
            requireTilted(angles, place);
            return angles;
        }
        return new double[0];
    }

    /** SerialEM can store many frames of one tilt in a file; taken for a series they make a wrong volume. */
    private static void requireTilted(double[] angles, Path place) {
        for (double angle : angles) if (angle != angles[0] || angles.length == 1) return;
        throw new InvalidInput("Tilt angles: '" + place + "' has " + angles[0] + " degrees for all " + angles.length
                + " images. If they are frames of one tilt, add them up first; else give angles=-40:2 (start:step).");
    }

    private static List<Path> places(Path file) {
        String name = String.valueOf(file.getFileName());
        String base = name.replaceFirst("\\.[^.]*$", "");
        List<Path> places = new ArrayList<>();
        for (String place : List.of(base + ".rawtlt", base + ".tlt", base + ".mdoc", name + ".mdoc")) {
            Path path = file.resolveSibling(place);
            if (!places.contains(path)) places.add(path);
        }
        return places;
    }

    /** Writes angles as a text file (.tlt), one per line, with four digits after the point. */
    public static void write(double[] anglesDeg, Path path) {
        StringBuilder text = new StringBuilder();
        for (double angle : anglesDeg) {
            text.append(String.format(Locale.ROOT, "%.4f", angle)).append('\n');
        }
        WriteSafely.file(path, temporary -> Files.writeString(temporary, text, StandardCharsets.US_ASCII));
    }

    private static double[] range(String text, int count) {
        String where = "'" + TextNumber.shown(text) + "'";
        String[] parts = text.split(":");
        double start = number(parts[0], where);
        double step = number(parts[1], where);
        if (step == 0 && (count > 1 || parts.length == 3)) {
            throw new InvalidInput(
                    "Tilt angles: " + where + " has a step of 0. Write start:step:end, such as -40:2:40.");
        }
        long steps = parts.length == 3 ? steps(start, step, number(parts[2], where), where) : count;
        if (steps > MAX_ANGLES) {
            throw new InvalidInput("Tilt angles: " + where + " gives " + steps + " angles. Give a larger step.");
        }
        double[] angles = new double[(int) steps];
        for (int i = 0; i < angles.length; i++) {
            // So that -40:0.1 gives -39.9 and not its neighbour.
            angles[i] = angle(Math.rint((start + i * step) * 1e9) / 1e9, where);
        }
        return angles;
    }

    private static long steps(double start, double step, double end, String where) {
        double exact = (end - start) / step;
        if (exact >= 0 && Math.abs(exact - Math.rint(exact)) <= 1e-6) return Math.round(exact) + 1;
        throw new InvalidInput("Tilt angles: " + where + " does not lead from its start to its end in whole steps."
                + " Write start:step:end, such as -40:2:40.");
    }

    private static double[] file(Path path) {
        if (isMdoc(path)) return Mdoc.read(path).anglesDeg();
        List<String> lines = TextFile.lines(path, KIND, MAX_BYTES);
        List<Double> angles = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String word = lines.get(i).trim();
            if (!word.isEmpty()) angles.add(number(word, "'" + path + "', line " + (i + 1)));
        }
        return angles.stream().mapToDouble(a -> a).toArray();
    }

    private static double number(String word, String where) {
        double number = TextNumber.parse(word);
        if (!Double.isNaN(number)) return angle(number, where);
        throw new InvalidInput("Tilt angles: " + TextNumber.complaint(word) + ", in " + where
                + ". Give one angle per line, in degrees, or start:step.");
    }

    private static double angle(double angle, String where) {
        if (Math.abs(angle) <= LARGEST) return angle;
        throw new InvalidInput(
                "Tilt angles: " + angle + ", in " + where + ", is no angle in degrees from -360 to 360.");
    }
}
