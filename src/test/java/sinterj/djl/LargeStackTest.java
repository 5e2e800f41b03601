package sinterj.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LargeStackTest {
    private static long depth(int left) {
        return left == 0 ? 0 : 1 + depth(left - 1);
    }

    @Test
    void recursionThatOverflowsAUsualStackComesToItsEnd() {
        int deep = 400_000;
        assertThrows(StackOverflowError.class, () -> depth(deep));
        assertEquals(deep, LargeStack.call(() -> depth(deep)));
    }

    @Test
    void whatIsThrownIsThrownHere() {
        IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> LargeStack.call(() -> {
                    throw new IllegalStateException("engine");
                }));
        assertEquals("engine", thrown.getMessage());
    }

    @Test
    void anInterruptWaitsForTheEngineAndIsKept() {
        Thread.currentThread().interrupt();
        assertEquals(3, LargeStack.call(() -> 3));
        assertTrue(Thread.interrupted());
    }
}
