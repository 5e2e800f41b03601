package sinterj.tomo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sinterj.image.Planes;
import sinterj.image.TiltSeries;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

/** Reads the phantoms that the system property {@code sinterj.data} points to; without it the test is skipped. */
public final class TestData {
    private TestData() {}

    private static Path folder() {
        String data = System.getProperty("sinterj.data", "");
        assumeTrue(!data.isEmpty(), "skipped: -Dsinterj.data names no folder with the phantoms of the specification");
        return Path.of(data, "tomography");
    }

    /** Sections of an MRC file of 8-bit, 16-bit or float pixels, times a factor. */
    public static Volume volume(String name, double factor, VoxelSize size) {
        try {
            byte[] bytes = Files.readAllBytes(folder().resolve(name));
            ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int width = file.getInt(0);
            int height = file.getInt(4);
            int depth = file.getInt(8);
            int mode = file.getInt(12);
            file.position(1024 + file.getInt(92));
            List<float[]> planes = new ArrayList<>();
            for (int z = 0; z < depth; z++) {
                float[] plane = new float[width * height];
                for (int i = 0; i < plane.length; i++) plane[i] = (float) (factor * value(file, mode));
                planes.add(plane);
            }
            return new Volume(Planes.ofFloats(planes, width, height), size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double value(ByteBuffer file, int mode) {
        return switch (mode) {
            case 0 -> file.get();
            case 1 -> file.getShort();
            case 2 -> file.getFloat();
            case 6 -> file.getShort() & 0xffff;
            default -> throw new IllegalArgumentException("mode " + mode);
        };
    }

    /** Angles of a text file, in degrees. */
    public static double[] angles(String name) {
        try {
            return Files.readAllLines(folder().resolve(name)).stream()
                    .filter(line -> !line.isBlank())
                    .mapToDouble(line -> Double.parseDouble(line.trim()))
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The low-dose tilt series of 24 balls, 128 pixels of 2 nm, in electrons. */
    public static TiltSeries balls128() {
        VoxelSize pixel = VoxelSize.cube(2, "nm");
        return new TiltSeries(volume("cu24_128_noisy.mrc", 1, pixel).voxels(), angles("cu24.tlt"), pixel);
    }

    /** What it shows. */
    public static Volume truth128() {
        return volume("cu24_128_truth.mrc", 1, VoxelSize.cube(2, "nm"));
    }

    /** Centres of its balls in voxels counted from 0, for volumes of so many voxels along each side. */
    public static double[][] centres(int side) {
        return java.util.Arrays.stream(SharedData.numbers(path("cu24_spheres.csv")))
                .map(s -> new double[] {
                    s[0] * side + (side - 1) / 2.0, s[1] * side + (side - 1) / 2.0, s[2] * side + (side - 1) / 2.0
                })
                .toArray(double[][]::new);
    }

    /** Path: where a file of the data is. */
    public static Path path(String name) {
        return folder().resolve(name);
    }
}
