package sinterj.image;

/**
 * A plane that can be shifted, turned and stretched: values between pixels come from cubic splines in both directions.
 * A shift by whole pixels copies the pixels unchanged.
 */
public final class PlaneWarp {
    private final float[] pixels;
    private final int width;
    private final int height;
    private final float[] coefficients;

    /**
     * @param pixels row by row; kept, not changed
     * @param width pixels a row
     * @param height rows
     */
    public PlaneWarp(float[] pixels, int width, int height) {
        this.pixels = pixels;
        this.width = width;
        this.height = height;
        coefficients = pixels.clone();
        lines(height, width, width, 1);
        lines(width, height, 1, width);
    }

    private void lines(int count, int length, int step, int stride) {
        double[] line = new double[length];
        for (int j = 0; j < count; j++) {
            for (int i = 0; i < length; i++) line[i] = coefficients[j * step + i * stride];
            CubicSpline.toCoefficients(line);
            for (int i = 0; i < length; i++) coefficients[j * step + i * stride] = (float) line[i];
        }
    }

    /**
     * The plane moved.
     *
     * @param move where each pixel of this plane is found in the new one, from the centres of both
     * @param outside value where the new plane shows what lies beyond the border of this one
     * @return new plane of the same size
     * @throws sinterj.base.InvalidInput if the move cannot be undone
     */
    public float[] moved(Affine move, float outside) {
        Affine back = move.inverse();
        boolean shift = back.a11() == 1 && back.a12() == 0 && back.a21() == 0 && back.a22() == 1;
        if (shift && back.dx() == Math.rint(back.dx()) && back.dy() == Math.rint(back.dy())) {
            return copied((long) back.dx(), (long) back.dy(), outside);
        }
        double cx = (width - 1) / 2.0;
        double cy = (height - 1) / 2.0;
        float[] out = new float[pixels.length];
        double[] wx = new double[4];
        double[] wy = new double[4];
        for (int j = 0; j < height; j++) {
            for (int i = 0; i < width; i++) {
                out[i + width * j] = at(back.x(i - cx, j - cy) + cx, back.y(i - cx, j - cy) + cy, outside, wx, wy);
            }
        }
        return out;
    }

    private float[] copied(long dx, long dy, float outside) {
        float[] out = new float[pixels.length];
        for (int j = 0; j < height; j++) {
            for (int i = 0; i < width; i++) {
                long x = i + dx;
                long y = j + dy;
                boolean inside = x >= 0 && x < width && y >= 0 && y < height;
                out[i + width * j] = inside ? pixels[(int) (x + width * y)] : outside;
            }
        }
        return out;
    }

    /** Half a pixel beyond the outermost centres the image ends. */
    private float at(double x, double y, float outside, double[] wx, double[] wy) {
        if (!(x >= -0.5 && y >= -0.5 && x <= width - 0.5 && y <= height - 0.5)) return outside;
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        CubicSpline.weights(x - left, wx);
        CubicSpline.weights(y - top, wy);
        boolean within = left >= 1 && top >= 1 && left + 2 < width && top + 2 < height;
        return (float) (within ? within(left - 1 + width * (top - 1), wx, wy) : nearBorder(left, top, wx, wy));
    }

    private double within(int corner, double[] wx, double[] wy) {
        float[] c = coefficients;
        double value = 0;
        for (int b = 0; b < 4; b++) {
            int i = corner + b * width;
            value += wy[b] * (wx[0] * c[i] + wx[1] * c[i + 1] + wx[2] * c[i + 2] + wx[3] * c[i + 3]);
        }
        return value;
    }

    private double nearBorder(int left, int top, double[] wx, double[] wy) {
        double value = 0;
        for (int b = 0; b < 4; b++) {
            int row = width * Mirror.at(top - 1 + b, height);
            double sum = 0;
            for (int a = 0; a < 4; a++) {
                sum += wx[a] * coefficients[row + Mirror.at(left - 1 + a, width)];
            }
            value += wy[b] * sum;
        }
        return value;
    }
}
