package sinterj.ij;

import ij.ImagePlus;
import ij.io.FileSaver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Volume;
import sinterj.io.MrcMode;
import sinterj.io.MrcWriter;
import sinterj.io.TiltAngles;
import sinterj.io.WriteSafely;

/** Writes images: as TIFF with everything that is known of them, as MRC with the pixel size. */
final class ImageFiles {
    /** What an image can be written as. */
    static final List<String> ENDINGS = List.of(".tif", ".tiff", ".mrc", ".rec", ".st", ".ali");

    private ImageFiles() {}

    static void write(Frames frames, Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".tif") || name.endsWith(".tiff")) writeTiff(ToImagePlus.image(frames), path);
        else writeMrc(frames, path);
    }

    private static void writeTiff(ImagePlus image, Path path) {
        WriteSafely.file(path, temporary -> {
            FileSaver saver = new FileSaver(image);
            boolean done = image.getStackSize() > 1
                    ? saver.saveAsTiffStack(temporary.toString())
                    : saver.saveAsTiff(temporary.toString());
            if (!done) throw new IOException("ImageJ could not write the TIFF file");
        });
    }

    /** One file, or one per time point and channel; the angles of a tilt series go into a text file beside each. */
    private static void writeMrc(Frames frames, Path path) {
        for (int t = 0; t < frames.count(); t++) {
            Path file = frames.count() == 1 ? path : path.resolveSibling(numbered(path, t, frames.channels()));
            Volume volume = frames.volumes().get(t);
            MrcMode mode = MrcWriter.modeFor(volume);
            if (frames.anglesDeg().length == volume.depth()) {
                MrcWriter.writeStack(volume, file, mode, Progress.SILENT);
                TiltAngles.write(frames.anglesDeg(), file.resolveSibling(withEnding(file, ".tlt")));
            } else {
                MrcWriter.writeVolume(volume, file, mode, Progress.SILENT);
            }
        }
    }

    private static String numbered(Path path, int n, int channels) {
        String channel = channels == 1 ? "" : String.format(Locale.ROOT, "_c%d", n % channels + 1);
        String ending = String.valueOf(path.getFileName()).replaceFirst(".*(?=\\.)", "");
        return withEnding(path, String.format(Locale.ROOT, "_t%03d%s%s", n / channels + 1, channel, ending));
    }

    private static String withEnding(Path path, String ending) {
        return String.valueOf(path.getFileName()).replaceFirst("\\.[^.]*$", "") + ending;
    }
}
