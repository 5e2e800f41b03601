package sinterj.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;

class PlaneWarpTest {
    private static final int W = 41;
    private static final int H = 30;

    private static float[] noise() {
        SplittableRandom random = new SplittableRandom(1);
        float[] image = new float[W * H];
        for (int i = 0; i < image.length; i++) image[i] = (float) random.nextDouble();
        return image;
    }

    private static double smooth(double x, double y) {
        return Math.exp(-((x - 4) * (x - 4) + (y + 3) * (y + 3)) / 40);
    }

    private static float[] smooth() {
        float[] image = new float[W * H];
        for (int i = 0; i < image.length; i++) image[i] = (float) smooth(i % W - 20, i / W - 14.5);
        return image;
    }

    @Test
    void wholePixelShiftsCopyThePixels() {
        float[] image = noise();
        float[] moved = new PlaneWarp(image, W, H).moved(Affine.shift(3, -2), -7);
        for (int y = 0; y < H; y++) {
            for (int x = 0; x < W; x++) {
                boolean inside = x >= 3 && y + 2 < H;
                assertEquals(inside ? image[x - 3 + W * (y + 2)] : -7, moved[x + W * y]);
            }
        }
        assertArrayEquals(image, new PlaneWarp(image, W, H).moved(Affine.IDENTITY, 0));
    }

    @Test
    void aSmoothPlaneMovesWhereTheMapSays() {
        double angle = Math.toRadians(20);
        Affine move = new Affine(Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle), 1.3, -0.45);
        float[] moved = new PlaneWarp(smooth(), W, H).moved(move, 0);
        Affine back = move.inverse();
        for (int y = 8; y < H - 8; y++) {
            for (int x = 8; x < W - 8; x++) {
                double u = x - 20;
                double v = y - 14.5;
                assertEquals(smooth(back.x(u, v), back.y(u, v)), moved[x + W * y], 1e-4);
            }
        }
    }

    @Test
    void aTurnByNinetyDegreesOfASquareIsARearrangement() {
        float[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        float[] turned = new PlaneWarp(image, 3, 3).moved(new Affine(0, -1, 1, 0, 0, 0), 0);
        assertArrayEquals(new float[] {7, 4, 1, 8, 5, 2, 9, 6, 3}, turned, 1e-5f);
    }

    @Test
    void whatLiesBeyondTheBorderShowsTheValueOutside() {
        float[] moved = new PlaneWarp(noise(), W, H).moved(Affine.shift(10.5, 0), 99);
        for (int y = 0; y < H; y++) {
            for (int x = 0; x < 10; x++) assertEquals(99, moved[x + W * y]);
        }
    }

    @Test
    void onePixelAndOneRowCanBeMoved() {
        assertArrayEquals(new float[] {5}, new PlaneWarp(new float[] {5}, 1, 1).moved(Affine.shift(0.3, 0.2), 0));
        float[] row = new PlaneWarp(new float[] {1, 1, 1, 1}, 4, 1).moved(Affine.shift(0.25, 0), 0);
        assertArrayEquals(new float[] {1, 1, 1, 1}, row, 1e-6f);
    }

    @Test
    void aMapThatFlattensIsRefused() {
        assertThrows(InvalidInput.class, () -> new PlaneWarp(noise(), W, H).moved(new Affine(1, 1, 1, 1, 0, 0), 0));
    }
}
