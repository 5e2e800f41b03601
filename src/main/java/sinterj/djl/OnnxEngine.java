package sinterj.djl;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import sinterj.base.InvalidInput;

/**
 * ONNX Runtime at work, whose classes are first touched here: an installation without them has {@link OnnxRuntime} to say
 * so.
 */
final class OnnxEngine {
    private static OrtEnvironment environment;

    private OnnxEngine() {}

    /**
     * The engine, started if it was not.
     *
     * @throws InvalidInput what is missing, in a sentence
     */
    static synchronized OrtEnvironment environment() {
        if (environment != null) return environment;
        OnnxRuntime.require();
        try {
            if (System.getProperty("onnxruntime.native.path") == null) {
                System.setProperty(
                        "onnxruntime.native.path", OnnxRuntime.unpacked().toString());
            }
            OrtEnvironment started = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "sinterj");
            started.setTelemetry(false);
            holdOn();
            environment = started;
            OnnxRuntime.hasStarted();
            return started;
        } catch (IOException | OrtException | LinkageError | IllegalStateException e) {
            String failure = "ONNX Runtime could not be started: " + e.getMessage() + ".";
            OnnxRuntime.failed(failure);
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
}
