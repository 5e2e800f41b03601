package sinterj.djl;

import java.util.Locale;

/**
 * Operating system and processor, under the names by which native libraries are sorted.
 *
 * @param pytorch as PyTorch's jars are called, such as {@code linux-x86_64}
 * @param onnx as folders within ONNX Runtime's jar are called, such as {@code linux-x64}
 */
record Platform(String pytorch, String onnx) {
    /** The one that this Java runs on. */
    static Platform here() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String os, String processor) {
        String name = os.toLowerCase(Locale.ROOT);
        String system =
                name.contains("mac") || name.contains("darwin") ? "osx" : name.contains("win") ? "win" : "linux";
        String arch = processor.toLowerCase(Locale.ROOT);
        boolean intel = arch.equals("amd64") || arch.equals("x86_64");
        return new Platform(system + "-" + (intel ? "x86_64" : arch), system + "-" + (intel ? "x64" : arch));
    }

    /** Whether Maven Central has a native library of PyTorch for it, as of version 2.7.1. */
    boolean hasPyTorch() {
        return pytorch.equals("linux-x86_64")
                || pytorch.equals("linux-aarch64")
                || pytorch.equals("win-x86_64")
                || pytorch.equals("osx-aarch64");
    }

    /** What the system calls a library, {@code libc10.so} for {@code c10}. */
    String file(String library) {
        if (onnx.startsWith("win")) return library + ".dll";
        return "lib" + library + (onnx.startsWith("osx") ? ".dylib" : ".so");
    }
}
