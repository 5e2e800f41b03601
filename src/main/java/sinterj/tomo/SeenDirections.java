package sinterj.tomo;

import java.util.Arrays;

/**
 * Which directions of Fourier space a tilt series about y has seen. A projection at tilt t holds the frequencies of the
 * plane through y that leans by t from x towards z (the projection-slice theorem); a frequency counts as seen if the
 * nearest such plane is no farther than three quarters of the usual step between tilts.
 */
final class SeenDirections {
    private static final double REACH = 0.75;

    private final double[] sorted;
    private final double reach;

    SeenDirections(double[] anglesDeg) {
        sorted = Arrays.stream(anglesDeg)
                .map(a -> a - 180 * Math.floor(a / 180))
                .sorted()
                .toArray();
        double[] gaps = new double[sorted.length];
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            double gap = i + 1 < sorted.length ? sorted[i + 1] - sorted[i] : sorted[0] + 180 - sorted[i];
            if (gap > 1e-6) gaps[count++] = gap;
        }
        gaps = Arrays.copyOf(gaps, count);
        Arrays.sort(gaps);
        // The lower middle: of two gaps one is the wedge.
        reach = count == 0 ? 0.5 : Math.min(REACH * gaps[(count - 1) / 2], 90);
    }

    /** Whether a frequency was seen; along the tilt axis all tilts see it. */
    boolean contains(double fx, double fz) {
        if (fx == 0 && fz == 0) return true;
        double angle = Math.toDegrees(Math.atan2(fz, fx));
        angle -= 180 * Math.floor(angle / 180);
        int place = Arrays.binarySearch(sorted, angle);
        if (place >= 0) return true;
        int after = -place - 1;
        double up = after < sorted.length ? sorted[after] - angle : sorted[0] + 180 - angle;
        double down = after > 0 ? angle - sorted[after - 1] : angle + 180 - sorted[sorted.length - 1];
        return Math.min(up, down) <= reach;
    }
}
