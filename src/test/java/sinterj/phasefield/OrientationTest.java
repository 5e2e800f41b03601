package sinterj.phasefield;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {
    /** The rotation by an angle about an axis. */
    private static Orientation about(double x, double y, double z, double degrees) {
        double length = Math.sqrt(x * x + y * y + z * z);
        double[] n = {x / length, y / length, z / length};
        double c = Math.cos(Math.toRadians(degrees));
        double s = Math.sin(Math.toRadians(degrees));
        double[] g = new double[9];
        int[][] sign = {{0, -1, 1}, {1, 0, -1}, {-1, 1, 0}};
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                g[3 * i + j] = (1 - c) * n[i] * n[j] + (i == j ? c : s * sign[i][j] * n[3 - i - j]);
            }
        }
        return new Orientation(g);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0,1, 30, 30, 30", // axis, angle, tetragonal, cubic
        "0,0,1, 60, 30, 30",
        "0,0,1, 90, 0, 0",
        "1,0,0, 90, 90, 0",
        "1,1,0, 180, 0, 0",
        "1,0,0, 40, 40, 40",
        "1,1,1, 60, 60, 60", // the twin of cubic crystals
        "1,1,1, 120, 90, 0",
        "1,0,0, 50, 50, 40",
    })
    void someDisorientationsAreKnown(double x, double y, double z, double degrees, double tetragonal, double cubic) {
        Orientation turned = about(x, y, z, degrees);
        assertEquals(tetragonal, Symmetry.TETRAGONAL.disorientationDegrees(turned, Orientation.ALONG_AXES), 2e-6);
        assertEquals(cubic, Symmetry.CUBIC.disorientationDegrees(turned, Orientation.ALONG_AXES), 2e-6);
    }

    @Test
    void aSymmetryIsAGroupAndChangesNoDisorientation() {
        SplittableRandom random = new SplittableRandom(3);
        for (Symmetry symmetry : Symmetry.values()) {
            assertEquals(symmetry == Symmetry.CUBIC ? 24 : 8, symmetry.count());
            for (int i = 0; i < symmetry.count(); i++) {
                Orientation one = Orientation.random(random);
                Orientation two = Orientation.random(random);
                double angle = symmetry.disorientationDegrees(one, two);
                assertEquals(angle, symmetry.disorientationDegrees(two, one), 1e-6);
                assertEquals(angle, symmetry.disorientationDegrees(symmetry.turned(one, i), two), 1e-6);
                assertEquals(angle, symmetry.disorientationDegrees(one, symmetry.turned(two, i)), 1e-6);
                assertEquals(0, symmetry.disorientationDegrees(one, symmetry.turned(one, i)), 1e-5);
            }
        }
    }

    @Test
    void randomCrystalsLieAsMackenzieFound() {
        SplittableRandom random = new SplittableRandom(4);
        int n = 20_000;
        double cubic = 0;
        double most = 0;
        double mostTetragonal = 0;
        double leaning = 0;
        for (int i = 0; i < n; i++) {
            Orientation one = Orientation.random(random);
            Orientation two = Orientation.random(random);
            double angle = Symmetry.CUBIC.disorientationDegrees(one, two);
            cubic += angle / n;
            most = Math.max(most, angle);
            mostTetragonal = Math.max(mostTetragonal, Symmetry.TETRAGONAL.disorientationDegrees(one, two));
            leaning += Math.cos(Math.toRadians(one.tiltDegrees())) / n;
        }
        assertEquals(40.74, cubic, 0.4); // Mackenzie 1958, Biometrika 45, 229; the mean of so many is known to 0.08
        assertTrue(most > 61 && most <= 62.80, "cubic up to " + most);
        assertTrue(mostTetragonal > 96 && mostTetragonal <= 98.43, "tetragonal up to " + mostTetragonal);
        assertEquals(0.5, leaning, 0.01);
    }

    @Test
    void anglesOfBungeComeBackAndTurnTheRightWay() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 100; i++) {
            Orientation one = Orientation.random(random);
            double[] angles = one.bungeDegrees();
            assertArrayEquals(
                    one.g(), Orientation.bunge(angles[0], angles[1], angles[2]).g(), 1e-12);
        }
        double[] along = Orientation.bunge(25, 0, 0).bungeDegrees();
        assertArrayEquals(new double[] {25, 0, 0}, along, 1e-9);
        // phi1 turns the crystal about z from x towards y: its a then has the components cos, sin in the specimen.
        double[] g = Orientation.bunge(30, 0, 0).g();
        assertArrayEquals(new double[] {Math.sqrt(0.75), 0.5, 0}, new double[] {g[0], g[1], g[2]}, 1e-12);
        // Phi then leans c about the crystal's a: from z towards minus y.
        double[] c = Orientation.bunge(0, 20, 0).g();
        assertArrayEquals(
                new double[] {0, -Math.sin(Math.toRadians(20)), Math.cos(Math.toRadians(20))},
                new double[] {c[6], c[7], c[8]},
                1e-12);
    }

    @Test
    void lowAngleBoundariesFollowReadAndShockley() {
        assertEquals(1, Symmetry.readShockley(15, 15));
        assertEquals(1, Symmetry.readShockley(40, 15));
        assertEquals(0.5 * (1 + Math.log(2)), Symmetry.readShockley(7.5, 15), 1e-12);
        assertEquals(0, Symmetry.readShockley(0, 15));
        assertEquals(0, (1 - Symmetry.readShockley(14.999, 15)) / 0.001, 1e-3); // it ends level
    }
}
