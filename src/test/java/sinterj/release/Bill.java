package sinterj.release;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A bill of materials in the format of CycloneDX, as the build writes it. */
final class Bill {
    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final String CLASSIFIER = "classifier=";

    private final JsonObject bill;

    /** @param file as the build wrote it */
    Bill(Path file) throws IOException {
        bill = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    /** The page of a library on the web, if the bill names one; that of the project for the project's own name. */
    Optional<String> link(String artifact) {
        JsonObject own = bill.getAsJsonObject("metadata").getAsJsonObject("component");
        JsonObject component = own.get("name").getAsString().equals(artifact) ? own : component(artifact);
        if (component == null || !component.has("externalReferences")) return Optional.empty();
        for (JsonElement reference : component.getAsJsonArray("externalReferences")) {
            JsonObject r = reference.getAsJsonObject();
            if (r.get("type").getAsString().equals("website"))
                return Optional.of(r.get("url").getAsString());
        }
        return Optional.empty();
    }

    /**
     * Adds a library that the build knows for its own platform only, for another one.
     *
     * @param artifact its name
     * @param classifier the other platform, as {@code win-x86_64}
     * @param jar the library for that platform, whose hashes take the place of the others
     */
    void addPlatform(String artifact, String classifier, Path jar) throws IOException {
        JsonObject known = component(artifact);
        if (known == null) throw new IOException("The bill of materials does not name " + artifact + ".");
        String reference = known.get("bom-ref").getAsString();
        String other = reference.replaceFirst(CLASSIFIER + "[^&]*", CLASSIFIER + classifier);
        if (has(other)) return;
        JsonObject added = known.deepCopy();
        added.addProperty("bom-ref", other);
        added.addProperty("purl", other);
        Map<String, String> hashes = hashes(known.getAsJsonArray("hashes"), jar);
        for (JsonElement hash : added.getAsJsonArray("hashes")) {
            JsonObject h = hash.getAsJsonObject();
            h.addProperty("content", hashes.get(h.get("alg").getAsString()));
        }
        bill.getAsJsonArray("components").add(added);
        for (JsonElement dependency : bill.getAsJsonArray("dependencies")) {
            if (!dependency.getAsJsonObject().has("dependsOn")) continue;
            JsonArray on = dependency.getAsJsonObject().getAsJsonArray("dependsOn");
            for (JsonElement each : on) {
                if (!each.getAsString().equals(reference)) continue;
                on.add(other);
                break;
            }
        }
        JsonObject dependency = new JsonObject();
        dependency.addProperty("ref", other);
        dependency.add("dependsOn", new JsonArray());
        bill.getAsJsonArray("dependencies").add(dependency);
    }

    /** Writes the bill, under a number of its own that follows from what it says. */
    void write(Path file) throws IOException {
        byte[] content = JSON.toJson(bill).getBytes(StandardCharsets.UTF_8);
        bill.addProperty("serialNumber", "urn:uuid:" + UUID.nameUUIDFromBytes(content));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JSON.toJson(bill) + "\n");
    }

    private JsonObject component(String artifact) {
        for (JsonElement component : bill.getAsJsonArray("components")) {
            if (component.getAsJsonObject().get("name").getAsString().equals(artifact))
                return component.getAsJsonObject();
        }
        return null;
    }

    private boolean has(String reference) {
        for (JsonElement component : bill.getAsJsonArray("components")) {
            if (component.getAsJsonObject().get("bom-ref").getAsString().equals(reference)) return true;
        }
        return false;
    }

    /** The hashes of a file, of the kinds that a list of hashes names, in one pass. */
    private static Map<String, String> hashes(JsonArray kinds, Path file) throws IOException {
        Map<String, MessageDigest> digests = new LinkedHashMap<>();
        for (JsonElement kind : kinds) {
            String name = kind.getAsJsonObject().get("alg").getAsString();
            try {
                digests.put(name, MessageDigest.getInstance(name));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                for (MessageDigest digest : digests.values()) digest.update(buffer, 0, n);
            }
        }
        Map<String, String> hashes = new LinkedHashMap<>();
        digests.forEach((name, digest) -> hashes.put(name, HexFormat.of().formatHex(digest.digest())));
        return hashes;
    }
}
