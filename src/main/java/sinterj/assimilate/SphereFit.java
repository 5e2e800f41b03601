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
 * surface. The centre and radius minimise the squared distances of the faces' middles from the sphere, by Gauss-Newton;
 * hundreds of faces put both right to a few hundredths of a voxel, though each face alone is off by a third.
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

    /** Faces within this many voxels squared err together. */
    private static final double TOGETHER = 4;

    /** Standard deviation of each of centre and radius that the faces leave, in voxels. */
    public double spread() {
        return off * Math.sqrt(3 * TOGETHER / faces);
    }

    /** Fits all labels of an image with cubic voxels; labels with too few faces are left out. */
    public static List<SphereFit> all(LabelVolume labels) {
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
        return fits;
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
        return new LUDecomposition(new Array2DRowRealMatrix(m, false))
                .getSolver()
                .solve(new ArrayRealVector(b, false))
                .toArray();
    }
}
