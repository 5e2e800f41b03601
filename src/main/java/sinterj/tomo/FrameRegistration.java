package sinterj.tomo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Affine;
import sinterj.image.CubicSpline;
import sinterj.image.Mirror;
import sinterj.image.PlaneWarp;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.math.ShiftFinder;

/**
 * Drift between the volumes of a time series, found from the highest point of their band-passed cross-correlation and
 * taken back by moving the volumes. What changes shape is followed as a whole: by its centre if it shrinks evenly.
 *
 * <p>Cost: one Fourier transform a volume, in double and with room for the drift, of at most 320 voxels along each
 * side: larger volumes are compared after averaging over cubes.
 */
public final class FrameRegistration {
    private static final int LARGEST = 320;
    private static final double SMOOTHING = 1;
    private static final double TAPER = 0.1;

    /** Drifts are sought up to this part of the longest side. */
    private static final double REACH = 0.25;

    private FrameRegistration() {}

    /** What each volume is compared with. */
    public enum Reference {
        /** The one before: follows what changes over time; errors add up. */
        PREVIOUS,
        /** The first: no errors add up, but late volumes may have little in common with it. */
        FIRST
    }

    /**
     * Where a volume lies against the first.
     *
     * @param by drift in voxels along x, y and z
     * @param alike correlation coefficient with what it was compared with, after the drift between the two
     */
    public record Drift(double[] by, double alike) {}

    /**
     * A box of voxels.
     *
     * @param from first voxel along x, y and z
     * @param size number of voxels along each
     */
    public record Box(int[] from, int[] size) {}

    /**
     * Finds the drift of every volume.
     *
     * @param volumes of equal size, at least one
     * @param box the part that is compared
     * @return one per volume; the first is 0
     */
    public static List<Drift> drifts(List<Volume> volumes, Box box, Reference reference, Progress progress) {
        int longest = Arrays.stream(box.size).max().orElse(1);
        int bin = (longest + LARGEST - 1) / LARGEST;
        int[] size = new int[3];
        for (int d = 0; d < 3; d++) size[d] = Math.max(1, box.size[d] / bin);
        int side = (longest + bin - 1) / bin;
        double reach = Math.max(1, REACH * side);
        ShiftFinder finder = new ShiftFinder(size, SMOOTHING, Math.max(4, side / 4.0), TAPER, 2 * reach);
        List<Drift> drifts = new ArrayList<>();
        drifts.add(new Drift(new double[3], 1));
        ShiftFinder.Spectrum fixed = finder.spectrum(binned(volumes.get(0), box, size, bin, progress));
        double[] sum = new double[3];
        for (int t = 1; t < volumes.size(); t++) {
            progress.check();
            ShiftFinder.Spectrum moved = finder.spectrum(binned(volumes.get(t), box, size, bin, progress));
            ShiftFinder.Shift shift = finder.shift(fixed, moved, reach);
            double[] by = new double[3];
            for (int d = 0; d < 3; d++) {
                by[d] = bin * shift.by()[d] + sum[d];
                if (reference == Reference.PREVIOUS) sum[d] = by[d];
            }
            if (reference == Reference.PREVIOUS) fixed = moved;
            drifts.add(new Drift(by, shift.height()));
            progress.report((t + 1.0) / volumes.size(), "Finding the drift");
        }
        return drifts;
    }

    /** Means over cubes, less the mean of all, so that the border is no edge. */
    private static float[] binned(Volume volume, Box box, int[] size, int bin, Progress progress) {
        float[] out = new float[size[0] * size[1] * size[2]];
        Parallel.forEach(progress, size[2], k -> {
            for (int z = 0; z < bin && k * bin + z < box.size[2]; z++) {
                float[] plane = volume.plane(box.from[2] + k * bin + z);
                for (int y = 0; y < size[1] * bin && y < box.size[1]; y++) {
                    int in = (box.from[1] + y) * volume.width() + box.from[0];
                    int to = (k * size[1] + y / bin) * size[0];
                    for (int x = 0; x < size[0] * bin && x < box.size[0]; x++) out[to + x / bin] += plane[in + x];
                }
            }
        });
        double mean = VolumeKernels.sum(out) / out.length;
        for (int i = 0; i < out.length; i++) out[i] -= (float) mean;
        return out;
    }

