package sinterj.command;

/** The help page of {@link SimulateSintering}: the model, equation by equation, and its limits. */
final class SimulateSinteringHelp {
    static final String TEXT = """
            Sinters the particles of an image in the computer, on the image's own grid and time axis, and shows the result
            beside what was observed. Start from labels (one number per particle), a mask or a density (split into
            particles at its necks; look at the first frame of `grains` and at `overlay` to see what was understood), from
            a table of spheres, or from a heap that is made on the spot (`packing`).

            **The model** (Wang 2006; Yamamoto et al. 2025, section 4.3). The density rho is 1 in the solid and 0 in the gas;
            each particle i has an order parameter eta_i that is 1 inside it. The free energy is the integral of
            `f + kr/2 |grad rho|^2 + sum ke/2 |grad eta_i|^2` with
            `f = A rho^2 (1-rho)^2 + B [rho^2 + 6 (1-rho) S2 - 4 (2-rho) S3 + 3 S2^2]`, `S2 = sum eta_i^2`,
            `S3 = sum eta_i^3`. With the interface width d = `interface_px` times the grid spacing,
            `A = (12 gs - 7 gg)/d`, `B = gg/d`, `kr = 3/4 d (2 gs - gg)`, `ke = 3/4 d gg`: then flat surfaces and boundaries
            have exactly the energies gs = `gamma_surface` and gg = `gamma_gb`, and all interfaces the profile
            `(1 + tanh(2n/d))/2`. It needs gg < 12/7 gs; the dihedral angle is 2 acos(gg / 2 gs).

            Boundaries move by `d eta_i/dt = -M_eta dF/deta_i - div(eta_i v_i)`, and matter by
            `d rho/dt = div(M grad dF/drho) - div(rho sum v_i)` with
            `M = Mvol h + Mvap (1-h) + Msurf rho^2 (1-rho)^2 + Mgb sum_i sum_j eta_i eta_j` (i not j),
            `h = rho^3 (10 - 15 rho + 6 rho^2)`, and M_k = D_k Vm / (R T). In terms of sharp interfaces, surface
            diffusivity times thickness is `d_surface` d/24 and boundary diffusivity times thickness is `d_gb` d/2: if you
            change the width, keep `d_surface` d, `d_gb` d and `m_eta` d the same.

            Touching grains attract each other as bodies (`rigid_body`): the force on i from j is the integral of
            `k (rho - rho0) <eta_i eta_j> (grad eta_i - grad eta_j)`, where <p> is 1 from the threshold on and 0 below; it
            moves and turns the grain with `m_translation` and `m_rotation`. **Limits:** only the product of
            `m_translation` and `k_stiffness` matters; the attraction comes from the rim of the necks and depends on width
            and grid; and shrinkage by such a force depends on the number of particles (Seiz et al. 2023). `smooth` lets
            the threshold set in softly; `none` leaves diffusion alone, and only then does the energy never rise. The
            defaults are copper at 623.15 K.

            **Crystals.** With `anisotropy` the surface energy depends on how the normal lies in each grain's crystal (Eqs. 6 and
            7), and with it or with a table of `orientations` the energy of a boundary on the angle between two crystals
            (Read and Shockley, 15 degrees; `gamma_gb` is that of a high-angle boundary). The energy is first made convex:
            surfaces of missing directions get the energy of the two that they would break up into. `crystals` lists
            the orientations. A step takes some three times as long, mostly in surfaces.

            **Numbers.** Steps adapt to a tolerance (the change of the density is right to about 0.4 %) and land on the frame
            times. Matter is kept to 1e-8 (`mass_change`). The same input gives the same bits, whatever the number of
            threads. Walls let nothing through and mirror what meets them: solid at a wall (`wall_contact`, the share of
            the walls) behaves as if the piece went on behind it. "Stop and keep" returns the frames so far; with a
            `checkpoint` a run that was stopped goes on where it was.

            **What is given.** `relative_density` is the solid's share of the smallest box around it. A neck's radius is that of
            a disc with the area of the boundary between two labels (half its length in two dimensions). With an
            observation, `misfit` is the share of voxels in which simulation and observation differ, `jaccard` the overlap.
            Order parameters fade a little before the density where surfaces are curved; volumes are shares of the solid inside density 0.5.

            Input voxels may be unequal; the grid is cubic. A particle needs a radius of about 8 voxels and at least the
            width of the interface. One voxel and step takes about 6 to 11 ns on one thread: 64 x 64 x 64 voxels and 50 s
            take some seconds, 128 x 128 x 128 about a quarter of a minute.
            """;

    private SimulateSinteringHelp() {}
}
