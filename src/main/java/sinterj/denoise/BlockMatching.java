package sinterj.denoise;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;

/**
 * Removes white Gaussian noise by block matching and 3-D filtering (BM3D). Blocks of 8 x 8 pixels that look alike are
 * stacked and transformed together; the signal they share gathers in few coefficients, noise does not. A first pass
 * drops small coefficients, a second weighs them by what the first pass found (empirical Wiener filter).
 *
 * <p>Groups may also draw on partner images: neighbouring tilts, or the same tilt at neighbouring times. Their blocks
 * are sought within 5 pixels, so images should be aligned to a pixel or two.
 *
 * <p>Source: Dabov, Foi, Katkovnik and Egiazarian 2007, doi:10.1109/TIP.2007.901238; Lebrun 2012,
 * doi:10.5201/ipol.2012.l-bm3d. We depart from them in that the mean of a group is never shrunk, so the result does
 * not depend on the zero of the grey scale; that large noise is told by its ratio to the contrast of the images, so
 * the result scales with the grey scale; and that estimates are added up as coefficients, which gives the same sums.
 *
 * <p>Cost: about 4 microseconds a pixel and thread; 40 MB a thread (three times that with two partners), and two
 * floats a pixel of an image or two beside the stack and its result. The result is the same for any number of threads.
 */
public final class BlockMatching {
    private BlockMatching() {}

    /**
     * Denoises one image.
     *
     * @param noisy {@code width * height} finite values, row by row; not changed
     * @param width pixels a row, at least 1
     * @param height rows, at least 1
     * @param sigma standard deviation of the noise, in grey values; at 0 the image is returned as it is
     * @return a new image of the same size
     * @throws InvalidInput if sigma is negative or no number
     */
    public static float[] denoise(
            float[] noisy, int width, int height, double sigma, Profile profile, Progress progress) {
        return denoise(List.of(noisy), width, height, new int[1][0], sigma, profile, progress)
                .get(0);
    }

    /**
     * Denoises a stack.
     *
     * @param noisy images of {@code width * height} finite values; not changed
     * @param width pixels a row, at least 1
     * @param height rows, at least 1
     * @param partners per image the numbers of others whose blocks may join its groups; empty for none
     * @param sigma standard deviation of the noise, in grey values; at 0 the images are returned as they are
     * @return new images of the same size
     * @throws InvalidInput if sigma is negative or no number
     */
    public static List<float[]> denoise(
            List<float[]> noisy,
            int width,
            int height,
            int[][] partners,
            double sigma,
            Profile profile,
            Progress progress) {
        if (!(sigma >= 0 && sigma < Float.MAX_VALUE)) {
            throw new InvalidInput("The standard deviation of the noise is " + sigma + ". Give a number from 0 on.");
        }
        List<float[]> out = new ArrayList<>();
        for (float[] image : noisy) {
            if (image.length != (long) width * height) throw new IllegalArgumentException("pixels: " + image.length);
            out.add(sigma == 0 ? image.clone() : new float[image.length]);
        }
        if (sigma == 0) return out;
        List<Tile> tiles = Tile.of(width, height, profile);
        double contrast = contrast(noisy, width, height);
        new Pass(Stage.threshold(profile, sigma, contrast), tiles, noisy, noisy, out, width, height, partners)
                .run(progress.part(0, 0.45), "Denoising, first pass");
        new Pass(Stage.wiener(profile, sigma, contrast), tiles, noisy, out, out, width, height, partners)
                .run(progress.part(0.45, 1), "Denoising, second pass");
        return out;
    }

    /**
     * Most memory that {@link #denoise} takes beside its result.
     *
     * @param partners most partners of an image
     * @return bytes
     */
    public static long memory(int width, int height, int partners, Profile profile, int threads) {
        long largest = Tile.of(width, height, profile).stream()
                .mapToLong(Tile::blocks)
                .max()
                .orElse(0);
        // Three sets of 64 coefficients and, in flight, two values and two weights per block and image.
        long tile = largest * (partners + 1) * (3 * BlockBasis.AREA + 6) * Float.BYTES;
        return tile * threads + 8L * width * height * (2L * partners + 1);
    }

    /** Range of the means of 8 x 8 cells, in which noise of the given size hardly shows. */
    private static double contrast(List<float[]> images, int width, int height) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int side = BlockBasis.SIDE;
        for (float[] image : images) {
            for (int y = 0; y + side <= height; y += side) {
                for (int x = 0; x + side <= width; x += side) {
                    double mean = cellMean(image, width, x, y);
                    low = Math.min(low, mean);
                    high = Math.max(high, mean);
                }
            }
        }
        return Math.max(0, high - low);
    }

    private static double cellMean(float[] image, int width, int x, int y) {
        double sum = 0;
        for (int j = 0; j < BlockBasis.SIDE; j++) {
            for (int i = 0; i < BlockBasis.SIDE; i++) sum += image[(y + j) * width + x + i];
        }
        return sum / BlockBasis.AREA;
    }
}
