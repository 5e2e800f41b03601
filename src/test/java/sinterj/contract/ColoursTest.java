package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sinterj.image.Plot;

/**
 * Colours as people see them who lack a kind of cone: Machado, Oliveira and Fernandes 2009, doi:10.1109/TVCG.2009.113,
 * severity 1. Differences are those of CIELAB, where 2.3 can just be told apart side by side and 10 at a glance.
 */
class ColoursTest {
    private static final double AT_A_GLANCE = 10;

    /** Eyes; matrices on linear RGB, row by row. */
    enum Eyes {
        USUAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
        PROTANOPE(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
        DEUTERANOPE(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
        TRITANOPE(1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900);

        private final double[] m;

        Eyes(double... m) {
            this.m = m;
        }

        double[] lab(double red, double green, double blue) {
            double[] in = {linear(red), linear(green), linear(blue)};
            double[] rgb = new double[3];
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) rgb[i] += m[3 * i + j] * in[j];
                rgb[i] = Math.min(1, Math.max(0, rgb[i]));
            }
            double x = f((0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047);
            double y = f(0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2]);
            double z = f((0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883);
            return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
        }

        double lightness(double[] rgb) {
            return lab(rgb[0], rgb[1], rgb[2])[0];
        }

        double difference(Color a, Color b) {
            double[] p = lab(a.getRed(), a.getGreen(), a.getBlue());
            double[] q = lab(b.getRed(), b.getGreen(), b.getBlue());
            return Math.sqrt(Math.pow(p[0] - q[0], 2) + Math.pow(p[1] - q[1], 2) + Math.pow(p[2] - q[2], 2));
        }

        private static double linear(double value) {
            double v = value / 255;
            return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
        }

        private static double f(double t) {
            return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
        }
    }

    @ParameterizedTest
    @EnumSource
    void curvesOfAPlotAreToldApartAtAGlance(Eyes eyes) {
        List<Color> colours = Plot.COLOURS.stream().map(Color::decode).toList();
        for (int i = 0; i < colours.size(); i++) {
            for (int j = 0; j < i; j++) {
                double difference = eyes.difference(colours.get(i), colours.get(j));
                assertTrue(
                        difference > AT_A_GLANCE, Plot.COLOURS.get(i) + " " + Plot.COLOURS.get(j) + " " + difference);
            }
            assertTrue(
                    eyes.difference(colours.get(i), Color.WHITE) > 2 * AT_A_GLANCE, Plot.COLOURS.get(i) + " on white");
        }
    }

    /** The measure itself: red and green of the same lightness are one colour to a deuteranope and not to others. */
    @Test
    void theMeasureKnowsRedAndGreen() {
        Color red = new Color(0xa0, 0x60, 0x20);
        Color green = new Color(0x60, 0x80, 0x1c);
        assertTrue(Eyes.USUAL.difference(red, green) > 3 * AT_A_GLANCE);
        assertTrue(Eyes.DEUTERANOPE.difference(red, green) < AT_A_GLANCE);
        assertEquals(100, Eyes.PROTANOPE.lightness(new double[] {255, 255, 255}), 0.1);
    }

    // --- macros --------------------------------------------------------------------------------------------------

    private static List<Path> macros() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("scripts"))) {
            return files.filter(f -> f.toString().endsWith(".ijm")).sorted().toList();
        }
    }

    /** The one text of a function in all macros that hold it. */
    private static String function(String name) throws IOException {
        Pattern text = Pattern.compile("(?ms)^function " + name + "\\(\\) \\{$.*?^\\}$");
        Set<String> texts = new HashSet<>();
        for (Path macro : macros()) {
            Matcher found = text.matcher(Files.readString(macro));
            if (found.find()) texts.add(found.group());
        }
        assertEquals(1, texts.size(), "one text of " + name + "() in all macros");
        return texts.iterator().next();
    }

    /** The colours that a macro's function makes, red, green and blue by index: its arithmetic done by ImageJ. */
    private static double[][] lut(String name) throws IOException {
        String body = function(name).replaceFirst("(?s)^[^{]*\\{", "").replaceFirst("(?s)\\}$", "");
        assertTrue(body.contains("setLut(r, g, b);"), body);
        String macro = body.replace(
                "setLut(r, g, b);",
                "text = \"\"; for (k = 0; k < 256; k++) text += \"\" + r[k] + \" \" + g[k] + \" \" + b[k] + \"\\n\"; return text;");
        String[] lines = new ij.macro.Interpreter().run(macro, "").strip().split("\n");
        assertEquals(256, lines.length);
        double[][] lut = new double[256][3];
        for (int i = 0; i < 256; i++) {
            String[] numbers = lines[i].split(" ");
            for (int c = 0; c < 3; c++) lut[i][c] = Double.parseDouble(numbers[c]);
        }
        return lut;
    }

    @ParameterizedTest
    @EnumSource
    void mapsRiseInLightnessForEveryEye(Eyes eyes) throws IOException {
        double[][] lut = lut("heat");
        for (int i = 2; i < 256; i++) {
            double rise = eyes.lightness(lut[i]) - eyes.lightness(lut[i - 1]);
            assertTrue(
                    rise > 0 || rise > -0.3 && eyes.lightness(lut[Math.min(255, i + 4)]) > eyes.lightness(lut[i - 1]),
                    i + ": " + rise);
        }
        assertTrue(eyes.lightness(lut[255]) - eyes.lightness(lut[1]) > 60);
        assertEquals(0, eyes.lightness(lut[0]), 1e-9);
    }

    /** Labels that follow each other, as those of neighbours often do; and none is as dark as the background. */
    @ParameterizedTest
    @EnumSource
    void labelsThatFollowEachOtherAreToldApart(Eyes eyes) throws IOException {
        double[][] lut = lut("colours");
        for (int i = 1; i < 255; i++) {
            double difference = eyes.difference(color(lut[i]), color(lut[i + 1]));
            assertTrue(difference > AT_A_GLANCE, i + ": " + difference);
            assertTrue(eyes.lightness(lut[i]) > 20, i + ": " + eyes.lightness(lut[i]));
        }
    }

    private static Color color(double[] rgb) {
        return new Color((int) rgb[0], (int) rgb[1], (int) rgb[2]);
    }

    /** ImageJ's own coloured maps mislead: Fire falls in lightness for a protanope, Spectrum for everybody. */
    @Test
    void macrosUseNoOtherColouredMap() throws IOException {
        Pattern coloured = Pattern.compile(
                "run\\(\"(Fire|Spectrum|Red|Green|Ice|3-3-2 RGB|Red/Green|Thermal|Rainbow RGB|16_colors|physics|phase|glasbey)\"");
        for (Path macro : macros())
            assertFalse(coloured.matcher(Files.readString(macro)).find(), macro.toString());
    }
}
