package sinterj.pore;

/**
 * Where the nodes of a graph lie: the block of each, counted within its layer row by row.
 *
 * @param width blocks along x
 * @param height blocks along y
 * @param block by node
 */
record NodeBlocks(int width, int height, int[] block) {
    /** Blocks along x when pairs are joined. */
    int halfWidth() {
        return (width + 1) / 2;
    }

    /** Blocks along y when pairs are joined. */
    int halfHeight() {
        return (height + 1) / 2;
    }

    /** The block of a node when pairs are joined along x and y. */
    int half(int node) {
        return (block[node] / width >> 1) * halfWidth() + (block[node] % width >> 1);
    }
}
