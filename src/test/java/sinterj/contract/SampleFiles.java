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
import sinterj.segment.Disturbance;
import sinterj.segment.ModelFolder;
import sinterj.segment.Normalisation;
import sinterj.segment.Recipe;
import sinterj.segment.UNetModel;
import sinterj.segment.UNetShape;
import sinterj.segment.Weights;

/** Small files under {@code target/} for operations that read files. */
final class SampleFiles {
    private SampleFiles() {}

    /** A folder for a network that is trained by a test. */
    static Path trainedModel() {
        return Path.of("target", "samples", "trained").toAbsolutePath();
    }

    /** A network that has learnt nothing, with classes 0 and 255. */
    static Path model() {
        Path folder = Path.of("target", "samples", "untrained").toAbsolutePath();
        Weights weights = Weights.untrained(new UNetShape(1, 2, 2, 1), 4);
        Recipe recipe = new Recipe(1, 8, 1, 1e-3, Disturbance.NONE, Recipe.Turns.NONE, 0, 1, 1);
        UNetModel model = new UNetModel(
                weights,
                new int[] {0, 255},
                1,
                Normalisation.Rule.STACK,
                recipe,
                VoxelSize.cube(1, "nm"),
                -1,
                new double[] {Double.NaN, Double.NaN},
                0,
                new long[] {100, 100});
        if (!Files.exists(folder.resolve("model.json"))) ModelFolder.write(folder, model, weights);
        return folder;
    }

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
