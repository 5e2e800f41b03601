package sinterj.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sinterj.base.InvalidInput;

class MdocTest {
    @TempDir
    Path folder;

    private Mdoc read(String text) throws IOException {
        return Mdoc.read(Files.writeString(folder.resolve("a.mdoc"), text));
    }

    private String refusal(String text) {
        return assertThrows(InvalidInput.class, () -> read(text).anglesDeg()).getMessage();
    }

    @Test
    void serialEmWritesOneBlockPerImage() throws IOException {
        Mdoc mdoc = read("PixelSpacing = 13.4\nImageFile = a.st\n"
                + "[T =     Tilt axis angle = 85.3, binning = 1  spot = 8]\n\n"
                + "[ZValue = 0]\nTiltAngle = -60.01\nDefocus = 0\n\n[ZValue = 1]\r\nTiltAngle = -58\r\n");
        assertArrayEquals(new double[] {-60.01, -58}, mdoc.anglesDeg());
        assertEquals(85.3, mdoc.axisDeg());
        assertEquals(1.34, mdoc.pixelNm(), 1e-12);
    }

    /** As ETSpy's examples have it: several images at one angle, and other angles among the keys. */
    @Test
    void framesAtOneAngleKeepItAndOtherAnglesAreNoTilt() throws IOException {
        Mdoc mdoc = read("PixelSpacing = 7.88\nVoltage = 300\n\n[T = SerialEM: a lab   31-Mar-23  16:24:14    ]\n\n"
                + "[T =     Tilt axis angle = -90.0, binning = 2  spot = 7  camera = 0 bidir = -0.0]\n\n"
                + "[ZValue = 0]\nTiltAngle = -0.000488\nPixelSpacing = 7.88\nRotationAngle = 0\n\n"
                + "[ZValue = 1]\nTiltAngle = -0.000488\nRotationAngle = 12\nDateTime = 31-Mar-23  16:24:17\n");
        assertArrayEquals(new double[] {-0.000488, -0.000488}, mdoc.anglesDeg());
        assertEquals(-90, mdoc.axisDeg());
        assertEquals(0.788, mdoc.pixelNm(), 1e-12);
    }

    @Test
    void blocksOfOtherKindsSayNothingOfAnImage() throws IOException {
        assertArrayEquals(
                new double[] {1, 2},
                read("[ZValue = 0]\nTiltAngle = 1\n[ZValue = 1]\n[T = a title between]\nTiltAngle = 2\n"
                                + "[FrameSet = 0]\nTiltAngle = 50\n[Tomography = 1]\nTiltAngle = 60\n")
                        .anglesDeg());
    }

    @Test
    void imagesAreTakenInTheOrderOfTheirNumbers() throws IOException {
        assertArrayEquals(
                new double[] {3, -3, 9},
                read("[ZValue = 10]\nTiltAngle = 9\n[ZValue=2]\nTiltAngle=-3\n[ ZValue = 0 ]\n TiltAngle = 3 \n")
                        .anglesDeg());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[T = TiltAxisAngle = -95.4  Binning = 1  SpotSize = 5] | -95.4",
                "[T =     Tilt axis angle = 84.1]                       | 84.1",
                "TiltAxisAngle = 12.5                                   | 12.5",
                "[T = Tilt axis angle = 1e30, binning = 1]              | NaN",
                "[T = Tilt axis angle = , binning = 1]                  | NaN",
                "[T = Tomography]                                       | NaN"
            })
    void directionOfTheAxisStandsInATitleOrAKey(String line, double axis) throws IOException {
        assertEquals(axis, read(line + "\n[ZValue = 0]\nTiltAngle = 1\n").axisDeg());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "NaN", "1e-30", "", "1e300"})
    void pixelWithoutMeaningIsNone(String pixel) throws IOException {
        assertTrue(Double.isNaN(read("PixelSpacing = " + pixel + "\n").pixelNm()));
    }

    @Test
    void wrongBlocksAreNamed() {
        assertTrue(refusal("[ZValue = 0]\nTiltAngle = 1\n[ZValue = 1]\nDefocus = 2\n")
                .contains("[ZValue = 1] in '"));
        assertTrue(refusal("[ZValue = 0]\nTiltAngle = 1\n[ZValue = 0]\nTiltAngle = 2\n")
                .contains("[ZValue = 0] twice"));
        for (String angle : new String[] {"1,5", "400", "NaN", "", "-Infinity"}) {
            String message = refusal("[ZValue = 7]\nTiltAngle = " + angle + "\n");
            assertTrue(message.contains("[ZValue = 7]") && message.contains("'" + angle + "'"), message);
        }
    }

    @Test
    void textOfAnOldCodePageDoesNotHinder() throws IOException {
        Path path = folder.resolve("a.mdoc");
        Files.write(path, "Note = 5 \u00b5m\n[ZValue = 0]\nTiltAngle = 2\n".getBytes(StandardCharsets.ISO_8859_1));
        assertArrayEquals(new double[] {2}, Mdoc.read(path).anglesDeg());
    }
}
