package sinterj.ij;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.LUT;
import java.util.StringJoiner;
import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import sinterj.image.FrameTimes;
import sinterj.image.Frames;
import sinterj.image.Look;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

/** {@link Frames} as an ImageJ image: a stack of slices, a hyperstack if there are several time points or channels. */
final class ToImagePlus {
    private ToImagePlus() {}

    /** The image with calibration, time axis and notes; pixel arrays are shared, not copied. */
    static ImagePlus image(Frames frames) {
        Volume first = frames.first();
        ImageStack stack = new ImageStack(first.width(), first.height());
        int channels = frames.channels();
        for (int t = 0; t < frames.count(); t += channels) {
            for (int z = 0; z < first.depth(); z++) {
                for (int c = 0; c < channels; c++)
                    stack.addSlice(null, pixels(frames.volumes().get(t + c), z));
            }
        }
        ImagePlus image = new ImagePlus(frames.title(), stack);
        image.setDimensions(channels, first.depth(), frames.count() / channels);
        if (frames.count() > 1) image.setOpenAsHyperStack(true);
        image.setCalibration(calibration(first.size(), frames.times()));
        frames.notes().forEach((name, text) -> {
            if (!name.equals(Frames.CHANNELS)) image.setProp(name, text); // the image says so itself
        });
        VoxelSize size = first.size();
        image.setProp(Frames.VOXEL, size.x() + " " + size.y() + " " + size.z());
        noteTimes(image, frames.times());
        if (frames.anglesDeg().length == first.depth()) labelTilts(stack, frames.anglesDeg());
        LUT colours = Colours.table(frames.look());
        if (colours != null) image.setLut(colours);
        spreadContrast(image, frames);
        return image;
    }

    private static Object pixels(Volume volume, int z) {
        boolean whole = volume.voxels().getType() instanceof UnsignedByteType
                || volume.voxels().getType() instanceof UnsignedShortType;
        return whole && volume.voxels() instanceof PlanarImg<?, ?> planar
                ? ((ArrayDataAccess<?>) planar.getPlane(z)).getCurrentStorageArray()
                : volume.plane(z);
    }

    private static Calibration calibration(VoxelSize size, FrameTimes times) {
        Calibration calibration = new Calibration();
        calibration.pixelWidth = size.x();
        calibration.pixelHeight = size.y();
        calibration.pixelDepth = size.z();
        calibration.setUnit(size.unit());
        calibration.frameInterval = times.interval();
        calibration.setTimeUnit("sec");
        return calibration;
    }

    private static void noteTimes(ImagePlus image, FrameTimes times) {
        boolean regular = times.interval() > 0;
        StringJoiner text = new StringJoiner(" ");
        for (double second : times.seconds()) text.add(Double.toString(second));
        image.setProp(Frames.TIMES, times.isKnown() && !regular ? text.toString() : null);
    }

    private static void labelTilts(ImageStack stack, double[] anglesDeg) {
        for (int i = 0; i < stack.size(); i++) {
            stack.setSliceLabel(anglesDeg[i % anglesDeg.length] + " deg", i + 1);
        }
    }

    /** Contrast over all planes, since that of the first alone leaves most stacks black or white. */
    private static void spreadContrast(ImagePlus image, Frames frames) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (Volume volume : frames.volumes()) {
            for (int z = 0; z < volume.depth(); z++) {
                for (float value : volume.plane(z)) {
                    min = Math.min(min, value);
                    max = Math.max(max, value);
                }
            }
        }
        if (frames.look() == Look.DIFFERENCE) {
            max = Math.max(Math.abs(min), Math.abs(max));
            min = -max;
        }
        if (min < max) image.setDisplayRange(min, max);
    }
}
