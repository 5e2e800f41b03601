package sinterj.denoise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sinterj.base.Progress;

/** Against trying every block of the window, one after the other. */
class BlockSearchTest {
    @ParameterizedTest
    @EnumSource(Profile.class)
    void findsTheSameBlocksAsTryingEachInTurn(Profile profile) {
        int width = 57;
        int height = 44;
        float[] image = new float[width * height];
        Random random = new Random(3);
        // Whole numbers, so that sums are exact and ties are real.
        for (int i = 0; i < image.length; i++) image[i] = random.nextInt(4);
        for (Tile tile : Tile.of(width, height, profile, 24, 24)) {
            float[][] rows = new float[tile.pixelHeight()][tile.pixelWidth()];
            tile.copy(image, width, height, rows);
            BlockSearch search = new BlockSearch(16);
            search.start(tile, profile.step(), 1e9f, rows);
            search.seek(rows, 0, profile.reach(), Progress.SILENT);
            for (int r = 0; r < tile.references(); r++) {
                int[] found = new int[16];
                assertEquals(16, search.best(r, found));
                assertArrayEquals(distances(tile, rows, profile, r, found), nearest(tile, rows, profile, r));
            }
        }
    }

    private static float[] distances(Tile tile, float[][] rows, Profile profile, int r, int[] blocks) {
        float[] distances = new float[blocks.length];
        for (int i = 0; i < blocks.length; i++) {
            distances[i] = distance(tile, rows, profile, r, blocks[i] % tile.width(), blocks[i] / tile.width());
        }
        return distances;
    }

    private static float[] nearest(Tile tile, float[][] rows, Profile profile, int r) {
        int x0 = x(tile, profile, r);
        int y0 = y(tile, profile, r);
        List<Float> all = new ArrayList<>();
        for (int y = y0 - profile.reach(); y <= y0 + profile.reach(); y++) {
            for (int x = x0 - profile.reach(); x <= x0 + profile.reach(); x++) {
                if (x < 0 || y < 0 || x >= tile.width() || y >= tile.height()) continue;
                all.add(distance(tile, rows, profile, r, x, y));
            }
        }
        float[] sorted = new float[all.size()];
        for (int i = 0; i < sorted.length; i++) sorted[i] = all.get(i);
        Arrays.sort(sorted);
        return Arrays.copyOf(sorted, 16);
    }

    private static int x(Tile tile, Profile profile, int r) {
        return tile.x0() - tile.left() + r % tile.columns() * profile.step();
    }

    private static int y(Tile tile, Profile profile, int r) {
        return tile.y0() - tile.top() + r / tile.columns() * profile.step();
    }

    private static float distance(Tile tile, float[][] rows, Profile profile, int r, int x, int y) {
        float sum = 0;
        for (int j = 0; j < 8; j++) {
            for (int i = 0; i < 8; i++) {
                float d = rows[y + j][x + i] - rows[y(tile, profile, r) + j][x(tile, profile, r) + i];
                sum += d * d;
            }
        }
        return sum;
    }
}
