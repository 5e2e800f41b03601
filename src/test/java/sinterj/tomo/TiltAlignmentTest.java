package sinterj.tomo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sinterj.base.Progress;
import sinterj.image.Affine;
import sinterj.image.Planes;
import sinterj.image.TiltSeries;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.tomo.TiltAlignment.Method;
import sinterj.tomo.TiltAlignment.Result;
import sinterj.trial.Threads;

class TiltAlignmentTest {
    private static MisalignedPhantom own(long seed) {
        SpherePhantom solid = SinteringPhantom.of(24, seed).at(0.5, 256);
        return MisalignedPhantom.of(solid, 128, 2, 2, 3.3, 8, seed);
    }

    /** Small, and drifting no further than the object stays in the field of view. */
    private static MisalignedPhantom small(double axisDeg) {
        return MisalignedPhantom.of(SinteringPhantom.of(24, 101).at(0.5, 128), 64, 2, axisDeg, 1, 3, 8);
    }

    private static TiltSeries noisy(MisalignedPhantom phantom) {
        return phantom.series(MisalignedPhantom.dose(phantom.pixelNm()), 5);
    }

    private static Result aligned(TiltSeries series, Method method, boolean findAxis) {
        return TiltAlignment.align(series, method, -1, findAxis, Progress.SILENT);
    }

    private static void assertLeft(MisalignedPhantom phantom, Result found, double x, double y, double axis) {
        double[] left = phantom.left(found.moves());
        String text = Arrays.toString(left);
        System.out.printf(Locale.ROOT, "left across, along, axis: %.3f %.3f %.3f%n", left[0], left[1], left[2]);
        assertTrue(left[0] <= x && left[1] <= y && left[2] <= axis, "left across, along, axis: " + text);
    }

    @ParameterizedTest
    @ValueSource(longs = {103, 108})
    void commonLinesFindShiftsToATenthAndTheAxisToAThirdOfADegreeAtPhantomDose(long seed) {
        MisalignedPhantom phantom = own(seed);
        Result found = aligned(noisy(phantom), Method.COMMON_LINE, true);
        assertLeft(phantom, found, 0.15, 0.15, 0.35);
        assertTrue(found.axisFound());
        assertEquals(phantom.axisDeg(), found.axisDeg(), 0.35);
    }

    @Test
    void correlationFindsShiftsAcrossTheAxisToAFifthAtPhantomDose() {
        MisalignedPhantom phantom = own(103);
        // Along the axis the errors of neighbours add up, which is what common lines are for.
        assertLeft(phantom, aligned(noisy(phantom), Method.CORRELATION, true), 0.2, 1.0, 0.35);
    }

    @Test
    void theSharedGeometryIsAlignedToAFifthOfAPixelAndOfADegree() {
        SpherePhantom solid = SharedData.phantom(SharedData.tomography("cu24_spheres.csv"), 256);
        MisalignedPhantom phantom = MisalignedPhantom.of(solid, 128, 2, 2, 3.3, 8, 7);
        assertLeft(phantom, aligned(noisy(phantom), Method.COMMON_LINE, true), 0.2, 0.2, 0.2);
        assertLeft(phantom, aligned(noisy(phantom), Method.PROJECTION_MATCHING, true), 0.2, 0.2, 0.2);
    }

    @ParameterizedTest
    @CsvSource({"103, ALL", "108, ALL", "103, PROJECTION_MATCHING", "108, PROJECTION_MATCHING"})
    void reprojectionsFindShiftsAndTheAxisToAFifthAndNeverRaiseTheResidual(long seed, Method method) {
        MisalignedPhantom phantom = own(seed);
        Result found = aligned(noisy(phantom), method, true);
        assertLeft(phantom, found, 0.2, 0.2, 0.2);
        requireFalling(found);
    }

    /**
     * The axis is put through the object's centre of mass, and drift moves both: so with the centre on the axis and no
     * drift on the whole, the offset that is told is that of the axis, and nothing is left that no data can show.
     */
    @ParameterizedTest
    @EnumSource(Method.class)
    void theOffsetThatIsToldIsThatOfTheAxis(Method method) {
        MisalignedPhantom drifting = own(103);
        MisalignedPhantom phantom = new MisalignedPhantom(
                centred(drifting.solid()), 128, 2, drifting.anglesDeg(), 2, 3.3, withoutMean(drifting.shifts()));
        Result found = aligned(noisy(phantom), method, true);
        System.out.printf(Locale.ROOT, "%s: offset %.3f%n", method, found.offsetPx());
        assertEquals(3.3, found.offsetPx(), 0.2);
    }

