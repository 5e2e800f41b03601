package sinterj.ij;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import sinterj.base.Curves;
import sinterj.image.Plot;

/**
 * Draws {@link Curves} with axes, numbers, a legend with the newest values, and the time left. The first curve of a panel
 * is black and thick, the others are thin in colours that every eye tells apart, dashed once the colours are used up.
 */
final class CurvesPicture {
    static final int WIDTH = 640;
    static final int HEIGHT = 480;

    private static final int LEFT = 62;
    private static final int RIGHT = WIDTH - 170;
    private static final int TOP = 58;
    private static final int BOTTOM = HEIGHT - 46;
    private static final int BETWEEN = 18;
    /** Part of the height that the lowest panel has, which has most curves. */
    private static final double LOWEST = 0.6;

    private static final int LEGEND_ROW = 16;
    private static final Color GRID = new Color(0xdddddd);
    private static final Font WORDS = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.BOLD, 13);

    private final Curves curves;
    private final Graphics2D g;

    private CurvesPicture(Curves curves, Graphics2D g) {
        this.curves = curves;
        this.g = g;
    }

    /**
     * A picture of curves.
     *
     * @param left time left in words; empty if it is not known
     */
    static BufferedImage draw(Curves curves, String left) {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, WIDTH, HEIGHT);
            new CurvesPicture(curves, g).draw(left);
        } finally {
            g.dispose();
        }
        return picture;
    }

    private void draw(String left) {
        g.setColor(Color.BLACK);
        g.setFont(TEXT);
        g.drawString(curves.text(), 12, 20);
        g.drawString(left, 12, 40);
        g.setFont(WORDS);
        for (int n = 0; n < curves.panels().size(); n++) panel(n);
        g.setColor(Color.BLACK);
        String label = curves.xLabel();
        g.drawString(label, (LEFT + RIGHT - width(label)) / 2, HEIGHT - 10);
    }

    private int width(String text) {
        return g.getFontMetrics().stringWidth(text);
    }

    // --- where things lie ----------------------------------------------------------------------------------------

    /** Column of a position on the shared axis. */
    static double column(Curves curves, double x) {
        return LEFT + (RIGHT - LEFT) * x / curves.xEnd();
    }

    /** Row of a value in a panel. */
    static double row(Curves curves, int panel, double y) {
        return bottom(curves, panel) - (bottom(curves, panel) - top(curves, panel)) * y / end(curves, panel);
    }

    private static double top(Curves curves, int panel) {
        return panel == 0 ? TOP : bottom(curves, panel - 1) + BETWEEN;
    }

    private static double bottom(Curves curves, int panel) {
        int n = curves.panels().size();
        if (panel == n - 1) return BOTTOM;
        double upper = (BOTTOM - TOP) * (1 - LOWEST) / (n - 1);
        return Math.round(TOP + upper * (panel + 1) - BETWEEN);
    }

    /** Where the axis of a panel ends: a round number that no value exceeds. */
    private static double end(Curves curves, int panel) {
        Curves.Panel about = curves.panels().get(panel);
        if (about.top() > 0) return about.top();
        double most = 0;
        for (Curves.Curve curve : about.curves()) {
            for (double v : curve.y()) if (Double.isFinite(v)) most = Math.max(most, v);
        }
        double step = step(most > 0 ? most : 1);
        return step * Math.max(1, Math.ceil(most / step - 1e-9));
    }

    /** Distance of marks: 1, 2 or 5 times a power of ten, so that there are at most six of them. */
    private static double step(double end) {
        double ten = Math.pow(10, Math.floor(Math.log10(end / 4)));
        for (double step : new double[] {ten, 2 * ten, 5 * ten}) if (end / step <= 6) return step;
        return 10 * ten;
    }

    // --- drawing -------------------------------------------------------------------------------------------------

    private void panel(int n) {
        Curves.Panel panel = curves.panels().get(n);
        double top = top(curves, n);
        double bottom = bottom(curves, n);
        rows(n, top, bottom);
        columns(n == curves.panels().size() - 1, top, bottom);
        g.setColor(Color.BLACK);
        g.setStroke(new BasicStroke(1));
        g.draw(new Line2D.Double(LEFT, top, LEFT, bottom));
        g.draw(new Line2D.Double(LEFT, bottom, RIGHT, bottom));
        turned(panel.yLabel(), (top + bottom) / 2);
        List<Curves.Curve> drawn = panel.curves();
        for (int i = drawn.size() - 1; i >= 0; i--) curve(n, i, drawn.get(i)); // the first one on top
        legend(n, drawn, (int) top, (int) bottom);
    }

    private void rows(int n, double top, double bottom) {
        double end = end(curves, n);
        double step = step(end);
        int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
        for (int i = 0; i * step <= end * (1 + 1e-9); i++) {
            double y = row(curves, n, i * step);
            g.setStroke(new BasicStroke(1));
            g.setColor(GRID);
            g.draw(new Line2D.Double(LEFT, y, RIGHT, y));
            g.setColor(Color.BLACK);
            String number = String.format(Locale.ROOT, "%." + decimals + "f", i * step);
            g.drawString(number, LEFT - 6 - width(number), (int) Math.round(y) + 4);
        }
    }

    private void columns(boolean numbers, double top, double bottom) {
        double step = Math.max(1, step(curves.xEnd()));
        for (int i = 0; i * step <= curves.xEnd() * (1 + 1e-9); i++) {
            double x = column(curves, i * step);
            g.setStroke(new BasicStroke(1));
            g.setColor(GRID);
            g.draw(new Line2D.Double(x, top, x, bottom));
            g.setColor(Color.BLACK);
            String number = String.format(Locale.ROOT, "%.0f", i * step);
            if (numbers) g.drawString(number, (int) Math.round(x) - width(number) / 2, (int) bottom + 16);
        }
    }

    private void turned(String label, double middle) {
        Graphics2D turned = (Graphics2D) g.create();
        turned.rotate(-Math.PI / 2, 18, middle);
        turned.drawString(label, 18 - width(label) / 2, (int) middle);
        turned.dispose();
    }

    static Color colour(int curve) {
        return curve == 0 ? Color.BLACK : Color.decode(Plot.COLOURS.get((curve - 1) % Plot.COLOURS.size()));
    }

    private static BasicStroke stroke(int curve) {
        float width = curve == 0 ? 2.6f : 1.5f;
        int round = curve == 0 ? 0 : (curve - 1) / Plot.COLOURS.size();
        if (round == 0) return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
        float dash = round % 2 == 1 ? 6 : 2;
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {dash, 3}, 0);
    }

    private void curve(int panel, int number, Curves.Curve curve) {
        g.setColor(colour(number));
        double[] x = curve.x();
        double[] y = curve.y();
        double dot = number == 0 ? 3 : 2;
        for (int i = 0; i < x.length; i++) {
            if (!Double.isFinite(y[i])) continue;
            double column = column(curves, x[i]);
            double row = row(curves, panel, y[i]);
            g.fill(new Ellipse2D.Double(column - dot, row - dot, 2 * dot, 2 * dot));
            if (i == 0 || !Double.isFinite(y[i - 1])) continue;
            g.setStroke(stroke(number));
            g.draw(new Line2D.Double(column(curves, x[i - 1]), row(curves, panel, y[i - 1]), column, row));
        }
    }

    private void legend(int panel, List<Curves.Curve> drawn, int top, int bottom) {
        int rows = (bottom - top) / LEGEND_ROW;
        for (int i = 0; i < drawn.size(); i++) {
            int y = top + LEGEND_ROW * i + 10;
            g.setColor(Color.BLACK);
            if (i == rows - 1 && drawn.size() > rows) {
                g.drawString("and " + (drawn.size() - i) + " more", RIGHT + 40, y);
                return;
            }
            g.drawString(words(drawn.get(i)), RIGHT + 40, y);
            g.setColor(colour(i));
            g.setStroke(stroke(i));
            g.draw(new Line2D.Double(RIGHT + 12, y - 4, RIGHT + 34, y - 4));
        }
    }

    /** Its name and newest value. */
    private static String words(Curves.Curve curve) {
        double newest = curve.y().length == 0 ? Double.NaN : curve.y()[curve.y().length - 1];
        return curve.name() + (Double.isFinite(newest) ? String.format(Locale.ROOT, "  %.3f", newest) : "");
    }
}
