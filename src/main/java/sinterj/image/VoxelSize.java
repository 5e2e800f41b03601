package sinterj.image;

import sinterj.base.InvalidInput;

/**
 * Side lengths of a voxel; of a pixel, where {@code z} is then the slice distance.
 *
 * @param x width, greater than 0
 * @param y height, greater than 0
 * @param z depth, greater than 0
 * @param unit unit of the three, {@code "pixel"} if the image is not calibrated
 */
public record VoxelSize(double x, double y, double z, String unit) {
    /** Unit of an image that was never calibrated. */
    public static final String UNCALIBRATED = "pixel";

    /** Width and height are stored as pixels per unit, a fraction of two whole numbers with a denominator of 10^6. */
    private static final double TIFF_PRECISION = 1e-3;

    public VoxelSize {
        if (!(x > 0 && y > 0 && z > 0) || Double.isInfinite(x + y + z)) {
            throw new InvalidInput("Voxel size: " + x + " x " + y + " x " + z + " " + unit
                    + " is not a size. Correct it in Image > Properties.");
        }
        if (unit == null || unit.isBlank() || unit.equals("pixels")) unit = UNCALIBRATED;
    }

    /** Uncalibrated voxels with sides of one pixel. */
    public static VoxelSize pixels() {
        return new VoxelSize(1, 1, 1, UNCALIBRATED);
    }

    /**
     * @param side side length, greater than 0
     * @param unit its unit
     * @return a cube
     */
    public static VoxelSize cube(double side, String unit) {
        return new VoxelSize(side, side, side, unit);
    }

    /** Whether the sides are lengths rather than counts of pixels. */
    public boolean isCalibrated() {
        return !unit.equals(UNCALIBRATED);
    }

    /** Whether the three sides are equal to one part in a thousand: a TIFF file keeps width and height no better. */
    public boolean isCube() {
        return Math.abs(x - y) <= TIFF_PRECISION * x && Math.abs(x - z) <= TIFF_PRECISION * x;
    }

    /** Whether the sides are those of another size, in the same unit, but for what a TIFF file loses. */
    public boolean isAbout(VoxelSize other) {
        return unit.equals(other.unit)
                && Math.abs(x - other.x) <= TIFF_PRECISION * x
                && Math.abs(y - other.y) <= TIFF_PRECISION * y
                && Math.abs(z - other.z) <= TIFF_PRECISION * z;
    }

    /**
     * The width in nanometres.
     *
     * @throws InvalidInput if the unit is none that can be turned into nanometres
     */
    public double xNm() {
        return x * nanometresPer(unit);
    }

    /** Nanometres in one of the unit; NaN if it is not a length that we know. */
    private static double nanometres(String unit) {
        return switch (unit.toLowerCase(java.util.Locale.ROOT)) {
            case "nm", "nanometer", "nanometre" -> 1;
            case "a", "angstrom", "ang", "\u00e5" -> 0.1;
            case "um", "\u00b5m", "\u03bcm", "micron", "microns", "micrometer", "micrometre" -> 1e3;
            case "mm", "millimeter", "millimetre" -> 1e6;
            case "m", "meter", "metre" -> 1e9;
            case "pm" -> 1e-3;
            default -> Double.NaN;
        };
    }

    private static double nanometresPer(String unit) {
        double nm = nanometres(unit);
        if (Double.isNaN(nm)) {
            throw new InvalidInput("Voxel size: the unit is '" + unit
                    + "', but a length such as nm is needed. Set it in Image > Properties.");
        }
        return nm;
    }

    @Override
    public String toString() {
        return x + " x " + y + " x " + z + " " + unit;
    }
}