    private static SpherePhantom centred(SpherePhantom solid) {
        Volume volume = solid.fill(128, 128, 128, VoxelSize.cube(2, "nm"), 2, Progress.SILENT);
        double mass = 0;
        double x = 0;
        double z = 0;
        for (int k = 0; k < 128; k++) {
            float[] plane = volume.plane(k);
            for (int i = 0; i < plane.length; i++) {
                mass += plane[i];
                x += plane[i] * 2 * (i % 128 - 63.5);
                z += plane[i] * 2 * (k - 63.5);
            }
        }
        double dx = -x / mass;
        double dz = -z / mass;
        return new SpherePhantom(solid.spheres().stream()
                .map(s -> new Sphere(s.x() + dx, s.y(), s.z() + dz, s.radius()))
                .toList());
    }

    private static double[][] withoutMean(double[][] shifts) {
        double[] mean = new double[2];
        for (double[] shift : shifts) for (int d = 0; d < 2; d++) mean[d] += shift[d] / shifts.length;
        return Arrays.stream(shifts)
                .map(shift -> new double[] {shift[0] - mean[0], shift[1] - mean[1]})
                .toArray(double[][]::new);
    }

    @Test
    void projectionMatchingImprovesOnNeighbours() {
        MisalignedPhantom phantom = small(2);
        TiltSeries series = noisy(phantom);
        Result found = aligned(series, Method.PROJECTION_MATCHING, true);
        requireFalling(found);
        assertTrue(found.rounds().size() > 1);
        double[] before = phantom.left(aligned(series, Method.CORRELATION, true).moves());
        double[] after = phantom.left(found.moves());
        assertTrue(after[1] < before[1], Arrays.toString(before) + " " + Arrays.toString(after));
    }

