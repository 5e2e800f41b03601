package sinterj.segment;

import java.util.List;

/** Loss and mean IoU against steps as a grey picture, for a live view: loss in mid grey, mean IoU in white. */
public final class CurvePicture {
    /** Sides of the picture. */
    public static final int WIDTH = 420;

    public static final int HEIGHT = 240;
    private static final float IOU = 255;
    private static final float LOSS = 130;
    private static final float GRID = 45;

    private CurvePicture() {}

    /**
     * Draws a history.
     *
     * @param steps of the whole training, the right edge
     * @return pixels row by row; IoU from 0 at the bottom to 1 at the top, loss from 0 to its first value
     */
    public static float[] draw(List<TrainingState.Row> history, int steps) {
        float[] pixels = new float[WIDTH * HEIGHT];
        for (int line = 1; line < 10; line++) {
            int y = HEIGHT - 1 - line * (HEIGHT - 1) / 10;
            for (int x = 0; x < WIDTH; x++) pixels[x + WIDTH * y] = GRID;
        }
        double top = history.stream().mapToDouble(TrainingState.Row::loss).max().orElse(1);
        for (int i = 0; i < history.size(); i++) {
            TrainingState.Row to = history.get(i);
            TrainingState.Row from = history.get(Math.max(0, i - 1));
            line(pixels, from.step(), from.loss() / top, to.step(), to.loss() / top, steps, LOSS);
            line(pixels, from.step(), from.meanIou(), to.step(), to.meanIou(), steps, IOU);
        }
        return pixels;
    }

    private static void line(float[] pixels, int s0, double v0, int s1, double v1, int steps, float grey) {
        double x0 = (WIDTH - 1.0) * s0 / steps;
        double x1 = (WIDTH - 1.0) * s1 / steps;
        double y0 = (HEIGHT - 1.0) * (1 - v0);
        double y1 = (HEIGHT - 1.0) * (1 - v1);
        int points = 1 + (int) Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)));
        for (int i = 0; i <= points; i++) {
            int x = (int) Math.round(x0 + (x1 - x0) * i / points);
            int y = (int) Math.round(y0 + (y1 - y0) * i / points);
            if (x < 0 || x >= WIDTH) continue;
            for (int thick = 0; thick < 2; thick++) {
                int row = y - thick;
                if (row >= 0 && row < HEIGHT) pixels[x + WIDTH * row] = grey;
            }
        }
    }
}
