package sinterj.djl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import sinterj.base.InvalidInput;
import sinterj.segment.Network;
import sinterj.segment.Weights;

/** Makes networks ready to be applied, by the engine that is wanted or is there. */
public final class Networks {
    /** What applies a network. */
    public enum Engine {
        /** ONNX Runtime; PyTorch if there is none. */
        AUTO,
        ONNXRUNTIME,
        PYTORCH
    }

    private static final long LARGEST_FILE = 1_500_000_000L;

    private Networks() {}

    /**
     * A trained network.
     *
     * @throws InvalidInput if the engine is not there
     */
    public static Network of(Weights weights, Engine engine) {
        boolean torch = engine == Engine.PYTORCH
                || engine == Engine.AUTO
                        && !OnnxRuntime.missing().isEmpty()
                        && PyTorch.missing().isEmpty();
        return torch ? new TorchNetwork(weights) : new OnnxNetwork(weights);
    }

    /**
     * A network of others.
     *
     * @param channelsLast whether its arrays are batch, y, x, channel rather than batch, channel, y, x
     * @throws InvalidInput if it is no such file, or not a network from slices to classes
     */
    public static Network ofOnnxFile(Path file, boolean channelsLast) {
        if (!Files.isRegularFile(file)) throw new InvalidInput("'model': there is no file '" + file + "'.");
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new InvalidInput("'" + file + "' has " + Files.size(file) + " bytes, more than can be loaded.");
            }
            return new ForeignOnnx(Files.readAllBytes(file), channelsLast);
        } catch (IOException e) {
            throw new InvalidInput("'" + file + "' cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
