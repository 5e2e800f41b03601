package sinterj.tomo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import sinterj.base.Progress;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

class SpherePhantomTest {
    private static final Sphere OFF_CENTRE = new Sphere(20, -9, -14, 11);

    private static double sum(float[] image) {
        double sum = 0;
        for (float v : image) sum += v;
        return sum;
    }

    private static double centreOfMass(float[] image, int width) {
        double moment = 0;
        for (int i = 0; i < image.length; i++) moment += image[i] * (i % width - (width - 1) / 2.0);
        return moment / sum(image);
    }

    @Test
    void projectionOfASphereIsItsChordLength() {
        double pixel = 1.5;
        double angle = 34;
        float[] image = new SpherePhantom(List.of(OFF_CENTRE)).project(angle, 71, 50, pixel, 1);
        double cos = Math.cos(Math.toRadians(angle));
        double sin = Math.sin(Math.toRadians(angle));
        for (int i = 0; i < image.length; i++) {
            double u = (i % 71 - 35) * pixel - (20 * cos - 14 * sin);
            double y = (i / 71 - 24.5) * pixel + 9;
            assertEquals(2 * Math.sqrt(Math.max(0, 121 - u * u - y * y)), image[i], 1e-5);
        }
    }

    @Property(tries = 40)
    void aSphereIsSeenAtXCosPlusZSin(@ForAll @DoubleRange(min = -90, max = 90) double angle) {
        float[] image = new SpherePhantom(List.of(OFF_CENTRE)).project(angle, 81, 61, 1, 2);
        double seen = 20 * Math.cos(Math.toRadians(angle)) - 14 * Math.sin(Math.toRadians(angle));
        assertEquals(seen, centreOfMass(image, 81), 0.01);
        double flipped = 20 * Math.cos(Math.toRadians(angle)) + 14 * Math.sin(Math.toRadians(angle));
        if (Math.abs(angle) > 5) assertTrue(Math.abs(flipped - centreOfMass(image, 81)) > 1);
    }

    @Property(tries = 10)
    void everyProjectionHasTheMassOfTheSolid(@ForAll @DoubleRange(min = -90, max = 90) double angle) {
        SpherePhantom phantom =
                new SpherePhantom(List.of(OFF_CENTRE, new Sphere(18, -2, -10, 9), new Sphere(0, 8, 0, 7)));
        double solid = sum(phantom.project(0, 90, 90, 1, 4));
        // Rays sample a smooth function that ends with a square root, so a few rays a pixel give four digits.
        assertEquals(solid, sum(phantom.project(angle, 90, 90, 1, 4)), 4e-4 * solid);
    }

    @Test
    void massOfASphereIsItsVolume() {
        float[] image = new SpherePhantom(List.of(OFF_CENTRE)).project(-70, 90, 90, 1, 4);
        assertEquals(4.0 / 3 * Math.PI * Math.pow(11, 3), sum(image), 2);
    }

    @Test
    void spheresCountOnceWhereTheyOverlap() {
        Sphere inner = new Sphere(20, -9, -12, 6);
        float[] alone = new SpherePhantom(List.of(OFF_CENTRE)).project(25, 81, 61, 1, 2);
        float[] nested = new SpherePhantom(List.of(inner, OFF_CENTRE, OFF_CENTRE)).project(25, 81, 61, 1, 2);
        assertArrayEquals(alone, nested, 1e-5f);
    }

    @Test
    void aRayThroughTwoSpheresCountsTheirUnion() {
        // Untilted, both spheres on the central ray: one reaches from -10 to 2, the other from -1 to 9.
        SpherePhantom pair = new SpherePhantom(List.of(new Sphere(0, 0, 4, 5), new Sphere(0, 0, -4, 6)));
        assertEquals(19, pair.project(0, 21, 21, 1, 1)[10 + 21 * 10], 1e-6);
    }

