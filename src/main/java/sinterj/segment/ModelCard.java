package sinterj.segment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sinterj.image.Mirror;

/**
 * Describes a trained network for other programs: {@code rdf.yaml} as bioimage.io wants it (model description 0.5), with
 * grey values and what the network makes of them as NumPy arrays, by which a program sees whether it applies the
 * network rightly; and {@code README.md} in words.
 */
public final class ModelCard {
    private ModelCard() {}

    /**
     * Writes the description beside {@code model.onnx}.
     *
     * @param network the model, ready to be applied
     * @param set a labelled slice of it becomes the test input
     * @param software name and version of the program that trained it
     */
    public static void write(Path folder, UNetModel model, Network network, TrainingSet set, String software) {
        try {
            int side = smallest(network);
            float[] in = input(set, side);
            float[] out = network.probabilities(DescribedSteps.applied(model.rule(), in, network.inputs()), side, side);
            Files.write(folder.resolve("test-input.npy"), npy(in, network.inputs(), side, side));
            Files.write(folder.resolve("test-output.npy"), npy(out, network.classes(), side, side));
            if (!Files.exists(folder.resolve("README.md"))) {
                ModelFolder.writeText(folder.resolve("README.md"), words(model, software));
            }
            ModelFolder.writeText(folder.resolve("rdf.yaml"), rdf(folder, model, network, software));
        } catch (IOException e) {
            throw ModelFolder.unwritable(folder, e);
        }
    }

    /** A side of which something is left when the margins that the network sees are thrown away. */
    private static int smallest(Network network) {
        return 2 * network.halo() + network.multiple();
    }

    /** Grey values of the middle of a labelled slice and its neighbours, mirrored where it is too small. */
    private static float[] input(TrainingSet set, int side) {
        float[][] planes = set.inputs(set.slices().get(set.slices().size() / 2));
        int x0 = (set.width() - side) / 2;
        int y0 = (set.height() - side) / 2;
        float[] in = new float[planes.length * side * side];
        for (int k = 0; k < planes.length; k++) {
            for (int i = 0; i < side * side; i++) {
                int x = Mirror.at(x0 + i % side, set.width());
                int y = Mirror.at(y0 + i / side, set.height());
                in[k * side * side + i] = set.normalisation().grey(planes[k][x + set.width() * y]);
            }
        }
        return in;
    }

    /** A NumPy file, version 1.0, of 32-bit floats with a batch of 1 before the given sides. */
    static byte[] npy(float[] values, int channels, int height, int width) {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, " + channels + ", " + height + ", "
                + width + "), }";
        // The numbers start at a multiple of 64 bytes, after 10 bytes of magic, version and length.
        int length = (10 + header.length() + 1 + 63) / 64 * 64 - 10;
        ByteBuffer bytes = ByteBuffer.allocate(10 + length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        bytes.put((byte) 1).put((byte) 0).putShort((short) length);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        while (text.size() < length - 1) text.write(' ');
        text.write('\n');
        bytes.put(text.toByteArray());
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static String classes(UNetModel model) {
        return IntStream.of(model.values()).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }

    private static String words(UNetModel model, String software) {
        UNetShape shape = model.weights().shape();
        StringBuilder text = new StringBuilder("# A U-Net for slices of a stack\n\n");
        text.append("Classes ").append(classes(model)).append("; width ").append(shape.width());
        text.append(", depth ")
                .append(shape.depth())
                .append(", ")
                .append(shape.inputs())
                .append(" slices go in.\n");
        text.append("Mean IoU on labels kept for the score: ")
                .append(rounded(model.score()))
                .append(".\n\n");
        text.append("| class | labelled voxels | IoU |\n| --- | --- | --- |\n");
        for (int c = 0; c < model.values().length; c++) {
            text.append("| ").append(model.values()[c]).append(" | ").append(model.labelled()[c]);
            text.append(" | ").append(rounded(model.iou()[c])).append(" |\n");
        }
        text.append("\nTrained by ").append(software).append("; `model.json` holds the recipe.\n");
        text.append("Before the network sees them, images are resized by ").append(model.scale());
        text.append(" and normalised: ").append(normalisation(model.rule())).append(".\n");
        return text.toString();
    }

    private static String rounded(double v) {
        return Double.isFinite(v) ? String.format(Locale.ROOT, "%.3f", v) : "not known";
    }

    private static String normalisation(Normalisation.Rule rule) {
        return switch (rule) {
            case STACK -> "the 1st and 99th percentile of the stack become -1 and 1";
            case SLICE -> "the 1st and 99th percentile of each slice become -1 and 1";
            case MEAN_SD -> "the mean of the stack becomes 0, its standard deviation 1";
            case NONE -> "grey values stay as they are";
        };
    }

    private static String rdf(Path folder, UNetModel model, Network network, String software) throws IOException {
        int m = network.multiple();
        String slices = IntStream.rangeClosed(1, network.inputs())
                .mapToObj(k -> "slice" + k)
                .collect(Collectors.joining(", "));
        String names = IntStream.of(model.values()).mapToObj(v -> "class" + v).collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                """
                format_version: 0.5.4
                type: model
                name: U-Net for slices of a stack
                description: "From slices to the probability of each class. %s."
                authors: [{name: user of %s}]
                cite:
                  - text: "Ronneberger, Fischer and Brox, U-Net, MICCAI 2015, 234"
                    doi: 10.1007/978-3-319-24574-4_28
                # Of this description; say here what holds for your network.
                license: BSD-2-Clause
                documentation: README.md
                tags: [unet, segmentation, electron-microscopy]
                inputs:
                  - id: slices
                    axes:
                      - {type: batch}
                      - {type: channel, channel_names: [%s]}
                      - {type: space, id: y, size: {min: %d, step: %d}}
                      - {type: space, id: x, size: {min: %d, step: %d}}
                    data: {type: float32}
                    preprocessing: %s
                    test_tensor: {source: test-input.npy, sha256: %s}
                outputs:
                  - id: probabilities
                    axes:
                      - {type: batch}
                      - {type: channel, channel_names: [%s]}
                      - {type: space, id: y, size: {tensor_id: slices, axis_id: y}, halo: %d}
                      - {type: space, id: x, size: {tensor_id: slices, axis_id: x}, halo: %d}
                    data: {type: float32}
                    test_tensor: {source: test-output.npy, sha256: %s}
                weights:
                  onnx: {source: model.onnx, sha256: %s, opset_version: 13}
                """,
                "Before, images are resized by " + model.scale() + ". In training, " + normalisation(model.rule()),
                software,
                slices,
                smallest(network),
                m,
                smallest(network),
                m,
                DescribedSteps.yaml(model.rule()),
                ModelFolder.sha256(folder.resolve("test-input.npy")),
                names,
                network.halo(),
                network.halo(),
                ModelFolder.sha256(folder.resolve("test-output.npy")),
                ModelFolder.sha256(folder.resolve("model.onnx")));
    }
}
