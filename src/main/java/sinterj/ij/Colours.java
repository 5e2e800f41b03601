package sinterj.ij;

import ij.process.LUT;
import sinterj.image.Look;

/**
 * Colour tables made from equal steps of lightness as the eye sees it (CIE L*a*b*, white D65), so that they can be read
 * without telling hues apart, and in a grey print.
 */
final class Colours {
    private static final int COUNT = 256;
    /** Turn of the hue from one label to the next, in degrees: the golden angle, so that no two hues come close soon. */
    private static final double GOLDEN = 137.50776;

    private Colours() {}

    /** The table of a look; null for grey. */
    static LUT table(Look look) {
        int[] rgb = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            rgb[i] = switch (look) {
                case GREY -> 0;
                case MAP -> map(i / 255.0);
                case LABELS -> i == 0 ? 0 : label(i);
                case DIFFERENCE -> difference((i - 127.5) / 127.5);
            };
        }
        return look == Look.GREY ? null : table(rgb);
    }

    private static LUT table(int[] rgb) {
        byte[] r = new byte[COUNT];
        byte[] g = new byte[COUNT];
        byte[] b = new byte[COUNT];
        for (int i = 0; i < COUNT; i++) {
            r[i] = (byte) (rgb[i] >> 16);
            g[i] = (byte) (rgb[i] >> 8);
            b[i] = (byte) rgb[i];
        }
        return new LUT(r, g, b);
    }

    /**
     * Black, then from blue over purple and orange to yellow, each step as much lighter as the last. Dark colours are less
     * saturated: pure blue and red would be out of order for those who lack a kind of cone.
     */
    private static int map(double t) {
        return colour(95 * t, 60 * Math.min(1, 95 * t / 40), 290 + 165 * t);
    }

    private static int label(int i) {
        return colour(45 + 23.5 * (i % 3), 65, GOLDEN * i);
    }

    /** Blue below 0, orange above: hues that all common kinds of colour blindness keep apart. */
    private static int difference(double t) {
        return colour(97 - 47 * Math.abs(t), 75 * Math.abs(t), t < 0 ? 270 : 60);
    }

    /** The colour of a lightness and hue in degrees, as saturated as a screen can show it up to the given chroma. */
    private static int colour(double lightness, double chroma, double hue) {
        double low = 0;
        double high = chroma;
        if (isShown(linear(lightness, chroma, hue))) low = chroma;
        for (int step = 0; step < 20 && low < high; step++) {
            double middle = (low + high) / 2;
            if (isShown(linear(lightness, middle, hue))) low = middle;
            else high = middle;
        }
        double[] rgb = linear(lightness, low, hue);
        return level(rgb[0]) << 16 | level(rgb[1]) << 8 | level(rgb[2]);
    }

    private static boolean isShown(double[] rgb) {
        for (double v : rgb) if (v < 0 || v > 1) return false;
        return true;
    }

    /** Linear red, green and blue (IEC 61966-2-1) of a colour given by lightness, chroma and hue. */
    private static double[] linear(double lightness, double chroma, double hue) {
        double fy = (lightness + 16) / 116;
        double x = 0.95047 * cube(fy + chroma * Math.cos(Math.toRadians(hue)) / 500);
        double y = cube(fy);
        double z = 1.08883 * cube(fy - chroma * Math.sin(Math.toRadians(hue)) / 200);
        return new double[] {
            3.2404542 * x - 1.5371385 * y - 0.4985314 * z,
            -0.9692660 * x + 1.8760108 * y + 0.0415560 * z,
            0.0556434 * x - 0.2040259 * y + 1.0572252 * z
        };
    }

    private static double cube(double f) {
        return f > 6.0 / 29 ? f * f * f : 3 * (6.0 / 29) * (6.0 / 29) * (f - 4.0 / 29);
    }

    private static int level(double linear) {
        double v = Math.min(1, Math.max(0, linear));
        double s = v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;
        return (int) Math.round(255 * s);
    }
}
