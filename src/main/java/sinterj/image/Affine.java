package sinterj.image;

import sinterj.base.InvalidInput;

/**
 * A linear map of the plane: a point (x, y) goes to (a11 x + a12 y + dx, a21 x + a22 y + dy), both measured in pixels
 * from the centre of the image; y counts rows in their stored order. This is the convention of IMOD's transforms: it
 * says where a pixel of the old image is found in the new one, so an image is resampled with {@link #inverse}.
 */
public record Affine(double a11, double a12, double a21, double a22, double dx, double dy) {
    /** Leaves every point where it is. */
    public static final Affine IDENTITY = new Affine(1, 0, 0, 1, 0, 0);

    public Affine {
        if (!Double.isFinite(a11 + a12 + a21 + a22 + dx + dy)) {
            throw new InvalidInput("Transform: " + a11 + " " + a12 + " " + a21 + " " + a22 + " " + dx + " " + dy
                    + " are not six finite numbers.");
        }
    }

    /** Moves every point. */
    public static Affine shift(double dx, double dy) {
        return new Affine(1, 0, 0, 1, dx, dy);
    }

    /** Where a point goes along x. */
    public double x(double x, double y) {
        return a11 * x + a12 * y + dx;
    }

    /** Where a point goes along y. */
    public double y(double x, double y) {
        return a21 * x + a22 * y + dy;
    }

    /** This map followed by another. */
    public Affine then(Affine next) {
        return new Affine(
                next.a11 * a11 + next.a12 * a21,
                next.a11 * a12 + next.a12 * a22,
                next.a21 * a11 + next.a22 * a21,
                next.a21 * a12 + next.a22 * a22,
                next.x(dx, dy),
                next.y(dx, dy));
    }

    /**
     * The map back.
     *
     * @throws InvalidInput if this one flattens the plane
     */
    public Affine inverse() {
        double det = a11 * a22 - a12 * a21;
        if (!(Math.abs(det) > 1e-12)) {
            throw new InvalidInput("Transform: " + a11 + " " + a12 + " " + a21 + " " + a22
                    + " flattens the image and cannot be undone.");
        }
        double b11 = a22 / det;
        double b12 = -a12 / det;
        double b21 = -a21 / det;
        double b22 = a11 / det;
        return new Affine(b11, b12, b21, b22, -(b11 * dx + b12 * dy), -(b21 * dx + b22 * dy));
    }
}