    /**
     * Moves a volume by cubic splines; a shift by whole voxels copies them.
     *
     * @param by shift in voxels along x, y and z
     * @return new volume; what comes into view shows the median of the six faces
     */
    public static Volume moved(Volume volume, double[] by, Progress progress) {
        float outside = medianOfFaces(volume);
        int depth = volume.depth();
        float[][] planes = new float[depth][];
        Affine across = Affine.shift(by[0], by[1]);
        Parallel.forEach(progress, depth, z -> {
            planes[z] = new PlaneWarp(volume.plane(z), volume.width(), volume.height()).moved(across, outside);
        });
        return new Volume(
                Planes.ofFloats(List.of(alongZ(planes, by[2], outside, progress)), volume.width(), volume.height()),
                volume.size());
    }

    private static float[][] alongZ(float[][] planes, double by, float outside, Progress progress) {
        int depth = planes.length;
        int pixels = planes[0].length;
        float[][] out = new float[depth][pixels];
        boolean whole = by == Math.rint(by);
        if (!whole) toCoefficients(planes, progress);
        Parallel.forEach(progress, depth, z -> {
            double from = z - by;
            if (!(from >= -0.5 && from <= depth - 0.5)) {
                Arrays.fill(out[z], outside);
            } else if (whole) {
                System.arraycopy(planes[(int) from], 0, out[z], 0, pixels);
            } else {
                int below = (int) Math.floor(from);
                double[] weights = new double[4];
                CubicSpline.weights(from - below, weights);
                for (int k = 0; k < 4; k++) {
                    float[] plane = planes[Mirror.at(below - 1 + k, depth)];
                    float w = (float) weights[k];
                    for (int i = 0; i < pixels; i++) out[z][i] += w * plane[i];
                }
            }
        });
        return out;
    }

    private static void toCoefficients(float[][] planes, Progress progress) {
        int piece = 1024;
        int pixels = planes[0].length;
        Parallel.forEach(progress, (pixels + piece - 1) / piece, n -> {
            double[] line = new double[planes.length];
            for (int i = n * piece; i < Math.min(pixels, (n + 1) * piece); i++) {
                for (int z = 0; z < line.length; z++) line[z] = planes[z][i];
                CubicSpline.toCoefficients(line);
                for (int z = 0; z < line.length; z++) planes[z][i] = (float) line[z];
            }
        });
    }

    private static float medianOfFaces(Volume volume) {
        int width = volume.width();
        int height = volume.height();
        int depth = volume.depth();
        float[] values = new float[2 * width * height + 2 * depth * (width + height)];
        int n = 0;
        for (int z = 0; z < depth; z++) {
            float[] plane = volume.plane(z);
            boolean face = z == 0 || z == depth - 1;
            for (int i = 0; i < plane.length; i++) {
                int x = i % width;
                int y = i / width;
                if (face || x == 0 || y == 0 || x == width - 1 || y == height - 1) values[n++] = plane[i];
            }
        }
        Arrays.sort(values, 0, n);
        return values[n / 2];
    }

    /** The voxels that every volume shows after it was moved back by its drift; of size 0 along a side if there are none. */
    public static Box common(Volume first, List<Drift> drifts) {
        int[] sides = {first.width(), first.height(), first.depth()};
        int[] from = new int[3];
        int[] size = new int[3];
        for (int d = 0; d < 3; d++) {
            double low = 0;
            double high = 0;
            for (Drift drift : drifts) {
                low = Math.max(low, -drift.by[d]);
                high = Math.max(high, drift.by[d]);
            }
            from[d] = (int) Math.ceil(low - 1e-9);
            size[d] = Math.max(0, sides[d] - from[d] - (int) Math.ceil(high - 1e-9));
        }
        return new Box(from, size);
    }

    /** A box of a volume, copied. */
    public static Volume cropped(Volume volume, Box box) {
        List<float[]> planes = new ArrayList<>();
        for (int z = 0; z < box.size[2]; z++) {
            float[] plane = volume.plane(box.from[2] + z);
            float[] part = new float[box.size[0] * box.size[1]];
            for (int y = 0; y < box.size[1]; y++) {
                System.arraycopy(
                        plane, (box.from[1] + y) * volume.width() + box.from[0], part, y * box.size[0], box.size[0]);
            }
            planes.add(part);
        }
        return new Volume(Planes.ofFloats(planes, box.size[0], box.size[1]), volume.size());
    }

    /** Bytes that comparing needs. */
    public static long memory(int[] size) {
        double longest = Arrays.stream(size).max().orElse(1);
        double bin = Math.ceil(longest / LARGEST);
        double bytes = 16;
        for (int side : size) bytes *= Math.max(1, side / bin) * (side == 1 ? 1 : 1.5);
        return (long) (2 * bytes);
    }
}
