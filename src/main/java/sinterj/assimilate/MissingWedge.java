package sinterj.assimilate;

/**
 * Weights of voxels of a reconstruction from a limited tilt range, y being the tilt axis and z the direction of the
 * beam at no tilt. Surfaces whose normal lies in the missing wedge around z were not recorded: a voxel near one says
 * nothing. Elsewhere voxels count in full.
 */
public final class MissingWedge {
    private static final float FLAT = 1e-4f;

    private MissingWedge() {}

    /** Whether a surface was recorded whose normal has these parts along x and z. */
    static boolean isSeen(double x, double z, double wedgeDeg) {
        return Math.abs(x) >= Math.tan(Math.toRadians(wedgeDeg / 2)) * Math.abs(z);
    }

    /**
     * @param density a density of the specimen, [z][x + width y]
     * @param width voxels along x
     * @param sides of a voxel along x, y and z
     * @param wedgeDeg full angle of the missing wedge in degrees
     * @return [z][x + width y], 0 or 1
     */
    public static float[][] weights(float[][] density, int width, double[] sides, double wedgeDeg) {
        double limit = Math.tan(Math.toRadians(wedgeDeg / 2));
        float[][] weights = new float[density.length][density[0].length];
        for (int z = 0; z < density.length; z++) {
            int lower = Math.max(0, z - 1);
            int upper = Math.min(density.length - 1, z + 1);
            for (int i = 0; i < weights[z].length; i++) {
                int x = i % width;
                int left = x == 0 ? i : i - 1;
                int right = x == width - 1 ? i : i + 1;
                float dx = Math.abs(density[z][right] - density[z][left]);
                float dz = Math.abs(density[upper][i] - density[lower][i]);
                double gx = dx / (sides[0] * Math.max(1, right - left));
                double gz = dz / (sides[2] * Math.max(1, upper - lower));
                weights[z][i] = gx < limit * gz && dz > FLAT ? 0 : 1;
            }
        }
        return weights;
    }
}
