package sinterj.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FourierTest {
    private static double[] random(int pairs) {
        SplittableRandom random = new SplittableRandom(pairs);
        double[] values = new double[2 * pairs];
        for (int i = 0; i < values.length; i++) values[i] = random.nextDouble() - 0.5;
        return values;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "5, 1, 1", "1, 6, 1", "4, 3, 1", "3, 1, 4", "5, 4, 3", "2, 7, 6"})
    void forwardIsTheSumOfItsDefinition(int nx, int ny, int nz) {
        double[] in = random(nx * ny * nz);
        double[] out = in.clone();
        new Fourier(nx, ny, nz).forward(out);
        double[] slow = new double[in.length];
        for (int f = 0; f < nx * ny * nz; f++) {
            for (int p = 0; p < nx * ny * nz; p++) {
                double turns = (double) (f % nx) * (p % nx) / nx
                        + (double) (f / nx % ny) * (p / nx % ny) / ny
                        + (double) (f / nx / ny) * (p / nx / ny) / nz;
                double cos = Math.cos(2 * Math.PI * turns);
                double sin = -Math.sin(2 * Math.PI * turns);
                slow[2 * f] += in[2 * p] * cos - in[2 * p + 1] * sin;
                slow[2 * f + 1] += in[2 * p] * sin + in[2 * p + 1] * cos;
            }
        }
        assertArrayEquals(slow, out, 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "31, 1, 1", "12, 17, 1", "5, 9, 8"})
    void inverseUndoesForward(int nx, int ny, int nz) {
        double[] in = random(nx * ny * nz);
        double[] out = in.clone();
        Fourier fourier = new Fourier(nx, ny, nz);
        fourier.forward(out);
        fourier.inverse(out);
        assertArrayEquals(in, out, 1e-12);
    }

    @Test
    void smoothSizesHaveSmallFactorsOnly() {
        assertEquals(1, Fourier.smooth(0));
        assertEquals(125, Fourier.smooth(121));
        assertEquals(128, Fourier.smooth(126));
        assertEquals(2025, Fourier.smooth(2001));
    }

    @Test
    void frequenciesOfTheUpperHalfAreNegative() {
        assertEquals(2, Fourier.frequency(2, 5));
        assertEquals(-2, Fourier.frequency(3, 5));
        assertEquals(-2, Fourier.frequency(2, 4));
    }
}
