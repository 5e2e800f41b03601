package sinterj.phasefield;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.LabelVolume;
import sinterj.image.Planes;

/**
 * The state in which the particles of a label image start, resampled to the grid.
 *
 * <p>For each label the distance to its surface is measured, freed of the steps of the voxels by a Gaussian, and
 * interpolated. The surface of the solid is that of all labels together; it is moved by a part of a voxel, so that the
 * volume inside density 0.5 is that of the labels. (The sum of the density of a convex body is a few per cent larger.)
 * Cost: O(voxels of all labels' boxes).
 */
public final class StartFromLabels {
    /** Width of the Gaussian that rounds the steps, in voxels of the image. */
    private static final double SMOOTHING = 0.7;

    /** A label of fewer voxels is a speck, not a particle. */
    private static final int SPECK = 8;

    private final LabelVolume labels;
    private final Grid grid;
    private final double[] perVoxel;
    private final int[] size;

    private StartFromLabels(LabelVolume labels, Grid grid, double metres) {
        this.labels = labels;
        this.grid = grid;
        size = new int[] {
            (int) labels.labels().dimension(0),
            (int) labels.labels().dimension(1),
            (int) labels.labels().dimension(2)
        };
        double f = metres / grid.spacing();
        perVoxel = new double[] {
            labels.size().x() * f, labels.size().y() * f, labels.size().z() * f
        };
    }

    /**
     * Makes the state.
     *
     * @param labels 0 is gas; not changed. Specks of fewer than 8 voxels are left out.
     * @param grid the grid, with the same corner as the image
     * @param metres metres in one of the image's unit
     * @throws InvalidInput if no label is there, or all are too small for the interface
     */
    public static SinterState of(LabelVolume labels, Grid grid, double metres, Progress progress) {
        return new StartFromLabels(labels, grid, metres).state(progress);
    }

    /** First and last voxel of a label along x, y and z, and how many it has. */
    private static final class Extent {
        final int[] low = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
        final int[] high = {-1, -1, -1};
        long voxels;

        void add(int x, int y, int z) {
            low[0] = Math.min(low[0], x);
            low[1] = Math.min(low[1], y);
            low[2] = Math.min(low[2], z);
            high[0] = Math.max(high[0], x);
            high[1] = Math.max(high[1], y);
            high[2] = Math.max(high[2], z);
            voxels++;
        }
    }

    private Map<Integer, Extent> extents() {
        Map<Integer, Extent> extents = new TreeMap<>();
        for (int z = 0; z < size[2]; z++) {
            float[] plane = Planes.plane(labels.labels(), z);
            for (int i = 0; i < plane.length; i++) {
                if (plane[i] == 0) continue;
                extents.computeIfAbsent((int) plane[i], id -> new Extent()).add(i % size[0], i / size[0], z);
            }
        }
        extents.values().removeIf(extent -> extent.voxels < SPECK);
        return extents;
    }

    private SinterState state(Progress progress) {
        progress.report(0, "Looking for particles");
        Map<Integer, Extent> extents = extents();
        if (extents.isEmpty()) {
            throw new InvalidInput("The image holds no particle of at least " + SPECK
                    + " voxels. Give labels whose gas is 0, or a mask or density of a solid.");
        }
        requireRoom(extents);
        Integer[] ids = extents.keySet().toArray(Integer[]::new);
        SignedDistance[] found = new SignedDistance[ids.length];
        Parallel.forEach(progress, ids.length, i -> {
            found[i] = new LabelDistance(labels, ids[i], extents.get(ids[i]).low, extents.get(ids[i]).high)
                    .on(grid, perVoxel, SMOOTHING, progress);
            progress.report((i + 0.5) / ids.length, "Measuring particles");
        });
        List<SignedDistance> inside = new ArrayList<>();
        IntStream.range(0, found.length).filter(i -> found[i] != null).forEach(i -> inside.add(found[i]));
        long voxels = extents.values().stream().mapToLong(e -> e.voxels).sum();
        DiffuseStart start = new DiffuseStart(grid, whole(extents, progress), inside, progress);
        double volume = voxels * perVoxel[0] * perVoxel[1] * (grid.nz() == 1 ? 1 : perVoxel[2]);
        return start.state(start.shiftFor(Math.round(volume)));
    }

    private SignedDistance whole(Map<Integer, Extent> extents, Progress progress) {
        Extent all = new Extent();
        for (Extent extent : extents.values()) {
            all.add(extent.low[0], extent.low[1], extent.low[2]);
            all.add(extent.high[0], extent.high[1], extent.high[2]);
        }
        return new LabelDistance(labels, LabelDistance.ALL, all.low, all.high).on(grid, perVoxel, SMOOTHING, progress);
    }

    /** The median particle must be wider than two interfaces, or nothing that follows would mean anything. */
    private void requireRoom(Map<Integer, Extent> extents) {
        boolean flat = grid.nz() == 1;
        double volume = perVoxel[0] * perVoxel[1] * (flat ? 1 : perVoxel[2]);
        double[] radii = extents.values().stream()
                .mapToDouble(e ->
                        flat ? Math.sqrt(e.voxels * volume / Math.PI) : Math.cbrt(0.75 * e.voxels * volume / Math.PI))
                .sorted()
                .toArray();
        double median = radii[radii.length / 2];
        if (median >= grid.interfaceVoxels()) return;
        throw new InvalidInput(String.format(
                java.util.Locale.ROOT,
                "Half of the particles have a radius below %.2g voxels of the grid, but an interface is %.3g wide and a"
                        + " particle needs twice that. Set 'grid_nm' to %.3g or less, crop to larger particles, or bin"
                        + " less.",
                median,
                grid.interfaceVoxels(),
                grid.spacing() * 1e9 * median / (2 * grid.interfaceVoxels())));
    }

    static int[] boxSize(int[] from, int[] to) {
        int[] n = new int[3];
        Arrays.setAll(n, axis -> to[axis] - from[axis]);
        return n;
    }
}
