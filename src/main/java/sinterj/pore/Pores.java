package sinterj.pore;

import java.util.Arrays;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Components;
import sinterj.image.PhaseMask;

/**
 * What is known of each component of a void phase: which faces of the image it reaches, whether it touches a given
 * surface, where it lies. Faces are numbered x0, x1, y0, y1, z0, z1; an axis of one voxel has none.
 */
public final class Pores {
    /** Names of the faces, in the order of their bits. */
    public static final String[] FACES = {"x0", "x1", "y0", "y1", "z0", "z1"};

    private final Components components;
    private final PhaseMask surface;
    private final byte[] faces;
    private final boolean[] touches;
    private final int[] box;
    private final double[] sums;

    /**
     * Looks at every run of every component.
     *
     * @param components of the void
     * @param surface voxels that count as the surface, or as the outside behind it; null for the faces of the image
     */
    public Pores(Components components, PhaseMask surface, Progress progress) {
        this.components = components;
        this.surface = surface;
        int n = components.count() + 1;
        faces = new byte[n];
        touches = new boolean[n];
        box = new int[6 * n];
        sums = new double[3 * n];
        for (int id = 0; id < n; id++) Arrays.fill(box, 6 * id, 6 * id + 3, Integer.MAX_VALUE);
        PhaseMask mask = components.mask();
        for (int z = 0; z < mask.depth(); z++) {
            progress.check();
            int plane = z;
            components.visit(z, (id, y, from, to) -> add(id, plane, y, from, to));
        }
        for (int id = 1; id < n; id++) if (surface == null) touches[id] = faces[id] != 0;
    }

    private void add(int id, int z, int y, int from, int to) {
        PhaseMask mask = components.mask();
        int bits = 0;
        if (mask.width() > 1) bits |= (from == 0 ? 1 : 0) | (to == mask.width() ? 2 : 0);
        if (mask.height() > 1) bits |= (y == 0 ? 4 : 0) | (y == mask.height() - 1 ? 8 : 0);
        if (mask.depth() > 1) bits |= (z == 0 ? 16 : 0) | (z == mask.depth() - 1 ? 32 : 0);
        faces[id] |= (byte) bits;
        include(id, 0, from, to - 1);
        include(id, 1, y, y);
        include(id, 2, z, z);
        double length = to - from;
        sums[3 * id] += length * (from + to - 1) / 2;
        sums[3 * id + 1] += length * y;
        sums[3 * id + 2] += length * z;
        if (surface != null && !touches[id]) touches[id] = isAtSurface(z, y, from, to);
    }

    private void include(int id, int axis, int low, int high) {
        box[6 * id + axis] = Math.min(box[6 * id + axis], low);
        box[6 * id + 3 + axis] = Math.max(box[6 * id + 3 + axis], high);
    }

    /** Whether a run holds a voxel of the surface, or shares a face with one. */
    private boolean isAtSurface(int z, int y, int from, int to) {
        int before = Math.max(0, from - 1);
        int behind = Math.min(surface.width(), to + 1);
        return meets(z, y, before, behind)
                || meets(z, y - 1, from, to)
                || meets(z, y + 1, from, to)
                || meets(z - 1, y, from, to)
                || meets(z + 1, y, from, to);
    }

    private boolean meets(int z, int y, int from, int to) {
        if (y < 0 || y >= surface.height() || z < 0 || z >= surface.depth()) return false;
        return surface.nextInside(from, y, z) < to;
    }

    /** The components. */
    public Components components() {
        return components;
    }

    /** Whether a component reaches a face, numbered as in {@link #FACES}. */
    public boolean reaches(int id, int face) {
        return (faces[id] >> face & 1) != 0;
    }

    /** Whether a component reaches any face of the image. */
    public boolean isOpen(int id) {
        return faces[id] != 0;
    }

    /** Whether a component touches the surface that was given; without one, a face of the image. */
    public boolean touchesSurface(int id) {
        return touches[id];
    }

    /** Centre of gravity along an axis, in voxels. */
    public double centre(int id, int axis) {
        return sums[3 * id + axis] / components.size(id);
    }

    /** First voxel along an axis. */
    public int first(int id, int axis) {
        return box[6 * id + axis];
    }

    /** Last voxel along an axis. */
    public int last(int id, int axis) {
        return box[6 * id + 3 + axis];
    }

    /** Decides about a component. */
    public interface Test {
        /** Whether a component counts. */
        boolean holds(int id);
    }

    /** Fraction of the void's voxels that lie in components for which a test holds; 0 if there is no void. */
    public double fraction(Test test) {
        long counted = 0;
        long all = 0;
        for (int id = 1; id <= components.count(); id++) {
            all += components.size(id);
            if (test.holds(id)) counted += components.size(id);
        }
        return all == 0 ? 0 : (double) counted / all;
    }

    /** The largest value of a map in each component, by its number; planes are not changed. */
    public float[] largest(float[][] planes, Progress progress) {
        float[] largest = new float[components.count() + 1];
        int width = components.mask().width();
        for (int z = 0; z < planes.length; z++) {
            progress.check();
            float[] plane = planes[z];
            components.visit(z, (id, y, from, to) -> {
                for (int i = y * width + from; i < y * width + to; i++) largest[id] = Math.max(largest[id], plane[i]);
            });
        }
        return largest;
    }

    /** The voxels of the components for which a test holds. */
    public PhaseMask select(Test test, Progress progress) {
        PhaseMask mask = components.mask();
        boolean[] chosen = new boolean[components.count() + 1];
        for (int id = 1; id < chosen.length; id++) chosen[id] = test.holds(id);
        long[][] planes = new long[mask.depth()][];
        Parallel.forEach(progress, mask.depth(), z -> {
            long[] words = new long[mask.wordsPerRow() * mask.height()];
            components.visit(z, (id, y, from, to) -> {
                if (!chosen[id]) return;
                for (int x = from; x < to; x++) words[y * mask.wordsPerRow() + (x >> 6)] |= 1L << x;
            });
            planes[z] = words;
        });
        return PhaseMask.ofWords(mask.width(), mask.height(), planes);
    }
}
