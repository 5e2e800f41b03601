package sinterj.djl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
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
        require(torch);
        return torch ? new TorchNetwork(weights) : new OnnxNetwork(weights);
    }

    /** Asks before a class is touched that cannot be loaded without the engine's. */
    private static void require(boolean torch) {
        if (torch) PyTorch.require();
        else OnnxRuntime.require();
    }

    /** Whether a path names a network of others, by its ending: .onnx, or .pt, .pth, .ts or .torchscript. */
    public static boolean isForeign(String path) {
        return isOnnx(path) || path.toLowerCase(Locale.ROOT).matches(".*[.](pt|pth|ts|torchscript)");
    }

    private static boolean isOnnx(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith(".onnx");
    }

    /** A text that differs for other files. */
    public static String digest(Path file) {
        CRC32 sum = new CRC32();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), sum)) {
            in.transferTo(OutputStream.nullOutputStream());
            return "file " + sum.getValue();
        } catch (IOException e) {
            throw new InvalidInput("'" + file + "' cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /**
     * A network of others: an ONNX file for ONNX Runtime, or a TorchScript file for PyTorch.
     *
     * @param channelsLast whether its arrays are batch, y, x, channel rather than batch, channel, y, x
     * @throws InvalidInput if it is no such file, its engine is not there, or it is not a network from slices to classes
     */
    public static Network ofFile(Path file, boolean channelsLast) {
        if (!Files.isRegularFile(file)) throw new InvalidInput("'model': there is no file '" + file + "'.");
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new InvalidInput("'" + file + "' has " + Files.size(file) + " bytes, more than can be loaded.");
            }
            require(!isOnnx(file.toString()));
            byte[] bytes = Files.readAllBytes(file);
            return isOnnx(file.toString())
                    ? new ForeignOnnx(bytes, channelsLast)
                    : new ForeignTorch(bytes, channelsLast);
        } catch (IOException e) {
            throw new InvalidInput("'" + file + "' cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
