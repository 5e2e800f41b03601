package sinterj.segment;

import java.util.Arrays;
import sinterj.image.Volume;

/** Whether the slices of a stack resemble their neighbours, or are images that do not belong together. */
public final class Neighbours {
    /** Detail between these standard deviations is compared: finer is noise, coarser is shading and layout. */
    private static final double FINE = 1.5;

    private static final double COARSE = 6;
    private static final double RESEMBLE = 0.4;
    private static final int MOST_PAIRS = 12;
    private static final int MOST_SIDE = 512;

    private Neighbours() {}

    /** Whether the median correlation of neighbouring slices, smoothed and flattened, is above 0.4. */
    public static boolean resemble(Volume stack) {
        if (stack.depth() < 2) return false;
        int pairs = Math.min(MOST_PAIRS, stack.depth() - 1);
        double[] correlations = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            int z = (int) ((long) i * (stack.depth() - 1) / pairs);
            correlations[i] = correlation(detail(stack, z), detail(stack, z + 1));
        }
        Arrays.sort(correlations);
        return correlations[pairs / 2] > RESEMBLE;
    }

    private static float[] detail(Volume stack, int z) {
        int width = Math.min(stack.width(), MOST_SIDE);
        int height = Math.min(stack.height(), MOST_SIDE);
        float[] plane = stack.plane(z);
        float[] part = new float[width * height];
        for (int y = 0; y < height; y++) System.arraycopy(plane, y * stack.width(), part, y * width, width);
        float[] fine = Blur.plane(part, width, height, FINE, FINE);
        float[] coarse = Blur.plane(part, width, height, COARSE, COARSE);
        for (int i = 0; i < fine.length; i++) fine[i] -= coarse[i];
        return fine;
    }

    private static double correlation(float[] a, float[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
    }
}
