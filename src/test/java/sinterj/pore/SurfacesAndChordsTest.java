package sinterj.pore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sinterj.base.Progress;
import sinterj.image.Components;
import sinterj.image.EulerNumber;
import sinterj.image.Phantoms;
import sinterj.image.PhaseMask;
import sinterj.image.ReferenceData;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

class SurfacesAndChordsTest {
    private static PhaseMask mask(Volume v) {
        return PhaseMask.nonZero(v, Progress.SILENT);
    }

    private static SurfacesAndChords measure(Volume v) {
        return SurfacesAndChords.of(mask(v), v.size(), Progress.SILENT);
    }

    private static PhaseMask ball(double radius, VoxelSize voxel) {
        int w = (int) (2 * radius / voxel.x()) + 8;
        int d = (int) (2 * radius / voxel.z()) + 8;
        return mask(Phantoms.volume(w, w, d, voxel, (x, y, z) -> {
            double dx = (x - w / 2.0 + 0.3) * voxel.x();
            double dy = (y - w / 2.0 + 0.3) * voxel.y();
            double dz = (z - d / 2.0 + 0.3) * voxel.z();
            return dx * dx + dy * dy + dz * dz < radius * radius ? 1 : 0;
        }));
    }

    @Test
    void areasOfBallsOfTenVoxelsAndMoreAreWithinTwoPercent() {
        for (VoxelSize voxel : new VoxelSize[] {VoxelSize.pixels(), new VoxelSize(1, 1, 2, "nm")}) {
            for (double radius : new double[] {10, 20}) {
                PhaseMask ball = ball(radius * voxel.z(), voxel);
                double area = 4 * Math.PI * radius * radius * voxel.z() * voxel.z();
                String what = voxel + " " + radius;
                double crofton = new CroftonArea(ball, voxel, Progress.SILENT).area();
                assertEquals(area, crofton, 0.02 * area, what);
                assertEquals(area, SmoothedArea.of(ball, voxel, Progress.SILENT), 0.02 * area, what);
            }
        }
    }

    @Test
    void croftonAreasEqualThoseOfTheReferenceVolumes() {
        int compared = 0;
        for (Map.Entry<String, JsonElement> entry : ReferenceData.expected().entrySet()) {
            JsonObject areas = entry.getValue().getAsJsonObject().getAsJsonObject("surface_area");
            if (areas == null || !areas.has("crofton13_padded")) continue;
            Volume volume = ReferenceData.volume(entry.getValue().getAsJsonObject());
            PhaseMask phase = PhaseMask.equalTo(volume, 255, Progress.SILENT).padded(new int[] {2, 2, 2}, false);
            double expected = areas.get("crofton13_padded").getAsDouble();
            double found = new CroftonArea(phase, volume.size(), Progress.SILENT).area();
            assertEquals(expected, found, 1e-4 * expected, entry.getKey());
            compared++;
        }
        assertTrue(compared > 5, compared + " compared");
    }

    @Test
    void sharesOfDirectionsAddUpToOneWhateverTheVoxel() {
        for (VoxelSize voxel : new VoxelSize[] {VoxelSize.pixels(), new VoxelSize(1, 2, 5, "nm")}) {
            double sum = 0;
            for (double share : Directions.sharesInSpace(voxel)) sum += share;
            assertEquals(1, sum, 1e-6);
            for (int axis = 0; axis < 3; axis++) {
                sum = 0;
                for (double share : Directions.sharesInPlane(voxel, axis)) sum += share;
                assertEquals(1, sum, 1e-9);
            }
        }
        // The well-known weights of cubes.
        double[] cube = Directions.sharesInSpace(VoxelSize.pixels());
        assertEquals(0.0915557824, cube[0], 1e-7);
        assertEquals(0.0739612558, cube[3], 1e-7);
        assertEquals(0.0703912796, cube[12], 1e-7);
    }

    @Test
    void chordsOfASlabAreItsThicknessAndCutOnesAreLeftOut() {
        VoxelSize nm = new VoxelSize(2, 3, 5, "nm");
        SurfacesAndChords found = measure(Phantoms.volume(20, 15, 12, nm, (x, y, z) -> z >= 3 && z < 7 ? 1 : 0));
        assertEquals(20, found.meanChords()[2], 1e-12);
        assertTrue(Double.isNaN(found.meanChords()[0]));
        assertEquals(300, found.chordsZ()[4]);
        assertEquals(0, found.perimeters()[2], 1e-12);
    }

    @Test
    void theOutlineOfADiscIsItsCircumference() {
        Volume v = Phantoms.volume(
                50, 50, 5, (x, y, z) -> (x - 24.3) * (x - 24.3) + (y - 24.6) * (y - 24.6) < 400 ? 1 : 0);
        double expected = 2 * Math.PI * 20;
        assertEquals(expected, measure(v).perimeters()[2], 0.02 * expected);
    }

    @Test
    void theSkeletonOfARodIsItsAxis() {
        Volume v = Phantoms.volume(
                60,
                15,
                15,
                new VoxelSize(2, 2, 2, "nm"),
                (x, y, z) -> x >= 5 && x < 55 && (y - 7) * (y - 7) + (z - 7) * (z - 7) < 12 ? 1 : 0);
        assertEquals(2 * 49, measure(v).skeletonLength(), 2 * 8); // ends are round by up to a radius
    }

    @Test
    void thinningKeepsComponentsTunnelsAndCavities() {
        for (int seed = 0; seed < 6; seed++) {
            PhaseMask phase = PhaseMask.equalTo(Phantoms.random(19, 17, 13, 3, seed), 1, Progress.SILENT);
            PhaseMask thin = Skeleton.of(phase, Progress.SILENT);
            assertTrue(thin.count() <= phase.count());
            assertEquals(EulerNumber.of(phase, 26, Progress.SILENT), EulerNumber.of(thin, 26, Progress.SILENT));
            assertEquals(
                    Components.of(phase, 26, Progress.SILENT).count(),
                    Components.of(thin, 26, Progress.SILENT).count());
            assertEquals(
                    Components.enclosed(phase.complement(), 6, Progress.SILENT),
                    Components.enclosed(thin.complement(), 6, Progress.SILENT));
        }
    }
}
