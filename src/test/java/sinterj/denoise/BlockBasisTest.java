package sinterj.denoise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockBasisTest {
    static Stream<BlockBasis> bases() {
        return Stream.of(BlockBasis.BIOR15, BlockBasis.DCT);
    }

    @ParameterizedTest
    @MethodSource("bases")
    void rowsHaveUnitLengthAndTheFirstIsConstant(BlockBasis basis) {
        for (float[] row : basis.forward()) {
            double sum = 0;
            for (float v : row) sum += v * v;
            assertEquals(1, sum, 1e-6);
        }
        for (float v : basis.forward()[0]) assertEquals(1 / Math.sqrt(8), v, 1e-6);
    }

    @ParameterizedTest
    @MethodSource("bases")
    void windowedInverseUndoesTheTransformTimesTheWindow(BlockBasis basis) {
        for (int r = 0; r < 8; r++) {
            for (int i = 0; i < 8; i++) {
                double sum = 0;
                for (int u = 0; u < 8; u++) sum += basis.windowedInverse()[r][u] * basis.forward()[u][i];
                assertEquals(r == i ? BlockBasis.WINDOW[r] : 0, sum, 1e-6);
            }
        }
    }

    /** The blocks of a tile, transformed and laid back with equal weights, give the image again. */
    @ParameterizedTest
    @MethodSource("bases")
    void blocksLaidBackGiveTheImage(BlockBasis basis) {
        int width = 21;
        int height = 14;
        Tile tile = Tile.of(width, height, Profile.FAST).get(0);
        float[] image = new float[width * height];
        Random random = new Random(1);
        for (int i = 0; i < image.length; i++) image[i] = random.nextFloat();
        float[][] rows = new float[tile.pixelHeight()][tile.pixelWidth()];
        tile.copy(image, width, height, rows);
        float[] coefficients = new float[tile.blocks() * 64];
        float[] weights = new float[tile.blocks()];
        java.util.Arrays.fill(weights, 1);
        TileBlocks blocks = new TileBlocks(basis);
        blocks.forward(tile, rows, coefficients, 0);
        float[] sum = blocks.inverse(tile, coefficients, 0);
        float[] weight = TileBlocks.spread(tile, weights, 0);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * tile.pixelWidth() + x;
                assertEquals(image[y * width + x], sum[i] / weight[i], 1e-5);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 16, 32})
    void haarAlongAGroupIsUndoneByItsInverse(int count) {
        HaarGroup group = new HaarGroup(32);
        float[] coefficients = new float[32 * 64];
        Random random = new Random(count);
        for (int i = 0; i < coefficients.length; i++) coefficients[i] = random.nextFloat();
        int[] blocks = new int[32];
        for (int i = 0; i < 32; i++) blocks[i] = (5 * i + 3) % 32;
        group.load(coefficients, blocks, count);
        group.forward();
        group.inverse();
        float[] back = new float[coefficients.length];
        group.addTo(back, blocks, 1);
        for (int j = 0; j < count; j++) {
            int at = blocks[j] * 64;
            assertArrayEquals(
                    java.util.Arrays.copyOfRange(coefficients, at, at + 64),
                    java.util.Arrays.copyOfRange(back, at, at + 64),
                    1e-5f);
        }
    }

    @Test
    void equalBlocksGatherInTheMeanOfTheGroup() {
        HaarGroup group = new HaarGroup(8);
        float[] coefficients = new float[8 * 64];
        for (int i = 0; i < coefficients.length; i++) coefficients[i] = 1 + i % 64;
        group.load(coefficients, new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 8);
        group.forward();
        assertEquals(64, group.threshold(1e-3f));
    }
}
