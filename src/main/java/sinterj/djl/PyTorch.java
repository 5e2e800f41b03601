package sinterj.djl;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import sinterj.base.InvalidInput;

/**
 * Whether PyTorch is there: found on the class path as a jar for the platform at hand, with DJL, the bridge to it, in
 * others; unpacked once into a folder of ours, never fetched from anywhere. {@link PyTorchEngine} is what works with it.
 */
public final class PyTorch {
    static final String VERSION = "2.7.1";

    private static final String NATIVE = "native/lib/pytorch.properties";

    /** A class of each jar of the bridge, and the jar. */
    private static final Map<String, String> BRIDGE = Map.of(
            "ai/djl/engine/Engine.class", "ai.djl:api",
            "ai/djl/pytorch/engine/PtEngine.class", "ai.djl.pytorch:pytorch-engine",
            "com/sun/jna/Native.class", "net.java.dev.jna:jna");

    private static volatile boolean started;
    private static String failure = "";

    private PyTorch() {}

    /**
     * Starts the engine unless it runs.
     *
     * @throws InvalidInput what is missing, in a sentence
     */
    public static void start() {
        require();
        PyTorchEngine.start();
    }

    /** @throws InvalidInput what stands in the way of training, if anything does */
    static void require() {
        String missing = missing();
        if (!missing.isEmpty()) throw new InvalidInput(missing);
    }

    /** Remembers that the engine runs. */
    static void hasStarted() {
        started = true;
    }

    /** Remembers why the engine could not be started. */
    static void failed(String reason) {
        failure = reason;
    }

    /** What stands in the way of training here, as a sentence; empty if nothing does. */
    static String missing() {
        Platform platform = Platform.here();
        if (!platform.hasPyTorch()) {
            return "There is no PyTorch " + VERSION + " for " + platform.pytorch()
                    + ", so networks cannot be trained on this computer. Train on another; a trained model also runs"
                    + " where ONNX Runtime does.";
        }
        for (String variable : new String[] {"PYTORCH_VERSION", "PYTORCH_LIBRARY_PATH", "PYTORCH_FLAVOR"}) {
            String value = System.getenv(variable);
            if (value != null && !value.isBlank()) {
                return "The environment variable " + variable + " is '" + value
                        + "' and would have another PyTorch loaded. Start Fiji without it.";
            }
        }
        Properties found = natives();
        if (found == null) return missing(platform);
        String classifier = found.getProperty("classifier", "");
        if (!classifier.equals(platform.pytorch())) {
            return "The PyTorch found is for '" + classifier + "' but this computer is " + platform.pytorch() + ". "
                    + missing(platform);
        }
        ClassLoader loader = PyTorch.class.getClassLoader();
        for (Map.Entry<String, String> jar : BRIDGE.entrySet()) {
            if (loader.getResource(jar.getKey()) == null) {
                return "Training needs the jar of " + jar.getValue() + " beside the SinterJ jar, which was not found."
                        + " Install SinterJ from its update site or its archive, which hold it.";
            }
        }
        return failure;
    }

    private static String missing(Platform platform) {
        String jar = "pytorch-native-cpu-" + VERSION + "-" + platform.pytorch() + ".jar";
        return "Training needs " + jar + " beside the SinterJ jar. Take it from Maven Central:"
                + " https://repo1.maven.org/maven2/ai/djl/pytorch/pytorch-native-cpu/" + VERSION + "/" + jar + " .";
    }

    private static Properties natives() {
        try (InputStream in = PyTorch.class.getClassLoader().getResourceAsStream(NATIVE)) {
            if (in == null) return null;
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("libraries", "").isEmpty() ? null : properties;
        } catch (IOException e) {
            return null; // a jar that cannot be read is no engine; the sentence says which one is needed
        }
    }

    /** Where the native library comes from; empty if there is none. */
    static String found() {
        URL url = PyTorch.class.getClassLoader().getResource(NATIVE);
        if (url == null || natives() == null) return "";
        return Jars.file(url);
    }

    static boolean isStarted() {
        return started;
    }

    static boolean isUnpacked() {
        Properties properties = natives();
        if (properties == null) return false;
        Path folder = NativeCache.folder()
                .resolve("pytorch")
                .resolve(properties.getProperty("version") + "-cpu-" + properties.getProperty("classifier"));
        return Files.isDirectory(folder);
    }
}
