package sinterj.tomo;

import sinterj.base.InvalidInput;
import sinterj.image.TiltSeries;

/**
 * Where rays meet voxels, in one slice across the tilt axis; every slice along the axis looks the same. All lengths are
 * in pixels, and x, z and u are measured from the centres of volume and detector. The ray u of tilt t is the line
 * {@code x cos t + z sin t = u}.
 *
 * <p>A ray is followed plane by plane along the axis it is closer to: along z for tilts up to 45 degrees, along x
 * beyond. In each plane it lies between two voxels, which share its step length by their distance (Joseph 1982,
 * doi:10.1109/TMI.1982.4307572).
 *
 * @param anglesDeg tilt angles in degrees, in any order
 * @param rays detector pixels across the tilt axis
 * @param width voxels along x
 * @param depth voxels along z
 * @param wholeRaysOnly leaves out each ray that enters or leaves the volume through its sides in x, and so may have
 *     met matter that no voxel stands for
 */
public record Geometry(double[] anglesDeg, int rays, int width, int depth, boolean wholeRaysOnly) {
    public Geometry {
        if (anglesDeg.length == 0)
            throw new InvalidInput("Tilt angles: there are none. Give one angle per projection.");
        if (rays < 1 || width < 1 || depth < 1) {
            throw new IllegalArgumentException("a side of no pixel: " + rays + ", " + width + ", " + depth);
        }
        anglesDeg = anglesDeg.clone();
    }

    /**
     * The geometry of a tilt series.
     *
     * @param depth voxels along z
     * @param padding voxels to add on each side in x
     */
    public static Geometry of(TiltSeries series, int depth, int padding) {
        return new Geometry(
                series.anglesDeg(), series.width(), Math.addExact(series.width(), 2 * padding), depth, false);
    }

    /** The same without rays that leave the volume through its sides. */
    public Geometry withWholeRaysOnly() {
        return new Geometry(anglesDeg, rays, width, depth, true);
    }

    /** The same with some of the tilts, given by their numbers. */
    public Geometry withTilts(int[] tilts) {
        double[] some = new double[tilts.length];
        for (int i = 0; i < some.length; i++) some[i] = anglesDeg[tilts[i]];
        return new Geometry(some, rays, width, depth, wholeRaysOnly);
    }

    /** A copy of the angles, in degrees. */
    @Override
    public double[] anglesDeg() {
        return anglesDeg.clone();
    }

    /** Number of projections. */
    public int tilts() {
        return anglesDeg.length;
    }

    /** Rows of a volume: one per x and z, at {@code z * width + x}. */
    public int voxelRows() {
        return Math.multiplyExact(width, depth);
    }

    /** Rows of a tilt series: one per tilt and ray, at {@code tilt * rays + u}. */
    public int rayRows() {
        return Math.multiplyExact(tilts(), rays);
    }

    /** The rays of one tilt. */
    Tilt tilt(int number) {
        return new Tilt(this, Math.toRadians(anglesDeg[number]));
    }

    /** The rays of one tilt, followed over planes along z (flat) or x (steep). */
    static final class Tilt {
        /** Number of planes that a ray is followed over. */
        final int planes;
        /** Voxels in a plane. */
        final int voxels;
        /** Length of a ray between two planes. */
        final double step;
        /** Whether the planes lie along x. */
        final boolean steep;

        private final double shear;
        private final double stretch;
        private final double middleRay;
        private final double middlePlane;
        private final double middleVoxel;
        private final int planeStride;
        private final int voxelStride;
        private final boolean wholeRaysOnly;

        private Tilt(Geometry g, double angle) {
            double cos = Math.cos(angle);
            double sin = Math.sin(angle);
            steep = Math.abs(sin) > Math.abs(cos);
            planes = steep ? g.width : g.depth;
            voxels = steep ? g.depth : g.width;
            shear = steep ? cos : sin;
            stretch = 1 / (steep ? sin : cos);
            step = Math.abs(stretch);
            middleRay = (g.rays - 1) / 2.0;
            middlePlane = (planes - 1) / 2.0;
            middleVoxel = (voxels - 1) / 2.0;
            planeStride = steep ? 1 : g.width;
            voxelStride = steep ? g.width : 1;
            wholeRaysOnly = g.wholeRaysOnly;
        }

        /** Where ray u, counted from 0, meets a plane, in voxels counted from 0. */
        double position(int ray, double plane) {
            return (ray - middleRay - (plane - middlePlane) * shear) * stretch + middleVoxel;
        }

        /** The ray, counted from 0 and with a fraction, that meets a voxel's centre. */
        double rayThrough(int voxel, int plane) {
            return (voxel - middleVoxel) / stretch + (plane - middlePlane) * shear + middleRay;
        }

        /** Number of a voxel's row in the volume. */
        int row(int voxel, int plane) {
            return plane * planeStride + voxel * voxelStride;
        }

        /** Whether the ray counts. */
        boolean counts(int ray) {
            if (!wholeRaysOnly) return true;
            if (!steep) return inside(position(ray, 0)) && inside(position(ray, planes - 1));
            // Beyond 45 degrees the planes are the sides: a ray within the depth at either of them passes through it.
            double entry = position(ray, 0);
            double exit = position(ray, planes - 1);
            return !inside(entry) && !inside(exit) && (entry < 0) != (exit < 0);
        }

        private boolean inside(double position) {
            return position >= 0 && position <= voxels - 1;
        }
    }
}
