package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.FrameTimes;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.Runner;

class RegisterFramesTest {
    private static final int[] SIDES = {45, 38, 31};

    /** Smooth balls at known places, moved by a known shift, with noise. */
    private static Volume balls(double dx, double dy, double dz, double noise, long seed) {
        Random random = new Random(seed);
        double[][] balls = {{14, 15, 11, 6}, {25, 21, 17, 7}, {30, 12, 14, 4}, {19, 26, 20, 5}};
        List<float[]> planes = new ArrayList<>();
        for (int z = 0; z < SIDES[2]; z++) {
            float[] plane = new float[SIDES[0] * SIDES[1]];
            for (int i = 0; i < plane.length; i++) {
                double sum = 5 + noise * random.nextGaussian();
                for (double[] b : balls) {
                    double x = i % SIDES[0] - b[0] - dx;
                    double y = i / SIDES[0] - b[1] - dy;
                    double r = Math.sqrt(x * x + y * y + (z - b[2] - dz) * (z - b[2] - dz));
                    sum += 1 / (1 + Math.exp(2 * (r - b[3])));
                }
                plane[i] = (float) sum;
            }
            planes.add(plane);
        }
        return new Volume(Planes.ofFloats(planes, SIDES[0], SIDES[1]), new VoxelSize(2, 2, 3, "nm"));
    }

    private static Outputs run(Inputs in, Map<String, ?> settings) {
        RegisterFrames operation = new RegisterFrames();
        return Runner.run(operation, in, Call.of(operation, settings).settings(), Progress.SILENT);
    }

    private static Frames drifting(double noise) {
        List<Volume> volumes =
                List.of(balls(0, 0, 0, noise, 1), balls(3.3, -2.1, 1, noise, 2), balls(-1.6, 0.4, -2.7, noise, 3));
        return new Frames("drifting", volumes, new FrameTimes(new double[] {0, 3, 5}), Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"previous", "first"})
    void knownDriftIsFoundToATenthOfAVoxelAndTakenBack(String reference) {
        double[][] true_ = {{0, 0, 0}, {3.3, -2.1, 1}, {-1.6, 0.4, -2.7}};
        Outputs made = run(Inputs.of(drifting(0.2)), Map.of("reference", reference));
        for (int t = 0; t < 3; t++) {
            double length = 0;
            for (int d = 0; d < 3; d++) {
                String column = "drift_" + "xyz".charAt(d);
                assertEquals(true_[t][d], made.table("drift").number(t, column), 0.1, reference + " " + column);
                length += Math.pow(made.table("drift").number(t, column) * (d == 2 ? 3 : 2), 2);
            }
            assertEquals(Math.sqrt(length), made.table("drift").number(t, "drift (nm)"), 1e-9);
        }
        Table drift = made.table("drift");
        System.out.printf(
                Locale.ROOT,
                "drift of 3.3, -2.1, 1: %.3f, %.3f, %.3f%n",
                drift.number(1, "drift_x"),
                drift.number(1, "drift_y"),
                drift.number(1, "drift_z"));
        Frames clean =
                run(Inputs.of(drifting(0)), Map.of("reference", reference)).image("registered");
        assertEquals(new FrameTimes(new double[] {0, 3, 5}), clean.times());
        for (int t = 1; t < 3; t++) {
            for (int z = 6; z < 25; z++) {
                float[] expected = drifting(0).first().plane(z);
                float[] found = clean.volumes().get(t).plane(z);
                // A tenth of a voxel times the steepest edge, where two balls meet: 0.5 a voxel each.
                for (int i = 0; i < expected.length; i++) assertEquals(expected[i], found[i], 0.1);
            }
        }
    }

    @Test
    void cropKeepsWhatEveryVolumeShows() {
        Volume cropped = run(Inputs.of(drifting(0.1)), Map.of("crop", "true"))
                .image("registered")
                .first();
        // Moved right by 3.3 a volume has nothing for the last four columns of the first, and so on.
        assertEquals(45 - 4 - 2, cropped.width());
        assertEquals(38 - 3 - 1, cropped.height());
        assertEquals(new VoxelSize(2, 2, 3, "nm"), cropped.size());
    }

    /** A bright body moves one way, the rest another: the region says which is meant. */
    @Test
    void onlyTheRegionIsCompared() {
        Volume still = balls(0, 0, 0, 0.05, 4);
        Volume moved = balls(2, 0, 0, 0.05, 5);
        List<float[]> planes = new ArrayList<>();
        byte[][] mask = new byte[SIDES[2]][SIDES[0] * SIDES[1]];
        for (int z = 0; z < SIDES[2]; z++) {
            float[] plane = moved.plane(z).clone();
            for (int i = 0; i < plane.length; i++) {
                boolean inside = i % SIDES[0] < 22 && i / SIDES[0] < 21;
                if (inside) plane[i] = still.plane(z)[i];
                mask[z][i] = (byte) (inside ? 255 : 0);
            }
            planes.add(plane);
        }
        Volume mixed = new Volume(Planes.ofFloats(planes, SIDES[0], SIDES[1]), still.size());
        Frames image = Frames.of("mixed", List.of(still, mixed));
        Frames region =
                Frames.of("region", new Volume(Planes.ofBytes(List.of(mask), SIDES[0], SIDES[1]), still.size()));
        double whole = run(Inputs.of(image), Map.of()).table("drift").number(1, "drift_x");
        double part = run(Inputs.of(image).with("region", region), Map.of())
                .table("drift")
                .number(1, "drift_x");
        assertEquals(0, part, 0.1);
        assertTrue(whole > 0.5, "whole " + whole);
    }

    @Test
    void volumesWithoutDriftOrContentStayAsTheyAre() {
        Frames still = Frames.of("still", List.of(balls(0, 0, 0, 0, 1), balls(0, 0, 0, 0, 1)));
        Frames made = run(Inputs.of(still), Map.of()).image("registered");
        for (int z = 0; z < SIDES[2]; z++) {
            assertArrayEquals(still.first().plane(z), made.volumes().get(1).plane(z), 1e-3f);
        }
        Volume empty = new Volume(Planes.floats(5, 1, 1), VoxelSize.pixels());
        Outputs nothing = run(Inputs.of(Frames.of("empty", List.of(empty, empty))), Map.of());
        assertEquals(0, nothing.table("drift").number(1, "drift (pixel)"));
    }

    @Test
    void wholeVoxelsAreCopied() {
        Volume volume = balls(0, 0, 0, 1, 9);
        Volume moved = sinterj.tomo.FrameRegistration.moved(volume, new double[] {2, -1, 3}, Progress.SILENT);
        for (int z = 3; z < SIDES[2]; z++) {
            for (int y = 0; y < SIDES[1] - 1; y++) {
                for (int x = 2; x < SIDES[0]; x++) {
                    float expected = volume.plane(z - 3)[(y + 1) * SIDES[0] + x - 2];
                    assertEquals(expected, moved.plane(z)[y * SIDES[0] + x]);
                }
            }
        }
    }

    @Test
    void whatCannotWorkIsRefused() {
        Frames small = Frames.of("small", new Volume(Planes.floats(5, 5, 5), VoxelSize.pixels()));
        InvalidInput refused = assertThrows(
                InvalidInput.class, () -> run(Inputs.of(drifting(0)).with("region", small), Map.of()));
        assertTrue(refused.getMessage().contains("region"), refused.getMessage());
    }
}
