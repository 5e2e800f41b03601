package sinterj.tomo;

import java.util.List;

/** Rays of one height y through a union of spheres at one tilt: finds the length of each inside the union. */
final class RowOfRays {
    private final double[] u;
    private final double[] along;
    private final double[] squaredRadius;
    private final double[] from;
    private final double[] to;
    private int count;

    RowOfRays(int spheres) {
        u = new double[spheres];
        along = new double[spheres];
        squaredRadius = new double[spheres];
        from = new double[spheres];
        to = new double[spheres];
    }

    /** Cuts the spheres at height y: discs, in the frame of the tilted beam. */
    void start(List<Sphere> spheres, double y, double cos, double sin) {
        count = 0;
        for (Sphere s : spheres) {
            double square = s.radius() * s.radius() - (y - s.y()) * (y - s.y());
            if (square <= 0) continue;
            u[count] = s.x() * cos + s.z() * sin;
            along[count] = s.z() * cos - s.x() * sin;
            squaredRadius[count++] = square;
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Length inside the union of the ray at u. */
    double length(double position) {
        int crossed = 0;
        for (int i = 0; i < count; i++) {
            double square = squaredRadius[i] - (position - u[i]) * (position - u[i]);
            if (square > 0) insert(crossed++, along[i], Math.sqrt(square));
        }
        double length = 0;
        double end = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < crossed; i++) {
            length += Math.max(0, to[i] - Math.max(from[i], end));
            end = Math.max(end, to[i]);
        }
        return length;
    }

    /** Keeps the stretches sorted by where they begin; there are only a few. */
    private void insert(int crossed, double middle, double half) {
        int i = crossed;
        for (; i > 0 && from[i - 1] > middle - half; i--) {
            from[i] = from[i - 1];
            to[i] = to[i - 1];
        }
        from[i] = middle - half;
        to[i] = middle + half;
    }
}
