package sinterj.phasefield;

import sinterj.base.InvalidInput;

/**
 * What the simulation must know of a material at one temperature, in SI units.
 *
 * @param gammaSurface surface energy, J/m2, greater than 0
 * @param gammaBoundary grain boundary energy, J/m2, greater than 0 and below 12/7 of the surface energy
 * @param diffusion how matter moves
 * @param mEta mobility of the order parameters, m3/(J s); boundaries move with {@code mEta ke} times their curvature
 * @param motion how grains move as bodies
 */
public record Material(double gammaSurface, double gammaBoundary, Diffusion diffusion, double mEta, Motion motion) {
    /** The gas constant, J/(mol K). */
    public static final double GAS_CONSTANT = 8.314462618;

    /**
     * Mobilities {@code D Vm / (R T)} of diffusion by its paths (Eq. 4), m5/(J s).
     *
     * @param volume in the solid
     * @param vapour in the gas
     * @param surface along surfaces
     * @param boundary along grain boundaries
     */
    public record Diffusion(double volume, double vapour, double surface, double boundary) {
        public Diffusion {
            requireFromZero("m_volume", volume);
            requireFromZero("m_vapour", vapour);
            requireFromZero("m_surface", surface);
            requireFromZero("m_boundary", boundary);
        }

        /** From diffusivities in m2/s, a molar volume in m3/mol and a temperature in kelvin. */
        public static Diffusion of(
                double volume, double vapour, double surface, double boundary, double molarVolume, double kelvin) {
            double f = molarVolume / (GAS_CONSTANT * kelvin);
            return new Diffusion(volume * f, vapour * f, surface * f, boundary * f);
        }
    }

    /**
     * How touching grains move as bodies.
     *
     * <p>Translation mobility and stiffness occur in the model as their product only, so that no observation can tell
     * them apart. The rotation mobility is {@code translation / 100} in the review, which has the wrong unit: it holds
     * in units of its grid. {@link #ROTATION_LENGTH} keeps its meaning on every grid.
     *
     * @param how which rule
     * @param translation mobility of translation, m5/(J s)
     * @param rotation mobility of rotation, m3/(J s); NaN for {@code translation / (100 ROTATION_LENGTH^2)}
     * @param stiffness stiffness of the force, N/m2
     * @param rho0 density at which the force vanishes
     * @param threshold product of two order parameters from which the force acts
     */
    public record Motion(
            RigidBody how, double translation, double rotation, double stiffness, double rho0, double threshold) {
        /** Grid spacing in metres for which the review's rotation mobility is meant: 820 nm over 128. */
        public static final double ROTATION_LENGTH = 820e-9 / 128;

        public Motion {
            requireFromZero("m_translation", translation);
            requireFromZero("k_stiffness", stiffness);
            if (!Double.isNaN(rotation)) requireFromZero("m_rotation", rotation);
            requireFromZero("rho0", rho0);
            if (!(threshold > 0 && threshold < 0.25)) {
                throw new InvalidInput("'gb_threshold' is " + threshold + ", but the product of two order parameters"
                        + " is at most 0.25. Give a number between 0 and 0.25, such as 0.14.");
            }
        }

        /** No motion. */
        public static Motion none() {
            return new Motion(RigidBody.NONE, 0, Double.NaN, 0, 0.98, 0.14);
        }

        /** The rotation mobility in use, m3/(J s). */
        double rotationInUse() {
            return Double.isNaN(rotation) ? translation / (100 * ROTATION_LENGTH * ROTATION_LENGTH) : rotation;
        }

        /** Whether anything moves at all. */
        boolean acts() {
            return how != RigidBody.NONE && stiffness > 0 && translation > 0;
        }
    }

    public Material {
        requireEnergy("gamma_surface", gammaSurface);
        requireEnergy("gamma_gb", gammaBoundary);
        if (gammaBoundary >= 12.0 / 7 * gammaSurface) {
            throw new InvalidInput("'gamma_gb' is " + gammaBoundary + " J/m2, but the model needs less than 12/7 of"
                    + " 'gamma_surface', here " + 12.0 / 7 * gammaSurface + " J/m2. Check the two energies.");
        }
        requireFromZero("m_eta", mEta);
    }

    private static void requireEnergy(String key, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new InvalidInput("'" + key + "' is " + value + " J/m2. Give an energy greater than 0.");
        }
    }

    private static void requireFromZero(String key, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new InvalidInput("'" + key + "' is " + value + ". Give a number from 0 on.");
        }
    }

    /** Copper at 623.15 K, with the optimum that Yamamoto et al. 2025 found by data assimilation (section 4.3). */
    public static Material copper() {
        return new Material(
                1.35,
                0.783 - 1.34e-4 * 623.15,
                Diffusion.of(1e-21, 1e-22, 9.88e-17, 1.09e-17, 7.11e-6, 623.15),
                6.54e-10,
                new Motion(RigidBody.WANG, 9.48e-21, Double.NaN, 1.219e6, 0.98, 0.14));
    }

    /** The same with other diffusion mobilities. */
    public Material with(Diffusion other) {
        return new Material(gammaSurface, gammaBoundary, other, mEta, motion);
    }

    /** The same with another motion of grains. */
    public Material with(Motion other) {
        return new Material(gammaSurface, gammaBoundary, diffusion, mEta, other);
    }

    /** The same with another mobility of the order parameters, m3/(J s). */
    public Material withMEta(double other) {
        return new Material(gammaSurface, gammaBoundary, diffusion, other, motion);
    }

    /** The same with other energies, J/m2. */
    public Material withEnergies(double ofSurface, double ofBoundary) {
        return new Material(ofSurface, ofBoundary, diffusion, mEta, motion);
    }
}
