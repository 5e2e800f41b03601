package sinterj.phasefield;

import java.util.Arrays;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/** Rates of change of the whole grid, on as many threads as are allowed; the bits do not depend on their number. */
final class Rates {
    /** Work in a box counts this much against work on the grid, voxel by voxel. */
    private static final double BOX_COST = 1.2;

    private final Store store;
    private final Progress progress;
    private final InterfaceEnergies energies;
    private final SlabPass[] passes;
    private final int[] cuts;
    private final BodyMotion motion;

    /** @param energies coefficients by voxel; null where those of the material hold everywhere */
    Rates(Store store, InterfaceEnergies energies, Progress progress) {
        this.energies = energies;
        this.store = store;
        this.progress = progress;
        int slabs = Math.max(1, Math.min(progress.threads(), store.grid.nz() / 2));
        passes = new SlabPass[slabs];
        Arrays.setAll(passes, i -> new SlabPass(store, energies));
        cuts = new int[slabs + 1];
        motion = new BodyMotion(store);
        boxesChanged();
    }

    /** To be called when boxes or rows were fitted. */
    void boxesChanged() {
        findContacts();
        int nz = store.grid.nz();
        double[] cost = new double[nz + 1];
        for (int z = 0; z < nz; z++) {
            double boxes = 0;
            for (GrainBox box : store.boxesAt(z)) boxes += box.planes[box.planeAt(z, store.grid)].length;
            cost[z + 1] = cost[z] + store.rows().work(z, store.grid) + BOX_COST * boxes;
        }
        int slabs = passes.length;
        for (int i = 0, z = 0; i <= slabs; i++) {
            while (z < nz && cost[z] < cost[nz] * i / slabs) z++;
            cuts[i] = z;
        }
        cuts[slabs] = nz;
    }

    /** To be called when boxes were looked at and still fit. */
    void findContacts() {
        motion.findContacts(progress);
        if (energies != null) energies.take(motion);
    }

    /**
     * Works out the rates of a vector and hands them to an update.
     *
     * @param measure whether to look for the greatest mobility on the way
     * @return the greatest mobility, in units of the grid; 0 if it was not looked for
     */
    double run(int vector, Material material, Coefficients c, Update update, boolean measure) {
        Material.Motion rule = material.motion();
        boolean moves = rule.acts();
        store.sums.clear();
        for (GrainBox box : store.boxes) box.sums.clear();
        if (moves) motion.measure(vector, rule, c, progress);
        if (energies != null) energies.measure(vector, material, progress);
        Parallel.forEach(
                progress, passes.length, i -> passes[i].run(cuts[i], cuts[i + 1], vector, c, moves, update, measure));
        double top = 0;
        for (SlabPass pass : passes) top = Math.max(top, pass.topMobility());
        return top;
    }

    /** The rate at which the last measured motion reacts to density, 1/s. */
    double motionStiffness(Coefficients c) {
        return motion.stiffest(c, store.grid.interfaceVoxels());
    }
}
