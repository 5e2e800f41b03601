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
