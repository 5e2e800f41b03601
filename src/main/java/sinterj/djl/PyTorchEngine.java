package sinterj.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;
import sinterj.base.InvalidInput;

/**
 * PyTorch at work, by way of DJL, whose classes are first touched here: an installation without them has {@link PyTorch}
 * to say so. DJL reads how it shall behave from system properties, once, so they are set before; and it looks for its
 * parts by the thread's class loader, so ours is set around it.
 */
final class PyTorchEngine {
    /** The libraries of version 2.7.1 for Linux, unpacked, with a tenth to spare; on other systems they are smaller. */
    private static final long UNPACKED_BYTES = 500_000_000L;

    /** Where JNA, by which DJL looks for graphics processors, unpacks its library. */
    private static final String JNA_FOLDER = "jna.tmpdir";

    private PyTorchEngine() {}

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
    static synchronized void start() {
        if (!PyTorch.isStarted()) {
            PyTorch.require();
            setProperties();
            if (!PyTorch.isUnpacked()) NativeCache.prepare(NativeCache.folder(), UNPACKED_BYTES);
            boolean elsewhere = System.getProperty(JNA_FOLDER) != null;
            setUnlessGiven(JNA_FOLDER, NativeCache.folder().resolve("jna").toString());
            try {
                withOurLoader(() -> Engine.getEngine("PyTorch"));
            } catch (RuntimeException | LinkageError e) {
                String reason = reason(e);
                PyTorch.failed(reason);
                throw new InvalidInput(
                        "PyTorch could not be started: " + reason + " SinterJ Engine Status... says what was found.",
                        e);
            } finally {
                if (!elsewhere) System.clearProperty(JNA_FOLDER); // others who use JNA choose for themselves
            }
            PyTorch.hasStarted();
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
        thread.setContextClassLoader(PyTorchEngine.class.getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
