package sinterj.tomo;

import java.util.Random;
import sinterj.base.Progress;
import sinterj.trial.Threads;

/** What the tests of this package share: thread counts, random rows, slow obvious projection, balls. */
final class TomoTesting {
    private TomoTesting() {}

    static Progress threads(int count) {
        return new Threads(count);
    }

    static float[][] random(int rows, int length, long seed) {
        Random random = new Random(seed);
        float[][] values = new float[rows][length];
        for (float[] row : values) for (int i = 0; i < length; i++) row[i] = (float) random.nextGaussian();
        return values;
    }

    static double dot(float[][] a, float[][] b) {
        double sum = 0;
        for (int r = 0; r < a.length; r++) for (int i = 0; i < a[r].length; i++) sum += (double) a[r][i] * b[r][i];
        return sum;
    }

    static double norm(float[][] a) {
        return Math.sqrt(dot(a, a));
    }

    static double distance(float[][] a, float[][] b) {
        double sum = 0;
        for (int r = 0; r < a.length; r++) {
            for (int i = 0; i < a[r].length; i++) sum += ((double) a[r][i] - b[r][i]) * ((double) a[r][i] - b[r][i]);
        }
        return Math.sqrt(sum);
    }

    static double[] range(double start, double step, int count) {
        double[] angles = new double[count];
        for (int i = 0; i < count; i++) angles[i] = start + i * step;
        return angles;
    }

    /** Joseph's projection of one slice, [z * width + x], ray by ray in double, from the equation of the ray. */
    static double[] slowProjection(double[] slice, int width, int depth, int rays, double angleDeg) {
        double cos = Math.cos(Math.toRadians(angleDeg));
        double sin = Math.sin(Math.toRadians(angleDeg));
        double xc = (width - 1) / 2.0;
        double zc = (depth - 1) / 2.0;
        double[] sums = new double[rays];
        for (int r = 0; r < rays; r++) {
            double u = r - (rays - 1) / 2.0;
            if (Math.abs(sin) <= Math.abs(cos)) {
                for (int z = 0; z < depth; z++) {
                    double x = (u - (z - zc) * sin) / cos + xc;
                    for (int i = 0; i < width; i++) {
                        sums[r] += slice[z * width + i] * Math.max(0, 1 - Math.abs(x - i)) / Math.abs(cos);
                    }
                }
            } else {
                for (int x = 0; x < width; x++) {
                    double z = (u - (x - xc) * cos) / sin + zc;
                    for (int i = 0; i < depth; i++) {
                        sums[r] += slice[i * width + x] * Math.max(0, 1 - Math.abs(z - i)) / Math.abs(sin);
                    }
                }
            }
        }
        return sums;
    }

    /** The part of each voxel that lies in a ball, from 4 x 4 x 4 points; positions from the volume's centre. */
    static float[][] ball(int width, int height, int depth, double cx, double cy, double cz, double radius) {
        float[][] rows = new float[depth * width][height];
        for (int z = 0; z < depth; z++) {
            for (int x = 0; x < width; x++) {
                for (int y = 0; y < height; y++) {
                    double px = x - (width - 1) / 2.0 - cx;
                    double py = y - (height - 1) / 2.0 - cy;
                    double pz = z - (depth - 1) / 2.0 - cz;
                    rows[z * width + x][y] = filled(px, py, pz, radius);
                }
            }
        }
        return rows;
    }

    private static float filled(double px, double py, double pz, double radius) {
        double distance = Math.sqrt(px * px + py * py + pz * pz);
        if (distance > radius + 1) return 0;
        if (distance < radius - 1) return 1;
        int inside = 0;
        for (int i = 0; i < 64; i++) {
            double x = px + (i % 4 - 1.5) / 4;
            double y = py + (i / 4 % 4 - 1.5) / 4;
            double z = pz + (i / 16 - 1.5) / 4;
            if (x * x + y * y + z * z < radius * radius) inside++;
        }
        return inside / 64f;
    }
}
