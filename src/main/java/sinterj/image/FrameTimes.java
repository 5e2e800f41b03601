package sinterj.image;

import java.util.Arrays;
import sinterj.base.InvalidInput;

/**
 * When the frames of a series were taken, in seconds.
 *
 * @param seconds one time per frame, rising; empty if the times are not known
 */
public record FrameTimes(double[] seconds) {
    public FrameTimes {
        seconds = seconds.clone();
        for (int i = 0; i < seconds.length; i++) {
            if (!Double.isFinite(seconds[i]) || i > 0 && seconds[i] <= seconds[i - 1]) {
                throw new InvalidInput("Times: frame " + (i + 1) + " has the time " + seconds[i]
                        + " s. Times are numbers that rise from frame to frame.");
            }
        }
    }

    /** Times that nobody knows. */
    public static FrameTimes unknown() {
        return new FrameTimes(new double[0]);
    }

    /**
     * Equally spaced times from 0.
     *
     * @param frames number of frames
     * @param interval seconds from one to the next, greater than 0
     */
    public static FrameTimes regular(int frames, double interval) {
        double[] seconds = new double[frames];
        for (int t = 0; t < frames; t++) seconds[t] = t * interval;
        return new FrameTimes(seconds);
    }

    /** A copy of the times. */
    @Override
    public double[] seconds() {
        return seconds.clone();
    }

    /** Whether the times are known. */
    public boolean isKnown() {
        return seconds.length > 0;
    }

    /** The step between frames if the series starts at 0 and its steps are equal to one part in a million; else 0. */
    public double interval() {
        if (seconds.length < 2 || seconds[0] != 0) return 0;
        double step = seconds[seconds.length - 1] / (seconds.length - 1);
        for (int t = 0; t < seconds.length; t++) {
            if (Math.abs(seconds[t] - t * step) > 1e-6 * step) return 0;
        }
        return step;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FrameTimes times && Arrays.equals(seconds, times.seconds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(seconds);
    }
}
