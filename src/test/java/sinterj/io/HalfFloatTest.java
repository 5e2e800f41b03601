package sinterj.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfFloatTest {
    @Test
    void everyHalfIsItsFormula() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            int exponent = bits >> 10 & 31;
            double fraction = (bits & 1023) / 1024.0;
            double sign = (bits & 0x8000) == 0 ? 1 : -1;
            double value = exponent == 31
                    ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                    : exponent == 0 ? fraction * Math.pow(2, -14) : (1 + fraction) * Math.pow(2, exponent - 15);
            assertEquals((float) (sign * value), HalfFloat.toFloat((short) bits), "bits " + bits);
        }
    }

    @Test
    void everyHalfSurvivesBeingAFloat() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = HalfFloat.toFloat((short) bits);
            if (!Float.isNaN(value)) assertEquals((short) bits, HalfFloat.of(value), "bits " + bits);
            else assertTrue(Float.isNaN(HalfFloat.toFloat(HalfFloat.of(value))));
        }
    }

    @Test
    void roundsToTheNearestAndTiesToEven() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            int bits = random.nextInt(0x7bff);
            double low = HalfFloat.toFloat((short) bits);
            double high = HalfFloat.toFloat((short) (bits + 1));
            float value = (float) (low + (high - low) * random.nextDouble());
            double middle = (low + high) / 2;
            int expected = value < middle ? bits : value > middle ? bits + 1 : bits + (bits & 1);
            assertEquals((short) expected, HalfFloat.of(value), () -> value + " between " + low + " and " + high);
            assertEquals((short) (expected | 0x8000), HalfFloat.of(-value));
            assertEquals((short) (bits + (bits & 1)), HalfFloat.of((float) middle));
        }
    }

    @Test
    void largestHalfAndWhatIsBeyond() {
        assertEquals(HalfFloat.LARGEST, HalfFloat.toFloat(HalfFloat.of(65519.9f)));
        assertEquals(Float.POSITIVE_INFINITY, HalfFloat.toFloat(HalfFloat.of(65520f)));
        assertEquals(Float.NEGATIVE_INFINITY, HalfFloat.toFloat(HalfFloat.of(-1e30f)));
    }
}
