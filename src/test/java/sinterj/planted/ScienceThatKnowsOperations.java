package sinterj.planted;

import ij.ImagePlus;
import sinterj.op.Inputs;

/** Breaks the layers on purpose, for the test that shows that the rules run. */
final class ScienceThatKnowsOperations {
    private ScienceThatKnowsOperations() {}

    static int width(Inputs inputs, ImagePlus image) {
        return Math.max(inputs.volume("input").width(), image.getWidth());
    }
}
