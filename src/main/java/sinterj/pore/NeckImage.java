package sinterj.pore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/** Paints necks: the voxels on both sides of each contact. */
final class NeckImage {
    private NeckImage() {}

    static int[][] of(int[][] grains, List<Neck> necks, int width, Progress progress) {
        Map<Long, Integer> numbers = new HashMap<>();
        for (int n = 0; n < necks.size(); n++) {
            numbers.put((long) necks.get(n).grainA() << 32 | necks.get(n).grainB(), n + 1);
        }
        int[][] image = new int[grains.length][grains[0].length];
        int pixels = grains[0].length;
        Parallel.forEach(progress, grains.length, z -> {
            for (int i = 0; i < pixels; i++) {
                int own = grains[z][i];
                if (own == 0) continue;
                int least = 0;
                int x = i % width;
                if (x > 0) least = lesser(least, numbers, own, grains[z][i - 1]);
                if (x < width - 1) least = lesser(least, numbers, own, grains[z][i + 1]);
                if (i >= width) least = lesser(least, numbers, own, grains[z][i - width]);
                if (i < pixels - width) least = lesser(least, numbers, own, grains[z][i + width]);
                if (z > 0) least = lesser(least, numbers, own, grains[z - 1][i]);
                if (z < grains.length - 1) least = lesser(least, numbers, own, grains[z + 1][i]);
                image[z][i] = least;
            }
        });
        return image;
    }

    private static int lesser(int least, Map<Long, Integer> numbers, int own, int other) {
        if (other == 0 || other == own) return least;
        Integer number = numbers.get((long) Math.min(own, other) << 32 | Math.max(own, other));
        if (number == null) return least;
        return least == 0 ? number : Math.min(least, number);
    }
}
