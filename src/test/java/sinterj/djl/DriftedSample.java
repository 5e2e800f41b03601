package sinterj.djl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.segment.Agreement;
import sinterj.segment.Artefacts;
import sinterj.segment.FibSemCleaning;
import sinterj.segment.FibSemStack;
import sinterj.segment.Network;
import sinterj.segment.Normalisation;
import sinterj.segment.StackSegmentation;

/**
 * A sample recorded with drift and other faults, and what a network makes of it as it is and after cleaning, alignment
 * included. As it is, it is compared with the labels of what was cut; when it was cleaned, with those that it would have
 * had without drift, so that what the alignment leaves counts as a mistake.
 *
 * @param recorded with its faults
 * @param ideal the same without any
 */
record DriftedSample(FibSemStack recorded, FibSemStack ideal) {
    /** What may be moved out of the image is left out at each side. */
    private static final int MARGIN = 20;

    static DriftedSample of(FibSemStack.Sample sample, Artefacts faults, long seed) {
        return new DriftedSample(
                FibSemStack.make(sample, faults, seed, Progress.SILENT),
                FibSemStack.make(sample, Artefacts.NONE, seed, Progress.SILENT));
    }

    /** Mean IoU of the stack as it is. */
    double scoreAsRecorded(Network network) {
        return score(network, recorded.image(), inner(recorded.labels().asVolume(), 0, 0));
    }

    /** Mean IoU of the clean stack. */
    double scoreCleaned(Network network) {
        FibSemCleaning.Result clean = new FibSemCleaning(true, true, true).run(recorded.image(), null, Progress.SILENT);
        int x = movedBy(clean.shiftX());
        int y = movedBy(clean.shiftY());
        if (Math.max(Math.abs(x), Math.abs(y)) > MARGIN) throw new IllegalStateException("moved by " + x + ", " + y);
        return score(network, clean.image(), inner(ideal.labels().asVolume(), x, y));
    }

    /** Where the cleaning leaves the first slice: whole pixels halfway between the extremes. */
    private static int movedBy(double[] shift) {
        double low = Arrays.stream(shift).min().orElseThrow();
        double high = Arrays.stream(shift).max().orElseThrow();
        return (int) Math.rint(0.5 * (low + high));
    }

    private static double score(Network network, Volume image, Volume truth) {
        Volume found = new StackSegmentation(
                        network,
                        new int[] {0, 1, 2},
                        1,
                        Normalisation.Rule.STACK,
                        StackSegmentation.Flips.NONE,
                        network.halo(),
                        false,
                        false)
                .run(image, Progress.SILENT)
                .labels();
        return Agreement.of(inner(found, 0, 0), truth, Double.NaN, Progress.SILENT)
                .meanIou();
    }

    /** What is left within the margin of a stack that was moved. */
    private static Volume inner(Volume stack, int byX, int byY) {
        int width = stack.width() - 2 * MARGIN;
        int height = stack.height() - 2 * MARGIN;
        List<byte[]> planes = new ArrayList<>();
        for (int z = 0; z < stack.depth(); z++) {
            float[] all = stack.plane(z);
            byte[] some = new byte[width * height];
            for (int i = 0; i < some.length; i++) {
                some[i] = (byte) all[i % width + MARGIN - byX + stack.width() * (i / width + MARGIN - byY)];
            }
            planes.add(some);
        }
        return new Volume(Planes.ofBytes(planes, width, height), stack.size());
    }
}
