package sinterj.segment;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Mirror;

/**
 * A plane in parts. Each part is seen with a margin around it, by default as wide as the network sees, so that the
 * result is that of the whole plane at once; the plane is mirrored beyond its edges.
 *
 * @param margin pixels around a part that are seen and thrown away
 * @param core largest width of a part; half of it is the largest height
 */
public record Tiles(int margin, int core) {
    /** One part. */
    private record Part(int x, int y, int width, int height) {}

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
        Parallel.forEach(progress, parts.size(), n -> one(network, planes, width, height, parts.get(n), out));
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

    private void one(Network network, float[][] planes, int width, int height, Part part, float[] out) {
        int m = network.multiple();
        int edge = (margin + m - 1) / m * m;
        int w = (part.width + 2 * edge + m - 1) / m * m;
        int h = (part.height + 2 * edge + m - 1) / m * m;
        float[] in = new float[planes.length * w * h];
        int[] columns = new int[w];
        for (int x = 0; x < w; x++) columns[x] = Mirror.at(part.x - edge + x, width);
        for (int k = 0; k < planes.length; k++) {
            for (int y = 0; y < h; y++) {
                int row = width * Mirror.at(part.y - edge + y, height);
                int to = (k * h + y) * w;
                for (int x = 0; x < w; x++) in[to + x] = planes[k][row + columns[x]];
            }
        }
        float[] p = network.probabilities(in, w, h);
        for (int c = 0; c < network.classes(); c++) {
            for (int y = 0; y < part.height; y++) {
                System.arraycopy(
                        p, (c * h + y + edge) * w + edge, out, (c * height + part.y + y) * width + part.x, part.width);
            }
        }
    }
}
