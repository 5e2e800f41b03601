package sinterj.command;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.TiltSeries;
import sinterj.image.Volume;
import sinterj.op.Outputs;
import sinterj.tomo.Elongation;
import sinterj.tomo.FourierShells;
import sinterj.tomo.SeriesReconstruction;

/**
 * What to trust of a reconstruction: two halves of the tilts are reconstructed the same way and compared, for the time
 * point in the middle. Time points that were found together are so in the halves too.
 */
final class HalvesOfTilts {
    private static final int FEWEST = 4;

    private final List<TiltSeries> series;
    private final SeriesReconstruction.Levels levels;
    private final ReconstructTiltSeries.Settings settings;
    private final Progress progress;

    /** @param series one per time point */
    HalvesOfTilts(
            List<TiltSeries> series,
            SeriesReconstruction.Levels levels,
            ReconstructTiltSeries.Settings settings,
            Progress progress) {
        this.series = series;
        this.levels = levels;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Refuses what cannot be compared, before any work is done.
     *
     * @throws InvalidInput if there are too few tilts or too many voxels
     */
    static void require(TiltSeries series, ReconstructTiltSeries.Settings settings) {
        FourierShells.requireSize(series.width(), series.height(), settings.depth(series));
        if (series.count() >= FEWEST) return;
        throw new InvalidInput("'resolution' needs at least " + FEWEST + " projections to compare two halves of them,"
                + " but " + series.count() + " are used. Leave it off.");
    }

    /** Adds the tables of resolution and elongation and the curves of the correlation to what was made. */
    Outputs addTo(Outputs outputs, SeriesReconstruction.Result made) {
        // Half as many tilts make a back-projection with less noise by the root of two, and so does lambda become less.
        OptionalDouble lambda = made.lambda() == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(made.lambda().lambda() / Math.sqrt(2));
        Volume first = half(0, lambda, progress.part(0, 0.45));
        Volume second = first == null ? null : half(1, lambda, progress.part(0.45, 0.9));
        if (second == null) return outputs.incomplete();
        double[] angles = series.get(0).anglesDeg();
        FourierShells shells = FourierShells.of(first, second, angles, progress.part(0.9, 1));
        Elongation elongation = Elongation.of(made.volumes().get(series.size() / 2), angles, progress);
        return outputs.with("resolution", shells.table(elongation.expected()))
                .with("elongation", elongation.table())
                .with("correlation", shells.plot());
    }

    /** The volume of the middle time point from half of the tilts, or null if the user ended it early. */
    private Volume half(int which, OptionalDouble lambda, Progress part) {
        boolean together = settings.together(series.size());
        List<TiltSeries> halves = new ArrayList<>();
        for (TiltSeries one : together ? series : List.of(series.get(series.size() / 2))) {
            halves.add(SeriesReconstruction.halves(one).get(which));
        }
        SeriesReconstruction.Result found =
                settings.reconstruct(ReconstructTiltSeries.reconstruction(halves, levels, settings, part), lambda);
        return found.complete() ? found.volumes().get(halves.size() / 2) : null;
    }
}
