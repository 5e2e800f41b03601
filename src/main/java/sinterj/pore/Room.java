package sinterj.pore;

import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.PhaseMask;

/**
 * Where balls of equally spaced radii fit into a void: for every voxel the largest of them that may stand there, as one
 * byte instead of the distance as a float, so that the map of the distances can be given up before balls are swept.
 */
final class Room {
    /** As many radii as a byte can number. */
    static final int MOST = 255;

    private final byte[][] fits;
    private final PhaseMask voids;
    private final double step;
    private final int balls;

    /**
     * Numbers the balls.
     *
     * @param voids the void
     * @param squared squared distances to the wall, 0 outside the void; not kept
     * @param balls number of radii, the last being the largest distance; at most {@link #MOST}
     */
    Room(PhaseMask voids, float[][] squared, int balls, Progress progress) {
        float largest = 0;
        for (float[] plane : squared) for (float value : plane) largest = Math.max(largest, value);
        this.voids = voids;
        this.balls = largest == Float.POSITIVE_INFINITY || largest == 0 ? 0 : Math.min(balls, MOST);
        step = this.balls == 0 ? 0 : Math.sqrt(largest) / this.balls;
        fits = new byte[squared.length][];
        if (this.balls == 0) return;
        float[] least = new float[this.balls + 1];
        for (int k = 1; k < least.length; k++) least[k] = squaredRadius(k);
        Parallel.forEach(progress, fits.length, z -> fits[z] = number(squared[z], least));
    }

    private byte[] number(float[] squared, float[] least) {
        byte[] numbers = new byte[squared.length];
        for (int i = 0; i < numbers.length; i++) {
            int k = (int) Math.min(balls, Math.sqrt(squared[i]) / step);
            // Decided by the square itself, whatever the rounding of its root.
            while (k < balls && squared[i] >= least[k + 1]) k++;
            while (k > 0 && squared[i] < least[k]) k--;
            numbers[i] = (byte) k;
        }
        return numbers;
    }

    /** Number of balls; 0 if nothing limits them or there is no void. */
    int balls() {
        return balls;
    }

    /** Radius of a ball, in the unit of the root of the squared distances. */
    double radius(int ball) {
        return ball * step;
    }

    /** Squared radius; a little less, since the largest ball must find its place whatever the rounding of the square. */
    float squaredRadius(int ball) {
        return (float) (radius(ball) * radius(ball) * (1 - 1e-6));
    }

    /** Where a ball may stand. */
    PhaseMask places(int ball, Progress progress) {
        long[][] words = new long[voids.depth()][];
        Parallel.forEach(progress, words.length, z -> words[z] = words(fits[z], ball));
        return PhaseMask.ofWords(voids.width(), voids.height(), words);
    }

    private long[] words(byte[] numbers, int ball) {
        long[] words = new long[voids.wordsPerRow() * voids.height()];
        for (int y = 0, i = 0; y < voids.height(); y++) {
            int row = y * voids.wordsPerRow();
            for (int x = 0; x < voids.width(); x++, i++) {
                if ((numbers[i] & 0xff) >= ball) words[row + (x >> 6)] |= 1L << x;
            }
        }
        return words;
    }
}
