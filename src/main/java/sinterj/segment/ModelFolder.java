package sinterj.segment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import sinterj.base.InvalidInput;

/**
 * A folder with a trained network: {@code model.json} says what it is, {@code weights.safetensors} holds the best
 * network and {@code last.safetensors} the last, {@code model.onnx} the best for other programs. Only these names are
 * read, nothing that a file names; and what is read is checked, since the folder may come from anywhere.
 */
public final class ModelFolder {
    static final String ABOUT = "model.json";
    static final String WEIGHTS = "weights.safetensors";
    private static final long LARGEST_JSON = 4_000_000;

    private ModelFolder() {}

    /** Writes a network; what stood there before is replaced. */
    public static void write(Path folder, UNetModel model, Weights last) {
        try {
            Files.createDirectories(folder);
            TensorFile.write(folder.resolve(WEIGHTS), model.weights().values());
            TensorFile.write(folder.resolve("last.safetensors"), last.values());
            writeWhole(folder.resolve("model.onnx"), UNetOnnx.bytes(model.weights()));
            String json = ModelJson.text(model, sha256(folder.resolve(WEIGHTS)));
            writeText(folder.resolve(ABOUT), json);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    static InvalidInput unwritable(Path folder, IOException e) {
        return new InvalidInput(
                "The model folder '" + folder + "' cannot be written (" + e.getMessage()
                        + "). Make room, or give another folder in 'model'.",
                e);
    }

    /** Whole or not at all: a training may be cut off while it writes. */
    static void writeText(Path file, String text) throws IOException {
        writeWhole(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void writeWhole(Path file, byte[] bytes) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * Reads a network.
     *
     * @param given path of a folder, or one of {@link BundledModel#names}
     * @throws InvalidInput if it is no model folder, or not what it says it is
     */
    public static UNetModel read(String given) {
        try {
            Path folder = Path.of(given);
            if (Files.isDirectory(folder)) return checked(folder);
            if (BundledModel.names().contains(given)) return BundledModel.read(given);
        } catch (InvalidInput e) {
            throw new InvalidInput("'" + given + "' is no model folder that can be used: " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new InvalidInput(
                    "'" + given + "' lacks " + Path.of(e.getFile()).getFileName()
                            + ", so it is no model folder. Give one that Train U-Net... has written.",
                    e);
        } catch (IOException e) {
            throw new InvalidInput("'" + given + "' cannot be read: " + e.getMessage() + ".", e);
        } catch (InvalidPathException e) {
            throw new InvalidInput("'model' is '" + given + "', which is no path.", e);
        }
        throw new InvalidInput("'model': there is no folder '" + given
                + "'. Give one that Train U-Net... has written, or the name of a network that comes with SinterJ: "
                + String.join(", ", BundledModel.names()) + ".");
    }

    private static UNetModel checked(Path folder) throws IOException {
        String about = text(folder.resolve(ABOUT));
        Path weights = folder.resolve(WEIGHTS);
        requireFile(weights);
        return checked(about, sha256(weights), Files.size(weights), () -> TensorFile.read(weights));
    }

    /** Reads the arrays of a network. */
    interface Arrays {
        Map<String, float[]> read() throws IOException;
    }

    static UNetModel checked(String json, String sha256, long size, Arrays arrays) throws IOException {
        ModelJson.Parsed about = ModelJson.parse(json);
        long expected = 0;
        for (UNetShape.Tensor t : about.shape().tensors()) expected += 4L * t.count();
        // The header of the file says more than this only if it says what it should not.
        if (size > expected + 1_000_000) {
            throw new InvalidInput(WEIGHTS + " has " + size + " bytes, but the network that " + ABOUT
                    + " tells of needs " + expected + ".");
        }
        if (!sha256.equals(about.sha256())) {
            throw new InvalidInput(WEIGHTS + " is not the file that " + ABOUT
                    + " was written with: its SHA-256 differs. Copy the folder again.");
        }
        return new UNetModel(
                new Weights(about.shape(), arrays.read()),
                about.values(),
                about.scale(),
                about.rule(),
                about.recipe(),
                about.voxel(),
                about.score(),
                about.iou(),
                about.step(),
                about.labelled());
    }

    private static void requireFile(Path file) throws IOException {
        if (!Files.exists(file)) throw new NoSuchFileException(file.toString());
        if (!Files.isRegularFile(file)) throw new InvalidInput(file.getFileName() + " is no file.");
    }

    static String text(Path file) throws IOException {
        requireFile(file);
        if (Files.size(file) > LARGEST_JSON) {
            throw new InvalidInput(file.getFileName() + " has " + Files.size(file) + " bytes, which is too many.");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    static String sha256(Path file) throws IOException {
        return sha256(Files.readAllBytes(file));
    }

    static String sha256(byte[] bytes) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(hash.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
