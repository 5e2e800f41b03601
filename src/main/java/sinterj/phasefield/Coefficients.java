package sinterj.phasefield;

/**
 * The material on a grid: lengths in voxels, energy densities in {@code gammaSurface / spacing}, times in seconds, so
 * that floats hold every number.
 *
 * <p>{@code a = (12 gs - 7 gg) / d}, {@code b = gg / d}, {@code kr = 3/4 d (2 gs - gg)}, {@code ke = 3/4 d gg} for
 * surface energy gs, boundary energy gg and interface width d. Then a flat surface and a flat boundary have exactly
 * these energies, and both the profile {@code (1 + tanh(2n/d)) / 2}.
 */
record Coefficients(
        double a,
        double b,
        double kr,
        double ke,
        double volume,
        double vapour,
        double surface,
        double boundary,
        double mEta,
        double push,
        double turn,
        double energyUnit) {

    static Coefficients of(Material m, Grid grid) {
        double dx = grid.spacing();
        double d = grid.interfaceVoxels();
        double gg = m.gammaBoundary() / m.gammaSurface();
        double unit = m.gammaSurface() / dx;
        double diffusion = unit / (dx * dx);
        return new Coefficients(
                (12 - 7 * gg) / d,
                gg / d,
                0.75 * d * (2 - gg),
                0.75 * d * gg,
                m.diffusion().volume() * diffusion,
                m.diffusion().vapour() * diffusion,
                m.diffusion().surface() * diffusion,
                m.diffusion().boundary() * diffusion,
                m.mEta() * unit,
                m.motion().translation() * m.motion().stiffness() / (dx * dx),
                m.motion().rotationInUse() * m.motion().stiffness(),
                unit * dx * dx * dx);
    }

    /**
     * The fastest rate at which the grid lets a disturbance decay, 1/s.
     *
     * @param mobility greatest diffusion mobility anywhere, in units of the grid
     * @param dimensions axes with more than one voxel
     */
    double stiffest(double mobility, int dimensions) {
        double laplace = 4.0 * Math.max(1, dimensions);
        double density = mobility * laplace * (kr * laplace + 2 * a + 2 * b);
        double order = mEta * (ke * laplace + 24 * b);
        return Math.max(density, order);
    }
}
