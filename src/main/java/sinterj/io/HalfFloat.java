package sinterj.io;

/** IEEE 754 half precision, as MRC mode 12 stores it: exact to float, rounded to nearest even from float. */
final class HalfFloat {
    /** Larger magnitudes round to infinity. */
    static final float LARGEST = 65504f;

    private HalfFloat() {}

    /** The value of 16 bits; infinities and not-a-numbers stay such. */
    static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >> 10) & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0x1f) return Float.intBitsToFloat(sign | 0x7f800000 | fraction << 13);
        if (exponent != 0) return Float.intBitsToFloat(sign | (exponent + 112) << 23 | fraction << 13);
        float magnitude = fraction * 0x1p-24f; // subnormal: a float holds it as a normal number
        return sign == 0 ? magnitude : -magnitude;
    }

    /** The nearest half, ties to even; what is beyond {@link #LARGEST} after rounding becomes infinite. */
    static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (magnitude > 0x7f800000) return (short) (sign | 0x7e00 | magnitude >> 13 & 0x1ff);
        if (magnitude >= 0x477ff000) return (short) (sign | 0x7c00); // 65520 and more
        if (magnitude < 0x38800000) { // below 2^-14: a whole number of 2^-24
            return (short) (sign | (int) Math.rint(Math.abs(value) * 0x1p24));
        }
        int shifted = magnitude - (112 << 23);
        int odd = shifted >> 13 & 1;
        return (short) (sign | shifted + 0xfff + odd >> 13);
    }
}
