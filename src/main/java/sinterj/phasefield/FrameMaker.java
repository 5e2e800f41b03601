package sinterj.phasefield;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/** Takes a frame from a running simulation. */
final class FrameMaker {
    /** Density from which a voxel counts as solid. */
    private static final float SOLID = 0.5f;

    private final Store store;
    private final Grid grid;
    private final Progress progress;

    FrameMaker(Store store, Progress progress) {
        this.store = store;
        this.progress = progress;
        grid = store.grid;
    }

    Frame make(int index, double seconds, FreeEnergy free, long evaluations) {
        float[][] density = new float[grid.nz()][grid.nx() * grid.ny()];
        float[][] labels = new float[grid.nz()][grid.nx() * grid.ny()];
        double[] masses = new double[grid.nz()];
        Map<GrainBox, double[]> volumes = new IdentityHashMap<>();
        for (GrainBox box : store.boxes) volumes.put(box, new double[box.size[2]]);
        Parallel.forEach(progress, grid.nz(), z -> {
            store.copyInner(store.density[Store.STATE][z], density[z]);
            label(z, density[z], labels[z]);
            masses[z] = mass(z, density[z]);
            share(z, density[z], volumes);
        });
        double mass = 0;
        for (double part : masses) mass += part;
        Parallel.forEach(progress, store.boxes.length, b -> BodyMotion.weigh(store.boxes[b], Store.STATE));
        double energy = free.joule(progress);
        return new Frame(
                index, seconds, grid, density, labels, energy, mass, grains(volumes), necks(labels), evaluations);
    }

    private double mass(int z, float[] plane) {
        double sum = 0;
        for (int y = 0; y < grid.ny(); y++) {
            int lost = 1 + grid.stride() * (y + 1);
            for (int x = 0; x < grid.nx(); x++) sum += plane[y * grid.nx() + x] - (double) store.lost[z][lost + x];
        }
        return sum;
    }

    private void label(int z, float[] density, float[] labels) {
        float[] best = new float[labels.length];
        for (GrainBox box : store.boxesAt(z)) {
            visit(box, z, (e, i) -> {
                if (e > best[i]) {
                    best[i] = e;
                    if (density[i] > SOLID) labels[i] = box.id;
                }
                return 0;
            });
        }
    }

    /** How much of a voxel lies inside the surface, where the density passes a half with the slope of its profile. */
    private double inside(float density) {
        return Math.max(0, Math.min(1, 0.5 + grid.interfaceVoxels() * (density - 0.5)));
    }

    /** Adds up each grain's share of the solid of a plane. */
    private void share(int z, float[] density, Map<GrainBox, double[]> volumes) {
        float[] all = new float[density.length];
        for (GrainBox box : store.boxesAt(z)) {
            visit(box, z, (e, i) -> {
                all[i] += e;
                return 0;
            });
        }
        for (GrainBox box : store.boxesAt(z)) {
            volumes.get(box)[box.planeAt(z, grid)] =
                    visit(box, z, (e, i) -> e > 0 ? inside(density[i]) * e / all[i] : 0);
        }
    }

    private interface Visit {
        double at(float e, int onPlane);
    }

    private double visit(GrainBox box, int z, Visit visit) {
        int k = box.planeAt(z, grid);
        float[] e = box.values[Store.STATE][k];
        BoxPlane p = box.planes[k];
        double sum = 0;
        for (int y = p.y; y < p.y + p.height; y++) {
            int row = box.gridRow(y, grid) * grid.nx();
            for (int x = p.x; x < p.x + p.width; x++) {
                sum += visit.at(e[p.index(x, y)], row + box.gridColumn(x, grid));
            }
        }
        return sum;
    }

    private List<Frame.GrainSize> grains(Map<GrainBox, double[]> volumes) {
        List<Frame.GrainSize> grains = new ArrayList<>();
        for (GrainBox box : store.boxes) {
            double[] at = centre(box);
            double volume = 0;
            for (double part : volumes.get(box)) volume += part;
            grains.add(new Frame.GrainSize(box.id, volume, at[0], at[1], at[2]));
        }
        return grains;
    }

    private double[] centre(GrainBox box) {
        double[] at = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            at[axis] = box.from[axis] + box.centroid[axis];
            if (at[axis] >= grid.size(axis)) at[axis] -= grid.size(axis);
        }
        return at;
    }

    private List<Frame.Neck> necks(float[][] labels) {
        Map<Integer, double[]> centres = new HashMap<>();
        for (GrainBox box : store.boxes) centres.put(box.id, centre(box));
        List<Frame.Neck> necks = new ArrayList<>();
        for (NeckFaces.Faces faces : NeckFaces.between(grid, labels, progress)) {
            double distance = distance(centres.get(faces.one()), centres.get(faces.two()));
            necks.add(new Frame.Neck(faces.one(), faces.two(), faces.area(), distance));
        }
        return necks;
    }

    private double distance(double[] a, double[] b) {
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            double d = Math.abs(a[axis] - b[axis]);
            if (grid.periodic(axis)) d = Math.min(d, grid.size(axis) - d);
            sum += d * d;
        }
        return Math.sqrt(sum);
    }
}
