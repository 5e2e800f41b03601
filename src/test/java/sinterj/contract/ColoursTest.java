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
import sinterj.trial.Eyes;

/** Curves of plots, and what macros draw, for people who lack a kind of cone. */
class ColoursTest {
    @ParameterizedTest
    @EnumSource
    void curvesOfAPlotAreToldApartAtAGlance(Eyes eyes) {
        List<Color> colours = Plot.COLOURS.stream().map(Color::decode).toList();
        for (int i = 0; i < colours.size(); i++) {
            for (int j = 0; j < i; j++) {
                double difference = eyes.difference(colours.get(i), colours.get(j));
                assertTrue(
                        difference > Eyes.AT_A_GLANCE,
                        Plot.COLOURS.get(i) + " " + Plot.COLOURS.get(j) + " " + difference);
            }
            assertTrue(
                    eyes.difference(colours.get(i), Color.WHITE) > 2 * Eyes.AT_A_GLANCE,
                    Plot.COLOURS.get(i) + " on white");
        }
    }

    /** The measure itself: red and green of the same lightness are one colour to a deuteranope and not to others. */
    @Test
    void theMeasureKnowsRedAndGreen() {
        Color red = new Color(0xa0, 0x60, 0x20);
        Color green = new Color(0x60, 0x80, 0x1c);
        assertTrue(Eyes.USUAL.difference(red, green) > 3 * Eyes.AT_A_GLANCE);
        assertTrue(Eyes.DEUTERANOPE.difference(red, green) < Eyes.AT_A_GLANCE);
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
            assertTrue(difference > Eyes.AT_A_GLANCE, i + ": " + difference);
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
