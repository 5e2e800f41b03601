package sinterj.ij;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Roi;
import ij.process.LUT;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sinterj.image.FrameTimes;
import sinterj.image.Frames;
import sinterj.image.Look;
import sinterj.image.Phantoms;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.trial.Eyes;

class ColoursTest {
    private static double lightness(LUT table, int i) {
        return Eyes.USUAL.lightness(rgb(table, i));
    }

    private static Frames frames(int side, Look look) {
        Volume volume = Phantoms.volume(side, side, 2, VoxelSize.cube(3, "nm"), (x, y, z) -> (x - side / 4f) * (z + 1));
        return new Frames("f", List.of(volume), FrameTimes.unknown(), Map.of()).withLook(look);
    }

    @Test
    void equalStepsOfAMapAreEquallyMuchLighter() {
        LUT map = Colours.table(Look.MAP);
        assertEquals(0, map.getRGB(0) & 0xffffff);
        // 8-bit levels near black are coarse: a step of one is 0.3 there.
        for (int i = 0; i < 256; i++) assertEquals(95 * i / 255.0, lightness(map, i), 0.5, "entry " + i);
    }

    @ParameterizedTest
    @EnumSource
    void mapsRiseInLightnessForEveryEye(Eyes eyes) {
        LUT map = Colours.table(Look.MAP);
        for (int i = 4; i < 256; i++) {
            double rise = eyes.lightness(rgb(map, i)) - eyes.lightness(rgb(map, i - 4));
            assertTrue(rise > 0.3, i + ": " + rise);
        }
    }

    private static double[] rgb(LUT table, int i) {
        return new double[] {table.getRed(i), table.getGreen(i), table.getBlue(i)};
    }

    /** Labels that follow each other, as those of neighbours often do; and none is as dark as the background. */
    @ParameterizedTest
    @EnumSource
    void labelsThatFollowEachOtherAreToldApart(Eyes eyes) {
        LUT table = Colours.table(Look.LABELS);
        for (int i = 1; i < 255; i++) {
            double difference = eyes.difference(new Color(table.getRGB(i)), new Color(table.getRGB(i + 1)));
            assertTrue(difference > Eyes.AT_A_GLANCE, i + ": " + difference);
            assertTrue(eyes.lightness(rgb(table, i)) > 30, "entry " + i);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSignOfADifferenceIsSeen(Eyes eyes) {
        LUT table = Colours.table(Look.DIFFERENCE);
        for (int i = 0; i < 100; i++) {
            double difference = eyes.difference(new Color(table.getRGB(i)), new Color(table.getRGB(255 - i)));
            assertTrue(difference > Eyes.AT_A_GLANCE, i + ": " + difference);
        }
    }

    @Test
    void differencesOfEitherSignAreAsDark() {
        LUT table = Colours.table(Look.DIFFERENCE);
        for (int i = 0; i < 128; i++) assertEquals(lightness(table, i), lightness(table, 255 - i), 0.5);
        assertTrue(table.getBlue(0) > table.getRed(0) && table.getRed(255) > table.getBlue(255));
        assertTrue(lightness(table, 127) > 96);
    }

    @Test
    void whatIsNoLabelIsBlackAndGreyValuesHaveNoTable() {
        assertEquals(0, Colours.table(Look.LABELS).getRGB(0) & 0xffffff);
        assertNull(Colours.table(Look.GREY));
    }

    @Test
    void aDifferenceIsShownAroundNothing() {
        ImagePlus image = ToImagePlus.image(frames(8, Look.DIFFERENCE));
        assertEquals(-10, image.getDisplayRangeMin(), 1e-6);
        assertEquals(10, image.getDisplayRangeMax(), 1e-6);
    }

    @Test
    void theLookIsReadBackFromTheImage() {
        ImagePlus image = ToImagePlus.image(frames(8, Look.MAP));
        assertEquals(Look.MAP, FromImagePlus.frames(image).look());
        assertTrue(image.getProcessor().isColorLut());
    }

    @Test
    void aMapOfEnoughPixelsCarriesBarsOfColourAndLength() {
        ImagePlus image = ToImagePlus.image(frames(160, Look.MAP));
        MapLegend.draw(image);
        Roi[] drawn = image.getOverlay().toArray();
        assertEquals(5, drawn.length);
        // A quarter of 160 pixels of 3 nm is 120 nm, so the bar is 100 nm.
        assertTrue(Arrays.stream(drawn).anyMatch(r -> r.getBounds().width == 33 && r.getBounds().height < 9));
        for (Roi roi : drawn) {
            assertTrue(roi.getBounds().x >= 0 && roi.getBounds().getMaxX() <= 160, roi.toString());
            assertTrue(roi.getBounds().y >= 0 && roi.getBounds().getMaxY() <= 160, roi.toString());
        }
        int top = ((ImageRoi) drawn[0]).getProcessor().getPixel(0, 0);
        assertEquals(Colours.table(Look.MAP).getRGB(255) & 0xffffff, top & 0xffffff);
        int middle = ((ImageRoi) drawn[0]).getProcessor().getPixel(0, drawn[0].getBounds().height / 2);
        assertEquals(47.5, Eyes.USUAL.lightness(new double[] {middle >> 16 & 255, middle >> 8 & 255, middle & 255}), 2);
        ImagePlus small = ToImagePlus.image(frames(100, Look.MAP));
        MapLegend.draw(small);
        assertNull(small.getOverlay());
    }

    @Test
    void barsHaveRoundLengths() {
        assertEquals(100, MapLegend.round(120), 1e-9);
        assertEquals(0.5, MapLegend.round(0.99), 1e-9);
        assertEquals(2e-3, MapLegend.round(2e-3 + 1e-9), 1e-9);
    }
}
