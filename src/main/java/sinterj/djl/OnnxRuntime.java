package sinterj.djl;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import sinterj.base.InvalidInput;

/**
 * Whether ONNX Runtime, which applies trained networks, is there; {@link OnnxEngine} is what works with it. Its jar holds the native libraries of all its platforms; left to itself
 * it would unpack them into the temporary folder at each start, so we unpack them once into ours.
 */
public final class OnnxRuntime {
    static final String VERSION = "1.28.0";
    private static final long UNPACKED_BYTES = 60_000_000L;
    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");
    private static volatile boolean started;
    private static String failure = "";

    private OnnxRuntime() {}

    /** @throws InvalidInput what stands in the way of applying networks by it, if anything does */
    static void require() {
        String missing = missing();
        if (!missing.isEmpty()) throw new InvalidInput(missing);
    }

    /** Remembers that the engine runs. */
    static void hasStarted() {
        started = true;
    }

    /** Remembers why the engine could not be started. */
    static void failed(String sentence) {
        failure = sentence;
    }

    /** The folder that holds its libraries, which are put there if they are not. */
    static Path unpacked() throws IOException {
        Path folder = folder();
        for (String library : LIBRARIES) {
            Path file = folder.resolve(Platform.here().file(library));
            if (Files.exists(file)) continue;
            NativeCache.prepare(folder, UNPACKED_BYTES);
            Path part = Files.createTempFile(folder, "part", ".tmp");
            try (InputStream in = OnnxRuntime.class.getClassLoader().getResourceAsStream(resource(library))) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
                move(part, file);
            } finally {
                Files.deleteIfExists(part);
            }
        }
        return folder;
    }

    /** Into place at once, so that another Fiji never loads half a file. */
    private static void move(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, file);
        } catch (FileAlreadyExistsException e) {
            return; // another Fiji was faster
        }
    }

    private static Path folder() {
        return NativeCache.folder()
                .resolve("onnxruntime")
                .resolve(VERSION + "-" + Platform.here().onnx());
    }

    private static String resource(String library) {
        Platform platform = Platform.here();
        return "ai/onnxruntime/native/" + platform.onnx() + "/" + platform.file(library);
    }

    /** What stands in the way of applying networks by it, as a sentence; empty if nothing does. */
    static String missing() {
        if (found().isEmpty()) {
            return "There is no ONNX Runtime " + VERSION + " for "
                    + Platform.here().onnx()
                    + " beside the SinterJ jar: onnxruntime-" + VERSION
                    + ".jar from Maven Central holds it for linux-x64, linux-aarch64, osx-aarch64 and win-x64.";
        }
        return failure;
    }

    /** Where it comes from; empty if there is none. */
    static String found() {
        URL url = OnnxRuntime.class.getClassLoader().getResource(resource(LIBRARIES.get(0)));
        return url == null ? "" : Jars.file(url);
    }

    static boolean isStarted() {
        return started;
    }

    static boolean isUnpacked() {
        return LIBRARIES.stream()
                .allMatch(l -> Files.exists(folder().resolve(Platform.here().file(l))));
    }
}
