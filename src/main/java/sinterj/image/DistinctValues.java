package sinterj.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * The different values that occur in an image, for telling a mask from a grey image and for saying what is there.
 *
 * @param values rising; no more than {@link #MOST} of them
 * @param complete whether these are all
 */
public record DistinctValues(float[] values, boolean complete) {
    /** How many are listed; an image with more of them is no segmentation into phases. */
    public static final int MOST = 32;

    /** A copy of the values. */
    @Override
    public float[] values() {
        return values.clone();
    }

    /**
     * Looks at every voxel, or stops once there are more values than are listed.
     *
     * @param volume grey values or labels; not changed
     */
    public static DistinctValues of(Volume volume, Progress progress) {
        TreeSet<?>[] byPlane = new TreeSet<?>[volume.depth()];
        Parallel.forEach(progress, volume.depth(), z -> byPlane[z] = plane(volume.plane(z)));
        TreeSet<Float> all = new TreeSet<>();
        for (TreeSet<?> plane : byPlane) plane.forEach(value -> all.add((Float) value));
        float[] values = new float[Math.min(all.size(), MOST)];
        int n = 0;
        for (float value : all) if (n < MOST) values[n++] = value;
        return new DistinctValues(values, all.size() <= MOST);
    }

    private static TreeSet<Float> plane(float[] pixels) {
        TreeSet<Float> seen = new TreeSet<>();
        float one = Float.NaN;
        float other = Float.NaN; // the two seen last: in a mask nothing else is asked of the set
        for (float value : pixels) {
            if (value == one || value == other) continue;
            seen.add(value == 0 ? 0f : value); // a negative zero is a zero
            if (seen.size() > MOST) break;
            other = one;
            one = value;
        }
        return seen;
    }

    /** Whether all values are whole numbers and none is missing from the list. */
    public boolean areLabels() {
        return complete && areWhole();
    }

    /** Whether all values of the list are whole numbers. */
    public boolean areWhole() {
        for (float value : values) if (value != Math.rint(value)) return false;
        return true;
    }

    /** Whether a value is among those listed. */
    public boolean contains(double value) {
        for (float v : values) if (v == value) return true;
        return false;
    }

    /** For a sentence: {@code 0, 128, 255}, or the first few and how it goes on. */
    public String text() {
        int shown = Math.min(values.length, 8);
        String list = Arrays.stream(boxed(shown)).map(DistinctValues::text).collect(Collectors.joining(", "));
        if (!complete) return list + " and more than " + (MOST - shown) + " others";
        return shown < values.length ? list + " and " + (values.length - shown) + " others" : list;
    }

    private Float[] boxed(int count) {
        Float[] some = new Float[count];
        for (int i = 0; i < count; i++) some[i] = values[i];
        return some;
    }

    private static String text(float value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? String.format(Locale.ROOT, "%.0f", value)
                : Float.toString(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DistinctValues d && complete == d.complete && Arrays.equals(values, d.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values) * 31 + Boolean.hashCode(complete);
    }
}
