package sinterj.djl;

import java.util.SplittableRandom;
import sinterj.segment.PatchSampler;

/**
 * Patches of one step, as the loss wants them.
 *
 * @param slices grey values: patch, slice, y, x
 * @param truth 1 at the class of a labelled pixel, else 0: patch, class, y, x
 * @param mask 1 at labelled pixels: patch, y, x
 * @param counts labelled pixels of each class
 */
record Batch(float[] slices, float[] truth, float[] mask, long[] counts) {
    static Batch draw(PatchSampler sampler, int patches, int classes, SplittableRandom random) {
        float[] slices = null;
        float[] truth = null;
        float[] mask = null;
        long[] counts = new long[classes];
        for (int b = 0; b < patches; b++) {
            PatchSampler.Patch patch = sampler.draw(random);
            int n = patch.labels().length;
            if (slices == null) {
                slices = new float[patches * patch.slices().length];
                truth = new float[patches * classes * n];
                mask = new float[patches * n];
            }
            System.arraycopy(patch.slices(), 0, slices, b * patch.slices().length, patch.slices().length);
            for (int i = 0; i < n; i++) {
                int c = patch.labels()[i];
                if (c < 0) continue;
                truth[(b * classes + c) * n + i] = 1;
                mask[b * n + i] = 1;
                counts[c]++;
            }
        }
        return new Batch(slices, truth, mask, counts);
    }
}
