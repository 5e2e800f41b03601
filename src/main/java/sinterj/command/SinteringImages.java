package sinterj.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.phasefield.Frame;
import sinterj.phasefield.Grid;

/** Frames of a simulation as images on the grid of its input. */
final class SinteringImages {
    private static final float LINE = 255;
    private static final float BRIGHTEST = 180;

    private final VoxelSize voxel;
    private final int[] size;
    private final Progress progress;

    SinteringImages(SinteringStart start, Progress progress) {
        voxel = start.voxel();
        size = start.size();
        this.progress = progress;
    }

    private boolean isGrid(Grid grid) {
        return grid.nx() == size[0] && grid.ny() == size[1] && grid.nz() == size[2];
    }

    /** The density; linear between the voxels of the grid. */
    Volume density(Frame frame) {
        if (isGrid(frame.grid())) return volume(Arrays.asList(frame.density()));
        return sampled((where, out) -> out[0] = linear(frame.density(), frame.grid(), where), frame.grid());
    }

    /** The grains; of the nearest voxel of the grid. */
    Volume grains(Frame frame) {
        if (isGrid(frame.grid())) return volume(Arrays.asList(frame.labels()));
        return sampled(
                (where, out) -> {
                    Grid g = frame.grid();
                    out[0] = frame.labels()[nearest(where[2], g.nz())][
                            nearest(where[0], g.nx()) + g.nx() * nearest(where[1], g.ny())];
                },
                frame.grid());
    }

    private static int nearest(double at, int n) {
        return (int) Math.max(0, Math.min(n - 1, Math.rint(at)));
    }

    private interface Sample {
        void at(double[] where, float[] out);
    }

    private Volume sampled(Sample sample, Grid grid) {
        List<float[]> planes = emptyPlanes();
        Parallel.forEach(progress, size[2], z -> {
            double[] where = new double[3];
            float[] out = new float[1];
            where[2] = onGrid(z, size[2], grid.nz());
            for (int i = 0; i < planes.get(z).length; i++) {
                where[0] = onGrid(i % size[0], size[0], grid.nx());
                where[1] = onGrid(i / size[0], size[1], grid.ny());
                sample.at(where, out);
                planes.get(z)[i] = out[0];
            }
        });
        return new Volume(Planes.ofFloats(planes, size[0], size[1]), voxel);
    }

    private static double onGrid(int i, int n, int onGrid) {
        return (i + 0.5) * onGrid / n - 0.5;
    }

    private static float linear(float[][] planes, Grid grid, double[] where) {
        int[] n = {grid.nx(), grid.ny(), grid.nz()};
        int[] base = new int[3];
        double[] f = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double at = Math.max(0, Math.min(n[axis] - 1, where[axis]));
            base[axis] = Math.min((int) at, Math.max(0, n[axis] - 2));
            f[axis] = at - base[axis];
        }
        double sum = 0;
        for (int corner = 0; corner < 8; corner++) {
            int[] at = new int[3];
            double weight = 1;
            for (int axis = 0; axis < 3; axis++) {
                int high = corner >> axis & 1;
                weight *= high == 1 ? f[axis] : 1 - f[axis];
                at[axis] = Math.min(n[axis] - 1, base[axis] + high);
            }
            if (weight > 0) sum += weight * planes[at[2]][at[0] + n[0] * at[1]];
        }
        return (float) sum;
    }

    private List<float[]> emptyPlanes() {
        List<float[]> planes = new ArrayList<>();
        for (int z = 0; z < size[2]; z++) planes.add(new float[size[0] * size[1]]);
        return planes;
    }

    private Volume volume(List<float[]> planes) {
        return new Volume(Planes.ofFloats(planes, size[0], size[1]), voxel);
    }

    /** The observation, dimmed, with the contour of the simulated solid drawn on each of its planes. */
    Volume overlay(Volume density, Volume observed) {
        float most = 1e-30f;
        for (int z = 0; z < size[2]; z++) for (float v : observed.plane(z)) most = Math.max(most, v);
        float scale = BRIGHTEST / most;
        List<float[]> planes = emptyPlanes();
        Parallel.forEach(progress, size[2], z -> {
            float[] rho = density.plane(z);
            float[] seen = observed.plane(z);
            float[] out = planes.get(z);
            for (int i = 0; i < out.length; i++) {
                out[i] = isContour(rho, i) ? LINE : Math.max(0, seen[i]) * scale;
            }
        });
        return volume(planes);
    }

    private boolean isContour(float[] rho, int i) {
        if (rho[i] <= 0.5f) return false;
        int x = i % size[0];
        int y = i / size[0];
        return x > 0 && rho[i - 1] <= 0.5f
                || x < size[0] - 1 && rho[i + 1] <= 0.5f
                || y > 0 && rho[i - size[0]] <= 0.5f
                || y < size[1] - 1 && rho[i + size[0]] <= 0.5f;
    }

    /** Density minus the observed solid: below 0 where only the observation is solid. */
    Volume misfit(Volume density, Volume observed, SolidImage solid) {
        List<float[]> planes = emptyPlanes();
        Parallel.forEach(progress, size[2], z -> {
            float[] rho = density.plane(z);
            float[] seen = observed.plane(z);
            for (int i = 0; i < rho.length; i++) planes.get(z)[i] = rho[i] - (solid.isSolid(seen[i]) ? 1 : 0);
        });
        return volume(planes);
    }

    /** The share of voxels that differ, and the share of what is solid in either that is solid in both. */
    double[] agreement(Volume density, Volume observed, SolidImage solid) {
        long differ = 0;
        long both = 0;
        long either = 0;
        for (int z = 0; z < size[2]; z++) {
            float[] rho = density.plane(z);
            float[] seen = observed.plane(z);
            for (int i = 0; i < rho.length; i++) {
                boolean a = rho[i] > 0.5f;
                boolean b = solid.isSolid(seen[i]);
                if (a != b) differ++;
                if (a && b) both++;
                if (a || b) either++;
            }
        }
        double all = (double) size[0] * size[1] * size[2];
        return new double[] {differ / all, either == 0 ? 1 : (double) both / either};
    }
}
