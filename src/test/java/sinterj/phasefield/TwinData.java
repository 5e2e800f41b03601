package sinterj.phasefield;

import ij.ImagePlus;
import ij.io.Opener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import sinterj.image.FrameTimes;
import sinterj.image.Frames;
import sinterj.image.LabelVolume;
import sinterj.image.Planes;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.io.CsvTable;

/** The public twin experiment: a simulation whose start, end and parameters are known. */
public final class TwinData {
    public static final double SPACING = 6.40625e-9;
    static final Grid GRID = Grid.closed(64, 64, 64, SPACING, 4);

    private TwinData() {}

    public static Path folder() {
        String data = System.getProperty("sinterj.data", "");
        Assumptions.assumeTrue(!data.isEmpty(), "skipped: the twin experiment, since sinterj.data is not set");
        return Path.of(data, "sintering");
    }

    public static List<Sphere> spheres() {
        Table table = CsvTable.read(folder().resolve("particles_t0.csv"));
        List<Sphere> spheres = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            spheres.add(new Sphere(
                    (int) table.number(i, "id"),
                    table.number(i, "x_nm") * 1e-9,
                    table.number(i, "y_nm") * 1e-9,
                    table.number(i, "z_nm") * 1e-9,
                    table.number(i, "r_nm") * 1e-9));
        }
        return spheres;
    }

    public static LabelVolume labels(String name) {
        return LabelVolume.of(frames(name, 1).first());
    }

    /** The noisy masks of all times. */
    public static Frames observation() {
        return frames("obs_binary_t12_z64.tif", 12).withTimes(FrameTimes.regular(12, 50.0 / 11));
    }

    private static Frames frames(String name, int count) {
        ImagePlus image = new Opener().openImage(folder().resolve(name).toString());
        List<Volume> volumes = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            List<float[]> planes = new ArrayList<>();
            for (int z = 1; z <= image.getStackSize() / count; z++) {
                planes.add((float[]) image.getStack()
                        .getProcessor(t * image.getStackSize() / count + z)
                        .convertToFloat()
                        .getPixels());
            }
            volumes.add(new Volume(
                    Planes.ofFloats(planes, image.getWidth(), image.getHeight()), VoxelSize.cube(6.40625, "nm")));
        }
        return Frames.of(name, volumes);
    }

    /** The fraction of voxels on which two label images agree; as a mask only, or label by label. */
    static double agreement(float[][] labels, LabelVolume truth, boolean asMask) {
        long same = 0;
        long all = 0;
        for (int z = 0; z < labels.length; z++) {
            float[] other = Planes.plane(truth.labels(), z);
            for (int i = 0; i < other.length; i++) {
                boolean equal = asMask ? (labels[z][i] > 0) == (other[i] > 0) : labels[z][i] == other[i];
                if (equal) same++;
                all++;
            }
        }
        return (double) same / all;
    }
}
