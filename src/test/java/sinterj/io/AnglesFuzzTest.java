package sinterj.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import sinterj.base.InvalidInput;
import sinterj.image.Affine;

/** Lists of angles, .mdoc, .xf and extended headers that are damaged or nonsense: read or refused in a sentence. */
class AnglesFuzzTest {
    private static final Scratch TLT = new Scratch("fuzz.tlt");
    private static final Scratch MDOC = new Scratch("fuzz.mdoc");
    private static final Scratch XF = new Scratch("fuzz.xf");
    private static final Scratch MRC = new Scratch("fuzz.mrc");
    private static final Path NOWHERE = Path.of("target");

    @Provide
    Arbitrary<String> lists() {
        return Arbitraries.oneOf(
                        Arbitraries.doubles().between(-400, 400).map(String::valueOf),
                        Arbitraries.strings()
                                .withChars("0123456789+-.,eENaInfity \t:\r")
                                .ofMaxLength(12),
                        Arbitraries.strings().ofMaxLength(6))
                .list()
                .ofMaxSize(6)
                .map(all -> String.join("\n", all));
    }

    private static void anglesOrSentence(String text) {
        try {
            double[] angles = TiltAngles.all(TLT.holding(text).toString(), NOWHERE);
            for (double angle : angles) assertTrue(Math.abs(angle) <= 360);
        } catch (InvalidInput e) {
            requireSentence(e);
        }
        try {
            assertEquals(3, TiltAngles.of(text, 3, NOWHERE).length);
        } catch (InvalidInput e) {
            assertTrue(e.getMessage().endsWith("."), e.getMessage());
        }
    }

    @Property(tries = 1000, seed = "20240620", edgeCases = EdgeCasesMode.NONE)
    void anyListOrRangeIsAnglesOrASentence(@ForAll("lists") String text) {
        anglesOrSentence(text);
    }

    @Property(tries = 100_000, edgeCases = EdgeCasesMode.NONE)
    @Tag("proof")
    void anyListOrRangeIsAnglesOrASentenceVeryOften(@ForAll("lists") String text) {
        anglesOrSentence(text);
    }

    @Property(tries = 1000, seed = "20240621", edgeCases = EdgeCasesMode.NONE)
    void writtenAnglesComeBack(@ForAll("tenThousandths") int[] tenThousandths) {
        double[] angles = new double[tenThousandths.length];
        for (int i = 0; i < angles.length; i++) angles[i] = tenThousandths[i] / 1e4;
        Path path = TLT.holding("");
        TiltAngles.write(angles, path);
        assertArrayEquals(angles, TiltAngles.of(path.toString(), angles.length, NOWHERE));
    }

    @Provide
    Arbitrary<int[]> tenThousandths() {
        return Arbitraries.integers()
                .between(-3_600_000, 3_600_000)
                .array(int[].class)
                .ofMinSize(1)
                .ofMaxSize(9);
    }

    @Provide
    Arbitrary<String> mdocs() {
        Arbitrary<String> value = Arbitraries.oneOf(
                Arbitraries.of("0", "1", "-60.01", "400", "NaN", "1,5", "", "2147483648", "-1", "1e999"),
                Arbitraries.strings().withChars("0123456789.-eE,[]= \t").ofMaxLength(8));
        Arbitrary<String> key = Arbitraries.of(
                "[ZValue = %s]\n",
                "TiltAngle = %s\r\n",
                "[T = Tilt axis angle = %s, binning = 1]\n",
                "[T = %s]\n",
                "PixelSpacing = %s\n",
                "[ZValue = %s\n",
                "TiltAxisAngle=%s\n",
                "[Image = %s]\n",
                "%s\n");
        return Combinators.combine(key, value)
                .as((k, v) -> k.replace("%s", v))
                .list()
                .ofMaxSize(10)
                .map(all -> String.join("", all));
    }

    private static void mdocOrSentence(String text) {
        try {
            Mdoc mdoc = Mdoc.read(MDOC.holding(text));
            assertTrue(!(Math.abs(mdoc.axisDeg()) > 360) && !(mdoc.pixelNm() <= 0));
            for (double angle : mdoc.anglesDeg()) assertTrue(Math.abs(angle) <= 360);
        } catch (InvalidInput e) {
            requireSentence(e);
        }
    }

