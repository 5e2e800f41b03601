package sinterj.tomo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sinterj.base.Progress;

/** The plane that is shown is the one in the middle of the beam, as it is after the iteration that was told. */
class LiveViewTest {
    private static final int MOST = 1_000_000;
    private static final Geometry GEOMETRY = new Geometry(TomoTesting.range(-40, 10, 9), 13, 13, 8, false);
    private static final int HEIGHT = 5;

    private record Picture(int iteration, int width, int height, float[] pixels) {}

    /** Looks until it has seen three pictures, then has enough. */
    private static final class Onlooker implements Progress {
        final List<Picture> pictures = new ArrayList<>();
        private final boolean looks;
        private double reached;
        private long reports;

        Onlooker(boolean looks) {
            this.looks = looks;
        }

        @Override
        public void report(double fraction, String what) {
            reached = fraction;
            reports++;
        }

        @Override
        public void check() {}

        @Override
        public boolean isShown() {
            return looks;
        }

        @Override
        public void show(String title, int width, int height, float[] pixels) {
            assertEquals("Central slice", title);
            pictures.add(new Picture((int) Math.round(reached * MOST), width, height, pixels.clone()));
        }

        @Override
        public boolean finishEarly() {
            return looks ? pictures.size() >= 3 || reports > 300_000 : reports >= 30;
        }
    }

    private static float[][] solved(String method, int iterations, Progress progress) {
        Projector projector = new Projector(GEOMETRY, Progress.SILENT);
        BackProjector back = BackProjector.transposeOf(GEOMETRY, Progress.SILENT);
        float[][] data = RowImages.zeros(GEOMETRY.rayRows(), HEIGHT);
        projector.project(TomoTesting.ball(13, HEIGHT, 8, 1.5, -0.5, 0.7, 2.6), data, Progress.SILENT);
        return method.equals("sirt")
                ? Sirt.reconstruct(projector, back, data, null, iterations, 0, Float.MAX_VALUE, progress)
                        .rows()
                : TotalVariation.solve(
                                projector,
                                back,
                                data,
                                null,
                                null,
                                TotalVariation.Settings.of(0.02, iterations).withFixedBalance(1e-4),
                                progress)
                        .rows();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sirt", "tv"})
    void theSliceInTheMiddleOfTheBeamIsShownWhileItIsSolved(String method) {
        Onlooker onlooker = new Onlooker(true);
        solved(method, MOST, onlooker);
        assertEquals(3, onlooker.pictures.size());
        assertEquals(1, onlooker.pictures.get(0).iteration);
        for (Picture picture : onlooker.pictures.subList(0, 2)) {
            assertEquals(13, picture.width);
            assertEquals(HEIGHT, picture.height);
            float[][] rows = solved(method, picture.iteration, Progress.SILENT);
            float[] expected = new float[13 * HEIGHT];
            for (int i = 0; i < expected.length; i++) expected[i] = rows[8 / 2 * 13 + i % 13][i / 13];
            assertArrayEquals(expected, picture.pixels);
        }
        assertFalse(Arrays.equals(onlooker.pictures.get(0).pixels, onlooker.pictures.get(1).pixels));
    }

    @Test
    void nothingIsShownIfNobodyLooks() {
        Onlooker onlooker = new Onlooker(false);
        solved("sirt", MOST, onlooker);
        assertTrue(onlooker.pictures.isEmpty());
    }
}
