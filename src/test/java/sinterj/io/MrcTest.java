package sinterj.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

class MrcTest {
    private static final List<ByteOrder> ORDERS = List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);

    @TempDir
    Path folder;

    private Volume volume(MrcFile file) throws IOException {
        return Mrc.volume(file.write(folder.resolve("a.mrc")), Progress.SILENT);
    }

    private String refusal(Path path) {
        return assertThrows(InvalidInput.class, () -> Mrc.header(path)).getMessage();
    }

    private String refusal(MrcFile file) throws IOException {
        return refusal(file.write(folder.resolve("bad.mrc")));
    }

    @Test
    void modeZeroIsSigned() throws IOException {
        for (ByteOrder order : ORDERS) {
            Volume v = volume(MrcFile.of(order, 3, 1, 1, 0).data(b -> b.put(new byte[] {-128, 0, 127}), 3));
            assertArrayEquals(new float[] {-128, 0, 127}, v.plane(0));
        }
    }

    @Test
    void modeZeroOfImodIsUnsignedUnlessItsFlagSaysSigned() throws IOException {
        MrcFile file = MrcFile.of(3, 1, 1, 0).data(b -> b.put(new byte[] {-128, 0, 127}), 3);
        file.head.putInt(152, 1146047817);
        assertArrayEquals(new float[] {128, 0, 127}, volume(file).plane(0));
        assertInstanceOf(UnsignedByteType.class, volume(file).voxels().getType());
        file.head.putInt(156, 1);
        assertArrayEquals(new float[] {-128, 0, 127}, volume(file).plane(0));
    }

    @Test
    void modeZeroWithALargestValueAbove127IsUnsigned() throws IOException {
        MrcFile file = MrcFile.of(3, 1, 1, 0).data(b -> b.put(new byte[] {-128, 0, 127}), 3);
        file.head.putFloat(76, 0).putFloat(80, 128);
        assertArrayEquals(new float[] {128, 0, 127}, volume(file).plane(0));
    }

    @Test
    void modeOneIsExact() throws IOException {
        for (ByteOrder order : ORDERS) {
            Volume v = volume(MrcFile.of(order, 2, 1, 2, 1)
                    .data(b -> b.asShortBuffer().put(new short[] {-32768, 32767, 1, -2}), 8));
            assertArrayEquals(new float[] {-32768, 32767}, v.plane(0));
            assertArrayEquals(new float[] {1, -2}, v.plane(1));
        }
    }

    @Test
    void modeTwoIsExact() throws IOException {
        for (ByteOrder order : ORDERS) {
            Volume v = volume(MrcFile.of(order, 1, 3, 1, 2)
                    .data(b -> b.asFloatBuffer().put(new float[] {-1e-30f, 0.1f, Float.MAX_VALUE}), 12));
            assertArrayEquals(new float[] {-1e-30f, 0.1f, Float.MAX_VALUE}, v.plane(0));
        }
    }

    @Test
    void modeSixIsExactAndKeptInSixteenBits() throws IOException {
        for (ByteOrder order : ORDERS) {
            Volume v = volume(MrcFile.of(order, 3, 1, 1, 6)
                    .data(b -> b.asShortBuffer().put(new short[] {0, (short) 65535, 300}), 6));
            assertArrayEquals(new float[] {0, 65535, 300}, v.plane(0));
            assertInstanceOf(UnsignedShortType.class, v.voxels().getType());
        }
    }

    @Test
    void modeTwelveIsExact() throws IOException {
        for (ByteOrder order : ORDERS) {
            Volume v = volume(MrcFile.of(order, 3, 1, 1, 12)
                    .data(b -> b.asShortBuffer().put(new short[] {0x3c00, (short) 0xc500, 0x7bff}), 6));
            assertArrayEquals(new float[] {1, -5, 65504}, v.plane(0));
        }
    }

    @Test
    void wrongOrMissingStampIsSeenThrough() throws IOException {
        for (ByteOrder order : ORDERS) {
            for (int stamp : new int[] {0x11, 0x44, 0, 0x7f}) {
                MrcFile file = MrcFile.of(order, 5, 4, 3, 6)
                        .data(b -> b.asShortBuffer().put(59, (short) 258), 120);
                file.head.put(212, (byte) stamp).put(213, (byte) stamp);
                Volume v = volume(file);
                assertEquals(3, v.depth());
                assertEquals(258, v.plane(2)[19]);
            }
        }
    }

    @Test
    void planesLargerThanAChunkAreWhole() throws IOException {
        int width = 1031;
        int height = 1021;
        MrcFile file = MrcFile.of(ByteOrder.BIG_ENDIAN, width, height, 2, 2)
                .data(
                        b -> {
                            for (int i = 0; i < 2 * width * height; i++) b.putFloat(i);
                        },
                        8 * width * height);
        Volume v = volume(file);
        for (int i = 0; i < width * height; i++) assertEquals(width * height + i, v.plane(1)[i]);
    }

    @Test
    void extendedHeaderIsSkipped() throws IOException {
        Volume v = volume(MrcFile.of(2, 1, 1, 6)
                .extended("ABCD", 0, 0, 7, b -> b.put(new byte[] {9, 9, 9, 9, 9, 9, 9}))
                .data(b -> b.putShort((short) 1).putShort((short) 2), 4));
        assertArrayEquals(new float[] {1, 2}, v.plane(0));
    }

    @Test
    void voxelSizeIsTheCellInNanometres() throws IOException {
        MrcFile file = MrcFile.of(4, 5, 6, 6).zeros();
        file.head.putFloat(40, 4 * 7.88f).putFloat(44, 5 * 10f).putFloat(48, 6 * 30f);
        assertEquals(new VoxelSize(0.788, 1, 3, "nm"), volume(file).size());
        // A map whose columns lie along z and whose sections lie along x.
        file.head.putInt(64, 3).putInt(68, 2).putInt(72, 1);
        file.head.putInt(28, 6).putInt(36, 4).putFloat(40, 6 * 30f).putFloat(48, 4 * 7.88f);
        assertEquals(new VoxelSize(0.788, 1, 3, "nm"), volume(file).size());
    }

    @Test
    void cellWithoutMeaningIsNoCalibration() throws IOException {
        for (float cell : new float[] {0, -5, Float.NaN, Float.POSITIVE_INFINITY}) {
            MrcFile file = MrcFile.of(4, 5, 6, 6).zeros();
            file.head.putFloat(40, cell);
            assertEquals(VoxelSize.pixels(), volume(file).size());
        }
        MrcFile file = MrcFile.of(4, 5, 6, 6).zeros();
        file.head.putInt(28, 0);
        assertFalse(volume(file).size().isCalibrated());
    }

    @Test
    void lazyPlanesAreThePlanes() throws IOException {
        for (int mode : new int[] {1, 6, 12}) {
            MrcFile file = MrcFile.of(3, 2, 4, mode)
                    .data(
                            b -> {
                                for (int i = 0; i < 24; i++) b.putShort((short) (2000 * i));
                            },
                            48);
            Path path = file.write(folder.resolve("a.mrc"));
            Volume loaded = Mrc.volume(path, Progress.SILENT);
            Volume lazy = Mrc.lazy(path);
            for (int z = 3; z >= 0; z--) assertArrayEquals(loaded.plane(z), lazy.plane(z));
            assertEquals(loaded.size(), lazy.size());
        }
    }

    @Test
    void fileThatShrinksUnderALazyImageIsASentence() throws IOException {
        Path path = MrcFile.of(3, 2, 4, 6).zeros().write(folder.resolve("a.mrc"));
        Volume lazy = Mrc.lazy(path);
        Files.write(path, new byte[1030]);
        assertThrows(InvalidInput.class, () -> lazy.plane(3));
        Files.delete(path);
        assertThrows(InvalidInput.class, () -> lazy.plane(0));
    }

    @Test
    void labelsAreTexts() throws IOException {
        Path path =
                MrcFile.of(1, 1, 1, 6).label("  first ").label("second").zeros().write(folder.resolve("a.mrc"));
        assertEquals(List.of("first", "second"), Mrc.header(path).labels());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 7, 16, 101, 999, -1})
    void modesWithoutGreyValuesAreRefusedByNumber(int mode) throws IOException {
        String message = refusal(MrcFile.of(4, 4, 1, mode).data(b -> {}, 400));
        assertTrue(message.contains("mode " + mode) && message.contains("bad.mrc"), message);
    }

    @Test
    void truncatedFileNamesWhatIsThere() throws IOException {
        String message = refusal(MrcFile.of(10, 10, 61, 6).data(b -> {}, 200 * 60 + 7));
        assertTrue(message.contains("enough for 60 of the 61 planes") && message.contains("truncated"), message);
    }

    @Test
    void sizesThatOverflowAreRefusedBeforeAnythingIsAllocated() throws IOException {
        int huge = Integer.MAX_VALUE;
        for (int[] size : new int[][] {{huge, huge, huge}, {65536, 32767, huge}, {1, 1, huge}, {huge, 1, 8}}) {
            for (ByteOrder order : ORDERS) {
                String message =
                        refusal(MrcFile.of(order, size[0], size[1], size[2], 2).data(b -> {}, 64));
                assertTrue(message.contains("" + size[0]), message);
            }
        }
    }

    @Test
    void negativeSizesAreRefused() throws IOException {
        for (int[] size : new int[][] {{-1, 4, 4}, {4, 0, 4}, {4, 4, Integer.MIN_VALUE}, {-4, -4, 4}}) {
            assertTrue(refusal(MrcFile.of(size[0], size[1], size[2], 2).data(b -> {}, 256))
                    .contains("gives the size"));
        }
    }

    @Test
    void impossibleExtendedHeaderIsRefused() throws IOException {
        for (int bytes : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 33}) {
            MrcFile file = MrcFile.of(4, 4, 1, 6).zeros();
            file.head.putInt(92, bytes);
            assertTrue(refusal(file).contains("extended header of " + bytes), "" + bytes);
        }
    }

    @Test
    void filesOfOtherKindsAreNamed() throws IOException {
        Path file = folder.resolve("x.mrc");
        Files.write(file, new byte[] {0x49, 0x49, 0x2a, 0, 8, 0, 0, 0});
        assertTrue(refusal(file).contains("TIFF"));
        Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0});
        assertTrue(refusal(file).contains("compressed"));
        Files.write(file, "PixelSpacing = 7.88\n".repeat(100).getBytes(StandardCharsets.US_ASCII));
        assertTrue(refusal(file).contains("text"));
        Files.write(file, new byte[0]);
        assertTrue(refusal(file).contains("0 bytes"));
        assertTrue(refusal(folder).contains("folder"));
        assertTrue(refusal(folder.resolve("none.mrc")).contains("no such file"));
    }

    @Test
    void namesOfMrcFiles() {
        for (String name : List.of("a.mrc", "b.ST", "c.x.ali", "d.rec", "e.mrcs", "f.map")) {
            assertTrue(Mrc.hasMrcName(Path.of(name)), name);
        }
        for (String name : List.of("a.tif", "mrc", "a.mrc.mdoc", "/")) assertFalse(Mrc.hasMrcName(Path.of(name)), name);
    }
}
