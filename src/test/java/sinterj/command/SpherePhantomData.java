package sinterj.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The noise-free counts of the phantom of 24 spheres, from chord lengths, and its noisy series. */
final class SpherePhantomData {
    private static final double FIELD_NM = 256;

    private SpherePhantomData() {}

    static List<float[]> floats(Path mrc, int side, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(mrc)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(1024);
        List<float[]> planes = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            float[] plane = new float[side * side];
            for (int i = 0; i < plane.length; i++) plane[i] = bytes.getFloat();
            planes.add(plane);
        }
        return planes;
    }

    /** Expected counts: 250 electrons per square nanometre in all, mean free path 100 nm, background 1 %. */
    static List<float[]> counts(Path spheresCsv, int side, int subRays, double[] anglesDeg) throws IOException {
        List<double[]> spheres = new ArrayList<>();
        for (String line : Files.readAllLines(spheresCsv)) {
            if (line.isBlank() || line.startsWith("#")) continue;
            String[] words = line.split(",");
            double[] sphere = new double[4];
            for (int i = 0; i < 4; i++) sphere[i] = FIELD_NM * Double.parseDouble(words[i]);
            spheres.add(sphere);
        }
        double pixel = FIELD_NM / side;
        double electrons = 250.0 / anglesDeg.length * pixel * pixel;
        List<float[]> counts = new ArrayList<>();
        for (double angle : anglesDeg) {
            float[] plane = new float[side * side];
            for (int i = 0; i < plane.length; i++) {
                double sum = 0;
                for (int s = 0; s < subRays * subRays; s++) {
                    double u = (i % side + (s % subRays + 0.5) / subRays - side / 2.0) * pixel;
                    double v = (i / side + (s / subRays + 0.5) / subRays - side / 2.0) * pixel;
                    sum += path(spheres, Math.toRadians(angle), u, v);
                }
                plane[i] = (float) (electrons * (sum / (subRays * subRays) / 100 + 0.01));
            }
            counts.add(plane);
        }
        return counts;
    }

    private static double path(List<double[]> spheres, double tilt, double u, double v) {
        List<double[]> chords = new ArrayList<>();
        for (double[] s : spheres) {
            double du = u - s[0] * Math.cos(tilt) - s[2] * Math.sin(tilt);
            double half = s[3] * s[3] - du * du - (v - s[1]) * (v - s[1]);
            if (half <= 0) continue;
            double middle = s[2] * Math.cos(tilt) - s[0] * Math.sin(tilt);
            chords.add(new double[] {middle - Math.sqrt(half), middle + Math.sqrt(half)});
        }
        chords.sort(Comparator.comparingDouble(c -> c[0]));
        double length = 0;
        double end = Double.NEGATIVE_INFINITY;
        for (double[] chord : chords) {
            length += Math.max(0, chord[1] - Math.max(chord[0], end));
            end = Math.max(end, chord[1]);
        }
        return length;
    }

    /** Peak signal-to-noise ratio of a series; the peak is the largest noise-free count. */
    static double psnr(List<float[]> clean, List<float[]> other) {
        double peak = 0;
        double sum = 0;
        long count = 0;
        for (int k = 0; k < clean.size(); k++) {
            for (int i = 0; i < clean.get(k).length; i++) {
                double d = clean.get(k)[i] - other.get(k)[i];
                peak = Math.max(peak, clean.get(k)[i]);
                sum += d * d;
                count++;
            }
        }
        return 10 * Math.log10(peak * peak * count / sum);
    }
}
