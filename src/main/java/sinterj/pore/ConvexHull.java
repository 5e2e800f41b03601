package sinterj.pore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import sinterj.base.Progress;
import sinterj.image.PhaseMask;

/**
 * The convex hull of a phase: the smallest convex body that holds its voxels, as boxes and not as their centres. A box
 * is thus its own hull, and a phase never fills more than its hull.
 *
 * <p>Corners are whole numbers, so the sides on which they lie are told exactly. Corners that lie in one plane are made
 * to differ by up to a thousandth of a voxel or so while the faces are sought, one after the other (an incremental
 * hull); the volume is that of the faces with their corners where they are. Cost: O(voxels / 64) and the number of
 * outline corners of all planes times the number of faces.
 */
final class ConvexHull {
    private static final int BITS = 20;
    private static final int CHECK = 255;

    private final List<int[]> corners;
    private final long[][] moved;
    private final List<Face> faces = new ArrayList<>();

    /** A triangle, seen anticlockwise from outside. */
    private record Face(int a, int b, int c) {}

    private ConvexHull(List<int[]> corners) {
        this.corners = corners;
        int largest = 1;
        for (int[] corner : corners) for (int at : corner) largest = Math.max(largest, at);
        // Products of three differences must fit into 63 bits.
        int shift = Math.max(2, BITS - (32 - Integer.numberOfLeadingZeros(largest)));
        int nudge = Math.max(2, 1 << shift >> 10);
        SplittableRandom random = new SplittableRandom(1);
        moved = new long[corners.size()][3];
        for (int i = 0; i < moved.length; i++) {
            for (int a = 0; a < 3; a++) {
                moved[i][a] = ((long) corners.get(i)[a] << shift) + random.nextInt(-nudge, nudge + 1);
            }
        }
    }

    /**
     * The volume of a phase's hull.
     *
     * @param phase not changed
     * @return in voxels; 0 if the phase is empty
     */
    static double volume(PhaseMask phase, Progress progress) {
        List<int[]> corners = new ArrayList<>();
        for (int z = 0; z <= phase.depth(); z++) {
            progress.check();
            for (int[] corner : outline(phase, z)) corners.add(new int[] {corner[0], corner[1], z});
        }
        if (corners.isEmpty()) return 0;
        ConvexHull hull = new ConvexHull(corners);
        hull.build(progress);
        return hull.volume();
    }

    /** The convex outline of the voxels that touch the plane between slices z - 1 and z. */
    private static List<int[]> outline(PhaseMask phase, int z) {
        List<int[]> points = new ArrayList<>();
        int lastLow = Integer.MAX_VALUE;
        int lastHigh = -1;
        for (int y = 0; y <= phase.height(); y++) {
            int low = Integer.MAX_VALUE;
            int high = -1;
            for (int k = Math.max(0, z - 1); y < phase.height() && k <= Math.min(phase.depth() - 1, z); k++) {
                int first = phase.nextInside(0, y, k);
                if (first == phase.width()) continue;
                low = Math.min(low, first);
                high = Math.max(high, last(phase, y, k) + 1);
            }
            int left = Math.min(low, lastLow);
            int right = Math.max(high, lastHigh);
            if (right >= 0) {
                points.add(new int[] {left, y});
                points.add(new int[] {right, y});
            }
            lastLow = low;
            lastHigh = high;
        }
        return chain(points);
    }

    private static int last(PhaseMask phase, int y, int z) {
        long[] words = phase.words(z);
        int row = y * phase.wordsPerRow();
        int w = phase.wordsPerRow() - 1;
        while (words[row + w] == 0) w--;
        return (w << 6) + 63 - Long.numberOfLeadingZeros(words[row + w]);
    }

