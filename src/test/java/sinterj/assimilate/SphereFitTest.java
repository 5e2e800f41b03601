package sinterj.assimilate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sinterj.base.Progress;
import sinterj.image.LabelVolume;
import sinterj.image.Planes;
import sinterj.image.VoxelSize;
import sinterj.math.RandomDraws;
import sinterj.phasefield.Grid;
import sinterj.phasefield.SinterState;
import sinterj.phasefield.Sphere;
import sinterj.phasefield.StartFromSpheres;

class SphereFitTest {
    private static SphereFit fit(double[] centre, double radius) {
        float[][] planes = new float[24][24 * 24];
        for (int z = 0; z < 24; z++) {
            for (int i = 0; i < 24 * 24; i++) {
                double x = i % 24 + 0.5 - centre[0];
                double y = i / 24 + 0.5 - centre[1];
                double zz = z + 0.5 - centre[2];
                if (x * x + y * y + zz * zz < radius * radius) planes[z][i] = 5;
            }
        }
        return SphereFit.all(new LabelVolume(Planes.ofFloats(List.of(planes), 24, 24), VoxelSize.pixels()), 4, 0)
                .get(0);
    }

    @Test
    void aSphereIsFoundToHundredthsOfAVoxel() {
        SphereFit fit = fit(new double[] {11.3, 12.1, 11.8}, 7.4);
        assertEquals(5, fit.label());
        assertArrayEquals(new double[] {11.3, 12.1, 11.8}, fit.centre(), 0.05);
        assertEquals(7.4, fit.radius(), 0.06);
    }

    /** Three particles that touch: what is said of each centre and radius is a little more than they are off. */
    @Test
    void theStatedErrorsAreThoseOfTheFits() {
        SplittableRandom random = new SplittableRandom(5);
        double centres = 0;
        double radii = 0;
        int count = 0;
        for (int trial = 0; trial < 12; trial++) {
            List<Sphere> three = new ArrayList<>();
            for (int k = 0; k < 3; k++) {
                three.add(new Sphere(
                        k + 1,
                        (11 + 13 * (k % 2) + random.nextDouble()) * 1e-9,
                        (11 + 13 * (k / 2) + random.nextDouble()) * 1e-9,
                        (11 + random.nextDouble()) * 1e-9,
                        (6.6 + random.nextDouble()) * 1e-9));
            }
            for (SphereFit fit : SphereFit.all(labels(three), 4, 0)) {
                Sphere s = three.get(fit.label() - 1);
                double[] truth = {s.x() * 1e9, s.y() * 1e9, s.z() * 1e9};
                for (int a = 0; a < 3; a++) {
                    centres += Math.pow(fit.centre()[a] - truth[a], 2) / fit.covariance()[a][a] / 3;
                }
                radii += Math.pow(fit.radius() - s.radius() * 1e9, 2) / fit.covariance()[3][3];
                count++;
            }
        }
        assertEquals(36, count);
        assertEquals(0.9, Math.sqrt(centres / count), 0.25);
        assertEquals(0.9, Math.sqrt(radii / count), 0.25);
    }