    @Test
    void fillAddsUpToTheVolumeOfASphereForUnequalVoxels() {
        VoxelSize voxel = new VoxelSize(1, 1.5, 2, "nm");
        Volume fill = new SpherePhantom(List.of(OFF_CENTRE)).fill(75, 42, 31, voxel, 6, Progress.SILENT);
        double volume = 0;
        for (int z = 0; z < 31; z++) volume += sum(fill.plane(z)) * 3;
        assertEquals(4.0 / 3 * Math.PI * Math.pow(11, 3), volume, 1e-3 * volume);
    }

    @Test
    void fillEqualsPlainSubSampling() {
        List<Sphere> spheres = List.of(new Sphere(0.3, -0.2, 0.4, 1.9), new Sphere(-1.5, 1, 0, 1.2));
        int parts = 5;
        Volume fill = new SpherePhantom(spheres).fill(7, 5, 6, VoxelSize.pixels(), parts, Progress.SILENT);
        for (int z = 0; z < 6; z++) {
            for (int i = 0; i < 35; i++) {
                assertEquals(counted(spheres, i % 7 - 3.5, i / 7 - 2.5, z - 3.0, parts), fill.plane(z)[i], 1e-6);
            }
        }
    }

    private static double counted(List<Sphere> spheres, double x, double y, double z, int parts) {
        int inside = 0;
        for (int i = 0; i < parts * parts * parts; i++) {
            double px = x + (i % parts + 0.5) / parts;
            double py = y + (i / parts % parts + 0.5) / parts;
            double pz = z + (i / parts / parts + 0.5) / parts;
            if (spheres.stream().anyMatch(s -> s.distanceTo(new Sphere(px, py, pz, 1)) <= s.radius())) inside++;
        }
        return (double) inside / (parts * parts * parts);
    }

    @Test
    void untiltedProjectionIsTheSumOfTheFillAlongTheBeam() {
        SpherePhantom phantom = SinteringPhantom.of(24, 3).at(0.5, 48);
        Volume fill = phantom.fill(48, 48, 48, VoxelSize.pixels(), 8, Progress.SILENT);
        float[] seen = phantom.project(0, 48, 48, 1, 8);
        double error = 0;
        double total = 0;
        for (int i = 0; i < seen.length; i++) {
            double sum = 0;
            for (int z = 0; z < 48; z++) sum += fill.plane(z)[i];
            error += (sum - seen[i]) * (sum - seen[i]);
            total += sum * sum;
        }
        assertTrue(Math.sqrt(error / total) < 2e-3, "relative difference " + Math.sqrt(error / total));
    }

    @Test
    void theSharedGeometryGivesTheSharedTruth() {
        SpherePhantom phantom = SharedData.phantom(SharedData.tomography("cu24_spheres.csv"), 128);
        List<float[]> truth = SharedData.mrc(SharedData.tomography("cu24_128_truth.mrc"));
        Volume fill = phantom.fill(128, 128, 128, VoxelSize.pixels(), 4, Progress.SILENT);
        for (int z = 0; z < 128; z++) {
            // One sub-voxel that lies on a surface to the last digit may fall on either side: 1/64.
            assertArrayEquals(truth.get(z), fill.plane(z), 1.01f / 64, "plane " + z);
        }
    }

    @Test
    void theSharedNoisyCountsAreOnesOfTheSharedGeometry() {
        SpherePhantom phantom = SharedData.phantom(SharedData.tomography("cu24_spheres.csv"), 256);
        List<float[]> counts = SharedData.mrc(SharedData.tomography("cu24_128_noisy.mrc"));
        double[] angles = SharedData.angles(SharedData.tomography("cu24.tlt"));
        DetectorModel detector = new DetectorModel(250 / 41.0 * 4, 100, 0.01, 0.5, 1, 0);
        double chi2 = 0;
        for (int k = 0; k < angles.length; k++) {
            float[] path = phantom.project(angles[k], 128, 128, 2, 3);
            for (int i = 0; i < path.length; i++) {
                double mean = detector.expectedElectrons(path[i]);
                double off = counts.get(k)[i] - mean;
                chi2 += off * off / (mean + 0.25) / path.length / angles.length;
            }
        }
        // 671 744 squares of Poisson plus normal numbers scatter by 0.0021 about 1.
        assertEquals(1, chi2, 3 * 0.0021);
    }
}
