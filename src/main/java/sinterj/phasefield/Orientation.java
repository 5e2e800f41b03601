package sinterj.phasefield;

import java.util.SplittableRandom;
import sinterj.base.InvalidInput;

/**
 * How a crystal lies in the specimen: the rotation g that turns a vector's components along the axes of the specimen
 * into those along the crystal's (a, b, c).
 *
 * @param g nine numbers of the matrix, row by row
 */
public record Orientation(double... g) {
    /** Crystal axes along those of the specimen. */
    public static final Orientation ALONG_AXES = new Orientation(1, 0, 0, 0, 1, 0, 0, 0, 1);

    public Orientation {
        if (g.length != 9) throw new IllegalArgumentException("numbers: " + g.length);
        g = g.clone();
    }

    /** From the three angles of Bunge, phi1 about z, Phi about the new x, phi2 about the new z, in degrees. */
    public static Orientation bunge(double phi1, double phi, double phi2) {
        if (!Double.isFinite(phi1 + phi + phi2)) {
            throw new InvalidInput("An orientation has the angles " + phi1 + ", " + phi + " and " + phi2
                    + ". Give three angles in degrees.");
        }
        double c1 = StrictMath.cos(Math.toRadians(phi1));
        double s1 = StrictMath.sin(Math.toRadians(phi1));
        double c = StrictMath.cos(Math.toRadians(phi));
        double s = StrictMath.sin(Math.toRadians(phi));
        double c2 = StrictMath.cos(Math.toRadians(phi2));
        double s2 = StrictMath.sin(Math.toRadians(phi2));
        return new Orientation(
                c1 * c2 - s1 * s2 * c,
                s1 * c2 + c1 * s2 * c,
                s2 * s,
                -c1 * s2 - s1 * c2 * c,
                -s1 * s2 + c1 * c2 * c,
                c2 * s,
                s1 * s,
                -c1 * s,
                c);
    }

    /** One of all orientations, none more likely than another; phi1, Phi and phi2 are drawn in this order. */
    public static Orientation random(SplittableRandom random) {
        double phi1 = 360 * random.nextDouble();
        double phi = Math.toDegrees(StrictMath.acos(2 * random.nextDouble() - 1));
        return bunge(phi1, phi, 360 * random.nextDouble());
    }

    /** The angles of Bunge in degrees: phi1 and phi2 from 0 to 360, Phi from 0 to 180; phi2 is 0 where Phi is. */
    public double[] bungeDegrees() {
        double phi = StrictMath.acos(Math.max(-1, Math.min(1, g[8])));
        double phi1;
        double phi2 = 0;
        if (Math.abs(g[2]) + Math.abs(g[5]) < 1e-12) {
            phi1 = StrictMath.atan2(g[1], g[0]);
        } else {
            phi1 = StrictMath.atan2(g[6], -g[7]);
            phi2 = StrictMath.atan2(g[2], g[5]);
        }
        return new double[] {turn(phi1), Math.toDegrees(phi), turn(phi2)};
    }

    private static double turn(double radians) {
        double degrees = Math.toDegrees(radians);
        return degrees < 0 ? degrees + 360 : degrees;
    }

    /** Angle in degrees, 0 to 90, between the crystal's c axis and the z axis of the specimen. */
    public double tiltDegrees() {
        return Math.toDegrees(StrictMath.acos(Math.min(1, Math.abs(g[8]))));
    }

    /** The rotation from another orientation to this one. */
    double[] from(Orientation other) {
        double[] turn = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) turn[3 * i + j] += g[3 * i + k] * other.g[3 * j + k];
            }
        }
        return turn;
    }
}
