package sinterj.denoise;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Test images of Debian's python3-skimage with noise by its NumPy, so that published figures can be compared with. */
final class SkimageData {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path FOLDER = Path.of("/usr/lib/python3/dist-packages/skimage/data");

    private SkimageData() {}

    /** An image and the same with noise. */
    record Pair(float[] clean, float[] noisy, int width, int height) {}

    static Pair noisy(String name, int sigma) throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(PYTHON) && Files.exists(FOLDER.resolve(name + ".png")),
                "python3-skimage is not installed: " + name + " with sigma " + sigma + " was skipped");
        Path out = Files.createTempFile("sinterj-" + name, ".raw");
        String script = String.format(
                Locale.ROOT,
                "import numpy as np; from skimage.io import imread; a = imread('%s'); "
                        + "n = np.random.default_rng(%d).normal(0, %d, a.shape); "
                        + "b = a.astype(np.float32) + n.astype(np.float32); f = open('%s', 'wb'); "
                        + "f.write(np.array(a.shape, '<i4').tobytes()); f.write(a.astype('<f4').tobytes()); "
                        + "f.write(b.astype('<f4').tobytes()); f.close()",
                FOLDER.resolve(name + ".png"),
                1000 + sigma,
                sigma,
                out);
        int exit = new ProcessBuilder(PYTHON.toString(), "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assumeTrue(exit == 0, "NumPy or scikit-image cannot be used: " + name + " was skipped");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(out)).order(ByteOrder.LITTLE_ENDIAN);
        Files.delete(out);
        int height = bytes.getInt();
        int width = bytes.getInt();
        FloatBuffer values = bytes.asFloatBuffer();
        float[] clean = new float[width * height];
        float[] noisy = new float[width * height];
        values.get(clean).get(noisy);
        return new Pair(clean, noisy, width, height);
    }

    static double psnr(float[] truth, float[] image, double peak) {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) sum += (truth[i] - image[i]) * (truth[i] - image[i]);
        return 10 * Math.log10(peak * peak * truth.length / sum);
    }
}
