package sinterj.tomo;

import java.util.Arrays;
import java.util.List;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.TiltSeries;

/** What the pixels of a tilt series say of its background and noise. */
public final class SeriesLevels {
    private static final int SQUARE = 8;

    private SeriesLevels() {}

    /**
     * A percentile of the means over squares of 8 x 8 pixels, or of fewer in small images. Of single pixels a low
     * percentile would lie below the empty level by more than the noise.
     *
     * @param percent 0 to 100
     * @return by linear interpolation between the sorted means
     */
    public static double percentile(TiltSeries series, double percent) {
        return percentile(List.of(series), percent, Progress.SILENT);
    }

    /**
     * The same over several time points.
     *
     * @param series of equal size
     */
    public static double percentile(List<TiltSeries> series, double percent, Progress progress) {
        int width = series.get(0).width();
        int square = Math.max(1, Math.min(SQUARE, Math.min(width, series.get(0).height()) / 4));
        int columns = width / square;
        int each = Math.multiplyExact(columns, series.get(0).height() / square);
        int count = series.get(0).count();
        float[] means = new float[Math.multiplyExact(Math.multiplyExact(each, count), series.size())];
        Parallel.forEach(progress, series.size() * count, k -> {
            float[] plane = series.get(k / count).projection(k % count);
            for (int i = 0; i < each; i++) {
                int corner = i % columns * square + i / columns * square * width;
                means[k * each + i] = mean(plane, corner, square, width);
            }
        });
        Arrays.sort(means);
        double place = percent / 100 * (means.length - 1);
        int below = (int) place;
        double fraction = place - below;
        return means[below] + (below + 1 < means.length ? fraction * (means[below + 1] - means[below]) : 0);
    }

    private static float mean(float[] plane, int corner, int square, int width) {
        double sum = 0;
        for (int y = 0; y < square; y++) {
            for (int x = 0; x < square; x++) sum += plane[corner + x + y * width];
        }
        return (float) (sum / (square * square));
    }

    /**
     * The noise of rows of projections: the root mean square of the diagonal details of every 2 x 2 pixels, of which
     * smooth structure leaves nothing. Sharp edges add a little.
     *
     * @param rows projections as rows, see {@link RowImages}
     * @param rays rows of one projection
     * @return standard deviation of a pixel, in the rows' unit; 0 if a projection is one pixel wide
     */
    public static double noise(float[][] rows, int rays) {
        double sum = 0;
        long count = 0;
        for (int first = 0; first < rows.length; first += rays) {
            for (int u = 0; u + 1 < rays; u += 2) {
                float[] a = rows[first + u];
                float[] b = rows[first + u + 1];
                for (int y = 0; y + 1 < a.length; y += 2) {
                    double detail = ((double) a[y] - a[y + 1] - b[y] + b[y + 1]) / 2;
                    sum += detail * detail;
                    count++;
                }
            }
        }
        return count == 0 ? 0 : Math.sqrt(sum / count);
    }
}
