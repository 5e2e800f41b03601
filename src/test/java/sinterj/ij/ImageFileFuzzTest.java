package sinterj.ij;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.command.EvaluateSegmentation;
import sinterj.image.Frames;
import sinterj.image.LabelVolume;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.Call;
import sinterj.trial.Nonsense;

/** TIFF files of labels that are damaged or cut: an image with so many labels, or a sentence. ImageJ reads them. */
@Tag(Nonsense.TAG)
class ImageFileFuzzTest {
    private static final Path FILE = Path.of("target", "fuzz-labels.tif").toAbsolutePath();
    private static final byte[] GOOD = good();

    private static byte[] good() {
        short[][] planes = new short[3][20];
        for (int z = 0; z < 3; z++) for (int i = 0; i < 20; i++) planes[z][i] = (short) (z * 7 + i % 5);
        Volume labels = new Volume(Planes.ofShorts(List.of(planes), 5, 4), new VoxelSize(1, 1, 3, "nm"));
        try {
            Delivery.write(Frames.of("labels", labels), FILE);
            return Files.readAllBytes(FILE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Frames read(byte[] bytes) {
        try {
            Files.write(FILE, bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Map<String, Object> inputs = Map.of("input", FILE.toString(), "truth", FILE.toString());
        return new InputFinder(Progress.SILENT)
                .find(Call.of(new EvaluateSegmentation(), inputs))
                .frames("input");
    }

    private static void imageOrSentence(byte[] bytes) {
        Nonsense.doneOrSentence(() -> {
            for (Volume volume : read(bytes).volumes()) {
                for (int z = 0; z < volume.depth(); z++) volume.plane(z);
                if (volume.count() < 1_000_000) LabelVolume.of(volume);
            }
        });
    }

    /** Bytes of the head, which stands first, changed; then perhaps the end cut off. */
    private static byte[] damaged(int[] where, byte[] values, int length) {
        byte[] bytes = Arrays.copyOf(GOOD, Math.min(GOOD.length, length));
        for (int i = 0; i < where.length; i++) if (where[i] < bytes.length) bytes[where[i]] = values[i];
        return bytes;
    }

    @Provide
    Arbitrary<int[]> places() {
        return Arbitraries.integers().between(0, 300).array(int[].class).ofSize(3);
    }

    @Example
    void theGoodOneIsRead() {
        Frames image = read(GOOD);
        assertEquals(3, image.first().depth());
        assertEquals(18, LabelVolume.of(image.first()).asVolume().plane(2)[4]);
    }

    /** The good file with one entry of its first directory changed: how many there are, or the value. */
    private static byte[] withEntry(int kind, int count, int value) {
        byte[] bytes = GOOD.clone();
        ByteBuffer head = inOrder(bytes);
        int at = head.getInt(4);
        for (int n = head.getShort(at); n > 0; n--) {
            int entry = at + 2 + 12 * (n - 1);
            if (Short.toUnsignedInt(head.getShort(entry)) != kind) continue;
            head.putShort(entry + 2, (short) 4).putInt(entry + 4, count).putInt(entry + 8, value);
            return bytes;
        }
        throw new AssertionError("no entry of kind " + kind);
    }

    private static ByteBuffer inOrder(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }

    private static void assertDamaged(byte[] bytes) {
        String message = assertThrows(InvalidInput.class, () -> read(bytes)).getMessage();
        assertTrue(message.contains("is damaged"), message);
    }

    /** ImageJ's reader would take gigabytes, or read for hours, or for ever. */
    @Example
    void aHeadThatClaimsMuchMoreThanTheFileHoldsIsRefusedAtOnce() {
        assertEquals(3, read(withEntry(256, 1, 5)).first().depth());
        assertDamaged(withEntry(256, 1, 20_000_000)); // the width
        assertDamaged(withEntry(257, 1, 20_000_000)); // the height
        assertDamaged(withEntry(273, 2_000_000_000, 8)); // how many strips
        assertDamaged(withEntry(50838, 1_000_000, 8)); // how many notes of ImageJ's
        byte[] circle = GOOD.clone();
        int at = inOrder(circle).getInt(4);
        int entries = inOrder(circle).getShort(at);
        inOrder(circle).putInt(at + 2 + 12 * entries, at);
        assertDamaged(circle);
    }

    @Property(seed = "20261204", edgeCases = EdgeCasesMode.NONE)
    void aDamagedFileIsAnImageOrASentence(
            @ForAll("places") int[] where,
            @ForAll @Size(3) byte[] values,
            @ForAll @IntRange(min = 1, max = 2000) int length) {
        imageOrSentence(damaged(where, values, length));
    }
}
