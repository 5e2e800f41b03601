package sinterj.pore;

/**
 * Where two grains meet.
 *
 * @param grainA the grain with the smaller number
 * @param grainB the other
 * @param diameter of the largest ball that passes from one to the other within the phase
 * @param area of the neck's cross-section: the vector sum of its faces, exact for a flat neck in any direction
 * @param interfaceArea of the surface between the two, curved as it is, by Crofton's formula
 * @param faces number of voxel faces between the two
 * @param centre of these faces along x, y, z
 * @param normal of the cross-section, of length 1, from {@code grainA} to {@code grainB}; zeros if the faces cancel out
 */
public record Neck(
        int grainA,
        int grainB,
        double diameter,
        double area,
        double interfaceArea,
        long faces,
        double[] centre,
        double[] normal) {}
