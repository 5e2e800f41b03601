package sinterj.io;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;

/** How an MRC file stores its pixels, of those that hold grey values. Each is read without loss. */
public enum MrcMode {
    /** Mode 0 of MRC2014; kept in memory as floats. */
    SIGNED_BYTES(0, 1, "8-bit signed"),
    /** Mode 0 of IMOD before MRC2014, and with its flag since; kept as bytes. */
    UNSIGNED_BYTES(0, 1, "8-bit unsigned"),
    /** Mode 1; kept as floats. */
    SHORTS(1, 2, "16-bit signed"),
    /** Mode 2. */
    FLOATS(2, 4, "32-bit float"),
    /** Mode 6; kept as 16-bit numbers. */
    UNSIGNED_SHORTS(6, 2, "16-bit unsigned"),
    /** Mode 12; kept as floats. */
    HALF_FLOATS(12, 2, "16-bit float");

    private final int number;
    private final int bytes;
    private final String words;

    MrcMode(int number, int bytes, String words) {
        this.number = number;
        this.bytes = bytes;
        this.words = words;
    }

    /** The number in the header. */
    public int number() {
        return number;
    }

    /** Bytes a pixel in the file. */
    public int bytes() {
        return bytes;
    }

    /** Bytes a pixel in memory. */
    public int bytesInMemory() {
        return this == UNSIGNED_BYTES ? 1 : this == UNSIGNED_SHORTS ? 2 : 4;
    }

    /** In words for a person: {@code 16-bit unsigned}. */
    public String words() {
        return words;
    }

    /** The smallest number that it can hold. */
    float smallest() {
        return switch (this) {
            case SIGNED_BYTES -> -128;
            case SHORTS -> -32768;
            case UNSIGNED_BYTES, UNSIGNED_SHORTS -> 0;
            case HALF_FLOATS -> -HalfFloat.LARGEST;
            case FLOATS -> Float.NEGATIVE_INFINITY;
        };
    }

    /** The largest number that it can hold. */
    float largest() {
        return switch (this) {
            case SIGNED_BYTES -> 127;
            case SHORTS -> 32767;
            case UNSIGNED_BYTES -> 255;
            case UNSIGNED_SHORTS -> 65535;
            case HALF_FLOATS -> HalfFloat.LARGEST;
            case FLOATS -> Float.POSITIVE_INFINITY;
        };
    }

    /** Whether it holds whole numbers only. */
    boolean isWhole() {
        return this != FLOATS && this != HALF_FLOATS;
    }

    /** A plane to read into: {@code byte[]} or {@code short[]} for the unsigned ones, else {@code float[]}. */
    Object newPlane(int pixels) {
        if (this == UNSIGNED_BYTES) return new byte[pixels];
        return this == UNSIGNED_SHORTS ? new short[pixels] : new float[pixels];
    }

    /** Reads {@code count} pixels into a plane of {@link #newPlane} from the pixel {@code start} on. */
    void decode(ByteBuffer in, Object plane, int start, int count) {
        switch (this) {
            case UNSIGNED_BYTES -> in.get((byte[]) plane, start, count);
            case UNSIGNED_SHORTS -> in.asShortBuffer().get((short[]) plane, start, count);
            case FLOATS -> in.asFloatBuffer().get((float[]) plane, start, count);
            case SIGNED_BYTES -> {
                float[] out = (float[]) plane;
                for (int i = 0; i < count; i++) out[start + i] = in.get();
            }
            case SHORTS -> {
                float[] out = (float[]) plane;
                ShortBuffer shorts = in.asShortBuffer();
                for (int i = 0; i < count; i++) out[start + i] = shorts.get();
            }
            case HALF_FLOATS -> {
                float[] out = (float[]) plane;
                ShortBuffer shorts = in.asShortBuffer();
                for (int i = 0; i < count; i++) out[start + i] = HalfFloat.toFloat(shorts.get());
            }
        }
    }

    /** Writes one pixel that it can hold. */
    void encode(float value, ByteBuffer out) {
        switch (this) {
            case SIGNED_BYTES, UNSIGNED_BYTES -> out.put((byte) (int) value);
            case SHORTS, UNSIGNED_SHORTS -> out.putShort((short) (int) value);
            case FLOATS -> out.putFloat(value);
            case HALF_FLOATS -> out.putShort(HalfFloat.of(value));
        }
    }
}
