package sinterj.base;

import java.util.List;

/**
 * Curves of a work that goes on, for a live view: panels one above the other over the same axis, and a line of text.
 *
 * @param xLabel the axis that they share
 * @param xEnd where it ends; it starts at 0
 * @param panels from top to bottom
 * @param text where the work stands, in a line
 */
public record Curves(String xLabel, double xEnd, List<Panel> panels, String text) {
    public Curves {
        panels = List.copyOf(panels);
        if (panels.isEmpty() || !(xEnd > 0)) throw new IllegalArgumentException("nothing to draw on");
    }

    /**
     * Curves over an axis that starts at 0.
     *
     * @param yLabel that axis
     * @param top where it ends; NaN for the largest value
     * @param curves the most important one first
     */
    public record Panel(String yLabel, double top, List<Curve> curves) {
        public Panel {
            curves = List.copyOf(curves);
        }
    }

    /**
     * A curve.
     *
     * @param name for the legend
     * @param x positions
     * @param y values, as many; NaN where there is none
     */
    public record Curve(String name, double[] x, double[] y) {
        public Curve {
            if (x.length != y.length) throw new IllegalArgumentException(x.length + " positions, " + y.length);
        }
    }
}
