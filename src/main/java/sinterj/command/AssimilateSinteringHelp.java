package sinterj.command;

/** The help text of the command. */
final class AssimilateSinteringHelp {
    static final String TEXT = """
            Estimates what drives a sintering that was seen: simulations with many sets of parameters are compared with the
            4-D stack, and the set that explains it best is given with its error.

            Give masks of the solid over time (0 and 255, or probabilities from 0 to 1 or 0 to 255) with the times of the
            frames, and what the particles are at the first frame: their labels (Label And Track Particles...), or a table
            of spheres. Without both, unconnected pieces of the first frame are the particles; what is more likely solid
            than not counts as solid. If all particles are round, they are replaced by spheres fitted to the faces of their
            voxels, which places them to a few hundredths of a voxel; how far the start may be off still is part of the
            stated errors. One particle that is not round, or a periodic `boundary`, keeps the labels as they are; specks
            smaller than an interface are left out of the spheres. `remarks` says which.

            **Cost.** Half the squared distance of the parameters from their prior, plus half the squared differences
            between what the simulation would show and what was seen (4DVar). A simulated density is first looked at as the
            segmentation would; compared directly, its diffuse interface would outweigh everything the parameters do. How
            likely a mask shows solid at each density is fitted to the masks themselves. Differences count in units of their
            variance in the first frame, divided by the number of voxels that err together.

            **Search.** The trials find the valley of the cost, six of ten of them on a grid of three quarters the voxels
            a side at the same physical interface width; hopeless ones are ended early, and those whose grains pull at each
            other so strongly that they tremble instead of moving are given up as `failed`. The `cost` of a trial that was ended early is what it
            would have come to, as those of whole trials grew. A Gauss-Newton search of some 40 simulations then finds the lowest point, which trials alone miss by tens of per cent;
            in it, a voxel counts the more the surer its mask is.

            **Model.** All that Simulate Sintering takes may be set: mobilities in place of diffusivities, activation
            energies with a `history` of temperatures, crystals with their orientations. `estimate` may name gamma_surface
            (without anisotropy), gamma_gb, d_volume, d_vapour, d_surface, d_gb (or the m_volume, m_vapour, m_surface,
            m_boundary that were given in their place), q_volume, q_vapour, q_surface, q_gb, m_translation, m_eta,
            k_stiffness, rho0 and interface_px.

            **Width of the interfaces.** The same particles with thinner interfaces have smaller necks at the start and
            move differently; a width that is wrong by a fifth outweighs factors of two in all else. Where it is not known,
            estimate it too: `interface_px:2.7:6` beside the others. d_surface, d_gb and m_eta then hold for the
            `interface_px` that is set, since what moves is their product with the width. A width that goes to the lower
            end of its range asks for a finer grid: real interfaces are thinner than any.

            **Errors.** `sd` is a standard deviation and `low` to `high` holds the true value 19 times out of 20, if the
            model is right. They come from how differently the blocks of the specimen pull at the estimate, so errors of
            the segmentation that are the same over several voxels or all frames are allowed for. `identifiable` is false
            if the data have not even halved the deviation of the prior, or if nothing fits; `remarks` says in words what
            the data cannot tell. m_translation and k_stiffness occur as a product only: estimate that.

            **Frames.** `jaccard` is the overlap of simulation and observation, `voxels` the solid of the simulation with
            the deviation that follows from the errors, `misfit` the squared difference over that of the first frame. All
            are of the voxels that count: of the `mask`, and without surfaces that face the missing wedge. A frame of
            weight 0 is compared too, but decides nothing, and `voxels_sd` is not known there.
            `late` says by how many seconds a frame looks later than its time: frames out of order, or of another
            specimen, are found like this, and reported as "not informative".

            **Long runs.** With a study file a killed run goes on where it was, and several programs (also on other
            computers with a common disk) may work on one study. It is text, one trial a line. With more `trials` than before
            it goes on with new ones on the fine grid. A table of trials made
            before, or by another program (CSV: a column for each key of `estimate`, and `cost`), may take its place: then
            no new trial is made, the finish starts from the best of them, and plots and tables compare them. Of our own
            tables the whole trials on the fine grid count.
            """;

    private AssimilateSinteringHelp() {}
}
