package sinterj.segment;

/**
 * A trained U-Net as an ONNX file: from normalised slices to probabilities. Batch normalisation is multiplied into the
 * convolutions, which changes the results by rounding only.
 */
public final class UNetOnnx implements UNetOps<String> {
    private final OnnxFile file = new OnnxFile();
    private final Weights weights;
    private int names;

    private UNetOnnx(Weights weights) {
        this.weights = weights;
    }

    /** The bytes of the file; input {@code slices}, output {@code probabilities}, both batch, channel, y, x. */
    public static byte[] bytes(Weights weights) {
        UNetOnnx onnx = new UNetOnnx(weights);
        UNetShape shape = weights.shape();
        String logits = shape.build(onnx, "slices");
        onnx.file.node("Softmax", new String[] {logits}, "probabilities", OnnxFile.Attribute.of("axis", 1));
        return onnx.file.bytes("slices", shape.inputs(), "probabilities", shape.classes());
    }

    private float[] get(String name) {
        return weights.values().get(name);
    }

    private String next() {
        return "t" + names++;
    }

    @Override
    public String unit(String name, String x) {
        float[] weight = get(name + ".weight").clone();
        float[] gamma = get(name + ".gamma");
        float[] beta = get(name + ".beta");
        float[] mean = get(name + ".mean");
        float[] variance = get(name + ".variance");
        float[] bias = new float[gamma.length];
        int per = weight.length / gamma.length;
        for (int c = 0; c < gamma.length; c++) {
            double scale = gamma[c] / Math.sqrt(variance[c] + (double) UNetShape.EPSILON);
            for (int i = 0; i < per; i++) weight[c * per + i] *= (float) scale;
            bias[c] = (float) (beta[c] - mean[c] * scale);
        }
        String sum = convolution(name, x, new int[] {gamma.length, per / 9, 3, 3}, weight, bias, 1);
        String out = next();
        file.node("Relu", new String[] {sum}, out);
        return out;
    }

    private String convolution(String name, String x, int[] shape, float[] weight, float[] bias, int pad) {
        file.numbers(name + ".weight", shape, weight);
        file.numbers(name + ".bias", new int[] {bias.length}, bias);
        String out = next();
        file.node(
                "Conv",
                new String[] {x, name + ".weight", name + ".bias"},
                out,
                OnnxFile.Attribute.of("kernel_shape", shape[2], shape[3]),
                OnnxFile.Attribute.of("pads", pad, pad, pad, pad),
                OnnxFile.Attribute.of("strides", 1, 1));
        return out;
    }

    @Override
    public String pool(String x) {
        String out = next();
        file.node(
                "MaxPool",
                new String[] {x},
                out,
                OnnxFile.Attribute.of("kernel_shape", 2, 2),
                OnnxFile.Attribute.of("strides", 2, 2));
        return out;
    }

    @Override
    public String up(String name, String x) {
        String wide = head(name, x);
        String out = next();
        file.node(
                "DepthToSpace",
                new String[] {wide},
                out,
                OnnxFile.Attribute.of("blocksize", 2),
                OnnxFile.Attribute.of("mode", "CRD"));
        return out;
    }

    @Override
    public String join(String a, String b) {
        String out = next();
        file.node("Concat", new String[] {a, b}, out, OnnxFile.Attribute.of("axis", 1));
        return out;
    }

    @Override
    public String head(String name, String x) {
        float[] bias = get(name + ".bias");
        float[] weight = get(name + ".weight");
        return convolution(name, x, new int[] {bias.length, weight.length / bias.length, 1, 1}, weight, bias, 0);
    }
}
