package sinterj.denoise;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/** Points and weights that integrate a smooth function against the standard normal distribution (Gauss-Hermite). */
final class NormalNodes {
    private final double[] points;
    private final double[] weights;

    NormalNodes(int count) {
        GaussIntegrator hermite = new GaussIntegratorFactory().hermite(count);
        points = new double[count];
        weights = new double[count];
        for (int i = 0; i < count; i++) {
            points[i] = hermite.getPoint(i) * Math.sqrt(2);
            weights[i] = hermite.getWeight(i) / Math.sqrt(Math.PI);
        }
    }

    double point(int i) {
        return points[i];
    }

    double weight(int i) {
        return weights[i];
    }
}
