package sinterj.denoise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.trial.Threads;

class BlockMatchingTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 40", "33, 1", "7, 5", "8, 8", "9, 30"})
    void constantImageOfAnySizeIsUnchanged(int width, int height) {
        float[] image = new float[width * height];
        Arrays.fill(image, 7);
        for (Profile profile : Profile.values()) {
            float[] denoised = BlockMatching.denoise(image, width, height, 25, profile, Progress.SILENT);
            for (float v : denoised) assertEquals(7, v, 1e-4);
        }
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void anyNumberOfThreadsGivesTheSameBits(Profile profile) {
        float[] noisy = noisyDisk(150, 170, 20, 3);
        float[] one = BlockMatching.denoise(noisy, 150, 170, 20, profile, new Threads(1));
        for (int n : new int[] {2, 3, 7}) {
            assertArrayEquals(one, BlockMatching.denoise(noisy, 150, 170, 20, profile, new Threads(n)));
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBitsWithPartners() {
        List<float[]> noisy = List.of(noisyDisk(70, 60, 20, 1), noisyDisk(70, 60, 20, 2), noisyDisk(70, 60, 20, 3));
        int[][] partners = {{1}, {0, 2}, {1}};
        List<float[]> one = BlockMatching.denoise(noisy, 70, 60, partners, 20, Profile.NORMAL, new Threads(1));
        List<float[]> many = BlockMatching.denoise(noisy, 70, 60, partners, 20, Profile.NORMAL, new Threads(5));
        for (int k = 0; k < 3; k++) assertArrayEquals(one.get(k), many.get(k));
    }

    @Test
    void imageOfAStackOfEqualContrastIsDenoisedAsIfAlone() {
        float[] a = noisyDisk(61, 50, 20, 1);
        float[] b = a.clone();
        float[] alone = BlockMatching.denoise(a, 61, 50, 20, Profile.NORMAL, Progress.SILENT);
        List<float[]> both =
                BlockMatching.denoise(List.of(a, b), 61, 50, new int[2][0], 20, Profile.NORMAL, Progress.SILENT);
        assertArrayEquals(alone, both.get(0));
        assertArrayEquals(alone, both.get(1));
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void tilesGiveTheSameAsTheWholeImageAtOnce(Profile profile) {
        int width = 131;
        int height = 117;
        float[] noisy = noisyDisk(width, height, 20, 4);
        // Waves: on flat ground blocks tie, and then the order of sums may choose another one.
        for (int i = 0; i < noisy.length; i++)
            noisy[i] += (float) (40 * Math.sin(i % width * 0.5) * Math.cos(i / width * 0.4));
        float[] whole = bothPasses(noisy, width, height, profile, 1000, 1000);
        float[] tiled = bothPasses(noisy, width, height, profile, 36, 24);
        // Same estimates, added up in another order.
        assertArrayEquals(whole, tiled, 1e-3f);
    }

    private static float[] bothPasses(float[] noisy, int width, int height, Profile profile, int wide, int tall) {
        List<Tile> tiles = Tile.of(width, height, profile, wide, tall);
        List<float[]> in = List.of(noisy);
        List<float[]> out = List.of(new float[noisy.length]);
        int[][] alone = new int[1][0];
        new Pass(Stage.threshold(profile, 20, 120), tiles, in, in, out, width, height, alone).run(Progress.SILENT, "");
        new Pass(Stage.wiener(profile, 20, 120), tiles, in, out, out, width, height, alone).run(Progress.SILENT, "");
        return out.get(0);
    }

    @Test
    void resultFollowsTheScaleAndTheZeroOfTheGreyValues() {
        float[] noisy = noisyDisk(64, 64, 16, 5);
        float[] other = new float[noisy.length];
        for (int i = 0; i < other.length; i++) other[i] = 4 * noisy[i] - 512;
        float[] denoised = BlockMatching.denoise(noisy, 64, 64, 16, Profile.NORMAL, Progress.SILENT);
        float[] scaled = BlockMatching.denoise(other, 64, 64, 64, Profile.NORMAL, Progress.SILENT);
        double sum = 0;
        for (int i = 0; i < other.length; i++) sum += Math.pow((scaled[i] + 512) / 4 - denoised[i], 2);
        // Rounding decides near ties between blocks, so single pixels may differ a little.
        assertTrue(Math.sqrt(sum / other.length) < 0.05, "rms " + Math.sqrt(sum / other.length));
    }

    @Test
    void noiseOnADiskFallsToASixthAndTheInputStays() {
        float[] clean = noisyDisk(128, 128, 0, 0);
        float[] noisy = noisyDisk(128, 128, 20, 6);
        float[] before = noisy.clone();
        float[] denoised = BlockMatching.denoise(noisy, 128, 128, 20, Profile.NORMAL, Progress.SILENT);
        assertArrayEquals(before, noisy);
        double gain = SkimageData.psnr(clean, denoised, 255) - SkimageData.psnr(clean, noisy, 255);
        assertTrue(gain > 20 * Math.log10(6), "only " + gain + " dB");
    }

    @Test
    void partnersOfTheSameObjectLowerTheNoiseFurther() {
        float[] clean = noisyDisk(64, 64, 0, 0);
        List<float[]> noisy = new ArrayList<>();
        for (int k = 0; k < 3; k++) noisy.add(noisyDisk(64, 64, 30, 10 + k));
        int[][] partners = {{1}, {0, 2}, {1}};
        float[] joint = BlockMatching.denoise(noisy, 64, 64, partners, 30, Profile.NORMAL, Progress.SILENT)
                .get(1);
        float[] alone = BlockMatching.denoise(noisy.get(1), 64, 64, 30, Profile.NORMAL, Progress.SILENT);
        double gain = SkimageData.psnr(clean, joint, 255) - SkimageData.psnr(clean, alone, 255);
        assertTrue(gain > 0.8, "only " + gain + " dB");
    }

    @Test
    void withoutNoiseNothingChanges() {
        float[] image = noisyDisk(20, 20, 5, 1);
        assertArrayEquals(image, BlockMatching.denoise(image, 20, 20, 0, Profile.FAST, Progress.SILENT));
    }

    @Test
    void noiseThatIsNoNumberIsRefused() {
        InvalidInput refused = assertThrows(
                InvalidInput.class,
                () -> BlockMatching.denoise(new float[4], 2, 2, Double.NaN, Profile.FAST, Progress.SILENT));
        assertTrue(refused.getMessage().contains("NaN"));
    }

    @Test
    void escapeStopsInTheMiddle() {
        AtomicInteger checks = new AtomicInteger();
        Progress stopped = new Progress() {
            @Override
            public void report(double fraction, String what) {}

            @Override
            public void check() {
                if (checks.incrementAndGet() > 30) throw new CancellationException();
            }
        };
        float[] image = noisyDisk(300, 300, 20, 1);
        assertThrows(
                CancellationException.class, () -> BlockMatching.denoise(image, 300, 300, 20, Profile.NORMAL, stopped));
    }

    @Test
    void largeFramesNeedLittleBesideTheirPixels() {
        long bytes = BlockMatching.memory(4096, 4096, 0, Profile.NORMAL, 2);
        assertTrue(bytes < 8L * 4096 * 4096 + 100_000_000L, bytes + " bytes");
    }

    /** A disk of 180 on 60, softened by one pixel, with noise. */
    private static float[] noisyDisk(int width, int height, double sigma, long seed) {
        Random random = new Random(seed);
        float[] image = new float[width * height];
        for (int i = 0; i < image.length; i++) {
            double r = Math.hypot(i % width - width / 2.0, i / width - height / 2.0) - width / 4.0;
            image[i] = (float) (60 + 120 / (1 + Math.exp(2 * r)) + sigma * random.nextGaussian());
        }
        return image;
    }
}
