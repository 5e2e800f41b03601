package sinterj.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Changes of several parameters together that the data do not see, in words. They are the eigenvectors of the posterior
 * covariance in units of the prior's deviations along which the deviation has hardly become smaller.
 */
final class BlindDirections {
    /** Parts of a direction that are smaller than this share of its largest part are not worth a word. */
    private static final double LEAST_PART = 0.2;

    /** Two parts count as equal within this. */
    private static final double ALIKE = 0.1;

    private static final double RISE = 1.1;

    private BlindDirections() {}

    static List<String> of(Posterior posterior, double known) {
        int n = posterior.dimensions();
        double[] unit = new double[n];
        for (int i = 0; i < n; i++) {
            // Without a prior the range itself is what was known: a uniform distribution over it.
            double prior = posterior.priorSd()[i];
            unit[i] = Double.isInfinite(prior) ? 1 / Math.sqrt(12) : prior;
        }
        double[][] relative = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) relative[i][j] = posterior.covariance()[i][j] / (unit[i] * unit[j]);
        }
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(relative, false));
        List<String> words = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            if (eigen.getRealEigenvalue(k) < known * known) continue;
            double[] direction = eigen.getEigenvector(k).toArray();
            for (int i = 0; i < n; i++) {
                direction[i] *= unit[i] * posterior.space().free().get(i).length();
            }
            words.add(words(posterior.space(), direction));
        }
        return words;
    }

    private static String words(SearchSpace space, double[] direction) {
        double most = 0;
        int leader = 0;
        for (int i = 0; i < direction.length; i++) {
            if (Math.abs(direction[i]) > most) {
                most = Math.abs(direction[i]);
                leader = i;
            }
        }
        List<Integer> parts = new ArrayList<>(List.of(leader));
        for (int i = 0; i < direction.length; i++) {
            if (i != leader && Math.abs(direction[i]) > LEAST_PART * most) parts.add(i);
        }
        List<FreeParameter> free = space.free();
        String first = free.get(leader).key();
        if (parts.size() == 1) return "The data say little of " + first + " beyond what was assumed of it.";
        boolean logs = parts.stream().allMatch(i -> free.get(i).scale() == FreeParameter.Scale.LOG);
        if (parts.size() == 2 && logs) {
            String second = free.get(parts.get(1)).key();
            double ratio = direction[parts.get(1)] / direction[leader];
            if (Math.abs(ratio + 1) < ALIKE) {
                return "The data determine only the product of " + first + " and " + second + ", not each of them.";
            }
            if (Math.abs(ratio - 1) < ALIKE) {
                return "The data determine only the ratio of " + first + " and " + second + ", not each of them.";
            }
        }
        StringBuilder text = new StringBuilder("The data hardly see it when " + first + " rises" + by(free, leader, 1));
        for (int k = 1; k < parts.size(); k++) {
            int i = parts.get(k);
            double share = direction[i] / direction[leader];
            text.append(k == parts.size() - 1 ? " and " : ", ");
            text.append(free.get(i).key())
                    .append(share > 0 ? " rises" : " falls")
                    .append(by(free, i, share));
        }
        return text.append(" at the same time.").toString();
    }

    private static String by(List<FreeParameter> free, int i, double share) {
        if (free.get(i).scale() != FreeParameter.Scale.LOG) return "";
        double percent = 100 * Math.abs(StrictMath.pow(RISE, share) - 1);
        return String.format(Locale.ROOT, " by %.2g %%", percent);
    }
}
