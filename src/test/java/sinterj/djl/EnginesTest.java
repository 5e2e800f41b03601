package sinterj.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;

class EnginesTest {
    private static void needsPyTorch() {
        Assumptions.assumeTrue(PyTorch.missing().isEmpty(), () -> "skipped: " + PyTorch.missing());
    }

    @Test
    void pytorchIsFoundByAThreadWhoseClassLoaderKnowsNothing() {
        needsPyTorch();
        Path elsewhere = Path.of(System.getProperty("user.home"), ".djl.ai");
        boolean before = Files.exists(elsewhere);
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try (NDManager manager = PyTorchEngine.manager()) {
            NDArray sum = manager.create(new float[] {1, 2, 4}).sum();
            assertEquals(7, sum.getFloat(), 0);
        } finally {
            Thread.currentThread().setContextClassLoader(loader);
        }
        assertTrue(PyTorch.isStarted() && PyTorch.isUnpacked());
        assertEquals(before, Files.exists(elsewhere), "nothing is written to DJL's own folder");
        assertTrue(Files.isDirectory(NativeCache.folder()));
    }

    @Test
    void onnxRuntimeIsUnpackedIntoOurFolder() {
        Assumptions.assumeTrue(OnnxRuntime.missing().isEmpty(), () -> "skipped: " + OnnxRuntime.missing());
        assertEquals(OnnxRuntime.VERSION, OnnxEngine.environment().getVersion());
        assertTrue(OnnxRuntime.isUnpacked());
    }

    @Test
    void theLibrariesSharedWithFijiHaveItsVersions() {
        assertEquals("gson-2.14.0.jar", jarOf("com/google/gson/Gson.class"));
        assertEquals("jna-5.14.0.jar", jarOf("com/sun/jna/Native.class"));
        assertEquals("commons-compress-1.28.0.jar", jarOf("org/apache/commons/compress/archivers/ArchiveEntry.class"));
        assertEquals("slf4j-api-2.0.17.jar", jarOf("org/slf4j/Logger.class"));
        assertEquals("imglib2-8.0.0.jar", jarOf("net/imglib2/Cursor.class"));
    }

    private static String jarOf(String resource) {
        String file = Jars.file(EnginesTest.class.getClassLoader().getResource(resource));
        return Path.of(file).getFileName().toString();
    }

    @Test
    void statusTellsOfBothEngines() {
        List<EngineStatus> all = EngineStatus.all();
        assertEquals(2, all.size());
        for (EngineStatus status : all) {
            assertTrue(status.state().endsWith("."), status.state());
            assertEquals(status.missing().isEmpty(), !status.found().isEmpty(), status.toString());
        }
    }

    @Test
    void platformsAreCalledAsTheJarsCallThem() {
        assertEquals(new Platform("linux-x86_64", "linux-x64"), Platform.of("Linux", "amd64"));
        assertEquals(new Platform("win-x86_64", "win-x64"), Platform.of("Windows 11", "amd64"));
        assertEquals(new Platform("osx-aarch64", "osx-aarch64"), Platform.of("Mac OS X", "aarch64"));
        assertFalse(Platform.of("Mac OS X", "x86_64").hasPyTorch());
        assertEquals("onnxruntime.dll", Platform.of("Windows 11", "amd64").file("onnxruntime"));
    }

    @Test
    void aFullDiskAndAFolderThatIsAFileAreRefusedInASentence(@TempDir Path folder) throws Exception {
        String full = assertThrows(InvalidInput.class, () -> NativeCache.prepare(folder, Long.MAX_VALUE))
                .getMessage();
        assertTrue(full.contains("MB are free"), full);
        Path file = Files.writeString(folder.resolve("file"), "");
        String unusable = assertThrows(InvalidInput.class, () -> NativeCache.prepare(file.resolve("x"), 1))
                .getMessage();
        assertTrue(unusable.contains("cannot be written"), unusable);
    }
}