    private static void requireFalling(Result found) {
        double last = Double.POSITIVE_INFINITY;
        for (TiltAlignment.Round round : found.rounds()) {
            assertTrue(round.dataResidual() <= last, found.rounds().toString());
            last = round.dataResidual();
        }
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void oneBadProjectionSpoilsNoOther(Method method) {
        MisalignedPhantom phantom = small(0);
        TiltSeries series = noisy(phantom);
        Arrays.fill(Planes.sharedPlane(series.projections(), 30), 60_000);
        Result found = aligned(series, method, false);
        List<Affine> moves = new ArrayList<>(found.moves());
        moves.set(30, phantom.seen(30).inverse().then(between(phantom, moves, 30)));
        assertLeft(phantom, new Result(moves, 0, 0, new double[0], true, 0, List.of(), true), 0.2, 1.0, 0.8);
    }

    /** The case of the specification, the axis being searched at the same time. */
    @ParameterizedTest
    @CsvSource({"8, false", "30, true"})
    void oneBadProjectionSpoilsNoOtherWhileTheAxisIsSearched(int bad, boolean saturated) {
        MisalignedPhantom phantom = own(103);
        TiltSeries series = noisy(phantom);
        float[] plane = Planes.sharedPlane(series.projections(), bad);
        if (saturated) Arrays.fill(plane, 60_000);
        else System.arraycopy(noisy(own(108)).projection(bad), 0, plane, 0, plane.length); // another place on the grid
        Result found = aligned(series, Method.ALL, true);
        List<Affine> moves = new ArrayList<>(found.moves());
        moves.set(bad, phantom.seen(bad).inverse().then(between(phantom, moves, bad)));
        assertLeft(phantom, new Result(moves, 0, 0, new double[0], true, 0, List.of(), true), 0.2, 0.2, 0.3);
        requireFalling(found);
    }

    /** For methods that end with a volume three bad projections of 41 leave 0.29 pixels in this small case. */
    @ParameterizedTest
    @EnumSource(names = {"CORRELATION", "COMMON_LINE"})
    void aDeadASaturatedAndAJumpedProjectionSpoilNoOther(Method method) {
        MisalignedPhantom phantom = small(0);
        TiltSeries series = noisy(phantom);
        Arrays.fill(Planes.sharedPlane(series.projections(), 6), 0);
        Arrays.fill(Planes.sharedPlane(series.projections(), 30), 60_000);
        float[] noise = Planes.sharedPlane(series.projections(), 18);
        System.arraycopy(DetectorModelTest.noise(noise.length), 0, noise, 0, noise.length);
        Result found = aligned(series, method, false);
        List<Affine> moves = new ArrayList<>(found.moves());
        for (int k : new int[] {6, 18, 30}) {
            moves.set(k, phantom.seen(k).inverse().then(between(phantom, moves, k)));
        }
        assertLeft(phantom, new Result(moves, 0, 0, new double[0], true, 0, List.of(), true), 0.2, 1.0, 0.8);
    }

    /** What is left of the misalignment of the neighbours, so that a spoilt projection counts neither way. */
    private static Affine between(MisalignedPhantom phantom, List<Affine> moves, int k) {
        return phantom.seen(k - 1).then(moves.get(k - 1));
    }

    @Test
    void withoutASearchTheReferenceStaysInPlaceAndNothingIsTurned() {
        TiltSeries series = noisy(small(2));
        for (Method method : Method.values()) {
            Result found = TiltAlignment.align(series, method, 7, false, Progress.SILENT);
            assertEquals(0, found.axisDeg());
            assertFalse(found.axisFound());
            assertEquals(0, found.moves().get(7).dx(), 1e-9, "across");
            assertEquals(0, found.moves().get(7).dy(), 1e-3, "along");
        }
    }

    @Test
    void anAlignedSeriesIsLeftAsItIs() {
        SpherePhantom solid = SinteringPhantom.of(24, 101).at(0.5, 128);
        MisalignedPhantom straight = MisalignedPhantom.of(solid, 64, 2, 0, 0, 0, 1);
        Result found = aligned(noisy(straight), Method.COMMON_LINE, true);
        assertLeft(straight, found, 0.15, 0.15, 0.8);
    }

    @Test
    void theOrderOfTheTiltsDoesNotMatter() {
        TiltSeries series = noisy(small(2));
        List<float[]> planes = new ArrayList<>();
        double[] angles = new double[41];
        for (int i = 0; i < 41; i++) {
            int k = i * 17 % 41;
            planes.add(series.projection(k));
            angles[i] = series.anglesDeg()[k];
        }
        TiltSeries mixed = new TiltSeries(Planes.ofFloats(planes, 64, 64), angles, series.pixel());
        Result a = aligned(series, Method.CORRELATION, false);
        Result b = aligned(mixed, Method.CORRELATION, false);
        for (int i = 0; i < 41; i++) {
            assertEquals(a.moves().get(i * 17 % 41).dx(), b.moves().get(i).dx(), 1e-6);
            assertEquals(a.moves().get(i * 17 % 41).dy(), b.moves().get(i).dy(), 1e-6);
        }
    }

    @Test
    void anObjectThatIsCutOffLeavesTheAxisAlone() {
        SpherePhantom rod = new SpherePhantom(java.util.stream.IntStream.range(0, 40)
                .mapToObj(i -> new Sphere(10 * i - 200, 40 * Math.sin(i), 20 * Math.cos(2.3 * i), 14 + i % 5))
                .toList());
        MisalignedPhantom phantom = MisalignedPhantom.of(rod, 64, 2, 0, 0, 2, 1);
        Result found = aligned(noisy(phantom), Method.COMMON_LINE, true);
        assertFalse(found.axisFound());
        assertEquals(0, found.axisDeg());
    }

    @Test
    void oneThreadAndManyGiveTheSameBits() {
        TiltSeries series = noisy(small(2));
        Result one = TiltAlignment.align(series, Method.COMMON_LINE, -1, true, new Threads(1));
        Result four = TiltAlignment.align(series, Method.COMMON_LINE, -1, true, new Threads(4));
        assertEquals(one.moves(), four.moves());
        assertArrayEquals(one.residualPx(), four.residualPx());
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void oddTinyAndEmptySeriesAreTakenAsTheyAre(Method method) {
        for (int[] size : new int[][] {{7, 11, 5}, {1, 1, 3}, {5, 1, 2}, {1, 9, 1}}) {
            List<float[]> planes = new ArrayList<>();
            double[] angles = new double[size[2]];
            for (int k = 0; k < size[2]; k++) {
                planes.add(DetectorModelTest.noise(size[0] * size[1]));
                angles[k] = 10 * k;
            }
            planes.set(0, new float[size[0] * size[1]]);
            TiltSeries series = new TiltSeries(Planes.ofFloats(planes, size[0], size[1]), angles, VoxelSize.pixels());
            for (Affine move : aligned(series, method, true).moves())
                assertTrue(Double.isFinite(move.dx() + move.dy()));
        }
    }

    @Test
    void theRealNeedleIsAlignedMuchBetterThanByShiftsAlone() {
        TiltSeries needle = RealNeedle.series();
        double[] reference = new double[91];
        for (int k = 0; k < 91; k++)
            reference[k] = RealNeedle.referenceMoves().get(k).dy();
        Result found = aligned(needle, Method.COMMON_LINE, false);
        double along = 0;
        for (int k = 0; k < 91; k++) along += Math.pow(found.moves().get(k).dy() - reference[k], 2) / 91;
        // Ours and the quick alignment beside the data, both without a turn of the axis.
        assertTrue(Math.sqrt(along) < 0.5, "along the axis " + Math.sqrt(along));
        Result turned = aligned(needle, Method.COMMON_LINE, true);
        assertEquals(-10.2, turned.axisDeg(), 0.5);
    }
}
