package sinterj.segment;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import sinterj.base.InvalidInput;
import sinterj.math.RandomDraws;

/**
 * The numbers of a network, by the names of {@link UNetShape#tensors}.
 *
 * @param shape the network
 * @param values one array per tensor, rows last
 */
public record Weights(UNetShape shape, Map<String, float[]> values) {
    /**
     * @throws InvalidInput naming the tensor that is missing, left over, of another size or holds what is no number
     */
    public Weights {
        for (UNetShape.Tensor tensor : shape.tensors()) {
            float[] array = values.get(tensor.name());
            if (array == null) throw new InvalidInput("The network lacks '" + tensor.name() + "'.");
            if (array.length != tensor.count()) {
                throw new InvalidInput("'" + tensor.name() + "' of the network holds " + array.length
                        + " numbers, but its build wants " + Arrays.toString(tensor.shape()) + ", which is "
                        + tensor.count() + ".");
            }
            requireNumbers(tensor.name(), array);
        }
        if (values.size() != shape.tensors().size()) {
            throw new InvalidInput("The network holds " + values.size() + " arrays, but its build has "
                    + shape.tensors().size() + ".");
        }
    }

    /** A text that differs for other numbers. */
    public String digest() {
        CRC32 sum = new CRC32();
        for (UNetShape.Tensor tensor : shape.tensors()) {
            float[] array = values.get(tensor.name());
            ByteBuffer bytes = ByteBuffer.allocate(4 * array.length);
            bytes.asFloatBuffer().put(array);
            sum.update(bytes.array());
        }
        return shape + " " + sum.getValue();
    }

    private static void requireNumbers(String name, float[] array) {
        for (float v : array) {
            if (!Float.isFinite(v)) throw new InvalidInput("'" + name + "' of the network holds " + v + ".");
            if (v < 0 && name.endsWith(".variance")) {
                throw new InvalidInput("'" + name + "' of the network holds the negative variance " + v + ".");
            }
        }
    }

    /**
     * A network that has learnt nothing: weights from a normal distribution whose variance is 2 over the number of
     * inputs of a pixel (He et al. 2015, doi:10.1109/ICCV.2015.123).
     *
     * @param seed same seed, same bits on every machine
     */
    public static Weights untrained(UNetShape shape, long seed) {
        Map<String, float[]> values = new LinkedHashMap<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (UNetShape.Tensor tensor : shape.tensors()) {
            float[] array = new float[tensor.count()];
            String name = tensor.name();
            if (name.endsWith(".gamma") || name.endsWith(".variance")) Arrays.fill(array, 1);
            if (name.endsWith(".weight")) {
                double sd = Math.sqrt(2.0 * tensor.shape()[0] / tensor.count());
                for (int i = 0; i < array.length; i++) array[i] = (float) (sd * RandomDraws.gaussian(random));
            }
            values.put(name, array);
        }
        return new Weights(shape, values);
    }
}
