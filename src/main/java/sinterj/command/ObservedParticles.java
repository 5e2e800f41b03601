package sinterj.command;

import java.util.Arrays;
import java.util.Locale;
import sinterj.assimilate.Observation;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Components;
import sinterj.image.LabelVolume;
import sinterj.image.PhaseMask;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.op.Inputs;

/** The particles of the first frame of an observation: the labels that are given, else its unconnected pieces. */
final class ObservedParticles {
    private static final double LEAST_OVERLAP = 0.6;

    private ObservedParticles() {}

    /**
     * Their labels.
     *
     * @param periodic axes along which pieces are connected through the faces of the image
     */
    static LabelVolume of(Inputs in, Observation seen, boolean[] periodic, Progress progress) {
        Volume first = in.volume("input");
        return in.has("labels") ? labels(in.volume("labels"), first, seen) : pieces(first, seen, periodic, progress);
    }

    private static LabelVolume labels(Volume given, Volume first, Observation seen) {
        boolean same =
                given.width() == first.width() && given.height() == first.height() && given.depth() == first.depth();
        if (!same) {
            throw new InvalidInput("'labels' has " + given.width() + " x " + given.height() + " x " + given.depth()
                    + " voxels but the input has " + first.width() + " x " + first.height() + " x " + first.depth()
                    + ". Give the labels of the input's first frame.");
        }
        long both = 0;
        long one = 0;
        for (int z = 0; z < first.depth(); z++) {
            float[] plane = given.plane(z);
            for (int i = 0; i < plane.length; i++) {
                boolean solid = seen.isSolid(0, z, i);
                if (plane[i] != 0 && solid) both++;
                if (plane[i] != 0 || solid) one++;
            }
        }
        if (both < LEAST_OVERLAP * one) {
            throw new InvalidInput(String.format(
                    Locale.ROOT,
                    "'labels' overlaps with the input's first frame by %.0f %% only. Give the labels of that frame.",
                    100.0 * both / Math.max(1, one)));
        }
        return new LabelVolume(LabelVolume.of(given).labels(), first.size());
    }

    private static LabelVolume pieces(Volume first, Observation seen, boolean[] periodic, Progress progress) {
        PhaseMask solid = PhaseMask.where(
                first.width(),
                first.height(),
                first.depth(),
                z -> plane(seen, z),
                progress,
                (pixels, i) -> pixels[i] != 0);
        Components found = Components.of(solid, 6, progress);
        LabelVolume pieces =
                new LabelVolume(found.labels(first.size(), progress).labels(), first.size());
        return periodic[0] || periodic[1] || periodic[2] ? joined(pieces, found.count(), periodic) : pieces;
    }

    private static float[] plane(Observation seen, int z) {
        float[] plane = new float[seen.width() * seen.height()];
        for (int i = 0; i < plane.length; i++) plane[i] = seen.isSolid(0, z, i) ? 1 : 0;
        return plane;
    }

    /** One label for pieces that meet through opposite faces of the image. */
    private static LabelVolume joined(LabelVolume pieces, int count, boolean[] periodic) {
        int width = (int) pieces.labels().dimension(0);
        int height = (int) pieces.labels().dimension(1);
        int depth = (int) pieces.labels().dimension(2);
        float[][] planes = new float[depth][];
        for (int z = 0; z < depth; z++) planes[z] = Planes.plane(pieces.labels(), z);
        int[] roots = new int[count + 1];
        Arrays.setAll(roots, i -> i);
        for (int z = 0; z < depth; z++) {
            float[] p = planes[z];
            int last = (height - 1) * width;
            for (int y = 0; periodic[0] && y < height; y++) join(roots, p[y * width], p[y * width + width - 1]);
            for (int x = 0; periodic[1] && x < width; x++) join(roots, p[x], p[last + x]);
        }
        for (int i = 0; periodic[2] && i < planes[0].length; i++) join(roots, planes[0][i], planes[depth - 1][i]);
        int[][] labels = new int[depth][width * height];
        for (int z = 0; z < depth; z++) {
            for (int i = 0; i < labels[z].length; i++) labels[z][i] = root(roots, (int) planes[z][i]);
        }
        return LabelVolume.of(labels, width, pieces.size());
    }

    private static void join(int[] roots, float a, float b) {
        if (a == 0 || b == 0) return;
        int one = root(roots, (int) a);
        int other = root(roots, (int) b);
        roots[Math.max(one, other)] = Math.min(one, other);
    }

    private static int root(int[] roots, int label) {
        int at = label;
        while (roots[at] != at) {
            roots[at] = roots[roots[at]]; // halves the way, or long chains would take the square of their length
            at = roots[at];
        }
        return at;
    }
}
