package sinterj.tomo;

/**
 * A sphere. Lengths are in any one unit, positions from the centre of the volume: x across the tilt axis, y along it, z
 * along the beam of the untilted view.
 *
 * @param x centre
 * @param y centre
 * @param z centre
 * @param radius greater than 0
 */
public record Sphere(double x, double y, double z, double radius) {
    /** The same sphere with every length multiplied. */
    public Sphere scaled(double factor) {
        return new Sphere(factor * x, factor * y, factor * z, factor * radius);
    }

    /** Distance between the centres. */
    double distanceTo(Sphere other) {
        double dx = x - other.x;
        double dy = y - other.y;
        double dz = z - other.z;
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
}
