package sinterj.denoise;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * One pass of block matching over a stack. All tiles of all images are handed out to the threads; what they made is
 * added up in the order of the tiles, whoever finished first. An image is written as soon as no tile needs it any more,
 * so beside the stack itself only a few images are held.
 */
final class Pass {
    private final Stage stage;
    private final List<float[]> noisy;
    private final List<float[]> guide;
    private final List<float[]> out;
    private final int width;
    private final int height;
    private final int[][] partners;
    private final List<Tile> tiles;
    private final int[] lastUse;

    private final Deque<TileFilter> idle = new ArrayDeque<>();
    private final Map<Integer, List<TileFilter.Share>> waiting = new HashMap<>();
    private final Map<Integer, TileFilter.Share> open = new HashMap<>();
    private int next;

    /**
     * @param noisy images of {@code width * height} pixels; not changed
     * @param guide what blocks are matched on: the noisy images, or first estimates
     * @param out result, may be the same arrays as {@code guide}
     * @param partners per image the others whose blocks may join its groups
     */
    Pass(
            Stage stage,
            List<Tile> tiles,
            List<float[]> noisy,
            List<float[]> guide,
            List<float[]> out,
            int width,
            int height,
            int[][] partners) {
        this.stage = stage;
        this.noisy = noisy;
        this.guide = guide;
        this.out = out;
        this.width = width;
        this.height = height;
        this.partners = partners;
        this.tiles = tiles;
        lastUse = new int[noisy.size()];
        for (int k = 0; k < noisy.size(); k++) {
            for (int image : imagesOf(k)) lastUse[image] = Math.max(lastUse[image], k);
        }
    }

    private int[] imagesOf(int k) {
        int[] images = new int[partners[k].length + 1];
        images[0] = k;
        System.arraycopy(partners[k], 0, images, 1, partners[k].length);
        return images;
    }

    void run(Progress progress, String what) {
        int count = noisy.size() * tiles.size();
        Parallel.forEach(progress, count, i -> {
            TileFilter filter = take();
            int[] images = imagesOf(i / tiles.size());
            List<TileFilter.Share> shares = filter.run(
                    tiles.get(i % tiles.size()), select(noisy, images), select(guide, images), width, height, progress);
            give(filter);
            merge(i, shares, progress, what);
        });
    }

    private static List<float[]> select(List<float[]> stack, int[] images) {
        List<float[]> selected = new ArrayList<>();
        for (int k : images) selected.add(stack.get(k));
        return selected;
    }

    private synchronized TileFilter take() {
        return idle.isEmpty() ? new TileFilter(stage) : idle.pop();
    }

    private synchronized void give(TileFilter filter) {
        idle.push(filter);
    }

    private synchronized void merge(int index, List<TileFilter.Share> shares, Progress progress, String what) {
        waiting.put(index, shares);
        while (waiting.containsKey(next)) {
            add(next, waiting.remove(next));
            next++;
            progress.report((double) next / (noisy.size() * tiles.size()), what);
        }
    }

    private void add(int index, List<TileFilter.Share> shares) {
        int centre = index / tiles.size();
        Tile tile = tiles.get(index % tiles.size());
        int[] images = imagesOf(centre);
        for (int k = 0; k < images.length; k++) {
            TileFilter.Share whole = open.computeIfAbsent(
                    images[k], i -> new TileFilter.Share(new float[width * height], new float[width * height]));
            tile.addTo(whole.values(), width, height, shares.get(k).values());
            tile.addTo(whole.weights(), width, height, shares.get(k).weights());
        }
        if (index % tiles.size() < tiles.size() - 1) return;
        for (int image : images) if (lastUse[image] == centre) write(image);
    }

    private void write(int image) {
        TileFilter.Share whole = open.remove(image);
        float[] result = out.get(image);
        for (int i = 0; i < result.length; i++) result[i] = whole.values()[i] / whole.weights()[i];
    }
}
