package sinterj.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import sinterj.segment.UNetOnnx;
import sinterj.segment.UNetShape;
import sinterj.segment.Weights;
import sinterj.trial.Nonsense;

/** ONNX files of others that are damaged: applied, or a sentence; the library in machine code must not fall. */
@Tag(Nonsense.TAG)
class ForeignOnnxFuzzTest {
    private static final byte[] GOOD = UNetOnnx.bytes(Weights.untrained(new UNetShape(1, 2, 2, 1), 4));

    private static void appliedOrSentence(byte[] bytes) {
        Nonsense.doneOrSentence(() -> {
            try (ForeignOnnx network = new ForeignOnnx(bytes, false)) {
                if (network.inputs() > 8) return; // as many slices are not at hand here
                float[] p = network.probabilities(new float[network.inputs() * 32 * 32], 32, 32);
                assertEquals(network.classes() * 32 * 32, p.length);
            }
        });
    }

    @Example
    void theGoodOneIsApplied() {
        try (ForeignOnnx network = new ForeignOnnx(GOOD, false)) {
            assertEquals(2 * 32 * 32, network.probabilities(new float[32 * 32], 32, 32).length);
        }
    }

    @Property(seed = "20261205", edgeCases = EdgeCasesMode.NONE)
    void aByteChangedOrTheEndCut(
            @ForAll @IntRange(max = 20_000) int where,
            @ForAll byte value,
            @ForAll @IntRange(min = 1, max = 40_000) int length) {
        appliedOrSentence(Nonsense.damaged(GOOD, where, value, length));
    }

    @Property(seed = "20261206", edgeCases = EdgeCasesMode.NONE)
    void anyBytes(@ForAll byte[] bytes) {
        appliedOrSentence(bytes);
    }
}
