package sinterj.segment;

import java.util.SplittableRandom;
import sinterj.image.Mirror;
import sinterj.math.RandomDraws;

/**
 * The faults of a FIB-SEM measurement, put into patches for training, each by chance: stripes along y, a slope with
 * halos around dark parts, shot noise, defocus, shifted neighbours, slices of other brightness and contrast,
 * shine-through in dark parts, missing neighbours. Grey values are normalised, from about -1 to 1. Labels stay.
 */
final class PatchFaults {
    private final int context;
    private final int side;
    private final int darkest;
    private final Disturbance most;

    PatchFaults(int context, int side, int darkest, Disturbance most) {
        this.most = most;
        this.context = context;
        this.side = side;
        this.darkest = darkest;
    }

    /** Disturbs a patch in place. */
    void apply(float[] slices, byte[] labels, SplittableRandom random) {
        int n = side * side;
        float[][] planes = new float[context][n];
        for (int k = 0; k < context; k++) System.arraycopy(slices, k * n, planes[k], 0, n);
        if (context > 1 && random.nextDouble() < most.missing()) lose(planes, random);
        if (context > 1 && chance(most.shift(), 0.3, random)) shift(planes, random);
        if (chance(most.shineThrough(), 0.2, random)) shineThrough(planes, labels, random);
        if (chance(most.defocus(), 0.2, random)) blur(planes, random);
        if (chance(most.charging(), 0.3, random)) charge(planes, labels, random);
        if (chance(most.curtaining(), 0.3, random)) stripes(planes, random);
        record(planes, random);
        for (int k = 0; k < context; k++) System.arraycopy(planes[k], 0, slices, k * n, n);
    }

    private static boolean chance(double strength, double part, SplittableRandom random) {
        return strength > 0 && random.nextDouble() < part;
    }

    /** Brightness, contrast, tone and shot noise. */
    private void record(float[][] planes, SplittableRandom random) {
        double noise = chance(most.noise(), 0.5, random) ? most.noise() * random.nextDouble() : 0;
        double gain = Math.exp(most.brightness() * RandomDraws.gaussian(random));
        double offset = 0.8 * most.brightness() * RandomDraws.gaussian(random);
        double bend = most.tone() * RandomDraws.gaussian(random);
        boolean jumps = chance(most.brightnessJumps(), 0.3, random);
        for (float[] plane : planes) {
            double g = gain * (jumps ? Math.exp(0.8 * most.brightnessJumps() * RandomDraws.gaussian(random)) : 1);
            double o = offset + (jumps ? most.brightnessJumps() * RandomDraws.gaussian(random) : 0);
            for (int i = 0; i < plane.length; i++) {
                // Shot noise grows with the root of the signal; -1 is dark, not empty.
                double sd = noise > 0 ? noise * Math.sqrt(Math.max(0.1, (plane[i] + 1.5) / 2)) : 0;
                double bent = plane[i] + bend * Math.max(0, 1 - plane[i] * plane[i]);
                plane[i] = (float) (g * bent + o + (sd > 0 ? sd * RandomDraws.gaussian(random) : 0));
            }
        }
    }

    /** A neighbour was not recorded: the next one that was stands in its place. */
    private void lose(float[][] planes, SplittableRandom random) {
        int k = random.nextInt(context);
        if (k != context / 2) planes[k] = planes[k < context / 2 ? k + 1 : k - 1].clone();
    }

    private void shift(float[][] planes, SplittableRandom random) {
        for (int k = 0; k < context; k++) {
            if (k == context / 2) continue;
            int dx = random.nextInt(2 * most.shift() + 1) - most.shift();
            int dy = random.nextInt(2 * most.shift() + 1) - most.shift();
            float[] from = planes[k].clone();
            for (int i = 0; i < from.length; i++) {
                int x = Mirror.at(i % side + dx, side);
                int y = Mirror.at(i / side + dy, side);
                planes[k][i] = from[x + side * y];
            }
        }
    }

    /** What lies behind a void looks like another part of the patch, smoothed. */
    private void shineThrough(float[][] planes, byte[] labels, SplittableRandom random) {
        float part = (float) (most.shineThrough() * random.nextDouble());
        int dx = side / 4 + random.nextInt(side / 2 + 1);
        int dy = side / 4 + random.nextInt(side / 2 + 1);
        for (float[] plane : planes) {
            float[] behind = Blur.plane(plane, side, side, 2, 2);
            for (int i = 0; i < plane.length; i++) {
                if (labels[i] != darkest) continue;
                float there = behind[(i % side + dx) % side + side * ((i / side + dy) % side)];
                plane[i] += part * Math.max(0, there - plane[i]);
            }
        }
    }

    private void blur(float[][] planes, SplittableRandom random) {
        double sdX = most.defocus() * random.nextDouble();
        double sdY = most.defocus() * random.nextDouble();
        for (int k = 0; k < context; k++) planes[k] = Blur.plane(planes[k], side, side, sdX, sdY);
    }

    private void charge(float[][] planes, byte[] labels, SplittableRandom random) {
        float[] dark = new float[side * side];
        for (int i = 0; i < dark.length; i++) dark[i] = labels[i] == darkest ? 1 : 0;
        double reach = 2 + 5 * random.nextDouble();
        float[] halo = Blur.plane(dark, side, side, reach, reach);
        float bright = (float) (most.charging() * random.nextDouble());
        double angle = 2 * Math.PI * random.nextDouble();
        double slope = 0.5 * random.nextDouble() / side;
        double sx = slope * StrictMath.cos(angle);
        double sy = slope * StrictMath.sin(angle);
        for (float[] plane : planes) {
            for (int y = 0; y < side; y++) {
                float streak = 0;
                for (int x = 0; x < side; x++) {
                    int i = x + side * y;
                    streak = 0.93f * streak + 0.07f * dark[i];
                    plane[i] += bright * ((1 - dark[i]) * halo[i] - 0.5f * streak)
                            + (float) (sx * (x - side / 2) + sy * (y - side / 2));
                }
            }
        }
    }

    /** Stripes that hang together over a few columns, and from slice to slice. */
    private void stripes(float[][] planes, SplittableRandom random) {
        double sd = most.curtaining() * random.nextDouble();
        double memory = 0.9 * random.nextDouble();
        double[] common = line(memory, random);
        for (float[] plane : planes) {
            double[] own = line(memory, random);
            for (int i = 0; i < plane.length; i++) {
                plane[i] += (float) (sd * (0.85 * common[i % side] + 0.5 * own[i % side]));
            }
        }
    }

    private double[] line(double memory, SplittableRandom random) {
        double[] line = new double[side];
        double state = RandomDraws.gaussian(random);
        for (int x = 0; x < side; x++) {
            state = memory * state + Math.sqrt(1 - memory * memory) * RandomDraws.gaussian(random);
            line[x] = state;
        }
        return line;
    }
}
