package sinterj.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import sinterj.base.Progress;
import sinterj.trial.Threads;

/** That a slice in parts is as the whole slice; and where it cannot be, that no seams are seen. */
class TilesTest {
    private static final int WIDTH = 321;
    private static final int HEIGHT = 158;
    private static final float[] NOISE = noise();

    private static float[] noise() {
        SplittableRandom random = new SplittableRandom(1);
        float[] plane = new float[WIDTH * HEIGHT];
        for (int i = 0; i < plane.length; i++) plane[i] = (float) (20 * random.nextDouble() - 10);
        return plane;
    }

    private static float[] applied(Tiles tiles, Network network, Progress progress) {
        return tiles.apply(network, new float[][] {NOISE}, WIDTH, HEIGHT, progress);
    }

    private static float[] whole(BoxNetwork network) {
        return applied(new Tiles(network.reach(), 4096), network, Progress.SILENT);
    }

    /** Root mean square, over the columns and rows where parts of 108 x 56 pixels meet, of how much the error jumps. */
    private static double jump(float[] made, float[] whole) {
        double squares = 0;
        int n = 0;
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int before = i % WIDTH > 0 && i % WIDTH % 108 == 0 ? 1 : i / WIDTH > 0 && i / WIDTH % 56 == 0 ? WIDTH : 0;
            if (before == 0) continue;
            squares += Math.pow(made[i] - whole[i] - (made[i - before] - whole[i - before]), 2);
            n++;
        }
        return Math.sqrt(squares / n);
    }

    private static double error(float[] made, float[] whole) {
        double squares = 0;
        for (int i = 0; i < made.length; i++) squares += Math.pow(made[i] - whole[i], 2);
        return Math.sqrt(squares / made.length);
    }

    @Test
    void whereTheMarginIsTooNarrowPartsFadeIntoEachOther() {
        BoxNetwork sees24 = new BoxNetwork(24, 24, 4);
        float[] whole = whole(sees24);
        for (int margin : new int[] {8, 16}) {
            float[] faded = applied(new Tiles(margin, 128), sees24, Progress.SILENT);
            // One that claims to see no further than the margin is cut.
            float[] cut = applied(new Tiles(margin, 128), new BoxNetwork(24, margin, 4), Progress.SILENT);
            assertTrue(jump(cut, whole) > 0.02, "there is something to be seen: " + jump(cut, whole));
            assertTrue(jump(faded, whole) < 0.3 * jump(cut, whole), jump(faded, whole) + " after " + jump(cut, whole));
            assertTrue(error(faded, whole) < error(cut, whole), error(faded, whole) + " after " + error(cut, whole));
        }
    }

    @Test
    void withAKnownHaloNothingFadesAndTheBitsAreThoseOfTheWhole() {
        BoxNetwork sees13 = new BoxNetwork(13, 13, 4);
        for (int core : new int[] {24, 64, 100}) {
            assertArrayEquals(whole(sees13), applied(new Tiles(13, core), sees13, Progress.SILENT), 0);
        }
    }

    /** Our own networks come back as ONNX files of others: a guess that is far enough must not spoil them. */
    @Test
    void aGuessOfTwiceTheHaloGivesTheWholeToo() {
        BoxNetwork sees13 = new BoxNetwork(13, 26, 4);
        float[] parts =
                applied(new Tiles(26, 100), MadeUpNetwork.like(sees13, false, sees13::probabilities), Progress.SILENT);
        assertArrayEquals(whole(sees13), parts, 1e-6f);
    }

    @Test
    void weightsSumToOneWhateverTheSizes() {
        Network constant = new MadeUpNetwork(1, 2, 8, 0, false, (slices, width, height) -> {
            float[] p = new float[2 * slices.length];
            Arrays.fill(p, 0, p.length / 2, 0.3f);
            Arrays.fill(p, p.length / 2, p.length, 0.7f);
            return p;
        });
        for (int margin : new int[] {0, 1, 8, 40, 200}) {
            for (int core : new int[] {16, 33, 100, 1000}) {
                float[] made = applied(new Tiles(margin, core), constant, Progress.SILENT);
                for (int i = 0; i < made.length; i++) {
                    assertEquals(i < made.length / 2 ? 0.3 : 0.7, made[i], 1e-6, margin + ", " + core + " at " + i);
                }
            }
        }
    }

    @Test
    void theBitsDoNotDependOnWhichPartIsDoneFirst() {
        AtomicInteger asked = new AtomicInteger();
        BoxNetwork sees7 = new BoxNetwork(7, 7, 4);
        Network uneven = MadeUpNetwork.like(sees7, false, (slices, width, height) -> {
            try {
                Thread.sleep(7 * asked.incrementAndGet() % 12);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return sees7.probabilities(slices, width, height);
        });
        float[] one = applied(new Tiles(8, 60), uneven, new Threads(1));
        for (int n = 0; n < 5; n++) {
            assertArrayEquals(one, applied(new Tiles(8, 60), uneven, new Threads(4)), 0);
        }
    }
}
