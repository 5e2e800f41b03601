package sinterj.io;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sinterj.base.InvalidInput;

/**
 * The text file that SerialEM writes beside a tilt series: {@code key = value} lines, first for the whole series, then
 * in a block {@code [ZValue = n]} for each image.
 *
 * @param file where it was read
 * @param images tilt angle by the number n of the image, in degrees and in order; NaN where there is none
 * @param axisDeg direction of the tilt axis, counter-clockwise from the vertical; NaN if it is not said
 * @param pixelNm side of a pixel; NaN if it is not said
 */
record Mdoc(Path file, Map<Integer, Double> images, double axisDeg, double pixelNm) {
    private static final int MAX_BYTES = 50_000_000;
    private static final int MAX_IMAGES = 100_000;

    private static final Pattern BLOCK = Pattern.compile("\\[\\s*ZValue\\s*=\\s*([0-9]{1,9})\\s*\\]?\\s*");

    /** SerialEM writes {@code [T = Tilt axis angle = 85.3, binning = 1 ...]}, other programs TiltAxisAngle. */
    private static final Pattern AXIS = Pattern.compile("(?i)tilt ?axis ?angle\\s*=\\s*([^,\\]\\s]+)");

    /** @throws InvalidInput if it cannot be read, or an angle is none */
    static Mdoc read(Path path) {
        Map<Integer, Double> images = new TreeMap<>();
        int image = -1;
        double axis = Double.NaN;
        double pixel = Double.NaN;
        for (String line : TextFile.lines(path, "SerialEM's .mdoc", MAX_BYTES)) {
            String text = line.trim();
            if (text.startsWith("[")) {
                Matcher block = BLOCK.matcher(text);
                boolean title = text.matches("\\[\\s*T\\s*=.*");
                // What stands in blocks of other kinds, such as [FrameSet = 0], is said of no image.
                if (!title) image = block.matches() ? added(path, images, Integer.parseInt(block.group(1))) : -1;
                if (title && Double.isNaN(axis)) axis = axisInTitle(text);
                continue;
            }
            int equals = text.indexOf('=');
            if (equals < 0) continue;
            String key = text.substring(0, equals).trim();
            String value = text.substring(equals + 1).trim();
            if (key.equals("TiltAngle") && image >= 0) images.put(image, angle(path, image, value));
            if (key.equals("TiltAxisAngle") && Double.isNaN(axis)) axis = axis(value);
            if (key.equals("PixelSpacing") && Double.isNaN(pixel)) pixel = pixelNm(value);
        }
        return new Mdoc(path, images, axis, pixel);
    }

    private static int added(Path path, Map<Integer, Double> images, int image) {
        if (images.put(image, Double.NaN) != null) {
            throw new InvalidInput("Tilt angles: '" + path + "' lists the image [ZValue = " + image
                    + "] twice. Remove the one that does not count.");
        }
        if (images.size() > MAX_IMAGES) {
            throw new InvalidInput("Tilt angles: '" + path + "' lists more than " + MAX_IMAGES + " images.");
        }
        return image;
    }

    private static double angle(Path path, int image, String word) {
        double angle = TextNumber.parse(word);
        if (Math.abs(angle) <= 360) return angle;
        throw new InvalidInput("Tilt angles: the image [ZValue = " + image + "] in '" + path + "' has the TiltAngle '"
                + TextNumber.shown(word) + "', which is no angle in degrees from -360 to 360.");
    }

    private static double axis(String word) {
        double axis = TextNumber.parse(word);
        return Math.abs(axis) <= 360 ? axis : Double.NaN;
    }

    /** Angstrom to nm; NaN if it is no length. */
    private static double pixelNm(String word) {
        double angstrom = TextNumber.parse(word);
        return angstrom > 1e-5 && angstrom < 1e10 ? angstrom / 10 : Double.NaN;
    }

    /** The direction of the tilt axis in a title; NaN in other titles. */
    static double axisInTitle(String title) {
        Matcher axis = AXIS.matcher(title);
        return axis.find() ? axis(axis.group(1)) : Double.NaN;
    }

    /**
     * The tilt angles in the order of the images' numbers.
     *
     * @throws InvalidInput naming the image that has none
     */
    double[] anglesDeg() {
        images.forEach((image, angle) -> {
            if (Double.isNaN(angle)) {
                throw new InvalidInput("Tilt angles: the image [ZValue = " + image + "] in '" + file
                        + "' has no TiltAngle. Add the line TiltAngle = ..., or give angles=-40:2 (start:step).");
            }
        });
        return images.values().stream().mapToDouble(a -> a).toArray();
    }
}
