package sinterj.tomo;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Affine;
import sinterj.math.ShiftFinder;

/**
 * How neighbouring projections of a series lie against each other, by cross-correlation. Of each pair both images are
 * stretched across the axis as if they had been taken at the angle halfway, since a flat object is foreshortened by the
 * cosine of its tilt.
 */
final class NeighbourShifts {
    /** Beyond this tilt the cosine changes too fast to say anything about a solid. */
    private static final double STEEP = Math.toRadians(70);

    /** Pairs with less than this part of the median correlation are not believed. */
    private static final double LEAST_ALIKE = 0.5;

    private NeighbourShifts() {}

    /**
     * Shift of one image against another, as they are moved now.
     *
     * @param from position of the one in the order of tilts
     * @param to position of the other
     */
    record Pair(int from, int to, double dx, double dy, double height) {}

    /**
     * Every image against its next and next but one in the order of tilts.
     *
     * @param order numbers of the images by rising tilt
     * @param reach largest shift sought, in pixels
     */
    static List<Pair> measure(
            TiltImages images, int[] order, Poses poses, ShiftFinder finder, double reach, Progress progress) {
        int n = order.length;
        Pair[][] found = new Pair[n][2];
        Parallel.forEach(progress, n, i -> {
            for (int step = 1; step <= 2 && i + step < n; step++) {
                if (images.isEmpty(order[i]) || images.isEmpty(order[i + step])) continue;
                found[i][step - 1] = pair(images, order[i], order[i + step], poses, finder, reach);
            }
        });
        return believable(Arrays.stream(found)
                .flatMap(Arrays::stream)
                .filter(Objects::nonNull)
                .toList());
    }

    /** Leaves out pairs that resemble each other far less than most do: one of the two shows something else. */
    private static List<Pair> believable(List<Pair> pairs) {
        double[] heights = pairs.stream().mapToDouble(Pair::height).sorted().toArray();
        double least = heights.length == 0 ? 0 : LEAST_ALIKE * heights[heights.length / 2];
        return pairs.stream().filter(p -> p.height > 0 && p.height >= least).toList();
    }

    private static Pair pair(TiltImages images, int a, int b, Poses poses, ShiftFinder finder, double reach) {
        double halfway = cos((images.radians[a] + images.radians[b]) / 2);
        double stretchA = halfway / cos(images.radians[a]);
        double stretchB = halfway / cos(images.radians[b]);
        ShiftFinder.Shift shift = finder.shift(
                finder.spectrum(stretched(images, a, poses, stretchA)),
                finder.spectrum(stretched(images, b, poses, stretchB)),
                reach);
        return new Pair(a, b, shift.by()[0], shift.by()[1], shift.height());
    }

    private static double cos(double radians) {
        return Math.cos(Math.max(-STEEP, Math.min(STEEP, radians)));
    }

    private static float[] stretched(TiltImages images, int k, Poses poses, double factor) {
        return images.moved(k, poses.move(k).then(new Affine(factor, 0, 0, 1, 0, 0)));
    }

    /** Numbers of the projections by rising tilt. */
    static int[] order(double[] angles) {
        return IntStream.range(0, angles.length)
                .boxed()
                .sorted(java.util.Comparator.comparingDouble(k -> angles[k]))
                .mapToInt(k -> k)
                .toArray();
    }
}