    @Property(tries = 1000, seed = "20240622", edgeCases = EdgeCasesMode.NONE)
    void anyMdocIsReadOrASentence(@ForAll("mdocs") String text) {
        mdocOrSentence(text);
    }

    @Property(tries = 100_000, edgeCases = EdgeCasesMode.NONE)
    @Tag("proof")
    void anyMdocIsReadOrASentenceVeryOften(@ForAll("mdocs") String text) {
        mdocOrSentence(text);
    }

    @Provide
    Arbitrary<String> transforms() {
        Arbitrary<String> word = Arbitraries.oneOf(
                Arbitraries.doubles().map(String::valueOf),
                Arbitraries.of("1", "0", "-1.0", "1e999", "nan", "1,5", "#", "0x1"));
        return word.list()
                .ofMinSize(4)
                .ofMaxSize(8)
                .map(words -> String.join(" ", words))
                .list()
                .ofMaxSize(3)
                .map(lines -> String.join("\n", lines));
    }

    private static void transformsOrSentence(String text) {
        try {
            List<Affine> read = XfFile.read(XF.holding(text));
            assertTrue(read.size() > 0);
        } catch (InvalidInput e) {
            requireSentence(e);
        }
    }

    @Property(tries = 1000, seed = "20240623", edgeCases = EdgeCasesMode.NONE)
    void anyTransformFileIsReadOrASentence(@ForAll("transforms") String text) {
        transformsOrSentence(text);
    }

    @Property(tries = 100_000, edgeCases = EdgeCasesMode.NONE)
    @Tag("proof")
    void anyTransformFileIsReadOrASentenceVeryOften(@ForAll("transforms") String text) {
        transformsOrSentence(text);
    }

    private static void headerAnglesOrNone(boolean big, String type, int integers, int reals, byte[] noise) {
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        MrcFile file = MrcFile.of(order, 2, 1, 3, 6)
                .extended(type, integers, reals, noise.length, b -> b.put(noise))
                .zeros();
        MrcHeader header = Mrc.header(MRC.holding(file.bytes()));
        double[] angles = ExtendedHeader.anglesDeg(header);
        assertTrue(angles.length == 0 || angles.length == 3);
        for (double angle : angles) assertTrue(Math.abs(angle) <= 360);
        assertTrue(!(Math.abs(TiltAngles.axisDeg(header)) > 360));
    }

    @Property(tries = 1000, seed = "20240624", edgeCases = EdgeCasesMode.NONE)
    void noiseInAnExtendedHeaderIsAnglesOrNone(
            @ForAll boolean big,
            @ForAll("types") String type,
            @ForAll("shorts") int integers,
            @ForAll("shorts") int reals,
            @ForAll("noise") byte[] noise) {
        headerAnglesOrNone(big, type, integers, reals, noise);
    }

    @Property(tries = 100_000, edgeCases = EdgeCasesMode.NONE)
    @Tag("proof")
    void noiseInAnExtendedHeaderIsAnglesOrNoneVeryOften(
            @ForAll boolean big,
            @ForAll("types") String type,
            @ForAll("shorts") int integers,
            @ForAll("shorts") int reals,
            @ForAll("noise") byte[] noise) {
        headerAnglesOrNone(big, type, integers, reals, noise);
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of("FEI1", "FEI2", "SERI", "AGAR", "", "CCP4");
    }

    @Provide
    Arbitrary<Integer> shorts() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(-2, 40),
                Arbitraries.integers().between(Short.MIN_VALUE, Short.MAX_VALUE));
    }

    @Provide
    Arbitrary<byte[]> noise() {
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(700);
        // A length of block that may be true, so that what follows is looked at.
        return Combinators.combine(any, Arbitraries.integers().between(0, 260)).as((bytes, size) -> {
            if (bytes.length > 1) {
                bytes[0] = (byte) (size & 0xff);
                bytes[1] = (byte) (size >> 8);
                for (int i = 2; i < Math.min(4, bytes.length); i++) bytes[i] = 0;
            }
            return bytes;
        });
    }

    private static void requireSentence(InvalidInput e) {
        assertTrue(e.getMessage().endsWith(".") && e.getMessage().length() < 500, e.getMessage());
    }
}
