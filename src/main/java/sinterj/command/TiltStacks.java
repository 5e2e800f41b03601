package sinterj.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Affine;
import sinterj.image.PlaneWarp;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.io.Mrc;
import sinterj.io.MrcHeader;
import sinterj.io.MrcReader;
import sinterj.io.TiltAngles;
import sinterj.op.NumberOr;

/** The sections of one or several MRC files sorted into a stack of projections per time point. */
final class TiltStacks {
    private final List<MrcHeader> headers;
    private final int frames;
    private final int tilts;
    private final boolean timeFastest;

    /**
     * @param headers one file with all frames, or one per frame
     * @param frames time points in a single file
     * @param timeFastest whether a single file has all times of the first tilt first
     * @throws InvalidInput if the files differ in size, or the sections cannot be divided by the frames
     */
    TiltStacks(List<MrcHeader> headers, int frames, boolean timeFastest) {
        this.headers = headers;
        this.frames = headers.size() > 1 ? headers.size() : frames;
        this.timeFastest = timeFastest;
        MrcHeader first = headers.get(0);
        for (MrcHeader h : headers) {
            if (h.width() != first.width() || h.height() != first.height() || h.sections() != first.sections()) {
                throw new InvalidInput("'" + h.file() + "' is " + sides(h) + ", but '" + first.file() + "' is "
                        + sides(first) + ". The files of a series must have one size.");
            }
        }
        if (headers.size() == 1 && first.sections() % frames != 0) {
            throw new InvalidInput("'" + first.file() + "' has " + first.sections()
                    + " sections, which cannot be split into " + frames + " frames of as many tilts. Correct frames.");
        }
        tilts = headers.size() > 1 ? first.sections() : first.sections() / frames;
    }

    private static String sides(MrcHeader h) {
        return h.width() + " x " + h.height() + " x " + h.sections();
    }

    /**
     * One angle per tilt.
     *
     * @param text {@code auto} or nothing, a range or a path
     * @throws InvalidInput if none are found, or they differ between time points
     */
    double[] anglesDeg(String text) {
        if (!text.isBlank() && !text.equals("auto"))
            return TiltAngles.of(text, tilts, Path.of("").toAbsolutePath());
        double[] first = frameAngles(0);
        for (int t = 1; t < frames; t++) {
            // A later file needs none of its own, but what it has must be right.
            boolean ofItsOwn = headers.size() == 1 || TiltAngles.ifAny(headers.get(t), 1).length > 0;
            double[] other = ofItsOwn ? frameAngles(t) : first;
            for (int k = 0; k < tilts; k++) {
                if (Math.abs(other[k] - first[k]) > 0.01) {
                    throw new InvalidInput("Tilt angles: projection " + (k + 1) + " was taken at " + first[k]
                            + " degrees in frame 1 but at " + other[k] + " in frame " + (t + 1)
                            + ". Import time points with different angles one by one.");
                }
            }
        }
        return first;
    }

    private double[] frameAngles(int t) {
        MrcHeader header = headers.get(headers.size() > 1 ? t : 0);
        double[] all = TiltAngles.beside(header, headers.size() > 1 ? 1 : frames);
        if (all.length == tilts) return all;
        double[] mine = new double[tilts];
        for (int k = 0; k < tilts; k++) mine[k] = all[section(t, k)];
        return mine;
    }

    private int section(int t, int k) {
        if (headers.size() > 1) return k;
        return timeFastest ? k * frames + t : t * tilts + k;
    }

    /** The projections of each time point, y along the tilt axis. */
    List<Volume> volumes(AxisChoice axis, NumberOr pixelNm, Progress progress) {
        VoxelSize pixel = pixel(pixelNm);
        List<Volume> volumes = new ArrayList<>();
        for (int t = 0; t < frames; t++) {
            MrcHeader header = headers.get(headers.size() > 1 ? t : 0);
            volumes.add(volume(header, t, axis, pixel, progress));
        }
        progress.report(1, "Read");
        return volumes;
    }

    private Volume volume(MrcHeader header, int t, AxisChoice axis, VoxelSize pixel, Progress progress) {
        boolean floats = isMixed(headers);
        int width = axis.turned() ? header.height() : header.width();
        int height = axis.turned() ? header.width() : header.height();
        Object[] planes = new Object[tilts];
        try (MrcReader reader = new MrcReader(header)) {
            Parallel.forEach(progress, tilts, k -> {
                Object plane = floats ? reader.floats(section(t, k)) : reader.plane(section(t, k));
                if (axis.turned()) plane = turned(plane, header.width(), header.height());
                planes[k] = plane;
                progress.report(
                        ((double) t + (k + 1.0) / tilts) / frames,
                        "Reading " + header.file().getFileName());
            });
        }
        RandomAccessibleInterval<? extends RealType<?>> image = Mrc.image(List.of(planes), width, height);
        VoxelSize size = axis.turned() ? new VoxelSize(pixel.y(), pixel.x(), pixel.z(), pixel.unit()) : pixel;
        Volume read = new Volume(image, size);
        return axis.angleDeg() == 0 ? read : turnedBack(read, axis.angleDeg(), progress);
    }

