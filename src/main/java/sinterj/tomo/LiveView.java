package sinterj.tomo;

import sinterj.base.Progress;

/** Shows the central plane of a volume while it is being solved, a few times a second. */
final class LiveView {
    private static final long INTERVAL_NANOS = 300_000_000L;

    private final Geometry geometry;
    private final Progress progress;
    private long last;
    private boolean started;

    LiveView(Geometry geometry, Progress progress) {
        this.geometry = geometry;
        this.progress = progress;
    }

    /** @param rows the volume as rows */
    void show(float[][] rows) {
        if (!progress.isShown() || started && System.nanoTime() - last < INTERVAL_NANOS) return;
        started = true;
        last = System.nanoTime();
        int width = geometry.width();
        int height = rows[0].length;
        float[] pixels = new float[width * height];
        for (int x = 0; x < width; x++) {
            float[] row = rows[geometry.depth() / 2 * width + x];
            for (int y = 0; y < height; y++) pixels[y * width + x] = row[y];
        }
        progress.show("Central slice", width, height, pixels);
    }
}
