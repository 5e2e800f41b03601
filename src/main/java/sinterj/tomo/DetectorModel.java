package sinterj.tomo;

import java.util.SplittableRandom;
import sinterj.math.RandomDraws;

/**
 * How a dark-field detector turns matter into stored numbers: electrons are scattered in proportion to the path through
 * the matter, counted with Poisson noise, read with Gaussian noise, multiplied by a gain and lifted by an offset.
 *
 * @param electronsPerPixel electrons that fall on one pixel in one projection
 * @param meanFreePathNm path that scatters as many electrons as fall in; paths are taken as short against it
 * @param background scattered fraction without matter
 * @param readNoise standard deviation of the reading, in electrons
 * @param gain stored numbers for one electron
 * @param offset stored number for no electron
 */
public record DetectorModel(
        double electronsPerPixel,
        double meanFreePathNm,
        double background,
        double readNoise,
        double gain,
        double offset) {
    /** Electrons that are counted on average behind a path. */
    public double expectedElectrons(double pathNm) {
        return electronsPerPixel * (pathNm / meanFreePathNm + background);
    }

    /** Stored number where there is no matter, on average. */
    public double emptyLevel() {
        return offset + gain * expectedElectrons(0);
    }

    /** By how much the stored number rises for a path of one pixel, on average. */
    public double perPixelPath(double pixelNm) {
        return gain * electronsPerPixel * pixelNm / meanFreePathNm;
    }

    /**
     * Takes an image.
     *
     * @param pathNm path through matter for each pixel; not changed
     * @param random gives the noise
     * @return stored numbers, not yet rounded
     */
    public float[] expose(float[] pathNm, SplittableRandom random) {
        float[] stored = new float[pathNm.length];
        for (int i = 0; i < stored.length; i++) {
            double electrons = RandomDraws.poisson(random, expectedElectrons(pathNm[i]));
            stored[i] = (float) (offset + gain * (electrons + readNoise * RandomDraws.gaussian(random)));
        }
        return stored;
    }
}
