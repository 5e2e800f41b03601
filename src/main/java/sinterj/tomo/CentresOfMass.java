package sinterj.tomo;

import java.util.Arrays;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * Centres of mass of projections. Of an object that lies wholly in the field of view, at every tilt, the centre of mass
 * runs as {@code x cos t + z sin t}; that of a body on the axis stays at 0.
 *
 * @param x centre across the axis for each projection, in pixels from the middle; NaN where nothing is to be seen
 * @param y centre along the axis
 * @param cut part of the projections in which matter reaches the left or the right border
 */
record CentresOfMass(double[] x, double[] y, double cut) {
    /** Pixels added around whatever stands out, since smoothing and noise hide the outermost part of it. */
    private static final int MARGIN = 2;

    /** A border counts as reached if its columns hold this part of the fullest column. */
    private static final double REACHED = 0.1;

    static CentresOfMass of(TiltImages images, Poses poses, Progress progress) {
        double[] x = new double[images.count];
        double[] y = new double[images.count];
        boolean[] cut = new boolean[images.count];
        Parallel.forEach(progress, images.count, k -> {
            float[] image = images.moved(k, poses.move(k));
            boolean[] seen =
                    EmptyLevel.of(image, images.width, images.height).grown(MARGIN, images.width, images.height);
            double level = meanOutside(image, seen);
            double mass = 0;
            double momentX = 0;
            double momentY = 0;
            double[] columns = new double[images.width];
            for (int i = 0; i < image.length; i++) {
                if (!seen[i]) continue;
                double value = image[i] - level;
                int column = i % images.width;
                mass += value;
                momentX += value * (column - (images.width - 1) / 2.0);
                momentY += value * (i / images.width - (images.height - 1) / 2.0);
                columns[column] += value;
            }
            x[k] = mass > 0 ? momentX / mass : Double.NaN;
            y[k] = mass > 0 ? momentY / mass : Double.NaN;
            cut[k] = reachesBorder(images.image(k), images);
        });
        int count = 0;
        for (boolean c : cut) if (c) count++;
        return new CentresOfMass(x, y, (double) count / images.count);
    }

    /** Where the object lies along the axis: the median, in pixels from the middle; 0 if nothing is to be seen. */
    double middle() {
        double[] seen = Arrays.stream(y).filter(v -> !Double.isNaN(v)).sorted().toArray();
        return seen.length == 0 ? 0 : seen[seen.length / 2];
    }

    /** Of the projection as it was taken: once moved, its border is no longer that of the detector. */
    private static boolean reachesBorder(float[] image, TiltImages images) {
        int edge = Math.max(1, images.width / 50);
        double left = 0;
        double right = 0;
        double fullest = 0;
        for (int x = 0; x < images.width; x++) {
            double sum = 0;
            for (int y = 0; y < images.height; y++) sum += image[x + images.width * y];
            fullest = Math.max(fullest, sum);
            if (x < edge) left += sum / edge;
            if (x >= images.width - edge) right += sum / edge;
        }
        return Math.max(left, right) > REACHED * fullest;
    }

    private static double meanOutside(float[] image, boolean[] seen) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < image.length; i++) {
            // Exactly 0 is what a moved image shows beyond its border.
            if (seen[i] || image[i] == 0) continue;
            sum += image[i];
            count++;
        }
        return count == 0 ? 0 : sum / count;
    }
}
