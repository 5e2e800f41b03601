package sinterj.command;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.image.Table;
import sinterj.op.NumberOr;
import sinterj.op.Param;
import sinterj.phasefield.Crystals;
import sinterj.phasefield.Material;
import sinterj.phasefield.RigidBody;
import sinterj.phasefield.SinterState;
import sinterj.phasefield.Stepping;
import sinterj.phasefield.Symmetry;

/** The model of sintering as settings: grid, energies, mobilities and how time is stepped through. SI units. */
public record SinteringModel(
        @Param(
                label = "Grid (nm)",
                min = 1e-6,
                max = 1e9,
                words = "auto",
                doc = "Spacing of the grid; auto takes the shortest side of the input's voxels, or an eighth of the"
                        + " median radius.")
        NumberOr gridNm,

        @Param(
                label = "Interface (px)",
                min = 2,
                max = 100,
                doc = "Width of the diffuse interfaces in voxels of the grid: 4, or 5 to 6 for more exact laws.")
        double interfacePx,

        @Param(label = "Surface energy (J/m2)", doc = "Energy of a free surface.", min = 0, max = 1e6)
        double gammaSurface,

        @Param(
                label = "Boundary energy (J/m2)",
                min = 0,
                max = 1e6,
                doc = "Energy of a grain boundary; below 12/7 of the surface energy.")
        double gammaGb,

        @Param(label = "Volume diffusivity (m2/s)", min = 0, max = 1, doc = "Diffusion in the solid.")
        double dVolume,

        @Param(label = "Vapour diffusivity (m2/s)", min = 0, max = 1, doc = "Transport through the gas.")
        double dVapour,

        @Param(label = "Surface diffusivity (m2/s)", min = 0, max = 1, doc = "Diffusion along free surfaces.")
        double dSurface,

        @Param(label = "Boundary diffusivity (m2/s)", min = 0, max = 1, doc = "Diffusion along grain boundaries.")
        double dGb,

        @Param(
                label = "Activation, volume (J/mol)",
                min = 0,
                max = 1e7,
                doc = "D(T) = D exp(-q/R (1/T - 1/temperature_k)); 0 for none.")
        double qVolume,

        @Param(label = "Activation, vapour (J/mol)", min = 0, max = 1e7, doc = "The same for the gas.")
        double qVapour,

        @Param(label = "Activation, surface (J/mol)", min = 0, max = 1e7, doc = "The same for surfaces.")
        double qSurface,

        @Param(label = "Activation, boundary (J/mol)", min = 0, max = 1e7, doc = "The same for boundaries.")
        double qGb,

        @Param(
                label = "Molar volume (m3/mol)",
                min = 1e-9,
                max = 1,
                doc = "Turns diffusivities into mobilities D Vm / (R T).")
        double molarVolume,

        @Param(
                label = "Temperature (K)",
                min = SinteringCourse.COLDEST,
                max = SinteringCourse.HOTTEST,
                doc = "Temperature, and that for which diffusivities and mobilities hold if there is a history.")
        double temperatureK,

        @Param(
                label = "Mobility, volume (m5/(J s))",
                min = 0,
                max = 1,
                words = "auto",
                doc = "In place of the diffusivity, at temperature_k; auto computes it from d_volume.")
        NumberOr mVolume,

        @Param(label = "Mobility, vapour (m5/(J s))", min = 0, max = 1, words = "auto", doc = "In place of d_vapour.")
        NumberOr mVapour,

        @Param(label = "Mobility, surface (m5/(J s))", min = 0, max = 1, words = "auto", doc = "In place of d_surface.")
        NumberOr mSurface,

        @Param(label = "Mobility, boundary (m5/(J s))", min = 0, max = 1, words = "auto", doc = "In place of d_gb.")
        NumberOr mBoundary,

        @Param(
                label = "Translation mobility (m5/(J s))",
                min = 0,
                max = 1,
                doc = "How fast a force moves a grain. Only its product with k_stiffness matters.")
        double mTranslation,

        @Param(
                label = "Rotation mobility (m3/(J s))",
                min = 0,
                max = 1e6,
                words = "auto",
                doc = "How fast a torque turns a grain; auto is m_translation / (100 (6.406 nm)^2), the review's value"
                        + " on its own grid.")
        NumberOr mRotation,

        @Param(
                label = "Boundary mobility M_eta (m3/(J s))",
                min = 0,
                max = 1e6,
                doc = "How fast grain boundaries move under their curvature.")
        double mEta,

        @Param(label = "Stiffness (N/m2)", min = 0, max = 1e15, doc = "Strength of the force between grains.")
        double kStiffness,

        @Param(label = "Equilibrium density", min = 0, max = 2, doc = "Density at which that force vanishes.")
        double rho0,

        @Param(
                label = "Boundary threshold",
                min = 1e-3,
                max = 0.249,
                doc = "Product of two grains' order parameters from which the force acts.")
        double gbThreshold,

        @Param(
                label = "Rigid-body motion",
                doc = "wang: sharp threshold; smooth: soft threshold; none: grains do not move as bodies.")
        RigidBody rigidBody,

        @Param(label = "Symmetry", doc = "Of the crystals, for the angle between two of them.")
        Symmetry symmetry,

        @Param(
                label = "Anisotropy",
                doc = "Surface energy by direction in the crystal: none, ba122, or a CSV file with k0, k1, k2 and k3"
                        + " in J/m2 as Fit Surface Energy makes it. It takes the place of gamma_surface.")
        String anisotropy,

        @Param(
                label = "Orientations",
                doc = "random, or a CSV file with label, phi1, Phi, phi2 (Bunge, degrees). Boundaries then follow"
                        + " Read and Shockley. Not used where anisotropy is none and this is random.")
        String orientations,

        @Param(label = "Boundary", doc = "zero_flux or periodic, or three of these words for x, y and z.")
        String boundary,

        @Param(
                label = "Integrator",
                doc = "auto and rkl2: adaptive steps; euler: small steps, some 20 times slower, for comparison.")
        Integrator integrator) {
    /** How time is stepped through. */
    public enum Integrator {
        /** The one that suits best: rkl2. */
        AUTO,
        /** Small explicit steps. */
        EULER,
        /** Adaptive stabilised steps. */
        RKL2
    }

    /** Copper at 623 K with the optimum of Yamamoto et al. 2025. */
    static final SinteringModel COPPER = new SinteringModel(
            NumberOr.AUTO,
            4,
            1.35,
            0.6995,
            1e-21,
            1e-22,
            9.88e-17,
            1.09e-17,
            0,
            0,
            0,
            0,
            7.11e-6,
            623.15,
            NumberOr.AUTO,
            NumberOr.AUTO,
            NumberOr.AUTO,
            NumberOr.AUTO,
            9.48e-21,
            NumberOr.AUTO,
            6.54e-10,
            1.219e6,
            0.98,
            0.14,
            RigidBody.WANG,
            Symmetry.TETRAGONAL,
            "none",
            "random",
            "zero_flux",
            Integrator.AUTO);

    public SinteringModel {
        boundary = boundary.trim().toLowerCase(Locale.ROOT);
        anisotropy = SinteringCrystals.anisotropy(anisotropy);
        orientations = SinteringCrystals.orientations(orientations);
        axes(boundary);
        if (gammaGb >= 12.0 / 7 * gammaSurface) {
            throw new InvalidInput("'gamma_gb' is " + gammaGb + " J/m2, but the model needs less than 12/7 of"
                    + " 'gamma_surface', here " + 12.0 / 7 * gammaSurface + " J/m2. Check the two energies.");
        }
    }

    private static boolean[] axes(String text) {
        String[] words = text.split("[,;\\s]+");
        boolean fine = words.length == 1 || words.length == 3;
        for (String word : words) fine &= word.equals("zero_flux") || word.equals("periodic");
        if (!fine) {
            throw new InvalidInput("'boundary' is '" + text + "'. Give zero_flux or periodic, or three of these"
                    + " words for x, y and z.");
        }
        boolean[] repeats = new boolean[3];
        for (int axis = 0; axis < 3; axis++) repeats[axis] = words[axis % words.length].equals("periodic");
        return repeats;
    }

    /** Whether the box repeats along x, y and z. */
    boolean[] periodic() {
        return axes(boundary);
    }

    Material.Motion motion() {
        double rotation = mRotation.orElse(Double.NaN);
        return new Material.Motion(rigidBody, mTranslation, rotation, kStiffness, rho0, gbThreshold);
    }

    /** Whether grains are crystals. */
    boolean hasCrystals() {
        return SinteringCrystals.wanted(this);
    }

    /** The crystals of a start; null where grains have no direction. */
    Crystals crystals(SinterState start, long seed) {
        return SinteringCrystals.of(this, start, seed);
    }

    Stepping stepping() {
        if (integrator == Integrator.EULER) return Stepping.euler(0);
        return hasCrystals() ? Stepping.ofCrystals() : Stepping.adaptive();
    }

    /** @param history columns time_s and temperature_k; null for a constant temperature */
    SinteringCourse course(Table history) {
        return new SinteringCourse(this, history);
    }

    /** The width of the interfaces among {@link #quantities}. */
    static final String WIDTH = "interface_px";

    /**
     * What can be estimated, by key: of each path the mobility if it is given, else the diffusivity; the surface energy
     * unless it depends on direction; and the width of the interfaces.
     */
    Map<String, Double> quantities() {
        Map<String, Double> all = new LinkedHashMap<>();
        if (anisotropy.equals("none")) all.put("gamma_surface", gammaSurface);
        all.put("gamma_gb", gammaGb);
        all.put("m_translation", mTranslation);
        all.put("m_eta", mEta);
        all.put("k_stiffness", kStiffness);
        all.put("rho0", rho0);
        all.put(WIDTH, interfacePx);
        path(all, "volume", mVolume, "d_volume", dVolume, qVolume);
        path(all, "vapour", mVapour, "d_vapour", dVapour, qVapour);
        path(all, "surface", mSurface, "d_surface", dSurface, qSurface);
        path(all, "boundary", mBoundary, "d_gb", dGb, qGb);
        return all;
    }

    private static void path(Map<String, Double> all, String name, NumberOr m, String dKey, double d, double q) {
        if (m.isNumber()) all.put("m_" + name, m.number());
        else all.put(dKey, d);
        all.put("q" + dKey.substring(1), q);
    }

    /**
     * The same with other values for some quantities. With another width of the interfaces, diffusivities and mobilities on
     * surfaces and boundaries still hold for the width that this has: what moves is their product with the width, so they
     * are taken times this width over the other.
     */
    SinteringModel with(Map<String, Double> p) {
        double width = p.getOrDefault(WIDTH, interfacePx);
        double thinner = interfacePx / width;
        return new SinteringModel(
                gridNm,
                width,
                p.getOrDefault("gamma_surface", gammaSurface),
                p.getOrDefault("gamma_gb", gammaGb),
                p.getOrDefault("d_volume", dVolume),
                p.getOrDefault("d_vapour", dVapour),
                thinner * p.getOrDefault("d_surface", dSurface),
                thinner * p.getOrDefault("d_gb", dGb),
                p.getOrDefault("q_volume", qVolume),
                p.getOrDefault("q_vapour", qVapour),
                p.getOrDefault("q_surface", qSurface),
                p.getOrDefault("q_gb", qGb),
                molarVolume,
                temperatureK,
                orGiven(p, "m_volume", mVolume),
                orGiven(p, "m_vapour", mVapour),
                times(thinner, orGiven(p, "m_surface", mSurface)),
                times(thinner, orGiven(p, "m_boundary", mBoundary)),
                p.getOrDefault("m_translation", mTranslation),
                mRotation,
                thinner * p.getOrDefault("m_eta", mEta),
                p.getOrDefault("k_stiffness", kStiffness),
                p.getOrDefault("rho0", rho0),
                gbThreshold,
                rigidBody,
                symmetry,
                anisotropy,
                orientations,
                boundary,
                integrator);
    }

    private static NumberOr times(double factor, NumberOr value) {
        return value.isNumber() ? NumberOr.of(factor * value.number()) : value;
    }

    private static NumberOr orGiven(Map<String, Double> p, String key, NumberOr otherwise) {
        return p.containsKey(key) ? NumberOr.of(p.get(key)) : otherwise;
    }
}
