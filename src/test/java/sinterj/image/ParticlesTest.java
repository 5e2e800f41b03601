package sinterj.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.io.Mrc;

class ParticlesTest {
    private static final ParticleOptions PLAIN = new ParticleOptions(Double.NaN, 0, true, 0.9, 0, true);

    private static Particles find(List<Volume> frames) {
        return Particles.find(frames, PLAIN, Progress.SILENT);
    }

    /** A ball: centre and radius in voxels. */
    private record Ball(double x, double y, double z, double r) {
        /** How far a point lies outside; below 0 how deep inside. */
        double outside(double px, double py, double pz) {
            return Math.sqrt((px - x) * (px - x) + (py - y) * (py - y) + (pz - z) * (pz - z)) - r;
        }
    }

    private static Volume drawn(int w, int h, int d, List<Ball> balls) {
        return Phantoms.volume(w, h, d, (x, y, z) -> balls.stream().anyMatch(b -> b.outside(x, y, z) < 0) ? 255 : 0);
    }

    private static int at(Particles found, int t, double x, double y, double z) {
        LabelVolume labels = found.labels().get(t);
        int width = (int) labels.labels().dimension(0);
        float[] plane = Planes.plane(labels.labels(), (int) Math.rint(z));
        return (int) plane[(int) Math.rint(y) * width + (int) Math.rint(x)];
    }

    @Test
    void touchingBallsAreParticlesNumberedBySize() {
        List<Ball> balls = List.of(new Ball(12, 12, 12, 6), new Ball(24, 12, 12, 7), new Ball(35, 12, 12, 5));
        Particles found = find(List.of(drawn(50, 24, 24, balls)));
        assertEquals(3, found.rows().size());
        assertEquals(1, at(found, 0, 24, 12, 12));
        assertEquals(2, at(found, 0, 12, 12, 12));
        assertEquals(3, at(found, 0, 35, 12, 12));
        assertEquals(2, found.rows().get(0).neighbours());
        assertEquals(24, found.rows().get(0).centre()[0], 0.5);
        assertEquals(7, found.rows().get(0).equivalentRadius(), 0.5);
    }

    @Test
    void particlesKeepTheirNumbersWhileTheyMoveGrowAndShrink() {
        List<Volume> frames = new ArrayList<>();
        for (int t = 0; t < 12; t++) {
            frames.add(drawn(
                    60,
                    30,
                    30,
                    List.of(
                            new Ball(14 + 1.2 * t, 13, 14, 7 + 0.15 * t),
                            new Ball(48 - 0.4 * t, 14, 15, 6 - 0.25 * t))));
        }
        Particles found = find(frames);
        for (int t = 0; t < 12; t++) {
            assertEquals(1, at(found, t, 14 + 1.2 * t, 13, 14), "frame " + t);
            assertEquals(2, at(found, t, 49 - 0.4 * t, 14, 15), "frame " + t);
        }
        assertEquals(24, found.rows().size());
    }

    @Test
    void aNeckThatNoLongerShowsStaysTheBorder() {
        // Towards the end the distance map has one maximum only.
        List<Volume> frames = new ArrayList<>();
        for (int t = 0; t < 14; t++) {
            double apart = 15 - 0.8 * t;
            frames.add(drawn(
                    48, 28, 28, List.of(new Ball(24 - apart / 2, 14, 14, 8), new Ball(24 + apart / 2, 14, 14, 8))));
        }
        int alone = find(frames.subList(13, 14)).rows().size();
        assertEquals(1, alone);
        Particles found = find(frames);
        assertEquals(28, found.rows().size());
        List<Particle> last = found.rows().subList(26, 28);
        assertEquals(
                last.get(0).volume(), last.get(1).volume(), 0.15 * last.get(0).volume());
    }

    @Test
    void aParticleThatAppearsGetsANewNumberAndOneThatGoesLeavesItsOwn() {
        Ball stays = new Ball(10, 10, 10, 6);
        Ball goes = new Ball(30, 10, 10, 5);
        Ball comes = new Ball(50, 10, 10, 4);
        Particles found = find(List.of(
                drawn(60, 20, 20, List.of(stays, goes)),
                drawn(60, 20, 20, List.of(stays)),
                drawn(60, 20, 20, List.of(stays, comes))));
        assertEquals(
                List.of(1, 2, 1, 1, 3), found.rows().stream().map(Particle::id).toList());
    }

