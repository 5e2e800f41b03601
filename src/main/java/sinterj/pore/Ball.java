package sinterj.pore;

import sinterj.image.LatticeMetric;

/** Whether the surface of an inscribed ball belongs to it. */
public enum Ball {
    /** Voxels nearer to the centre than the radius: no ball reaches another phase. */
    OPEN,
    /**
     * Voxels on the surface too, as in ImageJ's Local Thickness before its clean-up: a ball may reach around an edge of
     * the phase by one voxel.
     */
    CLOSED;

    /**
     * The largest squared distance from its centre that a ball covers.
     *
     * @param squaredRadius in the metric's unit
     */
    double limit(double squaredRadius, LatticeMetric metric) {
        // Lattice distances equal to the radius are decided the same way whatever the rounding of a float.
        return this == OPEN ? squaredRadius * (1 - metric.tie()) : squaredRadius * (1 + metric.tie());
    }
}
