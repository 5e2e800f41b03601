package sinterj.ij;

import ij.gui.Plot;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import sinterj.io.CsvTable;
import sinterj.io.WriteSafely;

/** Plots as ImageJ's plot windows and pictures. */
final class PlotWindows {
    /** What a plot can be written as. */
    static final List<String> ENDINGS = List.of(".png", ".csv");

    private PlotWindows() {}

    static Plot plot(sinterj.image.Plot plot) {
        Plot drawn = new Plot(plot.title(), plot.xLabel(), plot.yLabel());
        drawn.setLineWidth(2);
        StringBuilder legend = new StringBuilder();
        int number = 0;
        List<String> colours = sinterj.image.Plot.COLOURS;
        for (sinterj.image.Plot.Curve curve : plot.curves()) {
            Color colour = Color.decode(colours.get(number++ % colours.size()));
            drawn.setColor(colour, colour); // of circle and line
            drawn.add(curve.x().length > 40 ? "line" : "connected circle", curve.x(), curve.y());
            legend.append(curve.name()).append('\n');
        }
        drawn.setColor(Color.BLACK);
        if (plot.logX()) drawn.setAxisXLog(true);
        drawn.setLimitsToFit(true);
        if (plot.curves().size() > 1) drawn.addLegend(legend.toString(), "auto");
        return drawn;
    }

    /** Writes the plot as a picture, or its points if the path ends in {@code .csv}. */
    static void write(sinterj.image.Plot plot, Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            CsvTable.write(plot.points(), path);
            return;
        }
        BufferedImage picture = plot(plot).getProcessor().getBufferedImage();
        WriteSafely.file(path, temporary -> {
            if (!ImageIO.write(picture, "png", temporary.toFile())) throw new IOException("this Java writes no PNG");
        });
    }
}
