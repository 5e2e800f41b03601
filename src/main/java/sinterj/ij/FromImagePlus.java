package sinterj.ij;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.ImageProcessor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import sinterj.base.InvalidInput;
import sinterj.image.FrameTimes;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

/**
 * An ImageJ image as {@link Frames}: slices become the planes of a volume, time points its frames. Pixel arrays are
 * shared, not copied; a virtual stack is read plane by plane each time it is looked at.
 */
final class FromImagePlus {
    private FromImagePlus() {}

    /**
     * The image with its calibration, times and notes.
     *
     * @throws InvalidInput for colour images and several channels, saying how to make them readable
     */
    static Frames frames(ImagePlus image) {
        requireGrey(image);
        int depth = image.getNSlices();
        VoxelSize size = voxelSize(image);
        List<Volume> volumes = new ArrayList<>(image.getNFrames());
        for (int t = 0; t < image.getNFrames(); t++) {
            volumes.add(new Volume(planes(image, t * depth + 1, depth), size));
        }
        Frames frames = new Frames(image.getTitle(), volumes, FrameTimes.unknown(), notes(image));
        return frames.withTimes(times(frames, image.getCalibration()));
    }

    private static void requireGrey(ImagePlus image) {
        if (image.getStackSize() == 0 || image.getProcessor() == null) {
            throw new InvalidInput("'" + image.getTitle() + "' holds no pixels. Was it closed?");
        }
        if (image.getType() == ImagePlus.COLOR_RGB) {
            throw new InvalidInput("'" + image.getTitle() + "' is an RGB image, but grey values are needed."
                    + " Convert it with Image > Type > 8-bit, or split it with Image > Color > Split Channels.");
        }
        if (image.getNChannels() > 1) {
            throw new InvalidInput("'" + image.getTitle() + "' has " + image.getNChannels()
                    + " channels, but one is needed. Split it with Image > Color > Split Channels;"
                    + " if the channels are slices or times, say so in Image > Properties.");
        }
    }

    /** The calibration; to all digits, if the image carries a note that agrees with it. */
    private static VoxelSize voxelSize(ImagePlus image) {
        Calibration calibration = image.getCalibration();
        VoxelSize seen = new VoxelSize(
                Math.abs(calibration.pixelWidth),
                Math.abs(calibration.pixelHeight),
                Math.abs(calibration.pixelDepth),
                calibration.getUnit());
        String note = image.getProp(Frames.VOXEL);
        if (note == null || !note.matches("[0-9.E-]+ [0-9.E-]+ [0-9.E-]+")) return seen;
        String[] sides = note.split(" ");
        try {
            VoxelSize noted = new VoxelSize(
                    Double.parseDouble(sides[0]),
                    Double.parseDouble(sides[1]),
                    Double.parseDouble(sides[2]),
                    seen.unit());
            return noted.isAbout(seen) ? noted : seen;
        } catch (NumberFormatException e) {
            return seen; // somebody edited the note
        }
    }

    private static RandomAccessibleInterval<? extends RealType<?>> planes(ImagePlus image, int first, int depth) {
        ImageStack stack = image.getStack();
        int width = image.getWidth();
        int height = image.getHeight();
        boolean signed = image.getCalibration().isSigned16Bit();
        if (stack.isVirtual() || signed) {
            return Planes.lazyFloats(width, height, depth, z -> floats(stack, first + z, signed));
        }
        return switch (image.getBitDepth()) {
            case 8 -> Planes.ofBytes(arrays(stack, first, depth, a -> (byte[]) a), width, height);
            case 16 -> Planes.ofShorts(arrays(stack, first, depth, a -> (short[]) a), width, height);
            default -> Planes.ofFloats(arrays(stack, first, depth, a -> (float[]) a), width, height);
        };
    }

    private static <A> List<A> arrays(ImageStack stack, int first, int depth, Function<Object, A> cast) {
        List<A> arrays = new ArrayList<>(depth);
        for (int z = 0; z < depth; z++) arrays.add(cast.apply(stack.getPixels(first + z)));
        return arrays;
    }

    /** ImageJ keeps signed 16-bit numbers as unsigned ones with a calibration function that takes 32768 off. */
    private static float[] floats(ImageStack stack, int slice, boolean signed) {
        ImageProcessor plane;
        synchronized (stack) { // virtual stacks open files; few of them are made for several threads
            plane = stack.getProcessor(slice);
        }
        int count = plane.getPixelCount();
        float[] floats = new float[count];
        float zero = signed ? 32768 : 0;
        for (int i = 0; i < count; i++) floats[i] = plane.getf(i) - zero;
        return floats;
    }

    private static Map<String, String> notes(ImagePlus image) {
        Map<String, String> notes = new HashMap<>();
        Properties properties = image.getImageProperties();
        if (properties == null) return notes;
        for (String name : properties.stringPropertyNames()) {
            boolean ours = name.startsWith("sinterj.") && !name.equals(Frames.CHANNELS);
            if (ours) notes.put(name, properties.getProperty(name));
        }
        return notes;
    }

    private static FrameTimes times(Frames frames, Calibration calibration) {
        double[] noted = frames.numbers(Frames.TIMES);
        if (noted.length == frames.count()) return new FrameTimes(noted);
        double interval = calibration.frameInterval * seconds(calibration.getTimeUnit());
        return interval > 0 ? FrameTimes.regular(frames.count(), interval) : FrameTimes.unknown();
    }

    private static double seconds(String unit) {
        return switch (unit == null ? "sec" : unit.trim().toLowerCase(Locale.ROOT)) {
            case "ns", "nsec" -> 1e-9;
            case "us", "usec", "\u00b5s", "\u03bcs", "\u00b5sec" -> 1e-6;
            case "ms", "msec", "millisecond", "milliseconds" -> 1e-3;
            case "min", "minute", "minutes" -> 60;
            case "h", "hr", "hour", "hours" -> 3600;
            case "d", "day", "days" -> 86400;
            default -> 1;
        };
    }
}
