package sinterj.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Affine;
import sinterj.image.PlaneWarp;
import sinterj.image.Planes;
import sinterj.image.Table;
import sinterj.image.Volume;

/**
 * Takes the faults of a FIB-SEM measurement back: stripes along y, slices of other brightness and slow slopes across them,
 * and the shift from slice to slice.
 *
 * @param align whether slices are moved onto each other
 * @param destripe whether stripes are taken away
 * @param equalise whether slices are brought to one level and flattened
 */
public record FibSemCleaning(boolean align, boolean destripe, boolean equalise) {
    /**
     * What comes out.
     *
     * @param image the clean stack, of the same kind of pixels
     * @param shiftX by how much each slice was displaced against the first along x, in pixels
     * @param shiftY along y
     * @param gain by how much each slice was brighter than its surroundings
     * @param stripes standard deviation of the stripes that each slice had, in grey values
     * @param alike correlation of each slice's detail with that of the one before; 1 for the first
     */
    public record Result(
            Volume image, double[] shiftX, double[] shiftY, double[] gain, double[] stripes, double[] alike) {
        /** A row for each slice, counted from 1. */
        public Table table() {
            Table table = new Table("slice", "shift_x (px)", "shift_y (px)", "gain", "stripes", "alike");
            for (int z = 0; z < gain.length; z++) {
                table.add(z + 1, shiftX[z], shiftY[z], gain[z], stripes[z], alike[z]);
            }
            return table;
        }
    }

    /**
     * Cleans a stack.
     *
     * @param region where slices are compared, anything but 0; null for the whole of each
     * @throws InvalidInput if the region marks nothing
     */
    public Result run(Volume stack, Volume region, Progress progress) {
        int depth = stack.depth();
        int width = stack.width();
        int height = stack.height();
        float[][] curtains = new float[depth][];
        SliceLevel[] levels = new SliceLevel[depth];
        Parallel.forEach(progress.part(0, 0.4), depth, z -> {
            float[] plane = stack.plane(z);
            curtains[z] = destripe ? Curtains.of(plane, width, height) : new float[width];
            if (equalise) levels[z] = SliceLevel.of(without(plane, curtains[z]), width, height);
            progress.report(0.4 * (z + 1) / depth, "Looking at slices");
        });
        double[] ones = new double[depth];
        Arrays.fill(ones, 1);
        double[] gain = equalise
                ? SliceLevel.gains(
                        Arrays.stream(levels).mapToDouble(SliceLevel::level).toArray())
                : ones;
        SliceShifts shifts = align
                ? SliceShifts.of(
                        z -> without(stack.plane(z), curtains[z]),
                        depth,
                        width,
                        box(stack, region, progress),
                        progress.part(0.4, 0.7))
                : new SliceShifts(new double[depth], new double[depth], ones);
        double middleX = middle(shifts.x());
        double middleY = middle(shifts.y());
        Object[] planes = new Object[depth];
        Parallel.forEach(progress.part(0.7, 1), depth, z -> {
            float[] plane = without(stack.plane(z), curtains[z]);
            if (equalise) {
                levels[z].flatten(plane, width, height);
                for (int i = 0; i < plane.length; i++) plane[i] /= (float) gain[z];
            }
            if (align) {
                Affine back = Affine.shift(middleX - shifts.x()[z], middleY - shifts.y()[z]);
                plane = new PlaneWarp(plane, width, height).moved(back, median(plane));
            }
            planes[z] = like(stack, plane);
            progress.report(0.7 + 0.3 * (z + 1) / depth, "Cleaning");
        });
        double[] strength =
                Arrays.stream(curtains).mapToDouble(FibSemCleaning::deviation).toArray();
        return new Result(volume(stack, planes), shifts.x(), shifts.y(), gain, strength, shifts.alike());
    }

    private static float[] without(float[] plane, float[] stripes) {
        float[] out = new float[plane.length];
        int width = stripes.length;
        for (int i = 0; i < out.length; i++) out[i] = plane[i] - stripes[i % width];
        return out;
    }

    private static SliceShifts.Box box(Volume stack, Volume region, Progress progress) {
        if (region == null) return new SliceShifts.Box(0, 0, stack.width(), stack.height());
        int[] low = {stack.width(), stack.height()};
        int[] high = {-1, -1};
        for (int z = 0; z < region.depth(); z++) {
            progress.check();
            float[] plane = region.plane(z);
            for (int i = 0; i < plane.length; i++) {
                if (plane[i] == 0) continue;
                int[] at = {i % stack.width(), i / stack.width()};
                for (int d = 0; d < 2; d++) {
                    low[d] = Math.min(low[d], at[d]);
                    high[d] = Math.max(high[d], at[d]);
                }
            }
        }
        if (high[0] < 0) throw new InvalidInput("'region' marks no voxel. Give a mask with something in it.");
        return new SliceShifts.Box(low[0], low[1], high[0] - low[0] + 1, high[1] - low[1] + 1);
    }

    /** Halfway between the extremes, so that least is moved out of the image; whole, so that what lies right stays as it is. */
    private static double middle(double[] values) {
        double low = Arrays.stream(values).min().orElse(0);
        double high = Arrays.stream(values).max().orElse(0);
        return Math.rint(0.5 * (low + high));
    }

    private static double deviation(float[] stripes) {
        double squares = 0;
        for (float s : stripes) squares += (double) s * s;
        return Math.sqrt(squares / stripes.length);
    }

    private static float median(float[] plane) {
        float[] sorted = plane.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Values as those of the stack: rounded to whole ones and kept within 8 or 16 bits where it has so many. */
    private static Object like(Volume stack, float[] plane) {
        Object type = stack.voxels().getType();
        if (type instanceof UnsignedByteType) {
            byte[] out = new byte[plane.length];
            for (int i = 0; i < out.length; i++) out[i] = (byte) Math.max(0, Math.min(255, Math.round(plane[i])));
            return out;
        }
        if (!(type instanceof UnsignedShortType)) return plane;
        short[] out = new short[plane.length];
        for (int i = 0; i < out.length; i++) out[i] = (short) Math.max(0, Math.min(65_535, Math.round(plane[i])));
        return out;
    }

    private static Volume volume(Volume stack, Object[] planes) {
        int width = stack.width();
        int height = stack.height();
        if (planes[0] instanceof byte[]) {
            List<byte[]> list = new ArrayList<>();
            for (Object plane : planes) list.add((byte[]) plane);
            return new Volume(Planes.ofBytes(list, width, height), stack.size());
        }
        if (planes[0] instanceof short[]) {
            List<short[]> list = new ArrayList<>();
            for (Object plane : planes) list.add((short[]) plane);
            return new Volume(Planes.ofShorts(list, width, height), stack.size());
        }
        List<float[]> list = new ArrayList<>();
        for (Object plane : planes) list.add((float[]) plane);
        return new Volume(Planes.ofFloats(list, width, height), stack.size());
    }
}
