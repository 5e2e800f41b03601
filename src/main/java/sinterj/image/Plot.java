package sinterj.image;

import java.util.List;

/**
 * Curves over one axis, to be drawn or written as points.
 *
 * @param title what is shown
 * @param xLabel horizontal axis, with its unit in brackets
 * @param yLabel vertical axis, with its unit in brackets
 * @param curves at least one
 * @param logX whether the horizontal axis is logarithmic
 */
public record Plot(String title, String xLabel, String yLabel, List<Curve> curves, boolean logX) {
    /** Colours for curves, in their order: told apart in print and by people who see red and green alike (Okabe and Ito 2008). */
    public static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9");

    public Plot {
        curves = List.copyOf(curves);
        if (curves.isEmpty()) throw new IllegalArgumentException("a plot without a curve");
    }

    /**
     * One curve.
     *
     * @param name for the legend
     * @param x horizontal positions
     * @param y values, as many
     */
    public record Curve(String name, double[] x, double[] y) {
        public Curve {
            if (x.length != y.length)
                throw new IllegalArgumentException(x.length + " positions, " + y.length + " values");
        }
    }

    /** The points of all curves: columns curve, x, y. */
    public Table points() {
        Table table = new Table("curve", "x", "y");
        for (Curve curve : curves) {
            for (int i = 0; i < curve.x.length; i++) table.add(curve.name, curve.x[i], curve.y[i]);
        }
        return table;
    }
}
