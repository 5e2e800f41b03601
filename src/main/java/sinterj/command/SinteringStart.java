package sinterj.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.LabelVolume;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.Inputs;
import sinterj.phasefield.Grid;
import sinterj.phasefield.Packing;
import sinterj.phasefield.SinterState;
import sinterj.phasefield.Sphere;
import sinterj.phasefield.StartFromLabels;
import sinterj.phasefield.StartFromSpheres;

/**
 * Where a simulation of sintering starts, and the image grid on which its result is given.
 *
 * @param state the start
 * @param voxel voxels of the result
 * @param size voxels of the result along x, y and z
 */
record SinteringStart(SinterState state, VoxelSize voxel, int[] size) {
    private static final double NM = 1e-9;

    /** Voxels of the grid along the radius of a usual particle, if the program may choose. */
    private static final double VOXELS_PER_RADIUS = 8;

    static SinteringStart of(Inputs in, SimulateSintering.Settings s, Progress progress) {
        if (in.has("particles")) return fromSpheres(spheres(in.table("particles")), s, progress);
        if (s.packing() != SimulateSintering.PackingKind.NONE) return fromSpheres(packing(s), s, progress);
        if (!in.has("input")) {
            throw new InvalidInput("There is nothing to sinter. Give 'input' (labels, a mask or a density), a table of"
                    + " 'particles', or a 'packing'.");
        }
        int frames = in.frames("input").count();
        if (s.frame() > frames) {
            throw new InvalidInput(
                    "'frame' is " + s.frame() + ", but the input has " + frames + ". Give 1 to " + frames + ".");
        }
        return fromImage(in.frames("input").volumes().get(s.frame() - 1), s, progress);
    }

    private static SinteringStart fromImage(Volume volume, SimulateSintering.Settings s, Progress progress) {
        VoxelSize voxel = volume.size();
        double nm = voxel.xNm() / voxel.x();
        boolean flat = volume.depth() == 1;
        double smallest = Math.min(voxel.x(), Math.min(voxel.y(), flat ? voxel.x() : voxel.z())) * nm;
        double dx = s.model().gridNm().orElse(smallest);
        int nx = voxels(volume.width() * voxel.x() * nm, dx);
        int ny = voxels(volume.height() * voxel.y() * nm, dx);
        int nz = flat ? 1 : voxels(volume.depth() * voxel.z() * nm, dx);
        LabelVolume labels = SolidImage.of(volume, progress).particles(progress);
        SinterState state = StartFromLabels.of(labels, grid(nx, ny, nz, dx, s), nm * NM, progress);
        return new SinteringStart(state, voxel, new int[] {volume.width(), volume.height(), volume.depth()});
    }

    private static int voxels(double length, double dx) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.rint(length / dx)));
    }

    private static Grid grid(int nx, int ny, int nz, double dxNm, SimulateSintering.Settings s) {
        if ((double) nx * ny > Integer.MAX_VALUE - 8 || (double) nx * ny * nz > 4e9) {
            throw new InvalidInput(
                    "The grid would have " + nx + " x " + ny + " x " + nz + " voxels. Give a larger" + " 'grid_nm'.");
        }
        boolean[] repeats = s.model().periodic();
        return new Grid(nx, ny, nz, dxNm * NM, s.model().interfacePx(), repeats[0], repeats[1], repeats[2]);
    }

    /** The particles of a table with columns x_nm, y_nm, z_nm and r_nm. */
    static List<Sphere> spheres(Table table) {
        double[] x = table.numbers("x_nm");
        double[] y = table.numbers("y_nm");
        double[] z = table.numbers("z_nm");
        double[] r = table.numbers("r_nm");
        List<Sphere> spheres = new ArrayList<>();
        for (int i = 0; i < r.length; i++) {
            if (!(r[i] > 0) || !Double.isFinite(r[i] + x[i] + y[i] + z[i])) {
                throw new InvalidInput("'particles' has the radius " + r[i] + " nm in row " + (i + 1)
                        + ". Give positions and a radius greater than 0.");
            }
            spheres.add(new Sphere(i + 1, x[i] * NM, y[i] * NM, z[i] * NM, r[i] * NM));
        }
        if (spheres.isEmpty()) throw new InvalidInput("'particles' has no row. Give at least one particle.");
        return spheres;
    }

    private static List<Sphere> packing(SimulateSintering.Settings s) {
        double r = s.radiusNm() * NM;
        double[] box = s.sizeIsAuto() ? usualBox(s) : s.sizeNmNumbers();
        double[] metres = new double[3];
        for (int axis = 0; axis < 3; axis++) metres[axis] = box[axis] * NM;
        if (metres[2] <= 2 * r) metres[2] = 0;
        return s.packing() == SimulateSintering.PackingKind.RANDOM
                ? Packing.random(s.count(), r, metres, s.seed())
                : Packing.hexagonal(s.count(), r, metres);
    }

    /** A box with room for all particles of a packing and gas around them. */
    private static double[] usualBox(SimulateSintering.Settings s) {
        double side = 2 * s.radiusNm() * (1.3 * Math.cbrt(s.count()) + 2);
        return new double[] {side, side, side};
    }

    private static SinteringStart fromSpheres(List<Sphere> spheres, SimulateSintering.Settings s, Progress progress) {
        double[] radii = spheres.stream().mapToDouble(Sphere::radius).sorted().toArray();
        double dx = s.model().gridNm().orElse(radii[radii.length / 2] / NM / VOXELS_PER_RADIUS);
        double[] box = s.sizeIsAuto() ? around(spheres, dx, s) : s.sizeNmNumbers();
        boolean flat = box[2] <= dx;
        Grid grid = grid(voxels(box[0], dx), voxels(box[1], dx), flat ? 1 : voxels(box[2], dx), dx, s);
        SinterState state = StartFromSpheres.of(grid, spheres, progress);
        return new SinteringStart(state, VoxelSize.cube(dx, "nm"), new int[] {grid.nx(), grid.ny(), grid.nz()});
    }

    private static double[] around(List<Sphere> spheres, double dx, SimulateSintering.Settings s) {
        if (s.packing() != SimulateSintering.PackingKind.NONE) return usualBox(s);
        double margin = 1.5 * s.model().interfacePx() * dx;
        double[] box = new double[3];
        for (Sphere p : spheres) {
            box[0] = Math.max(box[0], (p.x() + p.radius()) / NM + margin);
            box[1] = Math.max(box[1], (p.y() + p.radius()) / NM + margin);
            box[2] = Math.max(box[2], (p.z() + p.radius()) / NM + margin);
        }
        return box;
    }

    /** What the start is made of, for telling one run from another. */
    String fingerprint() {
        long hash = 1;
        for (float[] plane : state.density()) for (float value : plane) hash = 31 * hash + Float.floatToIntBits(value);
        for (SinterState.Grain grain : state.grains()) {
            for (float value : grain.values()) hash = 31 * hash + Float.floatToIntBits(value);
        }
        return String.format(Locale.ROOT, "%016x", hash);
    }
}
