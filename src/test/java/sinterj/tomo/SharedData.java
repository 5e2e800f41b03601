package sinterj.tomo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Reads the data set that the system property {@code sinterj.data} names; a test that needs it is skipped without. */
final class SharedData {
    private SharedData() {}

    static Path tomography(String name) {
        String folder = System.getProperty("sinterj.data", "");
        Assumptions.assumeTrue(!folder.isEmpty(), "skipped: -Dsinterj.data does not name the folder with " + name);
        return Path.of(folder, "tomography", name);
    }

    /** The sections of an MRC file of little-endian 16-bit or float numbers. */
    static List<float[]> mrc(Path path) {
        ByteBuffer bytes = ByteBuffer.wrap(all(path)).order(ByteOrder.LITTLE_ENDIAN);
        int size = bytes.getInt(0) * bytes.getInt(4);
        int mode = bytes.getInt(12);
        int position = 1024 + bytes.getInt(92);
        List<float[]> sections = new ArrayList<>();
        for (int z = 0; z < bytes.getInt(8); z++) {
            float[] section = new float[size];
            for (int i = 0; i < size; i++) {
                section[i] = switch (mode) {
                    case 1 -> bytes.getShort(position);
                    case 2 -> bytes.getFloat(position);
                    case 6 -> bytes.getShort(position) & 0xffff;
                    default -> throw new IllegalArgumentException("mode " + mode);
                };
                position += mode == 2 ? 4 : 2;
            }
            sections.add(section);
        }
        return sections;
    }

    /** Rows of numbers separated by commas; lines that start with # are left out. */
    static double[][] numbers(Path path) {
        return new String(all(path), java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> java.util.Arrays.stream(line.trim().split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }

    static double[] angles(Path path) {
        return java.util.Arrays.stream(numbers(path)).mapToDouble(row -> row[0]).toArray();
    }

    /** The spheres of a phantom given in fields of view. */
    static SpherePhantom phantom(Path path, double fieldOfView) {
        return new SpherePhantom(java.util.Arrays.stream(numbers(path))
                .map(s -> new Sphere(s[0], s[1], s[2], s[3]).scaled(fieldOfView))
                .toList());
    }

    private static byte[] all(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
