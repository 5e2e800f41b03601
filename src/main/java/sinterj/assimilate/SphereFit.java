package sinterj.assimilate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.SingularMatrixException;
import sinterj.image.LabelVolume;
import sinterj.image.Planes;

/**
 * The sphere of each label, from the faces between its voxels and the gas: faces to other labels are contacts, not
 * surface. The centre and radius minimise the squared distances of the faces' middles from the surface, by Gauss-Newton;
 * hundreds of faces put both right to a few hundredths of a voxel, though each face alone is off by a third.
 *
 * <p>The surface is where the density of {@link sinterj.phasefield.StartFromSpheres} is one half. Between spheres that
 * touch it lies outside of both, in the small necks that their diffuse surfaces make together; spheres fitted to such
 * necks as if they were their own surface come out too large, and would make larger necks again.
 *
 * @param label the label
 * @param centre in voxels along x, y and z, 0 being the corner of the image
 * @param radius in voxels
 * @param off root mean square distance of the faces from the sphere, in voxels; about 0.35 for a perfect sphere
 * @param faces number of faces
 */
public record SphereFit(int label, double[] centre, double radius, double off, int faces) {
    private static final int ROUNDS = 20;
    private static final int FEWEST = 24;

    /** Of a centre or radius in a round, in voxels. */
    private static final double LONGEST_STEP = 0.5;

    /** Faces within this many voxels squared err together. */
    private static final double TOGETHER = 4;

    /** Standard deviation of each of centre and radius that the faces leave, in voxels. */
    public double spread() {
        return off * Math.sqrt(3 * TOGETHER / faces);
    }

