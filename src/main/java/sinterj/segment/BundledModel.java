package sinterj.segment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Networks that come with SinterJ, known by name: those of the folder {@code models}, packed into the jar. */
public final class BundledModel {
    /** Superconductor, void and impurity in FIB-SEM stacks, learnt from simulated ones. */
    public static final String FIBSEM = "fibsem-3phase";

    private BundledModel() {}

    /** The names. */
    public static List<String> names() {
        return List.of(FIBSEM);
    }

    /**
     * Reads one of them, checked as any other.
     *
     * @param name one of {@link #names}
     */
    static UNetModel read(String name) throws IOException {
        byte[] weights = bytes(name, ModelFolder.WEIGHTS);
        return ModelFolder.checked(
                new String(bytes(name, ModelFolder.ABOUT), StandardCharsets.UTF_8),
                ModelFolder.sha256(weights),
                weights.length,
                () -> TensorFile.read(ModelFolder.WEIGHTS, new ByteArrayInputStream(weights), weights.length));
    }

    private static byte[] bytes(String name, String file) throws IOException {
        if (!names().contains(name)) throw new IllegalArgumentException(name);
        try (InputStream in = BundledModel.class.getResourceAsStream("/sinterj/models/" + name + "/" + file)) {
            if (in == null) throw new IOException(file + " is missing in the SinterJ jar");
            return in.readAllBytes();
        }
    }
}
