package sinterj.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;

class PhaseMaskTest {
    private static final OptionalDouble ANY = OptionalDouble.empty();

    @Test
    void masksOfOneAndOf255AreBothRead() {
        for (float on : new float[] {1, 255}) {
            Volume v = Phantoms.volume(67, 3, 2, (x, y, z) -> (x + y) % 3 == z ? on : 0);
            PhaseMask mask = PhaseMask.of(v, ANY, Progress.SILENT);
            long count = 0;
            for (int z = 0; z < 2; z++) {
                for (int y = 0; y < 3; y++) {
                    for (int x = 0; x < 67; x++) {
                        assertEquals((x + y) % 3 == z, mask.get(x, y, z));
                        if ((x + y) % 3 == z) count++;
                    }
                }
            }
            assertEquals(count, mask.count());
            assertEquals(mask.size() - count, mask.complement().count());
            assertEquals(
                    mask.size() - count,
                    PhaseMask.of(v, OptionalDouble.of(0), Progress.SILENT).count());
        }
    }

    @Test
    void nextFindsTheEndsOfRunsAcrossWords() {
        Volume v = Phantoms.volume(200, 1, 1, (x, y, z) -> x >= 60 && x < 130 || x == 199 ? 1 : 0);
        PhaseMask mask = PhaseMask.of(v, ANY, Progress.SILENT);
        assertEquals(60, mask.nextInside(0, 0, 0));
        assertEquals(130, mask.nextOutside(60, 0, 0));
        assertEquals(199, mask.nextInside(130, 0, 0));
        assertEquals(200, mask.nextOutside(199, 0, 0));
        assertEquals(200, mask.nextInside(200, 0, 0));
    }

    @Test
    void whatIsNotBinaryIsToldWithItsValues() {
        Volume three = Phantoms.volume(4, 4, 4, (x, y, z) -> x % 3 * 100);
        assertTrue(sentence(three, ANY).contains("0, 100, 200"));
        assertEquals(
                16, PhaseMask.of(three, OptionalDouble.of(200), Progress.SILENT).count());
        assertTrue(sentence(three, OptionalDouble.of(7)).contains("no voxel has the value 7"));
        assertTrue(sentence(Phantoms.volume(9, 9, 9, (x, y, z) -> x * y + 3 * z), OptionalDouble.of(4))
                .contains("others"));
        assertTrue(sentence(Phantoms.volume(9, 9, 9, (x, y, z) -> x * 0.5), ANY).contains("0.5"));
        assertTrue(sentence(Phantoms.volume(2, 2, 1, (x, y, z) -> 0), ANY).contains("every voxel is 0"));
    }

    private static String sentence(Volume v, OptionalDouble phase) {
        return assertThrows(InvalidInput.class, () -> PhaseMask.of(v, phase, Progress.SILENT))
                .getMessage();
    }
}