    @Test
    void drawnErrorsHaveTheStatedCovariance() {
        SphereFit fit = fit(new double[] {11.3, 12.1, 3.2}, 7.4); // cut by the image: centre and radius err together
        double[][] found = new double[4][4];
        SplittableRandom random = new SplittableRandom(3);
        int draws = 4000;
        for (int n = 0; n < draws; n++) {
            double[] chance = new double[4];
            for (int i = 0; i < 4; i++) chance[i] = RandomDraws.gaussian(random);
            double[] e = fit.error(chance);
            for (int i = 0; i < 4; i++) for (int j = 0; j < 4; j++) found[i][j] += e[i] * e[j] / draws;
        }
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                assertEquals(fit.covariance()[i][j], fit.covariance()[j][i]);
                double unit = Math.sqrt(fit.covariance()[i][i] * fit.covariance()[j][j]);
                assertEquals(fit.covariance()[i][j] / unit, found[i][j] / unit, 0.08, i + ", " + j);
            }
        }
        double together = fit.covariance()[2][3] / Math.sqrt(fit.covariance()[2][2] * fit.covariance()[3][3]);
        assertTrue(Math.abs(together) > 0.3, "centre along z and radius " + together);
    }

    @Test
    void aSphereThatTheMissingWedgeStretchesKeepsItsRadius() {
        float[][] planes = new float[32][24 * 24];
        for (int z = 0; z < 32; z++) {
            for (int i = 0; i < 24 * 24; i++) {
                double x = i % 24 + 0.5 - 12.2;
                double y = i / 24 + 0.5 - 11.9;
                double zz = z + 0.5 - 16.3;
                // Stretched where its surface faces z: that part of the image is not known.
                boolean faces = Math.abs(x) < Math.tan(Math.toRadians(50)) * Math.abs(zz);
                double h = faces ? zz / 1.3 : zz;
                if (x * x + y * y + h * h < 7.5 * 7.5) planes[z][i] = 1;
            }
        }
        LabelVolume labels = new LabelVolume(Planes.ofFloats(List.of(planes), 24, 24), VoxelSize.pixels());
        assertTrue(SphereFit.all(labels, 4, 0).get(0).radius() > 7.8);
        SphereFit fit = SphereFit.all(labels, 4, 100).get(0);
        assertEquals(7.5, fit.radius(), 0.1);
        assertArrayEquals(new double[] {12.2, 11.9, 16.3}, fit.centre(), 0.15);
        // Nothing is seen along z, which is therefore known worse.
        assertTrue(fit.covariance()[2][2] > 2 * fit.covariance()[1][1], Arrays.deepToString(fit.covariance()));
    }

    /** The solid that the start makes of them has a small neck, which is none of theirs. */
    @Test
    void spheresThatTouchKeepTheirSize() {
        List<Sphere> true3 = List.of(
                new Sphere(1, 11.3e-9, 12.1e-9, 11.8e-9, 7.4e-9),
                new Sphere(2, 26.3e-9, 12.1e-9, 12.8e-9, 7.6e-9),
                new Sphere(3, 19.1e-9, 23.9e-9, 13e-9, 6.5e-9));
        List<SphereFit> fits = SphereFit.all(labels(true3), 4, 0);
        assertEquals(3, fits.size());
        for (SphereFit fit : fits) {
            Sphere s = true3.get(fit.label() - 1);
            assertArrayEquals(new double[] {s.x() * 1e9, s.y() * 1e9, s.z() * 1e9}, fit.centre(), 0.06);
            assertEquals(s.radius() * 1e9, fit.radius(), 0.04);
        }
    }

    /** The solid that the start makes of spheres, each voxel with the label of the nearest. */
    private static LabelVolume labels(List<Sphere> spheres) {
        Grid grid = new Grid(40, 36, 25, 1e-9, 4, false, false, false);
        SinterState state = StartFromSpheres.of(grid, spheres, Progress.SILENT);
        float[][] labels = new float[25][40 * 36];
        for (int z = 0; z < 25; z++) {
            for (int i = 0; i < 40 * 36; i++) {
                if (state.density()[z][i] < 0.5) continue;
                double nearest = Double.POSITIVE_INFINITY;
                for (Sphere s : spheres) {
                    double away = Math.hypot(
                                    Math.hypot(i % 40 + 0.5 - s.x() * 1e9, i / 40 + 0.5 - s.y() * 1e9),
                                    z + 0.5 - s.z() * 1e9)
                            - s.radius() * 1e9;
                    if (away < nearest) labels[z][i] = s.id();
                    nearest = Math.min(nearest, away);
                }
            }
        }
        return new LabelVolume(Planes.ofFloats(Arrays.asList(labels), 40, 36), VoxelSize.pixels());
    }
}
