package sinterj.phasefield;

import java.util.ArrayList;
import java.util.List;

/** Starts for tests, given by formulas on the whole grid. */
final class TestStates {
    /** A field by voxel. */
    interface Field {
        double at(int x, int y, int z);
    }

    private TestStates() {}

    static SinterState of(Grid grid, Field density, Field... grains) {
        float[][] rho = new float[grid.nz()][grid.nx() * grid.ny()];
        List<SinterState.Grain> all = new ArrayList<>();
        for (int z = 0; z < grid.nz(); z++) {
            for (int i = 0; i < rho[z].length; i++) rho[z][i] = (float) density.at(i % grid.nx(), i / grid.nx(), z);
        }
        for (int g = 0; g < grains.length; g++) {
            float[] values = new float[(int) grid.count()];
            for (int i = 0; i < values.length; i++) {
                int plane = grid.nx() * grid.ny();
                values[i] = (float) grains[g].at(i % grid.nx(), i / grid.nx() % grid.ny(), i / plane);
            }
            all.add(new SinterState.Grain(g + 1, new int[3], new int[] {grid.nx(), grid.ny(), grid.nz()}, values));
        }
        return new SinterState(grid, rho, null, all);
    }

    /** The equilibrium profile, so many voxels inside. */
    static double profile(Grid grid, double inside) {
        return 0.5 * (1 + Math.tanh(2 * inside / grid.interfaceVoxels()));
    }

    /** Spheres of a radius in voxels at positions in voxels of the grid, counted from the corner. */
    static SinterState spheres(Grid grid, double[][] at, double radius) {
        List<Sphere> spheres = new ArrayList<>();
        double dx = grid.spacing();
        for (int i = 0; i < at.length; i++) {
            spheres.add(new Sphere(i + 1, at[i][0] * dx, at[i][1] * dx, at[i][2] * dx, radius * dx));
        }
        return StartFromSpheres.of(grid, spheres, sinterj.base.Progress.SILENT);
    }

    /** Copper that conducts nothing but boundaries. */
    static Material boundariesOnly() {
        return Material.copper()
                .with(new Material.Diffusion(1e-32, 1e-32, 0, 0))
                .with(Material.Motion.none());
    }

    static Material still() {
        return Material.copper().with(Material.Motion.none());
    }

    static double[] times(double end, int frames) {
        double[] times = new double[frames];
        for (int i = 0; i < frames; i++) times[i] = end * i / (frames - 1);
        return times;
    }
}
