package sinterj.djl;

import java.util.List;

/**
 * What there is of the engines that train and apply networks. Looking starts nothing and unpacks nothing.
 *
 * @param engine its name
 * @param use what it is for
 * @param version of the engine
 * @param platform of this computer, as the engine calls it
 * @param state a sentence: started, ready, or not usable
 * @param found the jar of the native library; empty if there is none
 * @param folder where it is unpacked
 * @param missing what is missing, as a sentence; empty if nothing is
 */
public record EngineStatus(
        String engine,
        String use,
        String version,
        String platform,
        String state,
        String found,
        String folder,
        String missing) {
    /** Both engines. */
    public static List<EngineStatus> all() {
        String folder = NativeCache.folder().toString();
        Platform platform = Platform.here();
        return List.of(
                new EngineStatus(
                        "PyTorch",
                        "training and segmenting",
                        PyTorch.VERSION,
                        platform.pytorch(),
                        state(PyTorch.missing(), PyTorch.isStarted(), PyTorch.isUnpacked(), "450 MB"),
                        PyTorch.found(),
                        folder,
                        PyTorch.missing()),
                new EngineStatus(
                        "ONNX Runtime",
                        "segmenting",
                        OnnxRuntime.VERSION,
                        platform.onnx(),
                        state(OnnxRuntime.missing(), OnnxRuntime.isStarted(), OnnxRuntime.isUnpacked(), "30 MB"),
                        OnnxRuntime.found(),
                        folder,
                        OnnxRuntime.missing()));
    }

    private static String state(String missing, boolean started, boolean unpacked, String size) {
        if (!missing.isEmpty()) return "Not usable.";
        if (started) return "Started.";
        return unpacked ? "Ready." : "Ready; about " + size + " are unpacked into the folder at first use.";
    }
}
