package sinterj.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MaskedLossTest {
    private static final Shape SHAPE = new Shape(2, 3, 4, 4);
    private static final MaskedLoss LOSS = new MaskedLoss(new float[] {1, 2, 0.5f});
    private static final Batch BATCH = batch();

    @BeforeAll
    static void needsPyTorch() {
        Assumptions.assumeTrue(PyTorch.missing().isEmpty(), () -> "skipped: " + PyTorch.missing());
    }

    private static Batch batch() {
        SplittableRandom random = new SplittableRandom(3);
        float[] truth = new float[2 * 3 * 16];
        float[] mask = new float[2 * 16];
        long[] counts = new long[3];
        for (int i = 0; i < mask.length; i++) {
            if (i % 5 == 0) continue;
            int c = random.nextInt(3);
            truth[(i / 16 * 3 + c) * 16 + i % 16] = 1;
            mask[i] = 1;
            counts[c]++;
        }
        return new Batch(new float[0], truth, mask, counts);
    }

    private static float[] logits() {
        SplittableRandom random = new SplittableRandom(5);
        float[] logits = new float[(int) SHAPE.size()];
        for (int i = 0; i < logits.length; i++) logits[i] = (float) (2 * random.nextDouble() - 1);
        return logits;
    }

    private static double value(float[] logits) {
        try (NDManager one = PyTorchEngine.manager()) {
            return LOSS.of(one, one.create(logits, SHAPE), BATCH).getFloat();
        }
    }

    private static float[] gradient(float[] logits, Runnable between) {
        try (NDManager one = PyTorchEngine.manager()) {
            JniUtils.setGradMode(true);
            NDArray x = one.create(logits, SHAPE);
            x.setRequiresGradient(true);
            NDArray loss = LOSS.of(one, x, BATCH);
            between.run();
            JniUtils.backward((PtNDArray) loss, (PtNDArray) one.ones(loss.getShape()), false, false);
            return x.getGradient().toFloatArray();
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    /**
     * Three pixels are labelled: two of class 0, which has probabilities 1/2 and 1/5 there, and one of class 1, at 1/2; the
     * fourth is not, and nobody is of class 2. Class 1 counts three times as much in the cross-entropy.
     */
    @Test
    void theValueIsThatOfAPencil() {
        double[][] p = {
            {1 / 2.0, 1 / 4.0, 1 / 4.0},
            {1 / 4.0, 1 / 2.0, 1 / 4.0},
            {1 / 5.0, 2 / 5.0, 2 / 5.0},
            {1 / 10.0, 1 / 10.0, 8 / 10.0}
        };
        float[] logits = new float[3 * 4];
        for (int i = 0; i < 4; i++) for (int c = 0; c < 3; c++) logits[4 * c + i] = (float) (i + Math.log(p[i][c]));
        float[] truth = {1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0};
        Batch batch = new Batch(new float[0], truth, new float[] {1, 1, 1, 0}, new long[] {2, 1, 0});
        double entropy = (1 * Math.log(2) + 1 * Math.log(5) + 3 * Math.log(2)) / (1 + 1 + 3);
        // Twice what is right over what is found and what is there, with 1 on both sides of the fraction.
        double first = (2 * (0.5 + 0.2) + 1) / (0.5 + 0.25 + 0.2 + 2 + 1);
        double second = (2 * 0.5 + 1) / (0.25 + 0.5 + 0.4 + 1 + 1);
        double expected = entropy + 0.5 * (1 - (first + second) / 2);
        assertEquals(1.06578, expected, 1e-5);
        try (NDManager one = PyTorchEngine.manager()) {
            NDArray x = one.create(logits, new Shape(1, 3, 2, 2));
            NDArray loss = new MaskedLoss(new float[] {1, 3, 0.5f}).of(one, x, batch);
            assertEquals(expected, loss.getFloat(), 1e-5);
        }
    }

    @Test
    void theGradientIsThatOfTheValue() {
        float[] logits = logits();
        float[] gradient = gradient(logits, () -> {});
        for (int i = 0; i < logits.length; i += 7) {
            float[] more = logits.clone();
            float[] less = logits.clone();
            more[i] += 0.01f;
            less[i] -= 0.01f;
            assertEquals((value(more) - value(less)) / 0.02, gradient[i], 2e-4, "at " + i);
        }
    }

    /** What Java lets go of between the way forward and the way back must not be read on the way back. */
    @Test
    void aCollectionOfGarbageBeforeTheWayBackChangesNothing() {
        float[] gradient = gradient(logits(), () -> {});
        for (int again = 0; again < 5; again++) {
            assertArrayEquals(gradient, gradient(logits(), MaskedLossTest::reuseMemory));
        }
    }

    /** Has Java give back what nobody holds any more, and writes other numbers there. */
    private static void reuseMemory() {
        List<ByteBuffer> held = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            System.gc();
            for (int i = 0; i < 20_000; i++) {
                held.add(ByteBuffer.allocateDirect(4)
                        .order(ByteOrder.nativeOrder())
                        .putFloat(0, 1e30f));
            }
        }
    }
}
