package sinterj.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtendedHeaderTest {
    private static final List<ByteOrder> ORDERS = List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    private static final double[] ANGLES = {-20, -9.5, 1};
    private static final int ANGLE_BIT = 1 << 7;
    private static final int AXIS_BIT = 1 << 12;

    @TempDir
    Path folder;

    private MrcHeader header(
            ByteOrder order, String type, int integers, int reals, int bytes, Consumer<ByteBuffer> fill)
            throws IOException {
        MrcFile file = MrcFile.of(order, 3, 2, ANGLES.length, 6)
                .extended(type, integers, reals, bytes, fill)
                .zeros();
        return Mrc.header(file.write(folder.resolve("a.mrc")));
    }

    /** Blocks that grow from image to image, as nothing forbids. */
    private static void fei(ByteBuffer out, int mask, String version, double scale) {
        int offset = 0;
        for (int k = 0; k < ANGLES.length; k++) {
            out.putInt(offset, 768 + 8 * k);
            // Little-endian in any file.
            out.putInt(offset + 8, out.order() == ByteOrder.BIG_ENDIAN ? Integer.reverseBytes(mask) : mask);
            out.put(offset + 68, version.getBytes(StandardCharsets.US_ASCII));
            out.putDouble(offset + 100, ANGLES[k] * scale);
            out.putDouble(offset + 140, 84.25 * scale);
            offset += 768 + 8 * k;
        }
    }

    @Test
    void feiKeepsAnglesAndAxisInABlockPerImage() throws IOException {
        for (ByteOrder order : ORDERS) {
            for (String type : new String[] {"FEI1", "FEI2"}) {
                MrcHeader header = header(order, type, 0, 0, 3 * 800, b -> fei(b, ANGLE_BIT | AXIS_BIT, "5.1.0", 1));
                assertArrayEquals(ANGLES, ExtendedHeader.anglesDeg(header));
                assertEquals(84.25, ExtendedHeader.axisDeg(header));
            }
        }
    }

    @Test
    void feiVersionThatTurnedAnglesIntoDegreesTwiceIsCorrected() throws IOException {
        MrcHeader header = header(
                ByteOrder.LITTLE_ENDIAN,
                "FEI1",
                0,
                0,
                3 * 800,
                b -> fei(b, ANGLE_BIT | AXIS_BIT, "4.4.0.4981", 180 / Math.PI));
        assertArrayEquals(ANGLES, ExtendedHeader.anglesDeg(header), 1e-12);
        assertEquals(84.25, ExtendedHeader.axisDeg(header), 1e-12);
    }

    @Test
    void feiFactsThatTheMaskDoesNotAnnounceAreNone() throws IOException {
        int others = ~(ANGLE_BIT | AXIS_BIT);
        MrcHeader header = header(ByteOrder.LITTLE_ENDIAN, "FEI1", 0, 0, 3 * 800, b -> fei(b, others, "", 1));
        assertEquals(0, ExtendedHeader.anglesDeg(header).length);
        assertTrue(Double.isNaN(ExtendedHeader.axisDeg(header)));
    }

    @Test
    void feiBlocksThatLeadOutOfTheHeaderAreNone() throws IOException {
        for (int size : new int[] {0, -1, 100, Integer.MAX_VALUE, Integer.MIN_VALUE, 2000}) {
            MrcHeader header = header(ByteOrder.LITTLE_ENDIAN, "FEI1", 0, 0, 3 * 800, b -> {
                fei(b, ANGLE_BIT, "", 1);
                b.putInt(768, size);
            });
            assertEquals(0, ExtendedHeader.anglesDeg(header).length, "size " + size);
        }
    }

    private static void serialEm(ByteBuffer out, int bytes) {
        for (int k = 0; k < ANGLES.length; k++) out.putShort(k * bytes, (short) (100 * ANGLES[k]));
    }

    @Test
    void serialEmKeepsAnglesAsHundredthsInFrontOfOtherFacts() throws IOException {
        for (ByteOrder order : ORDERS) {
            // Angle and piece, named; all that there are, in a file from before types were named.
            assertArrayEquals(ANGLES, ExtendedHeader.anglesDeg(header(order, "SERI", 8, 3, 24, b -> serialEm(b, 8))));
            assertArrayEquals(
                    ANGLES, ExtendedHeader.anglesDeg(header(order, "", 34, 0x7ff, 102, b -> serialEm(b, 34))));
            assertArrayEquals(ANGLES, ExtendedHeader.anglesDeg(header(order, "", 2, 1, 6, b -> serialEm(b, 2))));
        }
    }

    @Test
    void serialEmWithoutItsAngleBitOrTooShortHasNone() throws IOException {
        for (int[] c : new int[][] {{6, 2, 24}, {0, 0, 24}, {8, 3, 23}, {-8, 3, 24}, {8, -32767, 24}}) {
            MrcHeader header = header(ByteOrder.LITTLE_ENDIAN, "SERI", c[0], c[1], c[2], b -> serialEm(b, 8));
            assertEquals(0, ExtendedHeader.anglesDeg(header).length, c[0] + " " + c[1] + " " + c[2]);
        }
    }

    private static void floats(ByteBuffer out, int integers, int reals) {
        for (int k = 0; k < ANGLES.length; k++) {
            int start = 4 * (integers + reals) * k;
            for (int i = 0; i < integers; i++) out.putInt(start + 4 * i, 77);
            out.putFloat(start + 4 * integers, (float) ANGLES[k]);
            if (reals > 10) out.putFloat(start + 4 * (integers + 10), -86);
        }
    }

    @Test
    void oldHeadersKeepTheAngleAsTheFirstFloatAndTheAxisAsTheEleventh() throws IOException {
        for (ByteOrder order : ORDERS) {
            MrcHeader fei = header(order, "", 0, 32, 1024 * 128, b -> floats(b, 0, 32));
            assertArrayEquals(ANGLES, ExtendedHeader.anglesDeg(fei));
            assertEquals(-86, ExtendedHeader.axisDeg(fei));
            MrcHeader agard = header(order, "AGAR", 3, 5, 3 * 32, b -> floats(b, 3, 5));
            assertArrayEquals(ANGLES, ExtendedHeader.anglesDeg(agard));
            assertTrue(Double.isNaN(ExtendedHeader.axisDeg(agard)));
        }
    }

    @Test
    void headerOfAnotherKindOrOfEqualOrImpossibleAnglesHasNone() throws IOException {
        assertEquals(
                0,
                ExtendedHeader.anglesDeg(header(ByteOrder.LITTLE_ENDIAN, "CCP4", 0, 32, 384, b -> floats(b, 0, 32)))
                        .length);
        assertEquals(0, ExtendedHeader.anglesDeg(header(ByteOrder.LITTLE_ENDIAN, "", 0, 32, 384, b -> {})).length);
        assertEquals(
                0,
                ExtendedHeader.anglesDeg(header(ByteOrder.LITTLE_ENDIAN, "", 0, 32, 384, b -> {
                            floats(b, 0, 32);
                            b.putFloat(128, 1e9f);
                        }))
                        .length);
    }
}
