package sinterj.denoise;

import java.util.ArrayList;
import java.util.List;

/**
 * A rectangle of reference blocks and the blocks within reach of them. A block is named by its upper left pixel. The
 * image is continued by reflection at its right and lower edge until the grid of reference blocks fits.
 *
 * @param x0 first reference block across
 * @param y0 first reference block down
 * @param columns reference blocks across
 * @param rows reference blocks down
 * @param left first block across that is within reach
 * @param top first block down
 * @param width blocks across that are within reach
 * @param height blocks down
 */
record Tile(int x0, int y0, int columns, int rows, int left, int top, int width, int height) {
    /** Reference area of a tile in pixels: small enough for the caches, large enough to make little of its rim. */
    private static final int TALL = 72;

    private static final int WIDE = 384;

    /** The tiles of an image, which depend on its size only: threads take them as they come. */
    static List<Tile> of(int imageWidth, int imageHeight, Profile profile) {
        return of(imageWidth, imageHeight, profile, WIDE, TALL);
    }

    /** Tiles whose reference area is at most as large as given, in pixels. */
    static List<Tile> of(int imageWidth, int imageHeight, Profile profile, int wide, int tall) {
        int across = references(imageWidth, profile.step());
        int down = references(imageHeight, profile.step());
        int[] xs = cuts(across, wide / profile.step());
        int[] ys = cuts(down, tall / profile.step());
        List<Tile> tiles = new ArrayList<>();
        for (int j = 1; j < ys.length; j++) {
            for (int i = 1; i < xs.length; i++) {
                tiles.add(tile(xs[i - 1], ys[j - 1], xs[i] - xs[i - 1], ys[j] - ys[j - 1], across, down, profile));
            }
        }
        return tiles;
    }

    private static Tile tile(int i, int j, int columns, int rows, int across, int down, Profile profile) {
        int step = profile.step();
        int left = Math.max(0, i * step - profile.reach());
        int top = Math.max(0, j * step - profile.reach());
        int right = Math.min((across - 1) * step, (i + columns - 1) * step + profile.reach());
        int bottom = Math.min((down - 1) * step, (j + rows - 1) * step + profile.reach());
        return new Tile(i * step, j * step, columns, rows, left, top, right - left + 1, bottom - top + 1);
    }

    /** Reference blocks along a side; the last one may stand over the edge. */
    static int references(int pixels, int step) {
        return 1 + Math.max(0, (pixels - BlockBasis.SIDE + step - 1) / step);
    }

    /** Cuts n things into equal runs of at most {@code most}. */
    private static int[] cuts(int n, int most) {
        int parts = (n + most - 1) / most;
        int[] cuts = new int[parts + 1];
        for (int p = 0; p <= parts; p++) cuts[p] = (int) ((long) n * p / parts);
        return cuts;
    }

    /** Pixels across that the blocks cover. */
    int pixelWidth() {
        return width + BlockBasis.SIDE - 1;
    }

    /** Pixels down that the blocks cover. */
    int pixelHeight() {
        return height + BlockBasis.SIDE - 1;
    }

    /** Blocks within reach. */
    int blocks() {
        return width * height;
    }

    int references() {
        return columns * rows;
    }

    /** The pixels of this tile, row by row. */
    void copy(float[] image, int imageWidth, int imageHeight, float[][] out) {
        int inside = Math.min(pixelWidth(), imageWidth - left);
        for (int y = 0; y < pixelHeight(); y++) {
            int start = reflected(top + y, imageHeight) * imageWidth;
            if (inside > 0) System.arraycopy(image, start + left, out[y], 0, inside);
            for (int x = Math.max(0, inside); x < pixelWidth(); x++) {
                out[y][x] = image[start + reflected(left + x, imageWidth)];
            }
        }
    }

    private static int reflected(int i, int n) {
        int folded = i % (2 * n);
        return folded < n ? folded : 2 * n - 1 - folded;
    }

    /** Adds the values of this tile to an image where they overlap it. */
    void addTo(float[] image, int imageWidth, int imageHeight, float[] values) {
        int inside = Math.min(pixelWidth(), imageWidth - left);
        int below = Math.min(pixelHeight(), imageHeight - top);
        for (int y = 0; y < below; y++) {
            int to = (top + y) * imageWidth + left;
            int from = y * pixelWidth();
            for (int x = 0; x < inside; x++) image[to + x] += values[from + x];
        }
    }
}
