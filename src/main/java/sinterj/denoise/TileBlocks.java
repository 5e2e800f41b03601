package sinterj.denoise;

import static sinterj.denoise.BlockBasis.AREA;
import static sinterj.denoise.BlockBasis.SIDE;

/**
 * Transforms all blocks of a tile at once, and back: everything after the shrinkage is linear, so coefficients are
 * summed per block position and one windowed inverse per position serves all groups that used it.
 */
final class TileBlocks {
    private final BlockBasis basis;
    private int width;
    private int height;
    private float[][] ring = {};
    private float[][] parts = {};
    private float[] spare = {};
    private float[] sum = {};

    TileBlocks(BlockBasis basis) {
        this.basis = basis;
    }

    private void size(Tile tile) {
        width = tile.width();
        height = tile.height();
        if (spare.length >= width * SIDE) return;
        ring = new float[SIDE][width * SIDE];
        parts = new float[SIDE][width * SIDE];
        spare = new float[width * SIDE];
        sum = new float[width * SIDE];
    }

    /**
     * Coefficients of every block.
     *
     * @param pixels rows of the tile
     * @param out written from block {@code first} on, 64 values a block
     * @param first number of the tile's first block
     */
    void forward(Tile tile, float[][] pixels, float[] out, int first) {
        size(tile);
        float[][] window = new float[SIDE][];
        for (int y = 0; y < tile.pixelHeight(); y++) {
            across(pixels[y], ring[y % SIDE]);
            int top = y - SIDE + 1;
            if (top < 0) continue;
            for (int r = 0; r < SIDE; r++) window[r] = ring[(top + r) % SIDE];
            for (int v = 0; v < SIDE; v++) {
                Rows.sum8(width * SIDE, window, basis.forward()[v], spare, sum);
                scatter(sum, out, (first + top * width) * AREA + v * SIDE);
            }
        }
    }

    /** The transform along a row, as {@code [x * 8 + coefficient]}. */
    private void across(float[] row, float[] out) {
        for (int k = 0; k < SIDE; k++) System.arraycopy(row, k, parts[k], 0, width);
        for (int u = 0; u < SIDE; u++) {
            Rows.sum8(width, parts, basis.forward()[u], spare, sum);
            for (int x = 0; x < width; x++) out[x * SIDE + u] = sum[x];
        }
    }

    private void scatter(float[] row, float[] out, int start) {
        for (int x = 0; x < width; x++) {
            for (int u = 0; u < SIDE; u++) out[start + x * AREA + u] = row[x * SIDE + u];
        }
    }

    /**
     * The sum of all blocks, each times the window, laid where it belongs.
     *
     * @param coefficients from block {@code first} on
     * @return pixels of the tile, row by row
     */
    float[] inverse(Tile tile, float[] coefficients, int first) {
        size(tile);
        float[] pixels = new float[tile.pixelWidth() * tile.pixelHeight()];
        for (float[] row : ring) java.util.Arrays.fill(row, 0);
        for (int y = 0; y < tile.pixelHeight(); y++) {
            if (y < height) {
                gather(coefficients, (first + y * width) * AREA);
                for (int r = 0; r < SIDE; r++) {
                    Rows.sum8(width * SIDE, parts, basis.windowedInverse()[r], spare, sum);
                    Rows.add(width * SIDE, sum, ring[(y + r) % SIDE]);
                }
            }
            back(ring[y % SIDE], pixels, y * tile.pixelWidth());
            java.util.Arrays.fill(ring[y % SIDE], 0);
        }
        return pixels;
    }

    private void gather(float[] coefficients, int start) {
        for (int v = 0; v < SIDE; v++) {
            float[] part = parts[v];
            for (int x = 0; x < width; x++) {
                int from = start + x * AREA + v * SIDE;
                for (int u = 0; u < SIDE; u++) part[x * SIDE + u] = coefficients[from + u];
            }
        }
    }

    private void back(float[] row, float[] pixels, int start) {
        for (int u = 0; u < SIDE; u++) {
            for (int x = 0; x < width; x++) parts[u][x] = row[x * SIDE + u];
        }
        for (int c = 0; c < SIDE; c++) {
            Rows.sum8(width, parts, basis.windowedInverse()[c], spare, sum);
            for (int x = 0; x < width; x++) pixels[start + c + x] += sum[x];
        }
    }

    /** The weights that {@link #inverse} gave to each pixel: one weight per block, spread by the window. */
    static float[] spread(Tile tile, float[] weights, int first) {
        int wide = tile.pixelWidth();
        float[] across = new float[wide * tile.height()];
        float[] pixels = new float[wide * tile.pixelHeight()];
        float[] window = BlockBasis.WINDOW;
        for (int y = 0; y < tile.height(); y++) {
            for (int c = 0; c < SIDE; c++) {
                int from = first + y * tile.width();
                int to = y * wide + c;
                for (int x = 0; x < tile.width(); x++) across[to + x] += window[c] * weights[from + x];
            }
        }
        for (int y = 0; y < tile.height(); y++) {
            for (int r = 0; r < SIDE; r++) {
                int to = (y + r) * wide;
                for (int x = 0; x < wide; x++) pixels[to + x] += window[r] * across[y * wide + x];
            }
        }
        return pixels;
    }
}
