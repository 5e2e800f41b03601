package sinterj.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sinterj.math.RandomDraws;
import sinterj.segment.Network;
import sinterj.segment.UNetShape;
import sinterj.segment.Weights;

class NetworksTest {
    @BeforeAll
    static void needsBothEngines() {
        Assumptions.assumeTrue(PyTorch.missing().isEmpty(), () -> "skipped: " + PyTorch.missing());
        Assumptions.assumeTrue(OnnxRuntime.missing().isEmpty(), () -> "skipped: " + OnnxRuntime.missing());
    }

    /** Weights with means, variances and biases that matter. */
    static Weights arbitrary(UNetShape shape, long seed) {
        Map<String, float[]> values = new LinkedHashMap<>();
        SplittableRandom random = new SplittableRandom(seed);
        Weights.untrained(shape, seed).values().forEach((name, array) -> {
            float[] changed = array.clone();
            if (!name.endsWith(".weight")) {
                for (int i = 0; i < changed.length; i++) changed[i] += (float) (0.3 * RandomDraws.gaussian(random));
            }
            if (name.endsWith(".variance"))
                for (int i = 0; i < changed.length; i++) changed[i] = 0.2f + changed[i] * changed[i];
            values.put(name, changed);
        });
        return new Weights(shape, values);
    }

    static float[] noise(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] a = new float[n];
        for (int i = 0; i < n; i++) a[i] = (float) RandomDraws.gaussian(random);
        return a;
    }

    @Test
    void bothEnginesGiveTheSameProbabilities() {
        for (UNetShape shape : new UNetShape[] {new UNetShape(1, 3, 8, 3), new UNetShape(3, 2, 4, 2)}) {
            Weights weights = arbitrary(shape, 5);
            float[] slices = noise(shape.inputs() * 48 * 64, 6);
            try (Network torch = new TorchNetwork(weights);
                    Network onnx = new OnnxNetwork(weights)) {
                float[] a = torch.probabilities(slices, 64, 48);
                float[] b = onnx.probabilities(slices, 64, 48);
                assertEquals(shape.classes() * 48 * 64, a.length);
                double largest = 0;
                for (int i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
                assertEquals(0, largest, 1e-4);
                for (int i = 0; i < 48 * 64; i++) {
                    double sum = 0;
                    for (int c = 0; c < shape.classes(); c++) sum += a[i + c * 48 * 64];
                    assertEquals(1, sum, 1e-5);
                }
            }
        }
    }

    @Test
    void aPixelSeesNoFurtherThanTheHalo() {
        UNetShape shape = new UNetShape(1, 2, 4, 2);
        int side = 4 * shape.halo();
        float[] slices = noise(side * side, 7);
        try (Network onnx = new OnnxNetwork(arbitrary(shape, 8))) {
            float[] before = onnx.probabilities(slices, side, side);
            int changed = side / 2 + side * (side / 2);
            slices[changed] += 50;
            float[] after = onnx.probabilities(slices, side, side);
            int farthest = 0;
            for (int i = 0; i < side * side; i++) {
                if (before[i] == after[i]) continue;
                farthest = Math.max(farthest, Math.max(Math.abs(i % side - side / 2), Math.abs(i / side - side / 2)));
            }
            org.junit.jupiter.api.Assertions.assertTrue(
                    farthest > shape.halo() / 2 && farthest <= shape.halo(), "sees " + farthest);
        }
    }
}
