package sinterj.command;

import java.util.Locale;
import sinterj.image.Plot;

/** Draws a plot as SVG for a page. */
final class SvgPlot {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 320;
    private static final int LEFT = 70;
    private static final int TOP = 30;

    private final double[] x = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    private final double[] y = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    private final Plot plot;

    private SvgPlot(Plot plot) {
        this.plot = plot;
        for (Plot.Curve curve : plot.curves()) {
            for (int i = 0; i < curve.x().length; i++) {
                grow(x, across(curve.x()[i]));
                grow(y, curve.y()[i]);
            }
        }
    }

    private static void grow(double[] ends, double value) {
        if (!Double.isFinite(value)) return;
        ends[0] = Math.min(ends[0], value);
        ends[1] = Math.max(ends[1], value);
    }

    private double across(double value) {
        return plot.logX() ? Math.log10(value) : value;
    }

    static String of(Plot plot) {
        return new SvgPlot(plot).draw();
    }

    private String draw() {
        StringBuilder svg = new StringBuilder("<figure><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"");
        svg.append(WIDTH + LEFT + 200).append("\" height=\"").append(HEIGHT + TOP + 50);
        svg.append("\" font-family=\"sans-serif\" font-size=\"12\">");
        text(svg, LEFT, 18, plot.title());
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#888\"/>",
                LEFT,
                TOP,
                WIDTH,
                HEIGHT));
        for (int k = 0; k <= 4; k++) {
            double at = x[0] + (x[1] - x[0]) * k / 4;
            text(svg, LEFT + WIDTH * k / 4 - 15, TOP + HEIGHT + 16, number(plot.logX() ? Math.pow(10, at) : at));
            text(svg, 4, TOP + HEIGHT - HEIGHT * k / 4 + 4, number(y[0] + (y[1] - y[0]) * k / 4));
        }
        text(svg, LEFT + WIDTH / 2 - 60, TOP + HEIGHT + 36, plot.xLabel());
        text(svg, LEFT + 4, TOP + 14, plot.yLabel());
        for (int c = 0; c < plot.curves().size(); c++) curve(svg, c);
        return svg.append("</svg></figure>").toString();
    }

    private void curve(StringBuilder svg, int c) {
        Plot.Curve curve = plot.curves().get(c);
        String colour = Plot.COLOURS.get(c % Plot.COLOURS.size());
        svg.append("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"")
                .append(colour)
                .append("\" points=\"");
        for (int i = 0; i < curve.x().length; i++) {
            double px = LEFT + WIDTH * share(x, across(curve.x()[i]));
            double py = TOP + HEIGHT * (1 - share(y, curve.y()[i]));
            if (Double.isFinite(px + py)) svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", px, py));
        }
        svg.append("\"/>");
        svg.append("<text fill=\"")
                .append(colour)
                .append("\" x=\"")
                .append(LEFT + WIDTH + 8)
                .append("\" y=\"");
        svg.append(TOP + 14 + 16 * c)
                .append("\">")
                .append(AssimilationReport.escape(curve.name()))
                .append("</text>");
    }

    private static double share(double[] ends, double value) {
        return ends[1] > ends[0] ? (value - ends[0]) / (ends[1] - ends[0]) : 0.5;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    private static void text(StringBuilder svg, int x, int y, String text) {
        svg.append("<text x=\"").append(x).append("\" y=\"").append(y).append("\">");
        svg.append(AssimilationReport.escape(text)).append("</text>");
    }
}
