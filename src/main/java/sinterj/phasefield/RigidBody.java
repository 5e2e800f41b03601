package sinterj.phasefield;

/** How touching grains approach as rigid bodies. */
public enum RigidBody {
    /** Forces where the product of two grains' order parameters reaches the threshold (Wang 2006). */
    WANG,
    /** The same with a threshold that sets in smoothly, so that no voxel switches on at once. */
    SMOOTH,
    /** Grains do not move as bodies; the free energy then never rises. */
    NONE
}
