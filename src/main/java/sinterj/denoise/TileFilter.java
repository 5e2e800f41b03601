package sinterj.denoise;

import static sinterj.denoise.BlockBasis.AREA;

import java.util.Arrays;
import java.util.List;
import sinterj.base.Progress;

/**
 * Filters one tile of one image together with the same tile of its partner images. Holds the arrays that this takes, to
 * be used again for the next tile; one thread at a time.
 */
final class TileFilter {
    private final Stage stage;
    private final TileBlocks transform;
    private final BlockSearch search;
    private final HaarGroup noisyGroup;
    private final HaarGroup guideGroup;
    private final int[] members;
    private float[] noisy = {};
    private float[] guide = {};
    private float[] summed = {};
    private float[] weights = {};
    private float[][] pixels = {};

    /**
     * What a tile adds to one image.
     *
     * @param values weighted sum of estimates, pixels of the tile row by row
     * @param weights sum of the weights
     */
    record Share(float[] values, float[] weights) {}

    TileFilter(Stage stage) {
        this.stage = stage;
        transform = new TileBlocks(stage.basis());
        search = new BlockSearch(stage.group());
        noisyGroup = new HaarGroup(stage.group());
        guideGroup = stage.isWiener() ? new HaarGroup(stage.group()) : null;
        members = new int[stage.group()];
    }

    /**
     * Filters a tile.
     *
     * @param images noisy images of {@code width * height} pixels; the first is the one whose blocks are references
     * @param guides first estimates of the same images; the noisy images themselves in the first pass
     * @return what to add to each of the images
     */
    List<Share> run(Tile tile, List<float[]> images, List<float[]> guides, int width, int height, Progress progress) {
        room(tile, images.size());
        for (int k = 0; k < images.size(); k++) {
            int first = k * tile.blocks();
            if (stage.isWiener()) {
                tile.copy(images.get(k), width, height, pixels);
                transform.forward(tile, pixels, noisy, first);
            }
            tile.copy(guides.get(k), width, height, pixels);
            transform.forward(tile, pixels, stage.isWiener() ? guide : noisy, first);
            if (k == 0) search.start(tile, stage.profile().step(), stage.farthest(), pixels);
            search.seek(pixels, first, k == 0 ? stage.profile().reach() : stage.partnerReach(), progress);
        }
        for (int r = 0; r < tile.references(); r++) shrink(search.best(r, members));
        return java.util.stream.IntStream.range(0, images.size())
                .mapToObj(k -> new Share(
                        transform.inverse(tile, summed, k * tile.blocks()),
                        TileBlocks.spread(tile, weights, k * tile.blocks())))
                .toList();
    }

    private void room(Tile tile, int images) {
        int blocks = tile.blocks() * images;
        if (weights.length < blocks) {
            weights = new float[blocks];
            noisy = new float[blocks * AREA];
            summed = new float[blocks * AREA];
            if (stage.isWiener()) guide = new float[blocks * AREA];
        } else {
            Arrays.fill(weights, 0, blocks, 0);
            Arrays.fill(summed, 0, blocks * AREA, 0);
        }
        boolean fits = pixels.length >= tile.pixelHeight() && pixels[0].length >= tile.pixelWidth();
        if (!fits) pixels = new float[tile.pixelHeight()][tile.pixelWidth()];
    }

    private void shrink(int count) {
        noisyGroup.load(noisy, members, count);
        noisyGroup.forward();
        float weight;
        if (stage.isWiener()) {
            guideGroup.load(guide, members, count);
            guideGroup.forward();
            weight = 1 / noisyGroup.wiener(guideGroup, stage.sigma() * stage.sigma());
        } else {
            weight = 1f / noisyGroup.threshold(stage.threshold());
        }
        noisyGroup.inverse();
        noisyGroup.addTo(summed, members, weight);
        for (int j = 0; j < count; j++) weights[members[j]] += weight;
    }
}
