package sinterj.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.real.FloatType;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.io.MrcMode;
import sinterj.io.MrcWriter;

/** Small files under {@code target/} for operations that read files. */
final class SampleFiles {
    private SampleFiles() {}

    /** A tilt series of 7 x 11 x 5 in nm, with its angles beside it. */
    static Path tiltSeries() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "samples"));
            Path file = folder.resolve("series.mrc").toAbsolutePath();
            if (Files.exists(file) && Files.exists(folder.resolve("series.tlt"))) return file;
            PlanarImg<FloatType, FloatArray> img = Planes.floats(7, 11, 5);
            for (int k = 0; k < 5; k++) {
                float[] plane = Planes.sharedPlane(img, k);
                for (int i = 0; i < plane.length; i++) plane[i] = 100 + i + 10 * k;
            }
            Volume stack = new Volume(img, VoxelSize.cube(1, "nm"));
            MrcWriter.writeStack(stack, file, MrcMode.FLOATS, Progress.SILENT);
            Files.writeString(folder.resolve("series.tlt"), "-40\n-20\n0\n20\n40\n");
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder for what a batch writes. */
    static Path outputFolder() {
        try {
            return Files.createDirectories(Path.of("target", "samples", "made")).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
