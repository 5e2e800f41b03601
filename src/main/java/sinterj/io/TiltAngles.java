package sinterj.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sinterj.base.InvalidInput;

/** Tilt angles in degrees, from a range or from a text file with one angle per line. */
public final class TiltAngles {
    private TiltAngles() {}

    /**
     * Reads angles from what the user wrote.
     *
     * @param text {@code start:step}, {@code start:step:end}, or the path of a text file
     * @param count number of projections
     * @param folder where a relative path starts
     * @return one angle per projection, in degrees
     * @throws InvalidInput if the text is neither, or there are not as many angles as projections
     */
    public static double[] of(String text, int count, Path folder) {
        String trimmed = text.trim();
        double[] angles = trimmed.matches("[-+0-9.eE]+:[-+0-9.eE]+(:[-+0-9.eE]+)?")
                ? range(trimmed, count)
                : file(folder.resolve(trimmed));
        if (angles.length != count) {
            throw new InvalidInput("Tilt angles: the stack has " + count + " projections but '" + trimmed + "' gives "
                    + angles.length + " angles. Give one angle per projection.");
        }
        return angles;
    }

    private static double[] range(String text, int count) {
        String[] parts = text.split(":");
        double start = number(parts[0], text);
        double step = number(parts[1], text);
        long steps = count;
        if (parts.length == 3) {
            double end = number(parts[2], text);
            double exact = (end - start) / step;
            if (!(exact >= 0) || Math.abs(exact - Math.rint(exact)) > 1e-6) {
                throw new InvalidInput("Tilt angles: '" + text + "' does not lead from " + parts[0] + " to " + parts[2]
                        + " in whole steps. Write start:step:end, such as -40:2:40.");
            }
            steps = Math.round(exact) + 1;
        }
        double[] angles = new double[(int) Math.min(steps, 1_000_000)];
        for (int i = 0; i < angles.length; i++) angles[i] = start + i * step;
        return angles;
    }

    private static double[] file(Path path) {
        List<Double> angles = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(path)) {
                if (!line.isBlank()) angles.add(number(line.trim(), path.toString()));
            }
        } catch (IOException e) {
            throw new InvalidInput(
                    "Tilt angles: cannot read '" + path + "'. Give start:step, such as -40:2, or a text"
                            + " file with one angle per line.",
                    e);
        }
        return angles.stream().mapToDouble(a -> a).toArray();
    }

    private static double number(String word, String where) {
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw new InvalidInput("Tilt angles: '" + word + "' in '" + where + "' is no number.", e);
        }
    }
}
