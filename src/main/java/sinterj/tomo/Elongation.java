package sinterj.tomo;

import java.util.Arrays;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Table;
import sinterj.image.Volume;

/**
 * How much longer things appear along the beam than they are, because no tilt looks across it.
 *
 * <p>Measured without knowing the truth: the surface of what lies above Otsu's threshold, projected onto the planes
 * across x, y and z. A body stretched by e along z keeps its shadow along z, and those along x and y grow by e; so, for
 * objects that have no preferred direction on average (Cauchy's formula), the ratio of shadows is the elongation. That of
 * x and y tells whether they have one.
 *
 * @param expected of a point in a volume by weighted back-projection, from the range of tilts alone (Radermacher 1988):
 *     {@code sqrt((a + sin a cos a) / (a - sin a cos a))} with a half the range
 * @param zOverX shadow along x over that along z
 * @param zOverY shadow along y over that along z
 * @param yOverX shadow along x over that along y, 1 for objects without a preferred direction
 */
public record Elongation(double expected, double zOverX, double zOverY, double yOverX) {
    /**
     * Measures.
     *
     * @param volume of cubic voxels
     * @param anglesDeg the tilts that it was made of
     */
    public static Elongation of(Volume volume, double[] anglesDeg, Progress progress) {
        float[][] planes = new float[volume.depth()][];
        for (int z = 0; z < planes.length; z++) planes[z] = volume.plane(z);
        double threshold = ValueHistogram.of(planes).otsu();
        int width = volume.width();
        long[][] steps = new long[planes.length][3];
        Parallel.forEach(progress, planes.length, z -> {
            float[] here = planes[z];
            float[] next = z + 1 < planes.length ? planes[z + 1] : here;
            for (int i = 0; i < here.length; i++) {
                boolean solid = here[i] > threshold;
                if ((i + 1) % width > 0 && solid != here[i + 1] > threshold) steps[z][0]++;
                if (i + width < here.length && solid != here[i + width] > threshold) steps[z][1]++;
                if (solid != next[i] > threshold) steps[z][2]++;
            }
        });
        double x = Arrays.stream(steps).mapToLong(s -> s[0]).sum();
        double y = Arrays.stream(steps).mapToLong(s -> s[1]).sum();
        double z = Arrays.stream(steps).mapToLong(s -> s[2]).sum();
        return new Elongation(expected(anglesDeg), ratio(x, z), ratio(y, z), ratio(x, y));
    }

    private static double ratio(double a, double b) {
        return b > 0 ? a / b : Double.NaN;
    }

    /** Of a point, from the range of tilts; not a number for a single direction, in which nothing is told apart. */
    static double expected(double[] anglesDeg) {
        double low = Arrays.stream(anglesDeg).min().orElse(0);
        double high = Arrays.stream(anglesDeg).max().orElse(0);
        double a = Math.min(Math.toRadians(high - low) / 2, Math.PI / 2);
        double product = Math.sin(a) * Math.cos(a);
        return a > product ? Math.sqrt((a + product) / (a - product)) : Double.NaN;
    }

    /** One row. */
    public Table table() {
        return new Table("expected", "z_over_x", "z_over_y", "y_over_x").add(expected, zOverX, zOverY, yOverX);
    }
}
