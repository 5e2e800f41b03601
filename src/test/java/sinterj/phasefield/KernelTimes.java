package sinterj.phasefield;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Prints what an element of each inner loop costs, in nanoseconds of processor time. */
public final class KernelTimes {
    private static final int N = 1024;
    private static final int REPEATS = 2000;
    private static final int ROUNDS = 25;

    private KernelTimes() {}

    public static void main(String[] args) {
        float[][] a = new float[8][N];
        SplittableRandom random = new SplittableRandom(1);
        for (float[] line : a) for (int i = 0; i < N; i++) line[i] = (float) random.nextDouble();
        Map<String, Runnable> loops = new LinkedHashMap<>();
        loops.put("powers", () -> Kernels.powers(0, N, a[0], a[1], a[2], a[3]));
        loops.put("powersAndDrift", () -> Kernels.powersAndDrift(0, N, a[0], a[1], a[2], a[3], 0.1f, a[4]));
        loops.put("addRamped", () -> Kernels.addRamped(0, N, a[0], a[1], 0.1f, 0.2f, a[2]));
        loops.put("sumOfSix", () -> Kernels.sumOfSix(0, N, a[0], a[1], a[2], a[3], a[4], a[5], a[6]));
        loops.put("potential", () -> Kernels.potential(0, N, a[0], a[1], a[2], a[3], a[4], 2f, 0.1f, 3f));
        loops.put("mobility", () -> Kernels.mobility(0, N, a[0], a[1], a[2], a[3], 0.1f, 0.2f, 0.3f, 0.4f));
        loops.put("spread", () -> Kernels.spread(0, N, a[0], a[1], a[2], a[3], a[4]));
        loops.put("addSlope", () -> Kernels.addSlope(0, N, a[0], a[1], a[2]));
        loops.put("potentialVaried", () -> Kernels.potentialVaried(0, N, a[0], a[1], a[2], a[3], a[4], a[5]));
        loops.put("relaxVaried", () -> Kernels.relaxVaried(N, a[0], a[1], a[2], a[3], a[4], a[5], 0.1f, 0.2f));
        loops.put("slope", () -> CrystalKernels.slope(0, N, a[0], a[1], a[2]));
        loops.put("addFaces", () -> CrystalKernels.addFaces(0, N, a[0], a[1], a[2], a[3]));
        loops.put("squaredLength", () -> CrystalKernels.squaredLength(0, N, a[0], a[1], a[2], a[3]));
        loops.put("perRoot", () -> CrystalKernels.perRoot(0, N, a[0], 0.1f, a[1]));
        loops.put("mean", () -> CrystalKernels.mean(0, N, a[0], a[1], a[2], a[3], a[4], 0.1f));
        loops.put("fade", () -> CrystalKernels.fade(0, N, a[0], 0.1f, 1.1f));
        loops.put("surfaceEnergy", () -> CrystalKernels.surfaceEnergy(0, N, a[0], a[1], a[2], a[3], a[4], 0.5f));
        loops.put("stress", () -> CrystalKernels.stress(0, N, a[0], a[1], a[2], 0.1f, 0.2f));
        loops.put("turning", () -> CrystalKernels.turning(0, N, a[0], a[1], a[2], a[3], a[4], a[5], 0.5f, 0.1f));
        loops.put("turned", () -> CrystalKernels.turned(0, N, a[0], a[1], a[2]));
        loops.put("takeAway", () -> CrystalKernels.takeAway(0, N, a[0], 0.1f));
        loops.put("along", () -> CrystalKernels.along(N, a[0], a[1], a[2], 0.1f, 0.2f, 0.3f, a[3]));
        loops.put("tilts", () -> ConvexEnergy.tilts(N, a[0], a[1], a[2], a[3]));
        loops.put("turns", () -> ConvexEnergy.turns(N, a[0], a[1], a[2]));
        loops.put("combine", () -> CrystalKernels.combine(0, N, a[0], a[1], a[2], a[3], a[4]));
        loops.put("boundaryEnergy", () -> CrystalKernels.boundaryEnergy(0, N, a[0], a[1], 0.1f, 0.5f));
        loops.put("coefficients", () -> CrystalKernels.coefficients(0, N, a[0], a[1], a[2], a[3], a[4], 4f));
        loops.put("addTwice", () -> Kernels.addTwice(N, a[0], 0.1f, a[1], a[2]));
        loops.put("flux", () -> Kernels.flux(0, N, a[0], a[1], a[2], a[3], a[4]));
        loops.put("carry", () -> Kernels.carry(0, N, a[0], a[1], a[2], a[3], a[4]));
        loops.put("divergence", () -> Kernels.divergence(0, N, a[0], a[1], a[2], a[3], a[4], a[5], a[6]));
        loops.put("relax", () -> Kernels.relax(N, a[0], a[1], a[2], a[3], a[4], 0.1f, 0.2f));
        loops.put("moveRamped", () -> Kernels.moveRamped(N, a[0], a[1], a[2], 0.1f, 0.2f, a[3]));
        loops.put("moveTwice", () -> Kernels.moveTwice(N, a[0], a[1], a[2], a[3], 0.1f, 0.2f, 0.3f, a[4]));
        loops.put("step", () -> Kernels.step(0, N, a[0], a[1], a[2], 0.1f));
        loops.put("stepExactly", () -> Kernels.stepExactly(0, N, a[0], a[1], a[2], a[3], 0.1f));
        loops.put("stage", () -> Kernels.stage(0, N, a[0], a[1], a[2], a[3], 0.1f, 0.2f, 0.3f, 0.1f));
        loops.put("sum", () -> Kernels.sum(0, N, a[0], a[1], a[2]));
        loops.put("scale", () -> Kernels.scale(0, N, a[0], 0.1f, a[1]));
        loops.put("most", () -> Kernels.most(0, N, a[0], a[1]));
        loops.put("error", () -> Kernels.error(0, N, a[0], a[1], a[2], a[3], 0.1f));
        loops.put("addSquares", () -> Kernels.addSquares(N, a[0], a[1]));
        for (Map.Entry<String, Runnable> loop : loops.entrySet()) {
            // Loops that add to an array would run away, and denormal or infinite numbers cost more.
            double best = Double.POSITIVE_INFINITY;
            for (int round = 0; round < ROUNDS; round++) {
                for (float[] line : a) Arrays.fill(line, 0.5f);
                best = Math.min(best, time(loop.getValue()));
            }
            System.out.printf(Locale.ROOT, "%s %.4f%n", loop.getKey(), best);
        }
    }

    private static double time(Runnable loop) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < REPEATS; i++) loop.run();
        long after = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        return (after - before) / ((double) REPEATS * N);
    }
}
