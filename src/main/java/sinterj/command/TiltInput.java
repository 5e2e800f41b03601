package sinterj.command;

import java.nio.file.Path;
import sinterj.base.InvalidInput;
import sinterj.image.Frames;
import sinterj.image.TiltSeries;
import sinterj.image.Volume;
import sinterj.io.TiltAngles;

/** Reads an image as a tilt series: its planes are projections, and its angles are given or noted with it. */
final class TiltInput {
    private TiltInput() {}

    /**
     * Time point t of an image as a tilt series.
     *
     * @param image planes are projections, y along the tilt axis
     * @param t time point, counted from 0
     * @param angles {@code start:step[:end]} or the path of a text file; empty for the angles noted with the image
     * @throws InvalidInput if there are no angles, or not one per projection
     */
    static TiltSeries series(Frames image, int t, String angles) {
        Volume projections = image.volumes().get(t);
        double[] anglesDeg = angles.isBlank()
                ? noted(image)
                : TiltAngles.of(angles, projections.depth(), Path.of("").toAbsolutePath());
        return new TiltSeries(projections.voxels(), anglesDeg, projections.size());
    }

    private static double[] noted(Frames image) {
        double[] angles = image.anglesDeg();
        if (angles.length == 0) {
            throw new InvalidInput("'" + image.title() + "' carries no tilt angles. Open it with Import Tilt Series..."
                    + " or give angles=-40:2 (start:step) or angles=[file with one angle per line].");
        }
        return angles;
    }
}
