package sinterj.trial;

import java.awt.Color;

/**
 * Colours as people see them who lack a kind of cone: Machado, Oliveira and Fernandes 2009, doi:10.1109/TVCG.2009.113,
 * severity 1, as matrices on linear RGB. Differences are those of CIELAB, where 2.3 can just be told apart side by side
 * and 10 at a glance.
 */
public enum Eyes {
    USUAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
    PROTANOPE(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
    DEUTERANOPE(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
    TRITANOPE(1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900);

    /** Differences above this are seen at a glance. */
    public static final double AT_A_GLANCE = 10;

    private final double[] m;

    Eyes(double... m) {
        this.m = m;
    }

    private double[] lab(double red, double green, double blue) {
        double[] in = {linear(red), linear(green), linear(blue)};
        double[] rgb = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) rgb[i] += m[3 * i + j] * in[j];
            rgb[i] = Math.min(1, Math.max(0, rgb[i]));
        }
        double x = f((0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047);
        double y = f(0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2]);
        double z = f((0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    /** Lightness of red, green and blue from 0 to 255. */
    public double lightness(double[] rgb) {
        return lab(rgb[0], rgb[1], rgb[2])[0];
    }

    /** How different two colours look. */
    public double difference(Color a, Color b) {
        double[] p = lab(a.getRed(), a.getGreen(), a.getBlue());
        double[] q = lab(b.getRed(), b.getGreen(), b.getBlue());
        return Math.sqrt(Math.pow(p[0] - q[0], 2) + Math.pow(p[1] - q[1], 2) + Math.pow(p[2] - q[2], 2));
    }

    private static double linear(double value) {
        double v = value / 255;
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }

    private static double f(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }
}
