package sinterj.tomo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import sinterj.image.Affine;
import sinterj.image.Planes;
import sinterj.image.TiltSeries;
import sinterj.image.VoxelSize;
import sinterj.math.RandomDraws;

/** Exact projections of spheres on a stage that drifts, with a leaning axis: where everything is, is known. */
record MisalignedPhantom(
        SpherePhantom solid,
        int size,
        double pixelNm,
        double[] anglesDeg,
        double axisDeg,
        double offset,
        double[][] shifts) {

    /**
     * The case of the specification.
     *
     * @param solid spheres in nm
     * @param reach shifts are uniform between minus and plus this, in pixels
     */
    static MisalignedPhantom of(
            SpherePhantom solid, int size, double pixelNm, double axisDeg, double offset, double reach, long seed) {
        double[] angles = new double[41];
        double[][] shifts = new double[41][2];
        SplittableRandom random = new SplittableRandom(seed);
        for (int k = 0; k < 41; k++) {
            angles[k] = -40 + 2 * k;
            for (int d = 0; d < 2; d++) shifts[k][d] = reach * (2 * random.nextDouble() - 1);
        }
        return new MisalignedPhantom(solid, size, pixelNm, angles, axisDeg, offset, shifts);
    }

    /** From where a point of the aligned projection is to where it is seen, in pixels. */
    Affine seen(int k) {
        return Affine.shift(offset, 0).then(Poses.turn(axisDeg)).then(Affine.shift(shifts[k][0], shifts[k][1]));
    }

    /** Path lengths in nm. */
    float[] path(int k) {
        double cos = Math.cos(Math.toRadians(anglesDeg[k]));
        double sin = Math.sin(Math.toRadians(anglesDeg[k]));
        Affine seen = seen(k);
        List<Sphere> tilted = new ArrayList<>();
        for (Sphere s : solid.spheres()) {
            double u = (s.x() * cos + s.z() * sin) / pixelNm;
            double y = s.y() / pixelNm;
            tilted.add(
                    new Sphere(seen.x(u, y) * pixelNm, seen.y(u, y) * pixelNm, s.z() * cos - s.x() * sin, s.radius()));
        }
        return new SpherePhantom(tilted).project(0, size, size, pixelNm, 3);
    }

    TiltSeries series(DetectorModel detector, long seed) {
        SplittableRandom[] noise = RandomDraws.streams(seed, anglesDeg.length);
        List<float[]> planes = new ArrayList<>();
        for (int k = 0; k < anglesDeg.length; k++) planes.add(detector.expose(path(k), noise[k]));
        return new TiltSeries(Planes.ofFloats(planes, size, size), anglesDeg, VoxelSize.cube(pixelNm, "nm"));
    }

    /** Dose of 250 electrons per nm2 for 41 tilts. */
    static DetectorModel dose(double pixelNm) {
        return new DetectorModel(250 / 41.0 * pixelNm * pixelNm, 100, 0.01, 0.5, 1, 0);
    }

    /**
     * What is left of the misalignment: root mean square across the axis after the best a cos t + b sin t, along it
     * after the best constant, both in pixels, and the angle of the axis in degrees.
     */
    double[] left(List<Affine> moves) {
        int n = anglesDeg.length;
        double[] x = new double[n];
        double[] y = new double[n];
        double turn = 0;
        for (int k = 0; k < n; k++) {
            Affine both = seen(k).then(moves.get(k));
            x[k] = both.dx();
            y[k] = both.dy();
            turn = Math.max(turn, Math.abs(Math.toDegrees(Math.atan2(both.a21(), both.a11()))));
        }
        return new double[] {rms(withoutWaves(x)), rms(withoutMean(y)), turn};
    }

    private double[] withoutMean(double[] y) {
        double mean = java.util.Arrays.stream(y).average().orElseThrow();
        return java.util.Arrays.stream(y).map(v -> v - mean).toArray();
    }

    double[] withoutWaves(double[] x) {
        double cc = 0, cs = 0, ss = 0, xc = 0, xs = 0;
        for (int k = 0; k < x.length; k++) {
            double c = Math.cos(Math.toRadians(anglesDeg[k]));
            double s = Math.sin(Math.toRadians(anglesDeg[k]));
            cc += c * c;
            cs += c * s;
            ss += s * s;
            xc += x[k] * c;
            xs += x[k] * s;
        }
        double det = cc * ss - cs * cs;
        double a = (xc * ss - xs * cs) / det;
        double b = (xs * cc - xc * cs) / det;
        double[] left = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            left[k] = x[k] - a * Math.cos(Math.toRadians(anglesDeg[k])) - b * Math.sin(Math.toRadians(anglesDeg[k]));
        }
        return left;
    }

    static double rms(double[] values) {
        return Math.sqrt(
                java.util.Arrays.stream(values).map(v -> v * v).average().orElseThrow());
    }
}
