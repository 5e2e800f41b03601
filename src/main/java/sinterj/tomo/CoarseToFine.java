package sinterj.tomo;

import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * A first volume, found from projections of half the width and height, those from a quarter, and so on down to some
 * thirty pixels: each level starts from the one before. All of it costs a seventh of what the same number of iterations
 * would cost at full size, and where it ends a solver begins within reach of its minimum.
 */
final class CoarseToFine {
    private static final int SMALLEST = 32;
    private static final int ITERATIONS = 60;

    private final TotalVariation.Settings limits;
    private final Progress progress;

    private CoarseToFine(TotalVariation.Settings limits, Progress progress) {
        this.limits = limits;
        this.progress = progress;
    }

    /**
     * A first volume.
     *
     * @param geometry where rays meet voxels at full size
     * @param data projections as rows
     * @param limits of the densities, and steps; the weight does not matter
     * @return volume as rows, at full size
     */
    static float[][] volume(Geometry geometry, float[][] data, TotalVariation.Settings limits, Progress progress) {
        CoarseToFine levels = new CoarseToFine(limits, progress.hidden());
        return isLarge(geometry) ? levels.fromHalf(geometry, data) : levels.solved(geometry, data, null);
    }

    private static boolean isLarge(Geometry geometry) {
        return Math.min(geometry.rays(), geometry.width()) >= 2 * SMALLEST;
    }

    private float[][] fromHalf(Geometry geometry, float[][] data) {
        Geometry half = new Geometry(
                geometry.anglesDeg(),
                half(geometry.rays()),
                half(geometry.width()),
                half(geometry.depth()),
                geometry.wholeRaysOnly());
        float[][] halved = halved(data, geometry.rays());
        float[][] start = isLarge(half) ? fromHalf(half, halved) : null;
        float[][] coarse = solved(half, halved, start);
        return doubled(coarse, half.width(), geometry, data[0].length);
    }

    private float[][] solved(Geometry geometry, float[][] data, float[][] start) {
        Projector projector = new Projector(geometry, progress);
        BackProjector back = BackProjector.transposeOf(geometry, progress);
        double lambda = LambdaSearch.guess(geometry, data, null, limits.zWeight());
        TotalVariation.Settings here = limits.withLambda(lambda, ITERATIONS);
        return TotalVariation.solve(projector, back, data, null, start, here, progress)
                .rows();
    }

    private static int half(int n) {
        return (n + 1) / 2;
    }

    /** Means over two pixels in both directions; paths count in the larger pixels, so there are half as many. */
    private float[][] halved(float[][] data, int rays) {
        int fewer = half(rays);
        int tilts = data.length / rays;
        float[][] out = new float[fewer * tilts][];
        Parallel.forEach(progress, out.length, r -> {
            float[] across = new float[data[0].length];
            for (int k = -1; k <= 1; k++) {
                float weight = weight(k, rays);
                float[] row = data[r / fewer * rays + place(r % fewer, k, rays)];
                for (int y = 0; y < across.length; y++) across[y] += weight * row[y];
            }
            out[r] = new float[half(across.length)];
            for (int y = 0; y < out[r].length; y++) {
                for (int k = -1; k <= 1; k++) {
                    out[r][y] += weight(k, across.length) * across[place(y, k, across.length)] / 2;
                }
            }
        });
        return out;
    }

    /** The middle of coarse pixel j lies between pixels 2j and 2j + 1 of an even number, and on 2j of an odd one. */
    private static float weight(int k, int n) {
        if (n % 2 == 0) return k < 0 ? 0 : 0.5f;
        return k == 0 ? 0.5f : 0.25f;
    }

    private static int place(int coarse, int k, int n) {
        return Math.max(0, Math.min(n - 1, 2 * coarse + k));
    }

    /** Linear interpolation between the centres of the coarse voxels. */
    private float[][] doubled(float[][] coarse, int coarseWidth, Geometry fine, int height) {
        int coarseDepth = coarse.length / coarseWidth;
        float[][] out = new float[fine.voxelRows()][];
        Parallel.forEach(progress, out.length, r -> {
            double x = position(r % fine.width(), fine.width(), coarseWidth);
            double z = position(r / fine.width(), fine.depth(), coarseDepth);
            int x0 = (int) x;
            int z0 = (int) z;
            int x1 = Math.min(coarseWidth - 1, x0 + 1);
            int z1 = Math.min(coarseDepth - 1, z0 + 1);
            float[] low = mixed(coarse[z0 * coarseWidth + x0], coarse[z0 * coarseWidth + x1], x - x0);
            float[] high = mixed(coarse[z1 * coarseWidth + x0], coarse[z1 * coarseWidth + x1], x - x0);
            float[] row = mixed(low, high, z - z0);
            out[r] = new float[height];
            for (int i = 0; i < height; i++) {
                double y = position(i, height, row.length);
                int y0 = (int) y;
                int y1 = Math.min(row.length - 1, y0 + 1);
                out[r][i] = (float) (row[y0] + (y - y0) * (row[y1] - row[y0]));
            }
        });
        return out;
    }

    private static double position(int i, int n, int coarse) {
        double p = (i - (n - 1) / 2.0) / 2 + (coarse - 1) / 2.0;
        return Math.max(0, Math.min(coarse - 1, p));
    }

    private static float[] mixed(float[] a, float[] b, double fraction) {
        float[] mixed = new float[a.length];
        for (int i = 0; i < mixed.length; i++) mixed[i] = (float) (a[i] + fraction * (b[i] - a[i]));
        return mixed;
    }
}
