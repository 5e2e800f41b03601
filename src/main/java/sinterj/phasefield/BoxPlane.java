package sinterj.phasefield;

/**
 * The part of a plane of a grain's box that is held: a rectangle around the grain, with a ring of ghosts. Balls fill
 * half of a box, but two thirds of such rectangles.
 */
final class BoxPlane {
    /** First column and row, counted from the box's first voxel. */
    final int x;

    final int y;

    final int width;
    final int height;

    /** Floats of a row, and of the plane, with the ring. */
    final int stride;

    final int length;

    BoxPlane(int x, int y, int width, int height) {
        this.x = x;
        this.y = y;
        this.width = width;
        this.height = height;
        stride = width + 2;
        length = Math.multiplyExact(stride, height + 2);
    }

    /** Element of a column and row of the box; inside the rectangle or its ring. */
    int index(int column, int row) {
        return column - x + 1 + stride * (row - y + 1);
    }

    boolean holds(int column, int row) {
        return column >= x && row >= y && column < x + width && row < y + height;
    }

    /** Whether another rectangle lies inside this one. */
    boolean holds(BoxPlane other) {
        return other.x >= x
                && other.y >= y
                && other.x + other.width <= x + width
                && other.y + other.height <= y + height;
    }

    boolean isLike(BoxPlane other) {
        return holds(other) && other.holds(this);
    }

    long area() {
        return (long) width * height;
    }
}
