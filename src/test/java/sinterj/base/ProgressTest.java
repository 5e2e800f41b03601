package sinterj.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ProgressTest {
    /** Somebody who watches with three threads and has pressed both buttons. */
    private static final class Watcher implements Progress {
        final List<String> heard = new ArrayList<>();

        @Override
        public void report(double fraction, String what) {
            heard.add(what + " " + fraction);
        }

        @Override
        public void remark(String sentence) {
            heard.add(sentence);
        }

        @Override
        public void check() {
            throw new CancellationException("stop");
        }

        @Override
        public boolean finishEarly() {
            return true;
        }

        @Override
        public void show(String title, int width, int height, float[] pixels) {
            heard.add(title + " " + width + " x " + height);
        }

        @Override
        public boolean isShown() {
            return true;
        }

        @Override
        public int threads() {
            return 3;
        }
    }

    private final Watcher watcher = new Watcher();

    @Test
    void aPartOfAPartFillsItsStretchAndPassesTheRestOn() {
        Progress part = watcher.part(0.5, 1).part(0, 0.5);
        part.report(0, "a");
        part.report(1, "b");
        part.report(7, "beyond");
        part.show("view", 2, 1, new float[2]);
        part.hidden().withThreads(1).remark("Said for good.");
        assertEquals(List.of("a 0.5", "b 0.75", "beyond 0.75", "view 2 x 1", "Said for good."), watcher.heard);
        assertTrue(part.finishEarly() && part.isShown());
        assertEquals(3, part.threads());
        assertThrows(CancellationException.class, part::check);
    }

    @Test
    void aHiddenStepIsNotHeardButCanBeCancelled() {
        Progress hidden = watcher.hidden();
        assertThrows(CancellationException.class, () -> hidden.report(0.5, "a"));
        assertThrows(CancellationException.class, hidden::check);
        hidden.show("view", 2, 1, new float[2]);
        assertTrue(watcher.heard.isEmpty());
        assertFalse(hidden.finishEarly() || hidden.isShown());
        assertEquals(3, hidden.threads());
        assertEquals(1, hidden.withThreads(1).threads());
    }
}
