package sinterj.djl;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import sinterj.base.InvalidInput;

/**
 * ONNX Runtime, which applies trained networks. Its jar holds the native libraries of all its platforms; left to itself
 * it would unpack them into the temporary folder at each start, so we unpack them once into ours.
 */
public final class OnnxRuntime {
    static final String VERSION = "1.29.0";
    private static final long UNPACKED_BYTES = 60_000_000L;
    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");
    private static OrtEnvironment environment;
    private static String failure = "";

    private OnnxRuntime() {}

    /**
     * The engine, started if it was not.
     *
     * @throws InvalidInput what is missing, in a sentence
     */
    static synchronized OrtEnvironment environment() {
        if (environment != null) return environment;
        String missing = missing();
        if (!missing.isEmpty()) throw new InvalidInput(missing);
        try {
            if (System.getProperty("onnxruntime.native.path") == null) {
                System.setProperty("onnxruntime.native.path", unpacked().toString());
            }
            OrtEnvironment started = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "sinterj");
            started.setTelemetry(false);
            holdOn();
            environment = started;
            return started;
        } catch (IOException | OrtException | LinkageError | IllegalStateException e) {
            failure = "ONNX Runtime could not be started: " + e.getMessage() + ".";
            throw new InvalidInput(failure + " SinterJ Engine Status... says what was found.", e);
        }
    }

    /**
     * Takes one more hold of the engine. When Java ends, a hook of the library lets go of it at once, while slices may
     * still be worked on, and the process crashes; with a second hold it stays until {@link EndOfJava} has waited for
     * them. The library has no public way to it; in another version than ours it may be gone, and the crash be back.
     */
    private static void holdOn() {
        try {
            Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
            Method create = OrtEnvironment.class.getDeclaredMethod("createHandle", long.class, int.class, String.class);
            api.setAccessible(true);
            create.setAccessible(true);
            create.invoke(null, api.getLong(null), OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR.getValue(), "sinterj");
        } catch (ReflectiveOperationException e) {
            return; // everything works, only an end in the middle of a slice may not be clean
        }
    }

    private static Path unpacked() throws IOException {
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

    static synchronized boolean isStarted() {
        return environment != null;
    }

    static boolean isUnpacked() {
        return LIBRARIES.stream()
                .allMatch(l -> Files.exists(folder().resolve(Platform.here().file(l))));
    }
}
