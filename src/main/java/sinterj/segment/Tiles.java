package sinterj.segment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Mirror;

/**
 * A plane in parts. Each part is seen with a margin around it; the plane is mirrored beyond its edges. Where the margin is
 * as wide as the network sees, it is thrown away, and the result is that of the whole plane at once. Where it is narrower,
 * or nobody knows how far the network sees, parts fade into each other across the inner half of the margins that both have
 * seen; the outer half, where a part has seen least, is thrown away.
 *
 * @param margin pixels around a part that are seen
 * @param core largest width of a part; half of it is the largest height
 */
public record Tiles(int margin, int core) {
    /** One part. */
    private record Part(int x, int y, int width, int height) {}

    /** All slices that go in. */
    private record Plane(float[][] slices, int width, int height) {
        int at(int c, int x, int y) {
            return (c * height + y) * width + x;
        }
    }

    /** Probabilities of a part and of what is around it. */
    private record Seen(Part part, float[] p, int edge, int width, int height) {
        int at(int c, int x, int y) {
            return (c * height + y - part.y + edge) * width + x - part.x + edge;
        }
    }

    /** Parts one after the other along an axis, and how each gives way to the next. */
    private record Fade(int step, int length, int most) {
        /** How far the parts on both sides of a border reach across it; so far that no third one is met. */
        int reach(int border) {
            return border <= 0 || border >= length ? 0 : Math.min(most, Math.min(step, length - border) / 2);
        }

        /** Weight at i of the part that starts at a border; those of all parts sum to 1. */
        float weight(int start, int i) {
            int end = Math.min(start + step, length);
            return risen(i - start, reach(start)) * (1 - risen(i - end, reach(end)));
        }

        /** From 0 to 1 across a border: slowly at both ends, where one of the parts has seen least. */
        private static float risen(int i, int reach) {
            if (i < -reach) return 0;
            if (i >= reach) return 1;
            return (float) (0.5 - 0.5 * Math.cos(Math.PI * (i + reach + 0.5) / (2.0 * reach)));
        }
    }

    /** Lets what is done at any time come in order, so that sums are the same whoever was first. */
    private static final class InTurn {
        private final Map<Integer, Runnable> waiting = new HashMap<>();
        private int next;

        synchronized void come(int number, Runnable work) {
            waiting.put(number, work);
            for (Runnable due = waiting.remove(next); due != null; due = waiting.remove(next)) {
                due.run();
                next++;
            }
        }
    }

    /** The class with the largest probability at pixel i; the first of equals. */
    public static int largest(float[] probabilities, int i, int pixels, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            if (probabilities[c * pixels + i] > probabilities[best * pixels + i]) best = c;
        }
        return best;
    }

    /**
     * Applies a network to a plane.
     *
     * @param planes the slices that go in, each row by row
     * @param progress checked before each part; says how many parts may be worked on at once
     * @return probabilities, class by class
     */
    public float[] apply(Network network, float[][] planes, int width, int height, Progress progress) {
        List<Part> parts = parts(width, height, network.multiple());
        float[] out = new float[network.classes() * width * height];
        Plane plane = new Plane(planes, width, height);
        if (network.haloIsKnown() && margin >= network.halo()) {
            Parallel.forEach(progress, parts.size(), n -> cut(seen(network, plane, parts.get(n)), plane, out));
            return out;
        }
        Fade across = new Fade(step(width, core, network.multiple()), width, edge(network) / 2);
        Fade down = new Fade(step(height, core / 2, network.multiple()), height, edge(network) / 2);
        InTurn turn = new InTurn();
        Parallel.forEach(progress, parts.size(), n -> {
            Seen seen = seen(network, plane, parts.get(n));
            turn.come(n, () -> add(seen, across, down, plane, out));
        });
        return out;
    }

    /** Into how many parts a plane is divided. */
    int count(Network network, int width, int height) {
        return parts(width, height, network.multiple()).size();
    }

    /** Parts of nearly equal size that start at multiples of the coarsest pixel, as the whole plane does. */
    private List<Part> parts(int width, int height, int multiple) {
        List<Part> parts = new ArrayList<>();
        int stepX = step(width, core, multiple);
        int stepY = step(height, core / 2, multiple);
        for (int y = 0; y < height; y += stepY) {
            for (int x = 0; x < width; x += stepX) {
                parts.add(new Part(x, y, Math.min(stepX, width - x), Math.min(stepY, height - y)));
            }
        }
        return parts;
    }

    private static int step(int length, int most, int multiple) {
        int largest = Math.max(multiple, most / multiple * multiple);
        int count = (length + largest - 1) / largest;
        int even = (length + count - 1) / count;
        return (even + multiple - 1) / multiple * multiple;
    }

    private int edge(Network network) {
        return (margin + network.multiple() - 1) / network.multiple() * network.multiple();
    }

    /** Applies the network to a part and what is around it. */
    private Seen seen(Network network, Plane plane, Part part) {
        int m = network.multiple();
        int edge = edge(network);
        int w = (part.width + 2 * edge + m - 1) / m * m;
        int h = (part.height + 2 * edge + m - 1) / m * m;
        float[] in = new float[plane.slices.length * w * h];
        int[] columns = new int[w];
        for (int x = 0; x < w; x++) columns[x] = Mirror.at(part.x - edge + x, plane.width);
        for (int k = 0; k < plane.slices.length; k++) {
            for (int y = 0; y < h; y++) {
                int row = plane.width * Mirror.at(part.y - edge + y, plane.height);
                int to = (k * h + y) * w;
                for (int x = 0; x < w; x++) in[to + x] = plane.slices[k][row + columns[x]];
            }
        }
        return new Seen(part, network.probabilities(in, w, h), edge, w, h);
    }

    private static void cut(Seen seen, Plane plane, float[] out) {
        Part part = seen.part;
        for (int c = 0; c * plane.width * plane.height < out.length; c++) {
            for (int y = 0; y < part.height; y++) {
                System.arraycopy(
                        seen.p, seen.at(c, part.x, part.y + y), out, plane.at(c, part.x, part.y + y), part.width);
            }
        }
    }

    private static void add(Seen seen, Fade across, Fade down, Plane plane, float[] out) {
        Part part = seen.part;
        int left = part.x - across.reach(part.x);
        int right = part.x + part.width + across.reach(part.x + part.width);
        int top = part.y - down.reach(part.y);
        int bottom = part.y + part.height + down.reach(part.y + part.height);
        float[] weights = new float[right - left];
        for (int x = left; x < right; x++) weights[x - left] = across.weight(part.x, x);
        for (int c = 0; c * plane.width * plane.height < out.length; c++) {
            for (int y = top; y < bottom; y++) {
                float weight = down.weight(part.y, y);
                int from = seen.at(c, left, y);
                int to = plane.at(c, left, y);
                for (int i = 0; i < weights.length; i++) out[to + i] += weight * weights[i] * seen.p[from + i];
            }
        }
    }
}
