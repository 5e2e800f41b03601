package sinterj.tomo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import sinterj.base.Progress;
import sinterj.image.TiltSeries;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

/**
 * Reconstructs one tilt series per time point, all with the same geometry. Counts become densities of path by what is
 * known of the detector; an object that is cut by the sides of the projections is noticed and taken into account.
 */
public final class SeriesReconstruction {
    /** Iterations of sirt when their number is left open. */
    public static final int USUAL_SIRT_ITERATIONS = 50;

    private final List<TiltSeries> series;
    private final Geometry geometry;
    private final int padding;
    private final Levels levels;
    private final Progress progress;

    /**
     * What turns counts into densities.
     *
     * @param background counts without matter, subtracted
     * @param known whether the background is known and not guessed
     * @param countsPerPixel counts that one pixel of bulk adds, divided by
     */
    public record Levels(double background, boolean known, double countsPerPixel) {
        double ofEmpty() {
            return known ? background : Double.NaN;
        }
    }

    /**
     * What came of it.
     *
     * @param volumes one per time point that was reached
     * @param convergences one per time point, or one of all together; none where nothing iterates
     * @param lambda how the weight of the total variation was chosen, or null
     * @param complete false if the user ended it early
     */
    public record Result(
            List<Volume> volumes, List<Convergence> convergences, LambdaSearch.Result lambda, boolean complete) {}

    /**
     * @param series one per time point, of equal sizes and angles
     * @param depth voxels along z
     * @param iterates whether an iterative method will follow, which is told of an object that is cut
     */
    public SeriesReconstruction(
            List<TiltSeries> series, int depth, Levels levels, boolean iterates, Progress progress) {
        this.series = List.copyOf(series);
        this.levels = levels;
        this.progress = progress;
        TiltSeries first = series.get(0);
        geometry = iterates
                ? FieldOfView.geometry(first, depth, levels.ofEmpty(), progress)
                : Geometry.of(first, depth, 0);
        padding = (geometry.width() - first.width()) / 2;
    }

    /** Voxels by which the volume is larger on each side while it is solved; 0 unless the object is cut. */
    public int padding() {
        return padding;
    }

    /** Where rays meet voxels. */
    public Geometry geometry() {
        return geometry;
    }

    /** Projections of a time point as rows of densities times path. */
    public float[][] rows(int frame) {
        float[][] rows = RowImages.rows(series.get(frame), progress);
        for (float[] row : rows) {
            for (int y = 0; y < row.length; y++)
                row[y] = (float) ((row[y] - levels.background) / levels.countsPerPixel);
        }
        return rows;
    }

    /** By weighted back-projection. */
    public Result backProjection(WeightedBackProjection.Filter filter, float lower, float upper) {
        List<Volume> volumes = new ArrayList<>();
        for (int t = 0; t < series.size(); t++) {
            float[][] rows = WeightedBackProjection.reconstruct(geometry, rows(t), filter, lower, upper, part(t));
            volumes.add(volume(rows));
        }
        return new Result(volumes, List.of(), null, true);
    }

    /** By simultaneous iterative reconstruction. */
    public Result sirt(int iterations, float lower, float upper) {
        progress.report(0, "Working out the rays");
        Projector projector = new Projector(geometry, progress);
        BackProjector back = BackProjector.transposeOf(geometry, progress);
        List<Volume> volumes = new ArrayList<>();
        List<Convergence> convergences = new ArrayList<>();
        boolean complete = true;
        for (int t = 0; t < series.size() && complete; t++) {
            Reconstruction made = Sirt.reconstruct(projector, back, rows(t), null, iterations, lower, upper, part(t));
            volumes.add(volume(made.rows()));
            convergences.add(made.convergence());
            complete = made.complete();
        }
        return new Result(volumes, convergences, null, complete);
    }

    /** By compressed sensing. */
    public Result totalVariation(CompressedSensing.Options options) {
        CompressedSensing.Result made =
                new CompressedSensing(geometry, options, progress).solve(this::rows, series.size());
        List<Volume> volumes = made.volumes().stream().map(this::volume).toList();
        return new Result(volumes, made.convergences(), made.lambda(), made.complete());
    }

    /**
     * The tilts of a time point in two halves: every other one in the order of the angles.
     *
     * @param tilts at least two
     */
    public static List<TiltSeries> halves(TiltSeries tilts) {
        double[] angles = tilts.anglesDeg();
        int[] order = IntStream.range(0, angles.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> angles[k]))
                .mapToInt(k -> k)
                .toArray();
        return IntStream.range(0, 2)
                .mapToObj(half -> tilts.withTilts(IntStream.range(0, order.length)
                        .filter(i -> i % 2 == half)
                        .map(i -> order[i])
                        .toArray()))
                .toList();
    }

    private Progress part(int frame) {
        return progress.part((double) frame / series.size(), (frame + 1.0) / series.size());
    }

    private Volume volume(float[][] rows) {
        VoxelSize pixel = series.get(0).pixel();
        VoxelSize cube = new VoxelSize(pixel.x(), pixel.y(), pixel.x(), pixel.unit());
        return RowImages.volume(rows, geometry.width(), padding, cube, progress);
    }

    /**
     * Bytes that compressed sensing needs beyond the projections, the volumes made included.
     *
     * @param width pixels across the axis
     * @param height pixels along the axis
     * @param tilts projections
     * @param depth voxels along the beam
     * @param frames time points
     * @param together whether all time points are solved at once
     */
    public static long memory(long width, long height, long tilts, long depth, long frames, boolean together) {
        long voxelRow = 4 * height + 16;
        long voxels = width * depth * voxelRow;
        long rays = width * tilts * voxelRow;
        // Volume, look-ahead, three dual fields, and the result's planes; in time one dual field more.
        long solved = together ? frames * (6 * voxels + 6 * rays) : 5 * voxels + 7 * rays;
        long results = (together ? 1 : frames) * voxels;
        long weights = 2 * 16 * tilts * width * Math.max(depth, width);
        return solved + results + weights;
    }
}
