package sinterj.image;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.ImagePlus;
import ij.io.Opener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Volumes with independent expected values, from the folder that the property {@code sinterj.data} names. */
public final class ReferenceData {
    private ReferenceData() {}

    private static Path folder() {
        String data = System.getProperty("sinterj.data", "");
        Assumptions.assumeTrue(
                !data.isEmpty(), "skipped: comparison with the reference volumes, since sinterj.data is not set");
        return Path.of(data, "microstructure");
    }

    /** Everything that is expected, by the name of the volume. */
    public static JsonObject expected() {
        try {
            String text = Files.readString(folder().resolve("expected.json"), StandardCharsets.UTF_8);
            return JsonParser.parseString(text).getAsJsonObject();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A volume with the voxel size that is expected of it. */
    public static Volume volume(JsonObject about) {
        ImagePlus image = new Opener()
                .openImage(folder().resolve(about.get("file").getAsString()).toString());
        JsonArray size = about.getAsJsonArray("voxel_size_zyx");
        VoxelSize voxel = size == null
                ? VoxelSize.pixels()
                : new VoxelSize(
                        size.get(2).getAsDouble(),
                        size.get(1).getAsDouble(),
                        size.get(0).getAsDouble(),
                        "um");
        return Phantoms.volume(
                image.getWidth(),
                image.getHeight(),
                image.getStackSize(),
                voxel,
                (x, y, z) -> ((byte[]) image.getStack().getPixels(z + 1))[y * image.getWidth() + x] & 0xff);
    }
}
