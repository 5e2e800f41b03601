package sinterj.pore;

/**
 * The voxels of a phase that no ball has reached yet: cubes of 4 x 4 x 4 voxels as one word each, bit {@code x + 4 y +
 * 16 z} within the cube, and one bit for each cube that says whether any voxel of it is left.
 */
final class UnpaintedBlocks {
    final int columns;
    final int rows;
    final int layers;
    final int wordsPerRow;

    /** For each layer of cubes, row by row. */
    final long[][] cubes;

    /** For each layer, row by row, one bit for each cube. */
    final long[][] left;

    UnpaintedBlocks(int width, int height, int depth) {
        columns = (width + 3) >> 2;
        rows = (height + 3) >> 2;
        layers = (depth + 3) >> 2;
        wordsPerRow = (columns + 63) >> 6;
        cubes = new long[layers][columns * rows];
        left = new long[layers][wordsPerRow * rows];
    }

    /** Fills one layer of cubes from the planes of squared distances: what is not 0 is to be painted. */
    void fillLayer(int layer, DistancePlanes map) {
        long[] words = cubes[layer];
        for (int z = layer * 4; z < Math.min(map.depth(), layer * 4 + 4); z++) {
            float[] plane = map.planes()[z];
            for (int y = 0, i = 0; y < map.height(); y++) {
                int row = (y >> 2) * columns;
                int shift = (z & 3) << 4 | (y & 3) << 2;
                for (int x = 0; x < map.width(); x++, i++) {
                    if (plane[i] != 0) words[row + (x >> 2)] |= 1L << (shift | x & 3);
                }
            }
        }
        for (int i = 0; i < words.length; i++) {
            int column = i % columns;
            if (words[i] != 0) left[layer][i / columns * wordsPerRow + (column >> 6)] |= 1L << column;
        }
    }

    /** Whether no voxel is left. */
    boolean isEmpty() {
        for (long[] layer : left) for (long word : layer) if (word != 0) return false;
        return true;
    }
}
