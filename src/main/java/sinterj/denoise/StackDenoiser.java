package sinterj.denoise;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.Progress;

/**
 * Denoises images of a detector whose noise is known: makes the noise equal everywhere, matches blocks, and goes back
 * without bias. Images with less than one count a pixel are first denoised with 2 x 2 pixels taken together; the
 * result, mixed in equal parts with the image, is then denoised at full resolution, which is as if there were four times
 * as many counts (Azzari and Foi 2016, doi:10.1109/LSP.2016.2580600, with one step of their iteration).
 */
public final class StackDenoiser {
    private final NoiseModel noise;
    private final Profile profile;
    private final int[][] partners;

    /**
     * @param noise of the detector
     * @param profile how much work to spend
     * @param partners per image the others whose blocks may join its groups; empty for none
     */
    public StackDenoiser(NoiseModel noise, Profile profile, int[][] partners) {
        this.noise = noise;
        this.profile = profile;
        this.partners = partners;
    }

    /**
     * Denoises a stack.
     *
     * @param images {@code width * height} finite values each; not changed
     * @return new images in the same grey values
     */
    public List<float[]> denoise(List<float[]> images, int width, int height, Progress progress) {
        if (noise.isGaussian()) {
            return BlockMatching.denoise(images, width, height, partners, noise.readNoise(), profile, progress);
        }
        if (!isDark(images) || width < 2 || height < 2) return stabilised(images, noise, width, height, progress);
        List<float[]> mixed = new ArrayList<>();
        Binning binning = new Binning(width, height);
        List<float[]> binned = images.stream().map(binning::means).toList();
        // The mean of four pixels has a fourth of their variance.
        NoiseModel calmer = new NoiseModel(noise.gain() / 4, noise.offset(), noise.readNoise() / 2);
        List<float[]> coarse = stabilised(binned, calmer, binning.width(), binning.height(), progress.part(0, 0.2));
        for (int k = 0; k < images.size(); k++) mixed.add(mean(images.get(k), binning.spread(coarse.get(k))));
        return stabilised(mixed, calmer, width, height, progress.part(0.2, 1));
    }

    private List<float[]> stabilised(
            List<float[]> images, NoiseModel detector, int width, int height, Progress progress) {
        Anscombe anscombe = new Anscombe(detector);
        List<float[]> equal = new ArrayList<>();
        for (float[] image : images) equal.add(anscombe.forward(image, new float[image.length]));
        List<float[]> denoised = BlockMatching.denoise(equal, width, height, partners, 1, profile, progress);
        denoised.forEach(image -> anscombe.inverse(image, image));
        return denoised;
    }

    private boolean isDark(List<float[]> images) {
        double sum = 0;
        long count = 0;
        for (float[] image : images) {
            for (float v : image) sum += v;
            count += image.length;
        }
        return sum / count - noise.offset() < noise.gain();
    }

    private static float[] mean(float[] a, float[] b) {
        float[] mean = new float[a.length];
        for (int i = 0; i < mean.length; i++) mean[i] = (a[i] + b[i]) / 2;
        return mean;
    }
}
