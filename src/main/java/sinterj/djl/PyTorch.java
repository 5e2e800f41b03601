package sinterj.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Supplier;
import sinterj.base.InvalidInput;

/**
 * PyTorch, by way of DJL: found on the class path as a jar for the platform at hand, unpacked once into a folder of
 * ours, never fetched from anywhere. DJL reads how it shall behave from system properties, once, so they are set before
 * its first class is touched; and it looks for its parts by the thread's class loader, so ours is set around it.
 */
public final class PyTorch {
    static final String VERSION = "2.7.1";

    /** The libraries of version 2.7.1 for Linux, unpacked, with a tenth to spare; on other systems they are smaller. */
    private static final long UNPACKED_BYTES = 500_000_000L;

    private static final String NATIVE = "native/lib/pytorch.properties";
    private static boolean started;
    private static String failure = "";

    private PyTorch() {}

    /**
     * A manager of arrays on the processor, the engine started if it was not; close it to free them.
     *
     * @throws InvalidInput if there is no engine for this platform, or it cannot be started: what is missing, in a
     *     sentence
     */
    static NDManager manager() {
        start();
        return withOurLoader(() -> Engine.getEngine("PyTorch").newBaseManager(Device.cpu()));
    }

    /**
     * Starts the engine unless it runs.
     *
     * @throws InvalidInput what is missing, in a sentence
     */
    public static synchronized void start() {
        if (!started) {
            String missing = missing();
            if (!missing.isEmpty()) throw new InvalidInput(missing);
            setProperties();
            if (!isUnpacked()) NativeCache.prepare(NativeCache.folder(), UNPACKED_BYTES);
            try {
                withOurLoader(() -> Engine.getEngine("PyTorch"));
            } catch (RuntimeException | LinkageError e) {
                failure = reason(e);
                throw new InvalidInput(
                        "PyTorch could not be started: " + failure + " SinterJ Engine Status... says what was found.",
                        e);
            }
            started = true;
        }
        // PyTorch keeps this for each thread: nothing is to be recorded but where gradients are wanted.
        JniUtils.setGradMode(false);
    }

    private static String reason(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) deepest = deepest.getCause();
        String text = String.valueOf(deepest.getMessage());
        return text.endsWith(".") ? text : text + ".";
    }

    private static void setProperties() {
        setUnlessGiven("ai.djl.offline", "true");
        setUnlessGiven("OPT_OUT_TRACKING", "true");
        setUnlessGiven("ENGINE_CACHE_DIR", NativeCache.folder().toString());
        setUnlessGiven("DJL_CACHE_DIR", NativeCache.folder().toString());
        setUnlessGiven("ai.djl.pytorch.num_interop_threads", "1");
        // One thread for each call: the same bits on every computer. Several wait for each other by turning in circles,
        // so
        // that on a busy computer they take longer than one; we share the work out ourselves.
        setUnlessGiven("ai.djl.pytorch.num_threads", "1");
        // A program without a logger is told so by nobody but us, and not at each start.
        setUnlessGiven("slf4j.internal.verbosity", "ERROR");
    }

    private static void setUnlessGiven(String key, String value) {
        if (System.getProperty(key) == null) System.setProperty(key, value);
    }

    /** Does something while the thread's class loader is the one that holds DJL. */
    static <T> T withOurLoader(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(PyTorch.class.getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
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