    /**
     * Fits all labels of an image with cubic voxels; labels with too few faces are left out.
     *
     * @param width of the diffuse interface of the simulation to be started, in voxels of the image
     * @param wedgeDeg full angle of the missing wedge of {@link MissingWedge} in degrees, 0 for none: where a sphere faces
     *     it, its image is stretched, so faces there do not count
     */
    public static List<SphereFit> all(LabelVolume labels, double width, double wedgeDeg) {
        int[] size = new int[3];
        for (int axis = 0; axis < 3; axis++) size[axis] = (int) labels.labels().dimension(axis);
        float[][] planes = new float[size[2]][];
        for (int z = 0; z < size[2]; z++) planes[z] = Planes.plane(labels.labels(), z);
        Map<Integer, List<double[]>> faces = new TreeMap<>();
        for (int z = 0; z < size[2]; z++) {
            for (int y = 0; y < size[1]; y++) {
                for (int x = 0; x < size[0]; x++) {
                    int label = (int) planes[z][y * size[0] + x];
                    if (label != 0) add(faces, planes, size, label, new int[] {x, y, z});
                }
            }
        }
        List<SphereFit> fits = new ArrayList<>();
        faces.forEach((label, points) -> {
            SphereFit fit = points.size() < FEWEST ? null : fit(label, points);
            if (fit != null) fits.add(fit);
        });
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < fits.size(); i++) {
                SphereFit fit = fits.get(i);
                List<SphereFit> others =
                        fits.stream().filter(o -> o.nears(fit, width)).toList();
                List<double[]> seen = faces.get(fit.label()).stream()
                        .filter(p -> fit.isSeen(p, wedgeDeg))
                        .toList();
                if (seen.size() >= FEWEST) fits.set(i, fit.among(others, seen, width));
            }
        }
        return fits;
    }

    private boolean isSeen(double[] p, double wedgeDeg) {
        return MissingWedge.isSeen(p[0] - centre[0], p[2] - centre[2], wedgeDeg);
    }

    private boolean nears(SphereFit other, double width) {
        return other != this && distance(other.centre, centre) < radius + other.radius + 2 * width;
    }

    /** The density of this sphere alone. */
    private double density(double[] p, double width) {
        return (1 + Math.tanh(2 * (radius - distance(p, centre)) / width)) / 2;
    }

    /** This sphere after a step towards the surface that it has together with others. */
    private SphereFit among(List<SphereFit> others, List<double[]> points, double width) {
        double[][] m = new double[4][4];
        double[] b = new double[4];
        double squares = 0;
        for (double[] p : points) {
            double own = density(p, width);
            double all = own;
            for (SphereFit o : others) all += o.density(p, width);
            // Distance from the surface, positive within: the profile rises by 1/width there.
            double e = (Math.min(1, all) - 0.5) * width;
            double d = distance(p, centre);
            double steep = 4 * own * (1 - own);
            double[] slope = {
                steep * (p[0] - centre[0]) / d, steep * (p[1] - centre[1]) / d, steep * (p[2] - centre[2]) / d, steep
            };
            squares += e * e;
            for (int i = 0; i < 4; i++) {
                b[i] -= slope[i] * e;
                for (int j = 0; j < 4; j++) m[i][j] += slope[i] * slope[j];
            }
        }
        double[] step;
        try {
            step = solve(m, b);
        } catch (SingularMatrixException e) {
            return this; // others cover all of its surface
        }
        double[] moved = new double[3];
        for (int a = 0; a < 3; a++) moved[a] = centre[a] + limited(step[a]);
        double rms = Math.sqrt(squares / points.size());
        return new SphereFit(label, moved, Math.max(radius / 2, radius + limited(step[3])), rms, points.size());
    }

    private static double limited(double step) {
        return Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, step));
    }

    private static void add(Map<Integer, List<double[]>> faces, float[][] planes, int[] size, int label, int[] at) {
        for (int axis = 0; axis < 3; axis++) {
            for (int side = -1; side <= 1; side += 2) {
                int[] next = at.clone();
                next[axis] += side;
                if (next[axis] < 0 || next[axis] >= size[axis]) continue; // cut by the image, no surface
                if (planes[next[2]][next[1] * size[0] + next[0]] != 0) continue;
                double[] middle = {at[0] + 0.5, at[1] + 0.5, at[2] + 0.5};
                middle[axis] += 0.5 * side;
                faces.computeIfAbsent(label, l -> new ArrayList<>()).add(middle);
            }
        }
    }

    private static SphereFit fit(int label, List<double[]> points) {
        double[] s = new double[4];
        for (double[] p : points) for (int a = 0; a < 3; a++) s[a] += p[a] / points.size();
        for (double[] p : points) s[3] += distance(p, s) / points.size();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                double[] step = step(points, s);
                for (int a = 0; a < 4; a++) s[a] += step[a];
            }
        } catch (SingularMatrixException e) {
            return null; // faces in one plane determine no sphere
        }
        double squares = 0;
        for (double[] p : points) squares += Math.pow(distance(p, s) - s[3], 2);
        double[] centre = {s[0], s[1], s[2]};
        return s[3] > 0 ? new SphereFit(label, centre, s[3], Math.sqrt(squares / points.size()), points.size()) : null;
    }

    private static double distance(double[] p, double[] s) {
        double sum = 0;
        for (int a = 0; a < 3; a++) sum += (p[a] - s[a]) * (p[a] - s[a]);
        return Math.sqrt(sum);
    }

    private static double[] step(List<double[]> points, double[] s) {
        double[][] m = new double[4][4];
        double[] b = new double[4];
        for (double[] p : points) {
            double d = distance(p, s);
            double[] slope = {(s[0] - p[0]) / d, (s[1] - p[1]) / d, (s[2] - p[2]) / d, -1};
            for (int i = 0; i < 4; i++) {
                b[i] -= slope[i] * (d - s[3]);
                for (int j = 0; j < 4; j++) m[i][j] += slope[i] * slope[j];
            }
        }
        return solve(m, b);
    }

    private static double[] solve(double[][] m, double[] b) {
        return new LUDecomposition(new Array2DRowRealMatrix(m, false))
                .getSolver()
                .solve(new ArrayRealVector(b, false))
                .toArray();
    }
}
