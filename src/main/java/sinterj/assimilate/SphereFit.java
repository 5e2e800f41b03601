package sinterj.assimilate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
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
 * @param covariance of the errors of centre and radius, in this order, in voxels squared
 */
public record SphereFit(int label, double[] centre, double radius, double off, double[][] covariance) {
    private static final int ROUNDS = 20;
    private static final int FEWEST = 24;

    /** Of a centre or radius in a round, in voxels. */
    private static final double LONGEST_STEP = 0.5;

    /** Faces within this many voxels squared err together. */
    private static final double TOGETHER = 4;

    private static final int UNKNOWNS = 4;

    /** Standard deviation of the centre along an axis, root mean square of the three, in voxels. */
    public double centreSd() {
        return Math.sqrt((covariance[0][0] + covariance[1][1] + covariance[2][2]) / 3);
    }

    /** An error as large as the faces leave it, in voxels, from four independent numbers of unit variance. */
    public double[] error(double[] chance) {
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
        double[] along = new double[UNKNOWNS];
        for (int i = 0; i < UNKNOWNS; i++) along[i] = chance[i] * Math.sqrt(Math.max(0, eigen.getRealEigenvalue(i)));
        return eigen.getV().operate(along);
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
        Equations equations = new Equations();
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
            equations.add(slope, e);
        }
        double rms = Math.sqrt(squares / points.size());
        double[] step;
        double[][] errors;
        try {
            step = equations.step();
            errors = equations.covariance(rms);
        } catch (SingularMatrixException e) {
            return this; // others cover all of its surface
        }
        double[] moved = new double[3];
        for (int a = 0; a < 3; a++) moved[a] = centre[a] + limited(step[a]);
        return new SphereFit(label, moved, Math.max(radius / 2, radius + limited(step[3])), rms, errors);
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
        double[] s = new double[UNKNOWNS];
        for (double[] p : points) for (int a = 0; a < 3; a++) s[a] += p[a] / points.size();
        for (double[] p : points) s[3] += distance(p, s) / points.size();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                double[] step = equations(points, s).step();
                for (int a = 0; a < UNKNOWNS; a++) s[a] += step[a];
            }
            double squares = 0;
            for (double[] p : points) squares += Math.pow(distance(p, s) - s[3], 2);
            double rms = Math.sqrt(squares / points.size());
            double[] centre = {s[0], s[1], s[2]};
            double[][] errors = equations(points, s).covariance(rms);
            return s[3] > 0 ? new SphereFit(label, centre, s[3], rms, errors) : null;
        } catch (SingularMatrixException e) {
            return null; // faces in one plane determine no sphere
        }
    }

    private static double distance(double[] p, double[] s) {
        double sum = 0;
        for (int a = 0; a < 3; a++) sum += (p[a] - s[a]) * (p[a] - s[a]);
        return Math.sqrt(sum);
    }

    private static Equations equations(List<double[]> points, double[] s) {
        Equations equations = new Equations();
        for (double[] p : points) {
            double d = distance(p, s);
            equations.add(new double[] {(s[0] - p[0]) / d, (s[1] - p[1]) / d, (s[2] - p[2]) / d, -1}, d - s[3]);
        }
        return equations;
    }

    /** The normal equations for centre and radius. */
    private static final class Equations {
        private final double[][] m = new double[UNKNOWNS][UNKNOWNS];
        private final double[] b = new double[UNKNOWNS];

        /** Adds a face's distance, and how it changes with each unknown. */
        void add(double[] slope, double distance) {
            for (int i = 0; i < UNKNOWNS; i++) {
                b[i] -= slope[i] * distance;
                for (int j = 0; j < UNKNOWNS; j++) m[i][j] += slope[i] * slope[j];
            }
        }

        private DecompositionSolver solver() {
            return new LUDecomposition(new Array2DRowRealMatrix(m, false)).getSolver();
        }

        double[] step() {
            return solver().solve(new ArrayRealVector(b, false)).toArray();
        }

        /** Of the solution, if faces are off by this much. */
        double[][] covariance(double rms) {
            RealMatrix inverse = solver().getInverse();
            // Rounding leaves the inverse not quite symmetric, and its eigenvectors then not at right angles.
            return inverse.add(inverse.transpose())
                    .scalarMultiply(rms * rms * TOGETHER / 2)
                    .getData();
        }
    }
}
