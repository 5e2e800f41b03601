package sinterj.image;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.NativeTypeFactory;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Fraction;
import net.imglib2.view.Views;

/**
 * Three-dimensional images as one primitive array per plane: made, wrapped and read. Pixel (x, y) of a plane stands at
 * index {@code x + width * y}. An image made here shares its arrays with whoever gave them (ImageJ's stack, for
 * instance); nothing is copied at the door, and images of more than 2^31 voxels are no special case.
 */
public final class Planes {
    private Planes() {}

    /**
     * A new image of zeros.
     *
     * @param width voxels along x
     * @param height voxels along y
     * @param depth voxels along z
     */
    public static PlanarImg<FloatType, FloatArray> floats(int width, int height, int depth) {
        List<float[]> planes = new ArrayList<>(depth);
        for (int z = 0; z < depth; z++) planes.add(new float[Math.multiplyExact(width, height)]);
        return ofFloats(planes, width, height);
    }

    /** The given planes as an image; writing to one writes to the other. */
    public static PlanarImg<FloatType, FloatArray> ofFloats(List<float[]> planes, int width, int height) {
        return img(
                wrapped(planes, width * height, a -> a.length, (float[] a) -> new FloatArray(a)),
                width,
                height,
                new FloatType());
    }

    /** The given planes of unsigned bytes as an image; writing to one writes to the other. */
    public static PlanarImg<UnsignedByteType, ByteArray> ofBytes(List<byte[]> planes, int width, int height) {
        return img(
                wrapped(planes, width * height, a -> a.length, (byte[] a) -> new ByteArray(a)),
                width,
                height,
                new UnsignedByteType());
    }

    /** The given planes of unsigned 16-bit numbers as an image; writing to one writes to the other. */
    public static PlanarImg<UnsignedShortType, ShortArray> ofShorts(List<short[]> planes, int width, int height) {
        return img(
                wrapped(planes, width * height, a -> a.length, (short[] a) -> new ShortArray(a)),
                width,
                height,
                new UnsignedShortType());
    }

    /**
     * An image whose planes are fetched each time they are read, for stacks larger than memory. It cannot be written.
     *
     * @param depth number of planes
     * @param plane gives plane z as a {@code float[width * height]}; called from several threads
     */
    public static PlanarImg<FloatType, FloatArray> lazyFloats(
            int width, int height, int depth, IntFunction<float[]> plane) {
        List<FloatArray> planes = new AbstractList<>() {
            @Override
            public FloatArray get(int z) {
                return new FloatArray(plane.apply(z));
            }

            @Override
            public int size() {
                return depth;
            }
        };
        return img(planes, width, height, new FloatType());
    }

    private static <S, A> List<A> wrapped(
            List<S> arrays,
            int length,
            java.util.function.ToIntFunction<S> size,
            java.util.function.Function<S, A> wrap) {
        List<A> planes = new ArrayList<>(arrays.size());
        for (S array : arrays) {
            if (size.applyAsInt(array) != length) {
                throw new IllegalArgumentException("plane of " + size.applyAsInt(array) + " pixels, not " + length);
            }
            planes.add(wrap.apply(array));
        }
        return planes;
    }

    @SuppressWarnings("unchecked")
    private static <T extends NativeType<T>, A extends ArrayDataAccess<A>> PlanarImg<T, A> img(
            List<A> planes, int width, int height, T type) {
        PlanarImg<T, A> img = new PlanarImg<>(planes, new long[] {width, height, planes.size()}, new Fraction());
        img.setLinkedType(((NativeTypeFactory<T, ? super A>) type.getNativeTypeFactory()).createLinkedType(img));
        return img;
    }

    /**
     * Plane z as floats. Of a float image made here it is the very array, of others a converted copy: do not write to
     * it.
     *
     * @param img 3-D image with its minimum anywhere
     * @param z plane, counted from 0
     * @return {@code width * height} values
     */
    public static float[] plane(RandomAccessibleInterval<? extends RealType<?>> img, int z) {
        float[] shared = sharedPlane(img, z);
        return shared != null ? shared : copyPlane(img, z, new float[pixelsPerPlane(img)]);
    }

    /** The array behind plane z of a float image made here, for writing; null for any other image. */
    public static float[] sharedPlane(RandomAccessibleInterval<? extends RealType<?>> img, int z) {
        if (img instanceof PlanarImg<?, ?> planar
                && planar.getPlane(z) instanceof FloatArray floats
                && img.getType() instanceof FloatType) {
            return floats.getCurrentStorageArray();
        }
        return null;
    }

    /**
     * Copies plane z, converted to float.
     *
     * @param img 3-D image with its minimum anywhere
     * @param z plane, counted from 0
     * @param out overwritten; {@code width * height} values
     * @return {@code out}
     */
    public static float[] copyPlane(RandomAccessibleInterval<? extends RealType<?>> img, int z, float[] out) {
        Object data = img instanceof PlanarImg<?, ?> planar ? planar.getPlane(z) : null;
        if (data instanceof FloatArray floats && img.getType() instanceof FloatType) {
            System.arraycopy(floats.getCurrentStorageArray(), 0, out, 0, out.length);
        } else if (data instanceof ByteArray bytes && img.getType() instanceof UnsignedByteType) {
            byte[] in = bytes.getCurrentStorageArray();
            for (int i = 0; i < out.length; i++) out[i] = in[i] & 0xff;
        } else if (data instanceof ShortArray shorts && img.getType() instanceof UnsignedShortType) {
            short[] in = shorts.getCurrentStorageArray();
            for (int i = 0; i < out.length; i++) out[i] = in[i] & 0xffff;
        } else {
            Cursor<? extends RealType<?>> cursor =
                    Views.hyperSlice(img, 2, img.min(2) + z).cursor();
            for (int i = 0; i < out.length; i++) out[i] = cursor.next().getRealFloat();
        }
        return out;
    }

    /** Width times height of a 3-D image. */
    public static int pixelsPerPlane(RandomAccessibleInterval<?> img) {
        return Math.toIntExact(img.dimension(0) * img.dimension(1));
    }
}
