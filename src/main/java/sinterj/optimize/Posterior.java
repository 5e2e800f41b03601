package sinterj.optimize;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * What is known of the parameters after a {@link GaussNewton} finish: a normal distribution around the best point, on
 * the scales of the parameters.
 *
 * <p>Residuals near each other are rarely independent. When they come in clusters that are, the covariance follows from
 * how much the clusters' pulls on the parameters really differ ("sandwich", White 1982, doi:10.2307/1912526; Liang and
 * Zeger 1986, doi:10.1093/biomet/73.1.13), whatever the residuals within a cluster do. Facts that were taken as given
 * but are known with an error themselves add what that error would shift.
 *
 * @param space what was varied
 * @param at the best point, in the cube
 * @param covariance of the parameters, in the cube
 * @param priorSd deviations of the prior, in the cube; infinite for none
 */
public record Posterior(SearchSpace space, double[] at, double[][] covariance, double[] priorSd) {
    /** Standard deviations to either side that hold 95 %. */
    private static final double NINETY_FIVE = 1.959964;

    /** A parameter, or a direction, is known if the data have reduced its prior deviation to less than this share. */
    private static final double KNOWN = 0.5;

    /**
     * Works out the covariance.
     *
     * @param finish where the search ended
     * @param clusters for each residual the number of its cluster, from 0 on without gaps; null if all are independent
     * @param shifts for each fact known with an error, how the residuals change when it is off by one deviation
     */
    public static Posterior of(SearchSpace space, GaussNewton.Finish finish, int[] clusters, List<float[]> shifts) {
        int n = finish.at().length;
        double[][] information = GaussNewton.information(finish.slopes(), finish.trembling());
        double[][] pulls = clusters == null ? copy(information) : steadyPulls(finish, clusters);
        for (int i = 0; i < n; i++) {
            double prior = 1 / (finish.priorSd()[i] * finish.priorSd()[i]);
            information[i][i] += prior;
            pulls[i][i] += prior;
        }
        for (float[] shift : shifts) addPull(pulls, pull(finish.slopes(), shift));
        RealMatrix inverse = inverse(information);
        RealMatrix covariance =
                inverse.multiply(new Array2DRowRealMatrix(pulls, false)).multiply(inverse);
        return new Posterior(space, finish.at(), covariance.getData(), finish.priorSd());
    }

    private static double[][] copy(double[][] a) {
        return Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
    }

    /** The inverse; where the data say nothing at all, a variance so large that everybody sees it. */
    private static RealMatrix inverse(double[][] information) {
        RealMatrix m = new Array2DRowRealMatrix(information, true);
        EigenDecomposition eigen = new EigenDecomposition(m);
        double[] values = eigen.getRealEigenvalues();
        double most = Arrays.stream(values).max().orElse(1);
        double[] inverted = Arrays.stream(values)
                .map(v -> 1 / Math.max(v, Math.max(1e-12 * most, Double.MIN_NORMAL)))
                .toArray();
        return eigen.getV()
                .multiply(MatrixUtils.createRealDiagonalMatrix(inverted))
                .multiply(eigen.getVT());
    }

    /** How clusters pull, without what they would do by the trembling of the slopes alone. */
    private static double[][] steadyPulls(GaussNewton.Finish finish, int[] clusters) {
        double[][] pulls = clusterPulls(finish.slopes(), finish.residuals(), clusters);
        double[][] noise = clusterPulls(finish.trembling(), finish.residuals(), clusters);
        int n = pulls.length;
        double[] share = new double[n];
        for (int i = 0; i < n; i++) {
            double left = pulls[i][i] - noise[i][i];
            share[i] = pulls[i][i] == 0 ? 1 : Math.sqrt(Math.max(GaussNewton.LEAST_LEFT, left / pulls[i][i]));
        }
        for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) pulls[i][j] *= share[i] * share[j];
        return pulls;
    }

    private static double[][] clusterPulls(float[][] slopes, float[] residuals, int[] clusters) {
        int n = slopes.length;
        int count = Arrays.stream(clusters).max().orElse(-1) + 1;
        double[][] sums = new double[count][n];
        for (int i = 0; i < n; i++) {
            float[] slope = slopes[i];
            for (int k = 0; k < slope.length; k++) sums[clusters[k]][i] += (double) slope[k] * residuals[k];
        }
        double[][] pulls = new double[n][n];
        for (double[] sum : sums) addPull(pulls, sum);
        // As many clusters as parameters could be pulled to zero each.
        double factor = count > n ? (double) count / (count - n) : Double.POSITIVE_INFINITY;
        for (double[] row : pulls) for (int j = 0; j < n; j++) row[j] *= Math.min(factor, 1e6);
        return pulls;
    }

    private static double[] pull(float[][] slopes, float[] shift) {
        double[] pull = new double[slopes.length];
        for (int i = 0; i < pull.length; i++) {
            for (int k = 0; k < shift.length; k++) pull[i] += (double) slopes[i][k] * shift[k];
        }
        return pull;
    }

    private static void addPull(double[][] pulls, double[] pull) {
        for (int i = 0; i < pull.length; i++) {
            for (int j = 0; j < pull.length; j++) pulls[i][j] += pull[i] * pull[j];
        }
    }

    /** Number of parameters. */
    public int dimensions() {
        return at.length;
    }

    /** Standard deviation of a parameter, as share of its range. */
    public double sdUnit(int parameter) {
        return Math.sqrt(Math.max(0, covariance[parameter][parameter]));
    }

    /** The best value of a parameter, in its own unit. */
    public double value(int parameter) {
        return space.free().get(parameter).value(at[parameter]);
    }

    /** Standard deviation of a parameter in its own unit; for a logarithmic one the relative deviation times the value. */
    public double sd(int parameter) {
        FreeParameter p = space.free().get(parameter);
        double onScale = sdUnit(parameter) * p.length();
        return p.scale() == FreeParameter.Scale.LOG ? onScale * value(parameter) : onScale;
    }

    /** Lower end of the interval that holds 95 %, in the parameter's own unit. */
    public double low(int parameter) {
        return space.free().get(parameter).value(at[parameter] - NINETY_FIVE * sdUnit(parameter));
    }

    /** Upper end of the interval that holds 95 %, in the parameter's own unit. */
    public double high(int parameter) {
        return space.free().get(parameter).value(at[parameter] + NINETY_FIVE * sdUnit(parameter));
    }

    /**
     * Whether the data tell a parameter: its deviation is less than half the prior's, and less than a quarter of the
     * range.
     */
    public boolean isIdentifiable(int parameter) {
        double sd = sdUnit(parameter);
        return sd < 0.25 && sd < KNOWN * priorSd[parameter];
    }

    /** Correlation of two parameters, -1 to 1. */
    public double correlation(int one, int two) {
        double sds = sdUnit(one) * sdUnit(two);
        if (one == two || !(sds > 0)) return one == two ? 1 : 0;
        return Math.max(-1, Math.min(1, covariance[one][two] / sds));
    }

    /** Directions of which the data say little, in words; empty if there are none. */
    public List<String> blindDirections() {
        return BlindDirections.of(this, KNOWN);
    }
}
