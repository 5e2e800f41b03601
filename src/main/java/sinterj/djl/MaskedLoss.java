package sinterj.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * What is to become small: cross-entropy, its classes weighted, plus half of one minus the mean Dice coefficient of the
 * classes that are there, with probabilities for counts (Milletari et al. 2016, doi:10.1109/3DV.2016.79). Pixels that
 * nobody labelled are multiplied by 0 in both, so that they give a gradient of exactly 0.
 */
record MaskedLoss(float[] weights) {
    private static final float DICE = 0.5f;
    /** Keeps the Dice coefficient of a class with a few pixels from jumping. */
    private static final float SMOOTH = 1;

    NDArray of(NDManager manager, NDArray logits, Batch batch) {
        Shape shape = logits.getShape();
        long classes = shape.get(1);
        NDArray truth = manager.create(batch.truth(), shape);
        NDArray mask = manager.create(batch.mask(), new Shape(shape.get(0), 1, shape.get(2), shape.get(3)));
        double total = 0;
        int present = 0;
        float[] counts = new float[(int) classes];
        float[] there = new float[(int) classes];
        for (int c = 0; c < counts.length; c++) {
            counts[c] = batch.counts()[c];
            total += weights[c] * (double) counts[c];
            if (counts[c] > 0) present++;
        }
        if (present == 0) return times(manager, logits, 0).sum();
        for (int c = 0; c < counts.length; c++) there[c] = counts[c] > 0 ? 1f / present : 0;
        NDArray log = logits.logSoftmax(1);
        NDArray weighted = truth.mul(manager.create(weights, new Shape(1, classes, 1, 1)));
        NDArray entropy = times(manager, log.mul(weighted).sum(), (float) (-1 / total));
        NDArray p = log.exp();
        int[] allButClass = {0, 2, 3};
        NDArray both = times(manager, p.mul(truth).sum(allButClass), 2).add(SMOOTH);
        NDArray either =
                p.mul(mask).sum(allButClass).add(manager.create(counts)).add(SMOOTH);
        NDArray dice = both.div(either).mul(manager.create(there)).sum();
        return entropy.add(times(manager, times(manager, dice, -1).add(1f), DICE));
    }

    /**
     * A multiple. DJL's own way to multiply by a number lets go of the number's memory at once, but the engine reads it
     * again when it goes back for the gradient: a collection of garbage between the two would put another number there.
     */
    private static NDArray times(NDManager manager, NDArray x, float factor) {
        return x.mul(manager.create(new float[] {factor}, new Shape()));
    }
}
