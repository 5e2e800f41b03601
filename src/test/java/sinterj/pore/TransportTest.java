package sinterj.pore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Phantoms;
import sinterj.image.ReferenceData;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

class TransportTest {
    private static final double TOLERANCE = 1e-9;
    private static final Conductivities BINARY = Conductivities.ofPhase(255);

    private static Transport along(int axis, Volume volume, Conductivities k) {
        return Transport.along(axis, volume, k, TOLERANCE, false, Progress.SILENT);
    }

    private static Conductivities conductivities(double... valuesAndConductivities) {
        float[] values = new float[valuesAndConductivities.length / 2];
        double[] k = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) valuesAndConductivities[2 * i];
            k[i] = valuesAndConductivities[2 * i + 1];
        }
        return new Conductivities(values, k);
    }

    @Test
    void referenceVolumesConductAsExpected() {
        int compared = 0;
        for (Map.Entry<String, JsonElement> entry : ReferenceData.expected().entrySet()) {
            JsonObject about = entry.getValue().getAsJsonObject();
            JsonObject expected = about.getAsJsonObject("keff_foreground");
            if (expected == null) continue;
            Volume volume = ReferenceData.volume(about);
            for (int axis = 0; axis < 3; axis++) {
                double k = expected.get("" + "xyz".charAt(axis)).getAsDouble();
                // The file has eight decimals.
                assertEquals(
                        k, along(axis, volume, BINARY).conductivity(), 1e-6 * k + 5e-9, entry.getKey() + " " + axis);
                compared++;
            }
        }
        assertTrue(compared >= 30, compared + " compared");
    }

    @Test
    void referenceMixturesConductAsExpectedAndWithinTheirBounds() {
        JsonObject laminate = ReferenceData.expected().getAsJsonObject("laminate");
        mixture(laminate, conductivities(255, laminate.get("k1").getAsDouble(), 0, 0.1), laminate.get("f1"));
        JsonObject blobs = ReferenceData.expected().getAsJsonObject("twophase_blobs");
        ConductivityBounds bounds = mixture(blobs, conductivities(0, 1, 255, 0.05), blobs.get("f1"));
        assertEquals(blobs.getAsJsonArray("HS").get(0).getAsDouble(), bounds.hashinShtrikmanLower(), 1e-12);
        assertEquals(blobs.getAsJsonArray("HS").get(1).getAsDouble(), bounds.hashinShtrikmanUpper(), 1e-12);
    }

    private static ConductivityBounds mixture(JsonObject about, Conductivities k, JsonElement f1) {
        Volume volume = ReferenceData.volume(about);
        double[] fractions = k.fractions(volume, Progress.SILENT);
        assertEquals(f1.getAsDouble(), fractions[1], 1e-12);
        ConductivityBounds bounds = ConductivityBounds.of(fractions, k, 3);
        assertEquals(about.getAsJsonArray("wiener").get(0).getAsDouble(), bounds.wienerLower(), 1e-12);
        assertEquals(about.getAsJsonArray("wiener").get(1).getAsDouble(), bounds.wienerUpper(), 1e-12);
        for (int axis = 0; axis < 3; axis++) {
            double expected =
                    about.getAsJsonObject("peer").get("" + "xyz".charAt(axis)).getAsDouble();
            double found = along(axis, volume, k).conductivity();
            assertEquals(expected, found, 1e-6 * expected);
            assertTrue(found > bounds.wienerLower() * (1 - 1e-6) && found < bounds.wienerUpper() * (1 + 1e-6));
        }
        return bounds;
    }

    @Test
    void layersConductInSeriesAndSideBySide() {
        VoxelSize voxel = new VoxelSize(0.7, 1.3, 2.9, "nm");
        Volume layers = Phantoms.volume(21, 10, 13, voxel, (x, y, z) -> x % 5 < 2 ? 1 : x % 5 == 3 ? 2 : 3);
        Conductivities k = conductivities(1, 4, 2, 0.25, 3, 1.5);
        double mean = 0;
        double resistance = 0;
        for (int x = 0; x < 21; x++) {
            double kx = x % 5 < 2 ? 4 : x % 5 == 3 ? 0.25 : 1.5;
            mean += kx / 21;
            resistance += 1 / kx / 21;
        }
        assertEquals(1 / resistance, along(0, layers, k).conductivity(), 1e-8);
        assertEquals(mean, along(1, layers, k).conductivity(), 1e-12);
        assertEquals(mean, along(2, layers, k).conductivity(), 1e-12);
        assertEquals(0, along(1, layers, k).iterations());
    }

    @Test
    void conductivityIsThatOfADirectSolutionForAnyMixtureAndVoxel() {
        Random random = new Random(5);
        int crossed = 0;
        for (int trial = 0; trial < 40; trial++) {
            int w = 1 + random.nextInt(6);
            int h = 1 + random.nextInt(6);
            int d = 1 + random.nextInt(6);
            VoxelSize voxel =
                    new VoxelSize(0.5 + random.nextDouble(), 0.5 + 3 * random.nextDouble(), random.nextInt(1, 9), "nm");
            int values = trial % 2 == 0 ? 2 : 4;
            int[] label = random.ints((long) w * h * d, 0, values).toArray();
            Volume volume = Phantoms.volume(w, h, d, voxel, (x, y, z) -> label[(z * h + y) * w + x]);
            Conductivities k = values == 2 ? conductivities(1, 1) : conductivities(0, 0.02, 1, 3, 2, 0, 3, 1);
            for (int axis = 0; axis < 3; axis++) {
                if (new int[] {w, h, d}[axis] == 1) continue;
                double expected = DenseTransport.along(axis, volume, k);
                double found = along(axis, volume, k).conductivity();
                assertEquals(expected, found, 1e-6 * expected, "trial " + trial + " axis " + axis);
                if (expected > 0) crossed++;
            }
        }
        assertTrue(crossed > 40, crossed + " crossed");
    }

    @Test
    void iterationsDoNotGrowWithSize() {
        int small = along(2, balls(24), BINARY).iterations();
        int large = along(2, balls(96), BINARY).iterations();
        assertTrue(small >= 4 && large <= small + 2, small + " and " + large + " iterations");
    }

    /** Overlapping balls of radius 5 at seeded places, 60 % of the volume. */
    private static Volume balls(int side) {
        Random random = new Random(3);
        boolean[] inside = new boolean[side * side * side];
        int balls = (int) (0.92 * side * side * side / (4.0 / 3 * Math.PI * 125));
        for (int b = 0; b < balls; b++) {
            int cx = random.nextInt(side);
            int cy = random.nextInt(side);
            int cz = random.nextInt(side);
            for (int z = Math.max(0, cz - 5); z <= Math.min(side - 1, cz + 5); z++) {
                for (int y = Math.max(0, cy - 5); y <= Math.min(side - 1, cy + 5); y++) {
                    for (int x = Math.max(0, cx - 5); x <= Math.min(side - 1, cx + 5); x++) {
                        int r2 = (x - cx) * (x - cx) + (y - cy) * (y - cy) + (z - cz) * (z - cz);
                        if (r2 <= 25) inside[(z * side + y) * side + x] = true;
                    }
                }
            }
        }
        return Phantoms.volume(side, side, side, (x, y, z) -> inside[(z * side + y) * side + x] ? 255 : 0);
    }

    @Test
    void greatContrastsAndFlatVoxelsConvergeTheSame() {
        Volume mixture = balls(48);
        double open = along(0, mixture, BINARY).conductivity();
        Transport nearly = along(0, mixture, conductivities(255, 1, 0, 1e-6));
        assertTrue(nearly.complete() && nearly.iterations() <= 20, nearly.iterations() + " iterations");
        assertEquals(open, nearly.conductivity(), 1e-5);
        Transport inverse = along(0, mixture, conductivities(255, 1, 0, 1e5));
        assertTrue(inverse.complete() && inverse.iterations() <= 20, inverse.iterations() + " iterations");
        float[] plane = mixture.plane(0);
        assertEquals(48 * 48, plane.length);
        Volume flat = new Volume(mixture.voxels(), new VoxelSize(1, 1, 8, "nm"));
        for (int axis = 0; axis < 3; axis++) {
            Transport found = along(axis, flat, BINARY);
            assertTrue(found.complete() && found.iterations() <= 15, found.iterations() + " iterations");
        }
    }

    @Test
    void conductivityScalesWithThatOfThePhase() {
        Volume mixture = balls(24);
        double once = along(1, mixture, conductivities(255, 1, 0, 0.1)).conductivity();
        double fiveTimes = along(1, mixture, conductivities(255, 5, 0, 0.5)).conductivity();
        assertEquals(5 * once, fiveTimes, 1e-6 * once);
    }

    @Test
    void deadEndsAndIslandsCarryNothing() {
        // A straight bar, a comb's teeth on it, an island, and a rod that ends inside.
        Volume volume = Phantoms.volume(20, 20, 20, (x, y, z) -> {
            boolean bar = y >= 4 && y < 8 && z >= 4 && z < 8;
            boolean tooth = x % 6 == 2 && y >= 8 && y < 12 && z == 5;
            boolean island = x > 12 && x < 16 && y > 14 && z > 14;
            boolean rod = x < 9 && y == 16 && z == 2;
            return bar || tooth || island || rod ? 255 : 0;
        });
        Transport bar = Transport.along(0, volume, BINARY, TOLERANCE, true, Progress.SILENT);
        // Teeth do take a little of the current on their way back, which a direct solution has too.
        assertEquals(DenseTransport.along(0, volume, BINARY), bar.conductivity(), 1e-8);
        assertEquals(0.04, bar.conductivity(), 0.0006);
        assertTrue(bar.spanning() > 0.7 && bar.spanning() < 0.95, "" + bar.spanning());
        float[] plane = bar.current().plane(5);
        assertEquals(25, plane[5 * 20 + 11], 1); // all of it flows in a 25th of the section
        assertEquals(0, plane[11 * 20 + 2], 0.02);
        assertEquals(0, bar.current().plane(2)[16 * 20 + 4]);
        Transport across = along(1, volume, BINARY);
        assertEquals(0, across.conductivity());
        assertEquals(0, across.spanning());
        assertNull(across.current());
    }

    @Test
    void currentDensityIsThatOfEachLayerSideBySide() {
        Volume layers = Phantoms.volume(6, 5, 8, new VoxelSize(1, 2, 3, "nm"), (x, y, z) -> x < 3 ? 1 : 2);
        Transport found = Transport.along(2, layers, conductivities(1, 3, 2, 1), TOLERANCE, true, Progress.SILENT);
        assertEquals(2, found.conductivity(), 1e-7);
        for (int z = 0; z < 8; z++) {
            assertEquals(1.5, found.current().plane(z)[1], 1e-6);
            assertEquals(0.5, found.current().plane(z)[4], 1e-6);
        }
        assertEquals(layers.size(), found.current().size());
    }

    @Test
    void theMeanCurrentDensityAlongAStraightWayIsOne() {
        Transport found = Transport.along(0, balls(24), BINARY, TOLERANCE, true, Progress.SILENT);
        double sum = 0;
        for (int z = 0; z < 24; z++) for (float j : found.current().plane(z)) sum += j;
        // Magnitudes exceed their part along the axis, whose mean is 1.
        double mean = sum / (24 * 24 * 24);
        assertTrue(mean > 1 && mean < 1.3, "" + mean);
    }

    @Test
    void threadsDoNotChangeTheResult() {
        Volume mixture = balls(40);
        Conductivities k = conductivities(255, 1, 0, 0.01);
        Transport one = Transport.along(0, mixture, k, TOLERANCE, true, Phantoms.threads(1));
        Transport four = Transport.along(0, mixture, k, TOLERANCE, true, Phantoms.threads(4));
        assertEquals(one.conductivity(), four.conductivity());
        for (int z = 0; z < 40; z++)
            assertArrayEquals(one.current().plane(z), four.current().plane(z));
    }

    @Test
    void anAxisOfOneVoxelIsRefused() {
        Volume slice = Phantoms.volume(5, 4, 1, (x, y, z) -> 255);
        String sentence =
                assertThrows(InvalidInput.class, () -> along(2, slice, BINARY)).getMessage();
        assertTrue(sentence.contains("along z"), sentence);
        assertEquals(1, along(0, slice, BINARY).conductivity(), 1e-12);
    }
}