    @Test
    void inThePhantomEveryParticleKeepsItsNumberOverAllFrames() throws IOException {
        String data = System.getProperty("sinterj.data", "");
        Assumptions.assumeTrue(!data.isEmpty(), "skipped: the sintering phantom, since sinterj.data is not set");
        List<Volume> frames = phantom(Path.of(data, "tomography", "cu24_4d_64_truth_pct.mrc"));
        List<List<Ball>> truth = spheres(Path.of(data, "tomography", "cu24_4d_spheres.csv"));
        Particles found = find(frames);
        assertEquals(18 * 24, found.rows().size());
        int[] idOf = new int[24];
        for (int t = 0; t < 18; t++) {
            int[][] shared = shared(frames.get(t), found.labels().get(t), truth.get(t));
            for (int ball = 0; ball < 24; ball++) {
                int best = 1;
                for (int id = 1; id < 25; id++) if (shared[ball][id] > shared[ball][best]) best = id;
                if (t == 0) idOf[ball] = best;
                assertEquals(idOf[ball], best, "ball " + ball + " in frame " + (t + 1));
                long own = 0;
                for (int b = 0; b < 24; b++) own += shared[b][best];
                assertTrue(2 * shared[ball][best] > own, "most of particle " + best + " in frame " + (t + 1));
            }
        }
        assertEquals(24, IntStream.of(idOf).distinct().count());
    }

    private static List<Volume> phantom(Path file) {
        Volume all = Mrc.volume(file, Progress.SILENT);
        List<Volume> frames = new ArrayList<>();
        for (int t = 0; t < 18; t++) {
            List<float[]> planes = new ArrayList<>();
            for (int z = 0; z < 64; z++) planes.add(all.plane(64 * t + z));
            frames.add(new Volume(Planes.ofFloats(planes, 64, 64), VoxelSize.cube(2, "nm")));
        }
        return frames;
    }

