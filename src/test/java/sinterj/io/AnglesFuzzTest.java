package sinterj.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import sinterj.trial.Nonsense;
import sinterj.trial.Scratch;

/** Lists of angles, .mdoc, .xf and extended headers that are damaged or nonsense: read or refused in a sentence. */
@Tag(Nonsense.TAG)
class AnglesFuzzTest {
    private static final Scratch TLT = new Scratch("fuzz.tlt");
    private static final Scratch MDOC = new Scratch("fuzz.mdoc");
    private static final Scratch XF = new Scratch("fuzz.xf");
    private static final Scratch MRC = new Scratch("fuzz.mrc");
    private static final Path NOWHERE = Path.of("target");

    @Provide
    Arbitrary<String> lists() {
        Arbitrary<String> line =
                Arbitraries.oneOf(Nonsense.numbers(-400, 400), Nonsense.texts("0123456789+-.,eENaInfity \t:\r", 12));
        return Nonsense.joined(line, 0, 6, "\n");
    }

    @Property(seed = "20240620", edgeCases = EdgeCasesMode.NONE)
    void anyListOrRangeIsAnglesOrASentence(@ForAll("lists") String text) {
        Nonsense.doneOrSentence(() -> {
            double[] angles = TiltAngles.all(TLT.holding(text).toString(), NOWHERE);
            for (double angle : angles) assertTrue(Math.abs(angle) <= 360);
        });
        Nonsense.doneOrSentence(() -> assertEquals(3, TiltAngles.of(text, 3, NOWHERE).length));
    }

    @Property(seed = "20240621", edgeCases = EdgeCasesMode.NONE)
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
                Nonsense.numbers(-400, 400),
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
        Arbitrary<String> line = Combinators.combine(key, value).as((k, v) -> k.replace("%s", v));
        return Nonsense.joined(line, 0, 10, "");
    }

    @Property(seed = "20240622", edgeCases = EdgeCasesMode.NONE)
    void anyMdocIsReadOrASentence(@ForAll("mdocs") String text) {
        Nonsense.doneOrSentence(() -> {
            Mdoc mdoc = Mdoc.read(MDOC.holding(text));
            assertTrue(!(Math.abs(mdoc.axisDeg()) > 360) && !(mdoc.pixelNm() <= 0));
            for (double angle : mdoc.anglesDeg()) assertTrue(Math.abs(angle) <= 360);
        });
    }

    @Provide
    Arbitrary<String> transforms() {
        Arbitrary<String> word = Arbitraries.oneOf(
                Arbitraries.doubles().map(String::valueOf),
                Arbitraries.of("1", "0", "-1.0", "1e999", "nan", "1,5", "#", "0x1"));
        return Nonsense.joined(Nonsense.joined(word, 4, 8, " "), 0, 3, "\n");
    }

    @Property(seed = "20240623", edgeCases = EdgeCasesMode.NONE)
    void anyTransformFileIsReadOrASentence(@ForAll("transforms") String text) {
        Nonsense.doneOrSentence(() -> assertTrue(XfFile.read(XF.holding(text)).size() > 0));
    }

    @Property(seed = "20240624", edgeCases = EdgeCasesMode.NONE)
    void noiseInAnExtendedHeaderIsAnglesOrNone(
            @ForAll boolean big,
            @ForAll("types") String type,
            @ForAll("shorts") int integers,
            @ForAll("shorts") int reals,
            @ForAll("noise") byte[] noise) {
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
}
