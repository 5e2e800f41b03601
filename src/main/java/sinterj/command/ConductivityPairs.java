package sinterj.command;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Volume;
import sinterj.pore.Conductivities;

/**
 * Values of an image with their conductivities, as typed: {@code 255:0.05 0:1}.
 *
 * @param values of the image
 * @param conductivities of these
 */
record ConductivityPairs(List<Float> values, List<Double> conductivities) {
    /**
     * Reads pairs separated by blanks.
     *
     * @throws InvalidInput naming the pair that is none
     */
    static ConductivityPairs of(String text) {
        List<Float> values = new ArrayList<>();
        List<Double> conductivities = new ArrayList<>();
        for (String pair : text.trim().split("[\\s]+")) {
            String[] parts = pair.split(":", -1);
            if (parts.length != 2) throw refused(pair);
            double value = number(parts[0], pair);
            double conductivity = number(parts[1], pair);
            if (conductivity < 0) throw refused(pair);
            values.add((float) value);
            conductivities.add(conductivity);
        }
        ConductivityPairs pairs = new ConductivityPairs(values, conductivities);
        try {
            pairs.toConductivities(); // finds values given twice, and that nothing conducts
        } catch (InvalidInput e) {
            throw new InvalidInput("'conductivities' is '" + text + "'. " + e.getMessage(), e);
        }
        return pairs;
    }

    private static double number(String text, String pair) {
        if (!text.matches("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?")) throw refused(pair);
        return Double.parseDouble(text);
    }

    private static InvalidInput refused(String pair) {
        return new InvalidInput("'conductivities' holds '" + pair + "'. Give pairs of a value in the image and its"
                + " conductivity of 0 or more, separated by blanks, such as 255:0.05 0:1.");
    }

    /** The values that do not occur, for a note to the user. */
    List<String> missingFrom(Volume volume, Progress progress) {
        List<Float> missing = new ArrayList<>(values);
        for (int z = 0; z < volume.depth() && !missing.isEmpty(); z++) {
            progress.check();
            float last = Float.NaN;
            for (float value : volume.plane(z)) {
                if (value == last) continue;
                last = value;
                float found = value;
                missing.removeIf(v -> v == found);
            }
        }
        return missing.stream()
                .map(v -> v == Math.rint(v) ? Long.toString((long) (float) v) : Float.toString(v))
                .toList();
    }

    Conductivities toConductivities() {
        float[] v = new float[values.size()];
        for (int i = 0; i < v.length; i++) v[i] = values.get(i);
        return new Conductivities(
                v, conductivities.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
