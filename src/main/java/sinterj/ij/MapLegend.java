package sinterj.ij;

import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.process.ByteProcessor;
import ij.process.LUT;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;

/**
 * What a map needs to be read: a bar of its colours with the least and the greatest value, and a bar of a round length.
 * An overlay, so pixels stay as they are and Image > Overlay hides it; images under 128 pixels are left free.
 */
final class MapLegend {
    private static final int LEAST_SIDE = 128;

    private MapLegend() {}

    /** Puts the legend on an image with its colours and range set. */
    static void draw(ImagePlus image) {
        if (Math.min(image.getWidth(), image.getHeight()) < LEAST_SIDE) return;
        Overlay overlay = new Overlay();
        int text = Math.max(9, image.getHeight() / 32);
        colours(image, overlay, text);
        length(image, overlay, text);
        image.setOverlay(overlay);
    }

    private static void colours(ImagePlus image, Overlay overlay, int text) {
        int height = image.getHeight() / 3;
        int width = Math.max(5, image.getWidth() / 50);
        int x = image.getWidth() - width - text / 2;
        int y = 2 * text;
        ByteProcessor bar = new ByteProcessor(width, height);
        for (int row = 0; row < height; row++) {
            for (int i = 0; i < width; i++) bar.set(i, row, 255 - 255 * row / Math.max(1, height - 1));
        }
        LUT colours = image.getLuts()[0];
        colours.min = 0; // the bar holds entries of the table, not values of the image
        colours.max = 255;
        bar.setLut(colours);
        overlay.add(new ImageRoi(x, y, bar.convertToRGB()));
        int right = image.getWidth() - text / 2;
        words(overlay, number(image.getDisplayRangeMax()), right, y - 3 * text / 2, text, true);
        words(overlay, number(image.getDisplayRangeMin()), right, y + height, text, true);
    }

    private static void length(ImagePlus image, Overlay overlay, int text) {
        double pixel = image.getCalibration().pixelWidth;
        double length = round(pixel * image.getWidth() / 4.0);
        int width = (int) Math.round(length / pixel);
        int y = image.getHeight() - text;
        Roi bar = new Roi(text / 2, y, width, Math.max(2, text / 4));
        bar.setFillColor(Color.WHITE);
        overlay.add(bar);
        words(
                overlay,
                number(length) + " " + image.getCalibration().getUnit(),
                text / 2,
                y - 3 * text / 2,
                text,
                false);
    }

    private static void words(Overlay overlay, String text, int x, int y, int size, boolean endsAtX) {
        TextRoi roi = new TextRoi(x, y, text, new Font(Font.SANS_SERIF, Font.PLAIN, size));
        if (endsAtX) roi.setLocation(x - roi.getBounds().width, y);
        roi.setStrokeColor(Color.WHITE);
        roi.setFillColor(new Color(0, 0, 0, 128));
        overlay.add(roi);
    }

    /** The greatest of 1, 2 and 5 times a power of ten that is not above a length. */
    static double round(double length) {
        double power = Math.pow(10, Math.floor(Math.log10(length)));
        double digit = length / power;
        return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3g", value);
        if (text.contains("e")) return text;
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
