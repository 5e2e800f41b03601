package sinterj.ij;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sinterj.base.Curves;
import sinterj.segment.TrainingCurves;
import sinterj.segment.TrainingState;
import sinterj.segment.UNetShape;
import sinterj.trial.Eyes;

class CurvesPictureTest {
    private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 13);

    /** Four scores of a training of 500 steps, its third class not met until the second. */
    private static TrainingState state() {
        TrainingState start = TrainingState.start(new UNetShape(1, 3, 2, 1), 1);
        List<TrainingState.Row> rows = List.of(
                new TrainingState.Row(25, 1.32, 6e-3, 0.30, new double[] {0.55, 0.05, Double.NaN}),
                new TrainingState.Row(50, 0.90, 6e-3, 0.52, new double[] {0.75, 0.40, 0.47}),
                new TrainingState.Row(150, 0.45, 5e-3, 0.815, new double[] {0.92, 0.71, 0.815}),
                new TrainingState.Row(250, 0.312, 3e-3, 0.774, new double[] {0.9, 0.68, 0.742}));
        return new TrainingState(250, start.last(), start.momentum(), start.square(), start.best(), 0.815, 150, rows);
    }

    private static final Curves CURVES = TrainingCurves.of(state(), new int[] {1, 2, 7}, 500);
    private static final BufferedImage PICTURE = CurvesPicture.draw(CURVES, "3 min 20 s left");

    @Test
    void theCurvesPassThroughTheirValues() throws IOException {
        ImageIO.write(
                PICTURE,
                "png",
                Files.createDirectories(Path.of("target", "screenshots"))
                        .resolve("training-curves.png")
                        .toFile());
        for (int panel = 0; panel < 2; panel++) {
            List<Curves.Curve> curves = CURVES.panels().get(panel).curves();
            for (int c = 0; c < curves.size(); c++) {
                double[] x = curves.get(c).x();
                double[] y = curves.get(c).y();
                for (int i = 0; i < x.length; i++) {
                    if (Double.isNaN(y[i])) continue;
                    if (panel == 1 && c == 3 && i == 2) continue; // behind the mean
                    assertEquals(
                            CurvesPicture.colour(c),
                            at(panel, x[i], y[i]),
                            curves.get(c).name() + " at " + x[i]);
                }
            }
        }
        // Half way between two scores, and not where the curve does not go.
        assertEquals(Color.BLACK, at(0, 200, (0.45 + 0.312) / 2));
        assertEquals(Color.WHITE, at(0, 205, 0.75));
    }

    private static Color at(int panel, double x, double y) {
        int column = (int) Math.floor(CurvesPicture.column(CURVES, x));
        int row = (int) Math.floor(CurvesPicture.row(CURVES, panel, y));
        return new Color(PICTURE.getRGB(column, row));
    }

    @Test
    void theNumbersOfTheAxesStandBesideTheirValues() {
        for (String number : List.of("0.0", "0.2", "0.4", "0.6", "0.8", "1.0")) {
            double row = lowestRowOf(number) + word(number, PLAIN).getHeight() / 2.0;
            assertEquals(CurvesPicture.row(CURVES, 1, Double.parseDouble(number)), row, 2, number);
        }
        for (int step = 0; step <= 500; step += 100) {
            assertEquals(CurvesPicture.column(CURVES, step), columnOf(Integer.toString(step)), 2, "step " + step);
        }
        assertTrue(CurvesPicture.row(CURVES, 1, 1) > CurvesPicture.row(CURVES, 0, 0), "one panel below the other");
    }

    @Test
    void legendValuesAndTimeLeftAreThere() {
        assertTrue(shows("loss  0.312", PLAIN));
        assertTrue(shows("mean IoU  0.774", PLAIN));
        assertTrue(shows("class 1  0.900", PLAIN));
        assertTrue(shows("class 2  0.680", PLAIN));
        assertTrue(shows("class 7  0.742", PLAIN));
        assertTrue(shows("step", PLAIN));
        assertTrue(shows("Step 250 of 500: loss 0.312, mean IoU 0.774, best 0.815 at step 150", BOLD));
        assertTrue(shows("3 min 20 s left", BOLD));
        assertFalse(shows("3 min 21 s left", BOLD), "the test can tell");
    }

    @Test
    void moreClassesThanHaveRoomAreCounted() {
        int[] values = new int[40];
        double[] iou = new double[40];
        for (int c = 0; c < 40; c++) {
            values[c] = c;
            iou[c] = c / 40.0;
        }
        TrainingState s = state();
        TrainingState many = new TrainingState(
                25,
                s.last(),
                s.momentum(),
                s.square(),
                s.best(),
                0.5,
                25,
                List.of(new TrainingState.Row(25, 1, 1e-3, 0.5, iou)));
        BufferedImage picture = CurvesPicture.draw(TrainingCurves.of(many, values, 500), "");
        int shown = 0;
        while (find(picture, "class " + shown + String.format(java.util.Locale.ROOT, "  %.3f", iou[shown]), PLAIN)
                != null) shown++;
        assertTrue(shown >= 8, shown + " classes have room");
        assertTrue(find(picture, "and " + (40 - shown) + " more", PLAIN) != null, "after " + shown);
    }

    @ParameterizedTest
    @EnumSource
    void theFirstCurvesAreToldApart(Eyes eyes) {
        for (int a = 0; a < 5; a++) {
            for (int b = 0; b < a; b++) {
                double difference = eyes.difference(CurvesPicture.colour(a), CurvesPicture.colour(b));
                assertTrue(difference > Eyes.AT_A_GLANCE, a + " and " + b + ": " + difference);
            }
        }
    }

    // --- reading -------------------------------------------------------------------------------------------------

    private static boolean shows(String text, Font font) {
        return find(PICTURE, text, font) != null;
    }

    /** Top of the lowest place at the left edge where a number stands. */
    private static int lowestRowOf(String number) {
        return places(PICTURE, number, PLAIN).stream()
                .filter(p -> p[0] < 60)
                .mapToInt(p -> p[1])
                .max()
                .orElseThrow(() -> new AssertionError("no " + number));
    }

    /** Middle of the first number below the axis that looks like this, from the left: 0 is within 100 too. */
    private static double columnOf(String number) {
        return places(PICTURE, number, PLAIN).stream()
                .filter(p -> p[1] > CurvesPicture.HEIGHT - 50)
                .mapToDouble(p -> p[0] + word(number, PLAIN).getWidth() / 2.0)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + number));
    }

    private static int[] find(BufferedImage picture, String text, Font font) {
        List<int[]> places = places(picture, text, font);
        return places.isEmpty() ? null : places.get(0);
    }

    /** Places where a picture looks exactly as a text does: column and row, from the left. */
    private static List<int[]> places(BufferedImage picture, String text, Font font) {
        BufferedImage word = word(text, font);
        List<int[]> places = new ArrayList<>();
        for (int x = 0; x + word.getWidth() <= picture.getWidth(); x++) {
            for (int y = 0; y + word.getHeight() <= picture.getHeight(); y++) {
                if (isAt(picture, word, x, y)) places.add(new int[] {x, y});
            }
        }
        return places;
    }

    private static boolean isAt(BufferedImage picture, BufferedImage word, int x, int y) {
        for (int v = 0; v < word.getHeight(); v++) {
            for (int u = 0; u < word.getWidth(); u++) {
                if (picture.getRGB(x + u, y + v) != word.getRGB(u, v)) return false;
            }
        }
        return true;
    }

    /** A text in black on white, cut out closely. */
    private static BufferedImage word(String text, Font font) {
        BufferedImage sheet = new BufferedImage(640, 40, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, 640, 40);
        g.setColor(Color.BLACK);
        g.setFont(font);
        g.drawString(text, 10, 25);
        g.dispose();
        int left = 640;
        int right = 0;
        int top = 40;
        int bottom = 0;
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 640; x++) {
                if (sheet.getRGB(x, y) == Color.WHITE.getRGB()) continue;
                left = Math.min(left, x);
                right = Math.max(right, x);
                top = Math.min(top, y);
                bottom = Math.max(bottom, y);
            }
        }
        return sheet.getSubimage(left, top, right - left + 1, bottom - top + 1);
    }
}
