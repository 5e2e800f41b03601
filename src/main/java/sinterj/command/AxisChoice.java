package sinterj.command;

import java.util.Locale;
import sinterj.io.MrcHeader;
import sinterj.io.TiltAngles;

/**
 * Which way the tilt axis runs in a file, and how that is known.
 *
 * @param turned whether the axis is horizontal, so that the images are turned by 90 degrees
 * @param angleDeg what is left between the axis and y after that, counter-clockwise; the images are turned back by it
 * @param words for the user: {@code y (nothing is said in the file)}
 */
record AxisChoice(boolean turned, double angleDeg, String words) {
    /** The user's choice, else what the file says, else y. */
    static AxisChoice of(ImportTiltSeries.Settings settings, MrcHeader header) {
        double given = settings.axisAngleDeg();
        if (settings.axis() != ImportTiltSeries.Axis.AUTO) {
            boolean x = settings.axis() == ImportTiltSeries.Axis.X;
            return new AxisChoice(x, given, (x ? "x, turned to y" : "y") + " (as asked)");
        }
        double said = TiltAngles.axisDeg(header);
        if (Double.isNaN(said)) return new AxisChoice(false, given, "y (the file does not say)");
        boolean x = Math.abs(Math.sin(Math.toRadians(said))) > Math.sqrt(0.5);
        String text =
                String.format(Locale.ROOT, "%s (the file says %.1f deg from y)", x ? "x, turned to y" : "y", said);
        return new AxisChoice(x, given, text);
    }
}
