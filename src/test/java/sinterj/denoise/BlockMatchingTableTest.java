package sinterj.denoise;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sinterj.base.Progress;

/** Against the reference implementation on standard images; its figures are peak signal-to-noise ratios for peak 255. */
class BlockMatchingTableTest {
    @ParameterizedTest
    @CsvSource({
        "coins, 10, 33.17", "coins, 25, 28.62", "coins, 50, 25.70",
        "camera, 10, 34.15", "camera, 25, 29.91", "camera, 50, 27.79",
        "moon, 10, 39.58", "moon, 25, 36.38", "moon, 50, 33.96",
    })
    void normalProfileIsWithinATenthOfADecibelOfTheReference(String image, int sigma, double reference)
            throws Exception {
        check(image, sigma, reference - 0.10, Profile.NORMAL);
    }

    @ParameterizedTest
    @CsvSource({
        "coins, 10, 33.17", "coins, 25, 28.62", "coins, 50, 25.70",
        "camera, 10, 34.15", "camera, 25, 29.91", "camera, 50, 27.79",
        "moon, 10, 39.58", "moon, 25, 36.38", "moon, 50, 33.96",
    })
    void fastProfileIsWithinFifteenHundredthsOfTheReference(String image, int sigma, double reference)
            throws Exception {
        check(image, sigma, reference - 0.15, Profile.FAST);
    }

    private static void check(String image, int sigma, double least, Profile profile) throws Exception {
        SkimageData.Pair data = SkimageData.noisy(image, sigma);
        float[] denoised =
                BlockMatching.denoise(data.noisy(), data.width(), data.height(), sigma, profile, Progress.SILENT);
        double psnr = SkimageData.psnr(data.clean(), denoised, 255);
        System.out.printf(Locale.ROOT, "%s, sigma %d, %s: %.2f dB%n", image, sigma, profile, psnr);
        assertTrue(psnr >= least, image + " " + sigma + " " + profile + ": " + psnr + " dB, not " + least);
    }
}