    /** The corners of the convex hull of points in a plane that come by rising y, then x (Andrew 1979). */
    private static List<int[]> chain(List<int[]> points) {
        List<int[]> hull = new ArrayList<>();
        for (int pass = 0; pass < 2; pass++) {
            int start = hull.size();
            for (int i = 0; i < points.size(); i++) {
                int[] p = points.get(pass == 0 ? i : points.size() - 1 - i);
                while (hull.size() - start >= 2 && turn(hull.get(hull.size() - 2), hull.get(hull.size() - 1), p) >= 0) {
                    hull.remove(hull.size() - 1);
                }
                hull.add(p);
            }
            if (!hull.isEmpty()) hull.remove(hull.size() - 1);
        }
        return hull;
    }

    private static long turn(int[] a, int[] b, int[] c) {
        return (long) (b[0] - a[0]) * (c[1] - a[1]) - (long) (b[1] - a[1]) * (c[0] - a[0]);
    }

    private void build(Progress progress) {
        int[] order = new SplittableRandom(2)
                .ints(corners.size(), 0, Integer.MAX_VALUE)
                .toArray();
        Integer[] turn = new Integer[order.length];
        for (int i = 0; i < turn.length; i++) turn[i] = i;
        Arrays.sort(turn, Comparator.comparingInt(i -> order[i]));
        start(turn[0], turn[1], turn[2], turn);
        for (int i = 3; i < turn.length; i++) {
            if ((i & CHECK) == 0) progress.check();
            add(turn[i]);
        }
    }

    /** Two faces back to back and, at the first corner beside their plane, a tetrahedron. */
    private void start(int a, int b, int c, Integer[] turn) {
        for (int i = 3; i < turn.length; i++) {
            long side = side(a, b, c, turn[i]);
            if (side == 0) continue;
            int d = turn[i];
            int second = side > 0 ? c : b;
            int third = side > 0 ? b : c;
            faces.add(new Face(a, second, third));
            faces.add(new Face(a, third, d));
            faces.add(new Face(third, second, d));
            faces.add(new Face(second, a, d));
            return;
        }
    }

    /** Above 0 if a corner lies outside of a triangle's plane. */
    private long side(int a, int b, int c, int d) {
        long[] p = moved[a];
        long ux = moved[b][0] - p[0];
        long uy = moved[b][1] - p[1];
        long uz = moved[b][2] - p[2];
        long vx = moved[c][0] - p[0];
        long vy = moved[c][1] - p[1];
        long vz = moved[c][2] - p[2];
        return (uy * vz - uz * vy) * (moved[d][0] - p[0])
                + (uz * vx - ux * vz) * (moved[d][1] - p[1])
                + (ux * vy - uy * vx) * (moved[d][2] - p[2]);
    }

    private void add(int corner) {
        List<Face> seen = new ArrayList<>();
        List<Face> kept = new ArrayList<>();
        for (Face face : faces) (side(face.a, face.b, face.c, corner) > 0 ? seen : kept).add(face);
        if (seen.isEmpty()) return;
        Set<Long> edges = new HashSet<>();
        for (Face face : seen) {
            edges.add(edge(face.a, face.b));
            edges.add(edge(face.b, face.c));
            edges.add(edge(face.c, face.a));
        }
        faces.clear();
        faces.addAll(kept);
        for (Face face : seen) {
            cover(face.a, face.b, corner, edges);
            cover(face.b, face.c, corner, edges);
            cover(face.c, face.a, corner, edges);
        }
    }

    private static long edge(int from, int to) {
        return (long) from << 32 | to;
    }

    /** Edges of the part that is seen bear the new faces. */
    private void cover(int from, int to, int corner, Set<Long> edges) {
        if (!edges.contains(edge(to, from))) faces.add(new Face(from, to, corner));
    }

    private double volume() {
        long six = 0;
        for (Face face : faces) {
            int[] a = corners.get(face.a);
            int[] b = corners.get(face.b);
            int[] c = corners.get(face.c);
            six += (long) a[0] * ((long) b[1] * c[2] - (long) b[2] * c[1])
                    + (long) a[1] * ((long) b[2] * c[0] - (long) b[0] * c[2])
                    + (long) a[2] * ((long) b[0] * c[1] - (long) b[1] * c[0]);
        }
        return six / 6.0;
    }
}
