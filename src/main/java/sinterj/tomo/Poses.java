package sinterj.tomo;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sinterj.image.Affine;

/**
 * How the projections of a series are moved so that the tilt axis is the y axis through their centre: all are turned
 * back by the angle of the axis, then each is shifted.
 *
 * @param axisDeg angle by which the axis leans from the y axis of the images, counter-clockwise as seen on the screen
 * @param x shift across the axis for each projection, in pixels
 * @param y shift along it
 */
record Poses(double axisDeg, double[] x, double[] y) {
    static Poses none(int count) {
        return new Poses(0, new double[count], new double[count]);
    }

    Affine move(int k) {
        return turn(-axisDeg).then(Affine.shift(x[k], y[k]));
    }

    List<Affine> moves() {
        return IntStream.range(0, x.length).mapToObj(this::move).toList();
    }

    /** A turn about the centre, counter-clockwise as seen on the screen, where rows are counted downwards. */
    static Affine turn(double degrees) {
        if (degrees == 0) return Affine.IDENTITY;
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        return new Affine(cos, sin, -sin, cos, 0, 0);
    }

    /** These and further shifts. */
    Poses shifted(double[] dx, double[] dy) {
        return new Poses(
                axisDeg,
                IntStream.range(0, x.length).mapToDouble(k -> x[k] + dx[k]).toArray(),
                IntStream.range(0, y.length).mapToDouble(k -> y[k] + dy[k]).toArray());
    }

    /** The same for projections with every length multiplied. */
    Poses scaled(double factor) {
        return new Poses(
                axisDeg,
                Arrays.stream(x).map(v -> v * factor).toArray(),
                Arrays.stream(y).map(v -> v * factor).toArray());
    }

    /** The same with another axis; the point (0, middle) of the moved projections stays where it is. */
    Poses turnedTo(double degrees, double middle) {
        Affine turn = turn(axisDeg - degrees);
        double[] nx = new double[x.length];
        double[] ny = new double[y.length];
        for (int k = 0; k < x.length; k++) {
            nx[k] = -turn.x(-x[k], middle - y[k]);
            ny[k] = middle - turn.y(-x[k], middle - y[k]);
        }
        return new Poses(degrees, nx, ny);
    }
}