    private static List<List<Ball>> spheres(Path file) throws IOException {
        List<List<Ball>> frames = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("#")) continue;
            String[] words = line.split(",");
            int t = Integer.parseInt(words[0]);
            while (frames.size() <= t) frames.add(new ArrayList<>());
            double[] n = new double[5];
            for (int i = 1; i < 5; i++) n[i] = 64 * Double.parseDouble(words[i]);
            frames.get(t).add(new Ball(31.5 + n[1], 31.5 + n[2], 31.5 + n[3], n[4]));
        }
        return frames;
    }

    /** Voxels by the ball in which they lie deepest, and by particle. */
    private static int[][] shared(Volume frame, LabelVolume labels, List<Ball> balls) {
        int[][] shared = new int[balls.size()][64];
        for (int z = 0; z < frame.depth(); z++) {
            float[] ids = Planes.plane(labels.labels(), z);
            for (int i = 0; i < ids.length; i++) {
                if (ids[i] == 0) continue;
                int deepest = 0;
                for (int b = 1; b < balls.size(); b++) {
                    if (balls.get(b).outside(i % 64, i / 64, z)
                            < balls.get(deepest).outside(i % 64, i / 64, z)) deepest = b;
                }
                shared[deepest][(int) ids[i]]++;
            }
        }
        return shared;
    }

    @Test
    void withoutTrackingEveryFrameIsNumberedBySize() {
        Ball large = new Ball(10, 10, 10, 6);
        Ball small = new Ball(30, 10, 10, 5);
        ParticleOptions apart = new ParticleOptions(Double.NaN, 0, true, 0.9, 0, false);
        List<Volume> frames = List.of(
                drawn(40, 20, 20, List.of(large, small)), drawn(40, 20, 20, List.of(new Ball(10, 10, 10, 4), small)));
        Particles found = Particles.find(frames, apart, Progress.SILENT);
        assertEquals(1, at(found, 0, 10, 10, 10));
        assertEquals(2, at(found, 1, 10, 10, 10));
    }

    @Test
    void specksAreLeftOutOrJoinedToWhatTheyTouch() {
        List<Ball> balls = List.of(new Ball(12, 12, 12, 7), new Ball(21, 12, 12, 3), new Ball(32, 12, 12, 1.5));
        Volume frame = drawn(40, 24, 24, balls);
        Particles all = find(List.of(frame));
        ParticleOptions large = new ParticleOptions(Double.NaN, 0, true, 0.9, 100, true);
        Particles few = Particles.find(List.of(frame), large, Progress.SILENT);
        assertEquals(3, all.rows().size());
        assertEquals(1, few.rows().size());
        long both = all.rows().get(0).voxels() + all.rows().get(1).voxels();
        assertEquals(both, few.rows().get(0).voxels());
    }

    @Test
    void thresholdsOfMasksFractionsAndGreyValuesSplitInTheMiddle() {
        List<Ball> balls = List.of(new Ball(8, 8, 8, 5));
        Volume mask = drawn(16, 16, 16, balls);
        assertEquals(127.5, AutoThreshold.of(List.of(mask), Progress.SILENT), 2);
        Volume fraction = Phantoms.volume(16, 16, 16, (x, y, z) -> mask.plane(z)[y * 16 + x] / 255 * 0.9);
        assertEquals(0.5, AutoThreshold.of(List.of(fraction), Progress.SILENT));
        Volume grey = Phantoms.volume(
                16, 16, 16, (x, y, z) -> 1000 + mask.plane(z)[y * 16 + x] + 60 * Math.sin(x + 3.1 * y + 7.7 * z));
        double threshold = AutoThreshold.of(List.of(grey), Progress.SILENT);
        assertTrue(threshold > 1060 && threshold < 1195, "" + threshold);
    }

    @Test
    void smoothingTakesNoiseAwayInUnequalVoxelsToo() {
        VoxelSize flat = new VoxelSize(1, 1, 3, "nm");
        Volume noisy = Phantoms.volume(40, 30, 12, flat, (x, y, z) -> {
            double ball = (x - 20) * (x - 20) + (y - 15) * (y - 15) + 9 * (z - 6) * (z - 6) < 100 ? 100 : 0;
            return ball + ((x * 7 + y * 13 + z * 29) % 17 == 0 ? 90 - ball : 0);
        });
        ParticleOptions smooth = new ParticleOptions(Double.NaN, 1.5, true, 0.9, 0, true);
        assertTrue(find(List.of(noisy)).rows().size() > 10);
        Particles found = Particles.find(List.of(noisy), smooth, Progress.SILENT);
        assertEquals(1, found.rows().size());
        assertEquals(4 / 3.0 * Math.PI * 1000, found.rows().get(0).volume(), 300);
    }

    @Test
    void sameBitsForAnyNumberOfThreads() {
        List<Volume> frames = List.of(Phantoms.random(30, 25, 12, 2, 1), Phantoms.random(30, 25, 12, 2, 1));
        Particles one = Particles.find(frames, PLAIN, Phantoms.threads(1));
        Particles four = Particles.find(frames, PLAIN, Phantoms.threads(4));
        for (int t = 0; t < 2; t++) {
            for (int z = 0; z < 12; z++) {
                assertArrayEquals(
                        Planes.plane(one.labels().get(t).labels(), z),
                        Planes.plane(four.labels().get(t).labels(), z));
            }
        }
    }

    @Test
    void whatHoldsNoParticlesIsRefusedInASentence() {
        Volume even = Phantoms.volume(6, 5, 4, (x, y, z) -> 7);
        assertTrue(assertThrows(InvalidInput.class, () -> find(List.of(even)))
                .getMessage()
                .contains("holds 7.0"));
        ParticleOptions high = new ParticleOptions(300, 0, true, 0.9, 0, true);
        Volume ball = drawn(16, 16, 16, List.of(new Ball(8, 8, 8, 5)));
        assertTrue(assertThrows(InvalidInput.class, () -> Particles.find(List.of(ball), high, Progress.SILENT))
                .getMessage()
                .contains("threshold 300"));
        ParticleOptions low = new ParticleOptions(-1, 0, true, 0.9, 0, true);
        assertTrue(assertThrows(InvalidInput.class, () -> Particles.find(List.of(ball), low, Progress.SILENT))
                .getMessage()
                .contains("Every voxel"));
    }
}
