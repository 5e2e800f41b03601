package sinterj.denoise;

import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Volume;

/**
 * Places where noise is measured: 3 x 3 pixels with the 7 x 7 pixels around them. What is seen inside never decides
 * which places are used, only what is seen in the ring.
 *
 * @param brightness mean of the ring
 * @param structure how strongly the ring slopes and curves, squared and in units of its noise
 * @param mean mean of the inner pixels, weighted as they enter {@code detail}
 * @param detail second difference of the inner pixels along x and y, scaled so that its variance is that of a pixel
 * @param group to which part of which image a place belongs; places of one group are not independent
 * @param groups number of groups
 */
record NoiseSamples(float[] brightness, float[] structure, float[] mean, float[] detail, int[] group, int groups) {
    private static final int MOST = 1 << 20;
    private static final int REACH = 3;
    private static final int RING = 40; // pixels of it
    private static final double RING_RADIUS_SQUARED = 9.5; // on average

    /** Sums of squares over the ring of dx, dy, dx^2 + dy^2 less its mean, dx^2 - dy^2, dx dy. */
    private static final double[] RING_NORMS = {190, 190, 682, 1172, 780};

    /** Fewer places tell too little: a relative error of the variance of a tenth. */
    private static final int FEWEST = 200;

    int count() {
        return detail.length;
    }

    static NoiseSamples of(List<Volume> frames, Progress progress) {
        Volume first = frames.get(0);
        int planes = Math.multiplyExact(frames.size(), first.depth());
        int perPlaneGroups = Math.max(1, Math.min(16, 64 / planes));
        Part[] parts = new Part[planes];
        int quota = Math.max(64, MOST / planes);
        Parallel.forEach(progress, planes, i -> {
            Volume volume = frames.get(i / first.depth());
            parts[i] = Part.of(volume.plane(i % first.depth()), first.width(), first.height(), quota);
        });
        int count = 0;
        for (Part part : parts) count += part.count;
        if (count < FEWEST) {
            throw new InvalidInput("Noise: the images are too small or too uniform to find their noise ("
                    + first.width() + " x " + first.height() + " pixels, " + count + " places of 7 x 7 pixels to"
                    + " measure). Give sigma=... with noise=gaussian, or gain, offset and sigma.");
        }
        return joined(parts, count, perPlaneGroups);
    }

    private static NoiseSamples joined(Part[] parts, int count, int perPlane) {
        float[][] all = new float[4][count];
        int[] group = new int[count];
        int at = 0;
        for (int i = 0; i < parts.length; i++) {
            Part part = parts[i];
            for (int a = 0; a < 4; a++) System.arraycopy(part.values[a], 0, all[a], at, part.count);
            for (int s = 0; s < part.count; s++) {
                group[at + s] = i * perPlane + (int) ((long) s * perPlane / part.count); // bands of rows
            }
            at += part.count;
        }
        return new NoiseSamples(all[0], all[1], all[2], all[3], group, parts.length * perPlane);
    }

    /** The places of one image. */
    private static final class Part {
        private final float[][] values;
        private int count;

        private Part(int most) {
            values = new float[4][most];
        }

        static Part of(float[] pixels, int width, int height, int quota) {
            int nx = width - 2 * REACH;
            int ny = height - 2 * REACH;
            if (nx <= 0 || ny <= 0 || isUniform(pixels)) return new Part(0); // a dead image says nothing
            int step = 1;
            while ((long) ((nx + step - 1) / step) * ((ny + step - 1) / step) > quota) step++;
            Part part = new Part(((nx + step - 1) / step) * ((ny + step - 1) / step));
            float brightest = pixels[0];
            for (float p : pixels) brightest = Math.max(brightest, p);
            for (int y = REACH; y < height - REACH; y += step) {
                for (int x = REACH; x < width - REACH; x += step) part.measure(pixels, width, x, y, brightest);
            }
            return part;
        }

        private static boolean isUniform(float[] pixels) {
            for (float p : pixels) if (p != pixels[0]) return false;
            return true;
        }

        private void measure(float[] p, int width, int x, int y, float brightest) {
            int c = x + width * y;
            if (!lookAround(p, width, c, brightest)) return;
            float edges = p[c - 1] + p[c + 1] + p[c - width] + p[c + width];
            float corners = p[c - width - 1] + p[c - width + 1] + p[c + width - 1] + p[c + width + 1];
            values[2][count] = (corners + 4 * edges + 16 * p[c]) / 36;
            values[3][count] = (corners - 2 * edges + 4 * p[c]) / 6;
            count++;
        }

        /** Brightness and structure of the ring; false if a quarter of it is saturated, which hides its noise. */
        private boolean lookAround(float[] p, int width, int c, float brightest) {
            double sum = 0;
            double[] moments = new double[RING_NORMS.length];
            int saturated = 0;
            for (int dy = -REACH; dy <= REACH; dy++) {
                for (int dx = -REACH; dx <= REACH; dx++) {
                    if (Math.abs(dx) <= 1 && Math.abs(dy) <= 1) continue;
                    float v = p[c + dx + width * dy];
                    sum += v;
                    moments[0] += dx * v;
                    moments[1] += dy * v;
                    moments[2] += (dx * dx + dy * dy - RING_RADIUS_SQUARED) * v;
                    moments[3] += (dx * dx - dy * dy) * v;
                    moments[4] += dx * dy * v;
                    if (v == brightest) saturated++;
                }
            }
            double structure = 0;
            for (int m = 0; m < moments.length; m++) structure += moments[m] * moments[m] / RING_NORMS[m];
            values[0][count] = (float) (sum / RING);
            values[1][count] = (float) structure;
            return 4 * saturated <= RING;
        }
    }
}
