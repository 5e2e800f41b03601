package sinterj.segment;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Mirror;
import sinterj.image.Planes;
import sinterj.image.Volume;

/**
 * Segments a stack slice by slice with a trained network. Beside what goes in and comes out it holds a few slices only,
 * however many there are.
 *
 * @param network applied to each slice and its neighbours
 * @param values the value of each class in the result
 * @param scale working scale
 * @param rule how grey values become numbers
 * @param flips mirrored views that are averaged
 * @param overlap pixels seen around each part of a slice; seams can be where it is less than the network sees
 * @param wantProbabilities whether probabilities are kept
 * @param wantUncertainty whether the uncertainty is kept
 */
public record StackSegmentation(
        Network network,
        int[] values,
        double scale,
        Normalisation.Rule rule,
        Flips flips,
        int overlap,
        boolean wantProbabilities,
        boolean wantUncertainty) {
    /** Mirrored views of a slice. */
    public enum Flips {
        /** The slice alone. */
        NONE(1),
        /** The slice and its mirror image, left to right. */
        LEFT_RIGHT(2),
        /** Those and their mirror images, top to bottom. */
        ALL(4);

        private final int views;

        Flips(int views) {
            this.views = views;
        }
    }

    /** Width of the parts of a slice, first choice and smallest; their height is half of it. */
    private static final int CORE = 1024;

    private static final int SMALLEST_CORE = 64;

    /** Parts that are worked on at the same time: each takes some 200 MB within the engine. */
    private static final int MOST_AT_ONCE = 8;

    /**
     * What comes out.
     *
     * @param labels the most probable class of each voxel
     * @param probabilities of each class, 255 for 1; empty if not wanted
     * @param uncertainty entropy of the probabilities over its largest value, from 0 to 1; null if not wanted
     * @param core side of the parts that were worked on, smaller where memory was short
     */
    public record Result(Volume labels, List<Volume> probabilities, Volume uncertainty, int core) {}

    /** Segments a stack. Cost: time of the network, for each view and slice. */
    public Result run(Volume stack, Progress progress) {
        return run(stack, null, progress);
    }

    /**
     * Segments a stack, or the rest of it.
     *
     * @param finished slices that are done; those that get done are added. null if none are kept
     */
    public Result run(Volume stack, FinishedSlices finished, Progress progress) {
        int width = stack.width();
        int height = stack.height();
        int depth = stack.depth();
        Normalisation normalisation = Normalisation.of(rule, stack);
        List<byte[]> labels = new ArrayList<>();
        List<List<byte[]>> probabilities = new ArrayList<>();
        if (wantProbabilities) for (int c = 0; c < values.length; c++) probabilities.add(new ArrayList<>());
        List<float[]> uncertainty = new ArrayList<>();
        Window window = new Window(stack, normalisation);
        int core = CORE;
        int most = Math.min(MOST_AT_ONCE, progress.threads());
        int done = 0;
        while (done < depth) {
            progress.check();
            List<FinishedSlices.Slice> slices = new ArrayList<>();
            if (finished != null && done < finished.count()) {
                slices.add(finished.read(done));
            } else {
                try {
                    slices.addAll(several(window, done, width, height, core, most, progress));
                } catch (RuntimeException | OutOfMemoryError e) {
                    if (!ShortMemory.isReasonOf(e)) throw e;
                    if (most == 1) core = half(core, e);
                    most = 1;
                    progress.remark("Memory is short at slice " + (done + 1) + ", so parts of at most " + core + " x "
                            + core / 2 + " pixels are worked on from here, one at a time.");
                    continue;
                }
                if (finished != null) slices.forEach(finished::add);
            }
            for (FinishedSlices.Slice slice : slices) {
                labels.add(slice.labels());
                for (int c = 0; c < probabilities.size(); c++) {
                    probabilities.get(c).add(slice.probabilities().get(c));
                }
                if (wantUncertainty) uncertainty.add(slice.uncertainty());
            }
            done += slices.size();
            progress.report(
                    (double) done / depth, core == CORE ? "Segmenting" : "Segmenting in parts of " + core + " pixels");
        }
        return new Result(
                new Volume(Planes.ofBytes(labels, width, height), stack.size()),
                probabilities.stream()
                        .map(planes -> new Volume(Planes.ofBytes(planes, width, height), stack.size()))
                        .toList(),
                wantUncertainty ? new Volume(Planes.ofFloats(uncertainty, width, height), stack.size()) : null,
                core);
    }

    private static int half(int core, Throwable e) {
        if (core / 2 >= SMALLEST_CORE) return core / 2;
        throw new InvalidInput(
                "Memory is short even for parts of " + core + " x " + core / 2 + " pixels. Close other images and"
                        + " programs, crop the stack, leave probabilities and uncertainty out, or raise Edit > Options"
                        + " > Memory & Threads.",
                e);
    }

    /** Slices from one on: so many that each thread has a part of one. */
    private List<FinishedSlices.Slice> several(
            Window window, int first, int width, int height, int core, int threads, Progress progress) {
        int parts = new Tiles(overlap, core).count(network, Rescale.side(width, scale), Rescale.side(height, scale));
        int count = Math.min((threads + parts - 1) / parts, window.stack.depth() - first);
        float[][][] planes = new float[count][][];
        for (int i = 0; i < count; i++) planes[i] = window.around(first + i);
        FinishedSlices.Slice[] slices = new FinishedSlices.Slice[count];
        Progress each = progress.withThreads((threads + count - 1) / count);
        Parallel.forEach(progress.withThreads(threads), count, i -> {
            slices[i] = kept(slice(planes[i], width, height, core, each), width * height);
        });
        return List.of(slices);
    }

    private FinishedSlices.Slice kept(float[] p, int pixels) {
        List<byte[]> each = new ArrayList<>();
        if (wantProbabilities) for (int c = 0; c < values.length; c++) each.add(bytes(p, c, pixels));
        return new FinishedSlices.Slice(labels(p, pixels), each, wantUncertainty ? entropy(p, pixels) : null);
    }

    /** Normalised and scaled slices around one, each made once as the work goes on. */
    private final class Window {
        private final Volume stack;
        private final Normalisation normalisation;
        private final java.util.TreeMap<Integer, float[]> held = new java.util.TreeMap<>();

        Window(Volume stack, Normalisation normalisation) {
            this.stack = stack;
            this.normalisation = normalisation;
        }

        float[][] around(int z) {
            int k = network.inputs();
            int w = Rescale.side(stack.width(), scale);
            int h = Rescale.side(stack.height(), scale);
            float[][] planes = new float[k][];
            for (int i = 0; i < k; i++) {
                planes[i] = held.computeIfAbsent(
                        Mirror.at(z + i - k / 2, stack.depth()),
                        s -> Rescale.grey(normalisation.apply(stack.plane(s)), stack.width(), stack.height(), w, h));
            }
            held.headMap(z - k / 2).clear();
            return planes;
        }
    }

    /** Probabilities of a slice at its full size, class by class. */
    private float[] slice(float[][] planes, int width, int height, int core, Progress progress) {
        int w = Rescale.side(width, scale);
        int h = Rescale.side(height, scale);
        Tiles tiles = new Tiles(overlap, core);
        float[] sum = null;
        for (int view = 0; view < flips.views; view++) {
            float[][] seen = view == 0 ? planes : mirrored(planes, w, h, view);
            float[] p = tiles.apply(network, seen, w, h, progress);
            if (sum == null) {
                sum = p;
                continue;
            }
            for (int c = 0; c < values.length; c++) {
                for (int i = 0; i < w * h; i++) sum[c * w * h + i] += p[c * w * h + from(i, w, h, view)];
            }
        }
        if (flips.views > 1) for (int i = 0; i < sum.length; i++) sum[i] /= flips.views;
        if (w == width && h == height) return sum;
        float[] large = new float[values.length * width * height];
        for (int c = 0; c < values.length; c++) {
            float[] one = java.util.Arrays.copyOfRange(sum, c * w * h, (c + 1) * w * h);
            System.arraycopy(Rescale.grey(one, w, h, width, height), 0, large, c * width * height, width * height);
        }
        return large;
    }

    private static int from(int i, int w, int h, int view) {
        int x = (view & 1) == 0 ? i % w : w - 1 - i % w;
        int y = (view & 2) == 0 ? i / w : h - 1 - i / w;
        return x + w * y;
    }

    private static float[][] mirrored(float[][] planes, int w, int h, int view) {
        float[][] out = new float[planes.length][w * h];
        for (int k = 0; k < planes.length; k++) {
            for (int i = 0; i < w * h; i++) out[k][i] = planes[k][from(i, w, h, view)];
        }
        return out;
    }

    private byte[] labels(float[] p, int pixels) {
        byte[] out = new byte[pixels];
        for (int i = 0; i < pixels; i++) out[i] = (byte) values[Tiles.largest(p, i, pixels, values.length)];
        return out;
    }

    private static byte[] bytes(float[] p, int c, int pixels) {
        byte[] out = new byte[pixels];
        for (int i = 0; i < pixels; i++) out[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, p[c * pixels + i])));
        return out;
    }

    private float[] entropy(float[] p, int pixels) {
        float[] out = new float[pixels];
        double most = Math.log(values.length);
        for (int i = 0; i < pixels; i++) {
            double sum = 0;
            for (int c = 0; c < values.length; c++) {
                double q = p[c * pixels + i];
                if (q > 0) sum -= q * Math.log(q);
            }
            out[i] = (float) Math.max(0, Math.min(1, sum / most));
        }
        return out;
    }
}
