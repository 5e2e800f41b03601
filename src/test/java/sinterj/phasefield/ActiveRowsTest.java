package sinterj.phasefield;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sinterj.base.Progress;

class ActiveRowsTest {
    private static final double DX = TwinData.SPACING;

    @Test
    void emptyRowsRestAndTheOthersDoNotNotice() {
        double[][] low = {{12, 20, 19}, {27.5, 20, 19}};
        double[][] high = {{12, 20 + 30, 19 + 20}, {27.5, 20 + 30, 19 + 20}};
        Grid small = Grid.closed(40, 40, 38, DX, 4);
        Grid large = Grid.closed(40, 96, 79, DX, 4);
        Frame tight = last(TestStates.spheres(small, low, 8.3));
        Frame roomy = last(TestStates.spheres(large, high, 8.3));
        assertEquals(tight.mass(), roomy.mass(), 2e-5 * tight.mass()); // tails that the small box cuts off
        for (int z = 0; z < 38; z++) {
            for (int y = 0; y < 40; y++) {
                float[] a = row(tight, 40, z, y);
                float[] b = row(roomy, 40, z + 20, y + 30);
                assertArrayEquals(a, b, 5e-5f); // a step of another length here or there
            }
        }
        ActiveRows rows = rows(TestStates.spheres(large, high, 8.3));
        assertTrue(rows.count < 0.4 * 96 * 79, rows.count + " rows");
        assertFalse(rows.has(0, 0));
        assertTrue(rows.has(39, 50));
    }

    private static float[] row(Frame frame, int n, int z, int y) {
        return java.util.Arrays.copyOfRange(frame.density()[z], n * y, n * (y + 1));
    }

    private static Frame last(SinterState start) {
        List<Frame> frames = new ArrayList<>();
        Course course = Course.constant(Material.copper());
        Sintering.run(start, course, new double[] {0, 4}, Stepping.euler(0.02), frames::add, Progress.SILENT);
        return frames.get(1);
    }

    private static ActiveRows rows(SinterState start) {
        Store store = new Store(start, true);
        BoxFit.fit(store, true, Progress.SILENT);
        assertTrue(store.fitRows(true, Progress.SILENT));
        assertFalse(store.fitRows(false, Progress.SILENT), "they still do");
        return store.rows();
    }

    @Test
    void alongAPeriodicAxisRowsGoOnAroundTheCorner() {
        Grid grid = new Grid(30, 90, 80, DX, 4, false, true, true);
        ActiveRows rows = rows(TestStates.spheres(grid, new double[][] {{15, 1, 2}}, 8.3));
        assertTrue(rows.has(0, 0) && rows.has(79, 89) && rows.has(0, 89));
        assertFalse(rows.has(40, 0) || rows.has(0, 45));
        assertEquals(4, rows.runs[0].length, "two runs of rows");
        assertEquals(1, rows.runs[0][0]);
        assertEquals(91, rows.runs[0][3]);
        assertArrayEquals(rows.runs[0], rows.upward[79]);
        assertEquals(0, rows.runs[40].length);
    }
}
