package sinterj.pore;

import sinterj.base.Progress;

/** The currents through the faces of voxels: those of an even slope of the potential and of what deviates from it. */
final class FaceCurrents {
    private final ConductingVoxels voxels;
    private final int axis;
    private final double slope;

    /**
     * @param axis along which the potential falls
     * @param length number of voxels along it
     */
    FaceCurrents(ConductingVoxels voxels, int axis, int length) {
        this.voxels = voxels;
        this.axis = axis;
        slope = 1.0 / length;
    }

    /** Which faces of a voxel are looked at. */
    private enum Side {
        BEFORE,
        BEHIND,
        BEHIND_AT_ELECTRODE
    }

    /**
     * Sets the current that flows along an axis through the faces before the voxels of plane z, and through those behind.
     *
     * @param along axis
     * @param v deviation from the slope; null for none
     * @param before overwritten where there are conductors
     * @param behind likewise
     */
    void currents(int along, int z, float[][] v, float[] before, float[] behind) {
        flow(along, Side.BEFORE, z, v, before);
        flow(along, Side.BEHIND, z, v, behind);
    }

    /** Sets the current that the even slope alone brings into each voxel of plane z. */
    void imbalance(int z, float[] r) {
        float[] behind = new float[r.length];
        currents(axis, z, null, r, behind);
        for (int i = 0; i < r.length; i++) r[i] -= behind[i];
    }

    /** Current times potential drop, over all faces. At the solution it is the current between the electrodes. */
    double power(float[][] v, Progress progress) {
        return voxels.sum(progress, z -> {
            double sum = flow(axis, Side.BEHIND_AT_ELECTRODE, z, v, null);
            for (int along = 0; along < 3; along++) sum += flow(along, Side.BEFORE, z, v, null);
            return sum;
        });
    }

    /** Sums up current times potential drop over the faces of one side, and writes the currents if there is a place. */
    private double flow(int along, Side side, int z, float[][] v, float[] current) {
        Conductances g = voxels.conductances();
        int away = side == Side.BEFORE ? -1 : 1;
        int step = away * (along == 0 ? 1 : along == 1 ? voxels.stride : 0);
        int other = along == 2 ? z + away : z;
        byte[] own = voxels.materials(z);
        byte[] next = voxels.materials(other);
        float[] from = v == null ? null : v[z];
        float[] to = v == null ? null : voxels.plane(v, other);
        double[] table = g.exact(along);
        double power = 0;
        for (int y = 1; y <= voxels.height; y++) {
            for (int i = y * voxels.stride + 1; i <= y * voxels.stride + voxels.width; i++) {
                if (own[i] == 0) continue;
                int material = next[i + step];
                boolean electrode = material == g.electrode;
                if (side == Side.BEHIND_AT_ELECTRODE && !electrode) continue;
                double drop = along == axis ? (electrode ? slope / 2 : slope) : 0;
                if (from != null) drop += away * ((double) from[i] - to[i + step]);
                double flows = table[own[i] * g.count + material] * drop;
                power += flows * drop;
                if (current != null) current[i] = (float) flows;
            }
        }
        return power;
    }
}
