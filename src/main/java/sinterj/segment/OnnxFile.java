package sinterj.segment;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The few messages of the ONNX format that a U-Net needs, in the wire format of Protocol Buffers: a field is its number
 * and kind as a varint, then a varint or a length with bytes. Field numbers are those of onnx.proto3, IR version 8,
 * opset 13.
 */
final class OnnxFile {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    private final ByteArrayOutputStream nodes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream initializers = new ByteArrayOutputStream();

    /** A message under construction. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        private Message varint(long value) {
            for (long v = value; ; v >>>= 7) {
                if ((v & ~0x7fL) == 0) {
                    out.write((int) v);
                    return this;
                }
                out.write((int) (v & 0x7f | 0x80));
            }
        }

        Message number(int field, long value) {
            return varint((long) field << 3).varint(value);
        }

        Message bytes(int field, byte[] value) {
            varint((long) field << 3 | 2).varint(value.length);
            out.writeBytes(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.out.toByteArray());
        }
    }

    /** An attribute of a node. */
    record Attribute(String name, long[] numbers, String word) {
        static Attribute of(String name, long... numbers) {
            return new Attribute(name, numbers, null);
        }

        static Attribute of(String name, String word) {
            return new Attribute(name, null, word);
        }

        private Message message(boolean list) {
            Message m = new Message().text(1, name);
            if (word != null) return m.text(4, word).number(20, 3);
            if (!list) return m.number(3, numbers[0]).number(20, 2);
            for (long n : numbers) m.number(8, n);
            return m.number(20, 7);
        }
    }

    /** Adds a step: what it does, from which arrays, to which array. */
    void node(String type, String[] inputs, String output, Attribute... attributes) {
        Message m = new Message();
        for (String input : inputs) m.text(1, input);
        m.text(2, output).text(3, output).text(4, type);
        for (Attribute a : attributes) {
            // A list of one number is a list still; only these three are numbers by themselves.
            boolean list = !a.name.equals("axis") && !a.name.equals("blocksize") && !a.name.equals("group");
            m.message(5, a.message(list));
        }
        nodes.writeBytes(new Message().message(1, m).out.toByteArray());
    }

    /** Adds an array of numbers. */
    void numbers(String name, int[] shape, float[] values) {
        Message m = new Message();
        for (int side : shape) m.number(1, side);
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        m.number(2, FLOAT).text(8, name).bytes(9, raw.array());
        initializers.writeBytes(new Message().message(5, m).out.toByteArray());
    }

    private static Message value(String name, int channels) {
        Message shape = new Message()
                .message(1, new Message().text(2, "batch"))
                .message(1, new Message().number(1, channels))
                .message(1, new Message().text(2, "height"))
                .message(1, new Message().text(2, "width"));
        Message tensor = new Message().number(1, FLOAT).message(2, shape);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    /** The file; arrays of any height and width go in and out. */
    byte[] bytes(String input, int inputs, String output, int outputs) {
        Message graph = new Message();
        graph.out.writeBytes(nodes.toByteArray());
        graph.text(2, "unet");
        graph.out.writeBytes(initializers.toByteArray());
        graph.message(11, value(input, inputs)).message(12, value(output, outputs));
        return new Message()
                .number(1, INT64 + 1)
                .text(2, "SinterJ")
                .message(7, graph)
                .message(8, new Message().text(1, "").number(2, 13))
                .out
                .toByteArray();
    }
}