    /** Whether the files store their pixels in different ways: they are then all read as floats. */
    private static boolean isMixed(List<MrcHeader> headers) {
        return headers.stream().map(MrcHeader::mode).distinct().count() > 1;
    }

    /** The sides of a pixel as they lie in the files: given, or of their headers, or of SerialEM's .mdoc. */
    private VoxelSize pixel(NumberOr givenNm) {
        if (givenNm.isNumber()) return VoxelSize.cube(givenNm.number(), "nm");
        MrcHeader first = headers.get(0);
        for (MrcHeader other : headers) requireSamePixel(first, other);
        if (first.size().isCalibrated()) {
            return new VoxelSize(
                    first.size().x(),
                    first.size().y(),
                    first.size().x(),
                    first.size().unit());
        }
        double nm = TiltAngles.pixelNm(first);
        return Double.isNaN(nm) ? first.size() : VoxelSize.cube(nm, "nm");
    }

    private static void requireSamePixel(MrcHeader first, MrcHeader other) {
        VoxelSize a = first.size();
        VoxelSize b = other.size();
        boolean same = a.unit().equals(b.unit())
                && Math.abs(a.x() - b.x()) <= 1e-3 * a.x()
                && Math.abs(a.y() - b.y()) <= 1e-3 * a.y();
        if (!same) {
            throw new InvalidInput("A pixel of '" + other.file() + "' is " + sides(b) + ", but one of '" + first.file()
                    + "' is " + sides(a) + ". The files of a series must agree, or give pixel_nm.");
        }
    }

    private static String sides(VoxelSize pixel) {
        return pixel.x() + " x " + pixel.y() + " " + pixel.unit();
    }

    /**
     * Memory that the projections take, asked before they are read.
     *
     * @param leaning whether they will be turned back, which makes floats of them, one time point after the other
     */
    static long bytes(List<MrcHeader> headers, boolean leaning) {
        boolean mixed = isMixed(headers);
        long sum = 0;
        long largest = 0;
        for (MrcHeader header : headers) {
            long floats = header.sections() * (4L * header.pixelsPerPlane() + 100);
            sum += mixed || leaning ? floats : header.bytesInMemory();
            largest = Math.max(largest, mixed ? floats : header.bytesInMemory());
        }
        return leaning ? sum + largest : sum;
    }

    /** A plane turned by 90 degrees counter-clockwise on the screen: (x, y) goes to (y, width - 1 - x). */
    static Object turned(Object plane, int width, int height) {
        Object out = java.lang.reflect.Array.newInstance(plane.getClass().getComponentType(), width * height);
        for (int x = 0; x < width; x++) {
            int row = (width - 1 - x) * height;
            if (plane instanceof float[] in) {
                for (int y = 0; y < height; y++) ((float[]) out)[row + y] = in[x + width * y];
            } else if (plane instanceof short[] in) {
                for (int y = 0; y < height; y++) ((short[]) out)[row + y] = in[x + width * y];
            } else {
                for (int y = 0; y < height; y++) ((byte[]) out)[row + y] = ((byte[]) plane)[x + width * y];
            }
        }
        return out;
    }

    /** An axis that leans counter-clockwise from y is set upright; what was outside the image is its mean. */
    private static Volume turnedBack(Volume stack, double angleDeg, Progress progress) {
        double c = Math.cos(Math.toRadians(angleDeg));
        double s = Math.sin(Math.toRadians(angleDeg));
        // y counts downwards, so a turn clockwise on the screen is (x, y) -> (c x - s y, s x + c y).
        Affine clockwise = new Affine(c, -s, s, c, 0, 0);
        float[][] planes = new float[stack.depth()][];
        Parallel.forEach(progress, planes.length, k -> {
            float[] plane = stack.plane(k);
            double sum = 0;
            for (float value : plane) sum += value;
            planes[k] =
                    new PlaneWarp(plane, stack.width(), stack.height()).moved(clockwise, (float) (sum / plane.length));
        });
        return new Volume(sinterj.image.Planes.ofFloats(List.of(planes), stack.width(), stack.height()), stack.size());
    }
}
