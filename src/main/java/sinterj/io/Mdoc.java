package sinterj.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sinterj.base.InvalidInput;

/**
 * The text file that SerialEM writes beside a tilt series: {@code key = value} lines, first for the whole series, then
 * in a block {@code [ZValue = n]} for each image.
 *
 * @param anglesDeg tilt angle of each image, in the order of their numbers
 * @param axisDeg direction of the tilt axis, counter-clockwise from the vertical; NaN if it is not said
 * @param pixelNm side of a pixel; NaN if it is not said
 */
record Mdoc(double[] anglesDeg, double axisDeg, double pixelNm) {
    private static final int MAX_BYTES = 50_000_000;
    private static final int MAX_IMAGES = 100_000;

    /** @throws InvalidInput if it cannot be read, or an image has no angle */
    static Mdoc read(Path path) {
        List<Double> angles = new ArrayList<>();
        double axis = Double.NaN;
        double pixel = Double.NaN;
        for (String line : TextFile.lines(path, "SerialEM's .mdoc", MAX_BYTES)) {
            String trimmed = line.trim();
            if (trimmed.startsWith("[ZValue")) {
                requireAngle(path, angles);
                if (angles.size() >= MAX_IMAGES) throw new InvalidInput("'" + path + "' lists too many images.");
                angles.add(Double.NaN);
            }
            if (trimmed.startsWith("[T") && Double.isNaN(axis)) axis = axisInTitle(trimmed);
            int equals = trimmed.indexOf('=');
            if (equals < 0 || trimmed.startsWith("[")) continue;
            String key = trimmed.substring(0, equals).trim();
            double value = TextNumber.parse(trimmed.substring(equals + 1).trim());
            if (key.equals("TiltAngle") && !angles.isEmpty()) angles.set(angles.size() - 1, checked(path, value));
            if (key.equals("TiltAxisAngle") && Double.isNaN(axis)) axis = value;
            if (key.equals("PixelSpacing") && Double.isNaN(pixel) && value > 0) pixel = value / 10;
        }
        requireAngle(path, angles);
        return new Mdoc(angles.stream().mapToDouble(a -> a).toArray(), axis, pixel);
    }

    /** {@code [T = Tilt axis angle = 85.3, binning = 1 ...]}; NaN in other titles. */
    static double axisInTitle(String title) {
        int at = title.indexOf("Tilt axis angle =");
        if (at < 0) return Double.NaN;
        String rest = title.substring(at + "Tilt axis angle =".length()).trim();
        return TextNumber.parse(rest.split("[,\\]\\s]", 2)[0]);
    }

    private static double checked(Path path, double angle) {
        if (Math.abs(angle) <= 360) return angle;
        throw new InvalidInput("Tilt angles: an image in '" + path + "' has a TiltAngle that is no angle in degrees.");
    }

    private static void requireAngle(Path path, List<Double> angles) {
        if (angles.isEmpty() || !Double.isNaN(angles.get(angles.size() - 1))) return;
        throw new InvalidInput("Tilt angles: image " + angles.size() + " in '" + path + "' has no TiltAngle.");
    }
}
