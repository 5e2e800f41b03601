package sinterj.image;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import sinterj.base.InvalidInput;

/**
 * Projections of one object, tilted about the y axis of the images. At angle t the point (x, z) of the object, both
 * measured from the centre, is seen at {@code u = x cos t + z sin t}.
 *
 * @param projections 3-D, in the order u, y, tilt; y is the tilt axis
 * @param anglesDeg one angle per projection, in degrees
 * @param pixel side lengths of a pixel; its z has no meaning
 */
public record TiltSeries(
        RandomAccessibleInterval<? extends RealType<?>> projections, double[] anglesDeg, VoxelSize pixel) {
    public TiltSeries {
        if (projections.numDimensions() != 3) {
            throw new InvalidInput(
                    "A tilt series has 3 dimensions, this image has " + projections.numDimensions() + ".");
        }
        if (projections.dimension(2) != anglesDeg.length) {
            throw new InvalidInput("Tilt angles: the stack has " + projections.dimension(2)
                    + " projections but there are " + anglesDeg.length + " angles. Give one angle per projection.");
        }
        for (double angle : anglesDeg) {
            if (!(Math.abs(angle) <= 360)) {
                throw new InvalidInput("Tilt angles: " + angle + " is not an angle in degrees.");
            }
        }
        anglesDeg = anglesDeg.clone();
    }

    /** A copy of the angles, in degrees. */
    @Override
    public double[] anglesDeg() {
        return anglesDeg.clone();
    }

    /** Pixels across the tilt axis. */
    public int width() {
        return (int) projections.dimension(0);
    }

    /** Pixels along the tilt axis. */
    public int height() {
        return (int) projections.dimension(1);
    }

    /** Number of projections. */
    public int count() {
        return (int) projections.dimension(2);
    }

    /** Projection k, see {@link Planes#plane}: do not write to it. */
    public float[] projection(int k) {
        return Planes.plane(projections, k);
    }

    /**
     * Some of the projections, in the order given.
     *
     * @param tilts their numbers, counted from 0
     */
    public TiltSeries withTilts(int[] tilts) {
        int[] some = tilts.clone();
        double[] angles = new double[some.length];
        for (int i = 0; i < some.length; i++) angles[i] = anglesDeg[some[i]];
        return new TiltSeries(
                Planes.lazyFloats(width(), height(), some.length, i -> projection(some[i])), angles, pixel);
    }

    /** The same angles and pixels with other values. */
    public TiltSeries withProjections(RandomAccessibleInterval<? extends RealType<?>> other) {
        return new TiltSeries(other, anglesDeg, pixel);
    }
}
