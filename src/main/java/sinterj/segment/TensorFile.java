package sinterj.segment;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import sinterj.base.InvalidInput;

/**
 * Named arrays of 32-bit floats in a file of the safetensors format: eight bytes with the length of a header, the
 * header in JSON, then the numbers, all little-endian. Nothing in such a file can be carried out.
 */
public final class TensorFile {
    private static final int LONGEST_HEADER = 1_000_000;
    private static final long LARGEST = 2_000_000_000L;

    private TensorFile() {}

    /** Writes arrays, each as a line of numbers. */
    public static void write(Path file, Map<String, float[]> tensors) throws IOException {
        JsonObject header = new JsonObject();
        long at = 0;
        for (Map.Entry<String, float[]> tensor : tensors.entrySet()) {
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", "F32");
            entry.add("shape", numbers(tensor.getValue().length));
            entry.add("data_offsets", numbers(at, at + 4L * tensor.getValue().length));
            header.add(tensor.getKey(), entry);
            at += 4L * tensor.getValue().length;
        }
        StringBuilder text = new StringBuilder(header.toString());
        while (text.length() % 8 != 0) text.append(' ');
        byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                out.write(little(8).putLong(json.length).array());
                out.write(json);
                for (float[] tensor : tensors.values()) {
                    ByteBuffer bytes = little(Math.multiplyExact(4, tensor.length));
                    bytes.asFloatBuffer().put(tensor);
                    out.write(bytes.array());
                }
            }
            Files.move(part, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static JsonArray numbers(long... values) {
        JsonArray array = new JsonArray();
        for (long v : values) array.add(v);
        return array;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads arrays.
     *
     * @throws InvalidInput if the file is no such file, or is cut short
     */
    public static Map<String, float[]> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(String.valueOf(file.getFileName()), in, Files.size(file));
        }
    }

    /**
     * Reads arrays.
     *
     * @param name of the file, for messages
     * @param size how many bytes the stream holds
     * @throws InvalidInput if it is no such file, or is cut short
     */
    static Map<String, float[]> read(String name, InputStream stream, long size) throws IOException {
        if (size < 8 || size > LARGEST) throw broken(name, "it has " + size + " bytes");
        DataInputStream in = new DataInputStream(stream);
        long length = Long.reverseBytes(in.readLong());
        if (length < 2 || length > Math.min(LONGEST_HEADER, size - 8)) {
            throw broken(name, "its header claims " + length + " bytes");
        }
        byte[] json = new byte[(int) length];
        in.readFully(json);
        ByteBuffer data =
                ByteBuffer.wrap(in.readNBytes((int) (size - 8 - length))).order(ByteOrder.LITTLE_ENDIAN);
        return tensors(name, new String(json, StandardCharsets.UTF_8), data);
    }

    private static Map<String, float[]> tensors(String file, String json, ByteBuffer data) {
        Map<String, float[]> tensors = new LinkedHashMap<>();
        long free = data.capacity();
        try {
            for (Map.Entry<String, JsonElement> entry :
                    JsonParser.parseString(json).getAsJsonObject().entrySet()) {
                if (entry.getKey().equals("__metadata__")) continue;
                JsonObject about = entry.getValue().getAsJsonObject();
                JsonArray offsets = about.getAsJsonArray("data_offsets");
                long from = offsets.get(0).getAsLong();
                long to = offsets.get(1).getAsLong();
                boolean inside = from >= 0 && from <= to && to <= data.capacity() && (to - from) % 4 == 0;
                if (!inside || !about.get("dtype").getAsString().equals("F32")) {
                    throw broken(file, "'" + entry.getKey() + "' does not lie in it as 32-bit floats");
                }
                free -= to - from;
                if (free < 0) throw broken(file, "its arrays lie upon each other");
                float[] array = new float[(int) ((to - from) / 4)];
                data.slice((int) from, (int) (to - from))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(array);
                tensors.put(entry.getKey(), array);
            }
        } catch (JsonParseException
                | IllegalStateException
                | NumberFormatException
                | NullPointerException
                | UnsupportedOperationException
                | IndexOutOfBoundsException
                | ClassCastException e) {
            throw broken(file, "its header is not what it should be");
        }
        return tensors;
    }

    private static InvalidInput broken(String file, String why) {
        return new InvalidInput(
                "'" + file + "' holds no network: " + why + ". Give a model folder written by Train U-Net....");
    }
}
