package sinterj.tomo;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Affine;
import sinterj.image.PlaneWarp;
import sinterj.image.Planes;
import sinterj.image.TiltSeries;

/** Moves the projections of a series. */
public final class AlignedSeries {
    private AlignedSeries() {}

    /**
     * The projections moved, with cubic splines between pixels; a shift by whole pixels copies them. What comes into view
     * from beyond the border of a projection shows the level that is empty in it ({@link EmptyLevel}).
     *
     * @param moves one per projection: where each of its pixels is found in the new one, from the centre of both
     * @return new series of the same size, as floats
     * @throws InvalidInput if there is not one move per projection, or one of them cannot be undone
     */
    public static TiltSeries of(TiltSeries series, List<Affine> moves, Progress progress) {
        if (moves.size() != series.count()) {
            throw new InvalidInput("Transforms: there are " + moves.size() + " but the stack has " + series.count()
                    + " projections. Give one transform per projection.");
        }
        int width = series.width();
        int height = series.height();
        List<float[]> planes = new ArrayList<>();
        for (int k = 0; k < series.count(); k++) planes.add(new float[width * height]);
        Parallel.forEach(progress, series.count(), k -> {
            float[] image = series.projection(k);
            float empty = (float) EmptyLevel.of(image, width, height).mean();
            float[] moved = new PlaneWarp(image, width, height).moved(moves.get(k), empty);
            System.arraycopy(moved, 0, planes.get(k), 0, moved.length);
        });
        return series.withProjections(Planes.ofFloats(planes, width, height));
    }
}
