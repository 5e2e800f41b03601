package sinterj.math;

import org.jtransforms.fft.DoubleFFT_1D;

/**
 * Discrete Fourier transforms of one to three dimensions in place: complex numbers as pairs real, imaginary, x fastest.
 * Made of transforms along lines on the calling thread, so the bits do not depend on any number of threads. Any size
 * works; those without large prime factors are fast, see {@link #smooth}. One object serves one thread at a time.
 */
public final class Fourier {
    private final int[] size;
    private final DoubleFFT_1D[] lines;

    /** @param size one to three sides, x first */
    public Fourier(int... size) {
        this.size = new int[] {size[0], size.length > 1 ? size[1] : 1, size.length > 2 ? size[2] : 1};
        lines = new DoubleFFT_1D[3];
        for (int d = 0; d < 3; d++) if (this.size[d] > 1) lines[d] = new DoubleFFT_1D(this.size[d]);
    }

    /** The smallest size of at least {@code atLeast} with no prime factor but 2, 3 and 5. */
    public static int smooth(int atLeast) {
        for (int n = Math.max(1, atLeast); ; n++) {
            int rest = n;
            for (int prime : new int[] {2, 3, 5}) while (rest % prime == 0) rest /= prime;
            if (rest == 1) return n;
        }
    }

    /** The frequency, in cycles per side, that stands at index i of n: negative in the upper half. */
    public static int frequency(int i, int n) {
        return i <= (n - 1) / 2 ? i : i - n;
    }

    /** Numbers of pairs: the product of the sides. */
    public int count() {
        return Math.multiplyExact(Math.multiplyExact(size[0], size[1]), size[2]);
    }

    /** Sum over positions with exp(-2 pi i f x / n). */
    public void forward(double[] complex) {
        transform(complex, false);
    }

    /** Sum over frequencies with exp(+2 pi i f x / n), divided by the number of pairs: undoes {@link #forward}. */
    public void inverse(double[] complex) {
        transform(complex, true);
    }

    private void transform(double[] complex, boolean back) {
        if (complex.length != 2 * count()) {
            throw new IllegalArgumentException(complex.length + " numbers for " + count() + " pairs");
        }
        int stride = 1;
        for (int d = 0; d < 3; d++) {
            if (size[d] > 1) along(complex, d, stride, back);
            stride *= size[d];
        }
    }

    private void along(double[] complex, int d, int stride, boolean back) {
        int n = size[d];
        double[] line = new double[2 * n];
        for (int first = 0; first < count(); first++) {
            if (first / stride % n != 0) {
                first += stride * (n - 1) - 1; // past the lines just done
                continue;
            }
            for (int i = 0; i < n; i++) {
                line[2 * i] = complex[2 * (first + i * stride)];
                line[2 * i + 1] = complex[2 * (first + i * stride) + 1];
            }
            if (back) lines[d].complexInverse(line, true);
            else lines[d].complexForward(line);
            for (int i = 0; i < n; i++) {
                complex[2 * (first + i * stride)] = line[2 * i];
                complex[2 * (first + i * stride) + 1] = line[2 * i + 1];
            }
        }
    }
}
