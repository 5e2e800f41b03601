package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.Outputs;
import sinterj.op.Runner;
import sinterj.tomo.TestData;
import sinterj.tomo.VolumeComparison;

/** The phantom of 24 balls denoised: at the lowest dose, with tilts that are off by a pixel, and then reconstructed. */
class DenoisedPhantomTest {
    private static final double[] ANGLES =
            IntStream.range(0, 41).mapToDouble(k -> -40 + 2 * k).toArray();

    private static <P extends Record> Outputs run(Operation<P> operation, Frames image, Map<String, Object> settings) {
        return Runner.run(
                operation, Inputs.of(image), Call.of(operation, settings).settings(), Progress.SILENT);
    }

    private static List<float[]> planes(Volume volume) {
        return IntStream.range(0, volume.depth()).mapToObj(volume::plane).toList();
    }

    private static Frames series(List<float[]> planes, int side) {
        Volume volume = new Volume(Planes.ofFloats(planes, side, side), VoxelSize.cube(256.0 / side, "nm"));
        return Frames.of("cu24", volume).withAngles(ANGLES);
    }

    private static Volume denoised(List<float[]> noisy, int side, String method) {
        return run(new DenoiseTiltSeries(), series(noisy, side), Map.of("method", method))
                .image("denoised")
                .first();
    }

    private static List<float[]> clean(int side, int subRays) throws IOException {
        return SpherePhantomData.counts(TestData.path("cu24_spheres.csv"), side, subRays, ANGLES);
    }

    /** Rows 120 to 135: 14.51 dB before. */
    private static List<float[]> middle(List<float[]> planes) {
        return planes.stream()
                .map(p -> java.util.Arrays.copyOfRange(p, 120 * 256, 136 * 256))
                .toList();
    }

    @Test
    @Tag("proof")
    void theLowestDoseReachesThirtyDecibels() throws IOException {
        List<float[]> noisy = planes(TestData.volume("cu24_256_noisy_x50.mrc", 0.02, VoxelSize.cube(1, "nm")));
        List<float[]> clean = middle(clean(256, 2));
        assertEquals(14.51, SpherePhantomData.psnr(clean, middle(noisy)), 0.005);
        double psnr = SpherePhantomData.psnr(clean, middle(planes(denoised(noisy, 256, "bm3d"))));
        System.out.println("256, bm3d " + psnr + " dB");
        assertTrue(psnr >= 30.0, psnr + " dB");
    }

    /** Whole pixels to and fro at random, so that nothing is interpolated. */
    private static List<float[]> moved(List<float[]> planes, int side) {
        Random random = new Random(5);
        List<float[]> moved = new ArrayList<>();
        for (float[] plane : planes) {
            int dx = random.nextInt(3) - 1;
            int dy = random.nextInt(3) - 1;
            float[] out = new float[plane.length];
            for (int i = 0; i < out.length; i++) {
                int x = Math.max(0, Math.min(side - 1, i % side - dx));
                int y = Math.max(0, Math.min(side - 1, i / side - dy));
                out[i] = plane[y * side + x];
            }
            moved.add(out);
        }
        return moved;
    }

    /** Blocks of neighbouring tilts are sought, so a pixel of misalignment takes little of what they bring. */
    @Test
    @Tag("proof")
    void neighbouringTiltsHelpThoughTheyAreOffByAPixelAndTheVolumeIsNoWorse() throws IOException {
        List<float[]> noisy = SpherePhantomData.floats(TestData.path("cu24_128_noisy.mrc"), 128, 41);
        List<float[]> clean = clean(128, 3);
        Volume single = denoised(noisy, 128, "bm3d");
        Volume joint = denoised(noisy, 128, "bm3d_tilt");
        Volume off = denoised(moved(noisy, 128), 128, "bm3d_tilt");
        double alone = SpherePhantomData.psnr(clean, planes(single));
        double aligned = SpherePhantomData.psnr(clean, planes(joint));
        double misaligned = SpherePhantomData.psnr(moved(clean, 128), planes(off));
        VolumeComparison fromSingle = reconstructed(single);
        VolumeComparison fromJoint = reconstructed(joint);
        String figures = "bm3d " + alone + ", bm3d_tilt " + aligned + ", off by a pixel " + misaligned + " dB; SIRT: "
                + fromSingle + " and " + fromJoint;
        System.out.println(figures);
        assertTrue(aligned >= alone + 0.8, figures);
        assertTrue(misaligned >= alone + 0.5, figures);
        assertTrue(fromJoint.scaledError() <= fromSingle.scaledError(), figures);
        assertTrue(fromJoint.overlap() >= fromSingle.overlap(), figures);
    }

    private static VolumeComparison reconstructed(Volume counts) {
        Map<String, Object> settings =
                Map.of("algorithm", "sirt", "iterations", 50, "background", 0.244, "counts_per_pixel_path", 0.4878);
        Volume volume = run(new ReconstructTiltSeries(), series(planes(counts), 128), settings)
                .image("volume")
                .first();
        return new VolumeComparison(volume, TestData.truth128());
    }
}
