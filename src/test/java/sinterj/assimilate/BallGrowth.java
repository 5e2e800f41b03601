package sinterj.assimilate;

import java.util.Map;
import java.util.SplittableRandom;
import sinterj.base.Progress;
import sinterj.math.RandomDraws;
import sinterj.optimize.FreeParameter;
import sinterj.optimize.SearchSpace;

/** A stand-in for a simulation: an ellipsoid whose half axes change at rates that are the parameters. */
record BallGrowth(int size, double[] seconds, double radius) implements ForwardModel {
    static final SearchSpace SPACE =
            SearchSpace.of(FreeParameter.log("rate_x", 0.01, 1), FreeParameter.log("rate_y", 0.01, 1));

    static BallGrowth usual() {
        double[] seconds = new double[6];
        for (int t = 0; t < 6; t++) seconds[t] = 2 * t;
        return new BallGrowth(32, seconds, 8);
    }

    @Override
    public void run(Map<String, Double> parameters, Sink sink, Progress progress) {
        for (int t = 0; t < seconds.length; t++) {
            if (!sink.take(t, frame(parameters.get("rate_x"), parameters.get("rate_y"), seconds[t]))) return;
        }
    }

    float[][] frame(double x, double y, double t) {
        double a = radius + 5 * (1 - Math.exp(-x * t / 5));
        double b = radius - 5 * (1 - Math.exp(-y * t / 5));
        double c = (size - 1) / 2.0;
        float[][] planes = new float[size][size * size];
        for (int k = 0; k < size; k++) {
            for (int j = 0; j < size; j++) {
                for (int i = 0; i < size; i++) {
                    double q = Math.sqrt(sq((i - c) / a) + sq((j - c) / b) + sq((k - c) / radius));
                    planes[k][j * size + i] = (float) (0.5 * (1 + Math.tanh((1 - q) * radius / 2)));
                }
            }
        }
        return planes;
    }

    private static double sq(double v) {
        return v * v;
    }

    /** What would be seen with these rates, each surface rough by noise over some voxels, and specks. */
    Observation seen(double x, double y, long seed, int[] order) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[][][] solid = new byte[seconds.length][size][];
        for (int t = 0; t < seconds.length; t++) {
            float[][] noise = noise(random);
            float[][] density = frame(x, y, seconds[order == null ? t : order[t]]);
            for (int z = 0; z < size; z++) {
                solid[t][z] = new byte[size * size];
                for (int i = 0; i < size * size; i++) {
                    double rho = density[z][i];
                    double rough = rho + 0.08 * 4 * rho * (1 - rho) * noise[z][i];
                    boolean there = rough > 0.5 ^ random.nextDouble() < 0.002;
                    solid[t][z][i] = (byte) (there ? 255 : 0);
                }
            }
        }
        double[] weights = new double[seconds.length];
        java.util.Arrays.fill(weights, 1);
        return new Observation(size, size, size, seconds, solid, weights, null);
    }

    /** Unit noise that is equal over cubes of two voxels. */
    private float[][] noise(SplittableRandom random) {
        int half = size / 2 + 1;
        double[] cubes = new double[half * half * half];
        for (int i = 0; i < cubes.length; i++) cubes[i] = RandomDraws.gaussian(random);
        float[][] noise = new float[size][size * size];
        for (int z = 0; z < size; z++) {
            for (int i = 0; i < size * size; i++) {
                noise[z][i] = (float) cubes[(z / 2 * half + i / size / 2) * half + i % size / 2];
            }
        }
        return noise;
    }
}
