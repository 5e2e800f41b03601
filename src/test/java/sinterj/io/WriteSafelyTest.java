package sinterj.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;

class WriteSafelyTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void fileStandsAtItsPlaceWhenWholeAndNothingBeside() throws IOException {
        Path target = folder.resolve("a.csv");
        Files.writeString(target, "old");
        WriteSafely.file(target, temporary -> {
            assertEquals("old", Files.readString(target), "untouched until the new one is whole");
            assertTrue(temporary.toString().endsWith(".csv"), "writers choose a format by the extension");
            Files.writeString(temporary, "new");
        });
        assertEquals("new", Files.readString(target));
        assertEquals(List.of("a.csv"), names());
    }

    @Test
    void failureLeavesTheOldFileAndNothingElse() throws IOException {
        Path target = folder.resolve("a.csv");
        Files.writeString(target, "old");
        InvalidInput e = assertThrows(
                InvalidInput.class,
                () -> WriteSafely.file(target, temporary -> {
                    Files.writeString(temporary, "half");
                    throw new IOException("No space left on device");
                }));
        assertTrue(e.getMessage().contains("a.csv") && e.getMessage().contains("No space left on device"));
        assertEquals("old", Files.readString(target));
        assertEquals(List.of("a.csv"), names());
    }

    @Test
    void cancellationPassesAndLeavesNothing() throws IOException {
        assertThrows(
                CancellationException.class,
                () -> WriteSafely.folder(folder.resolve("model"), temporary -> {
                    Files.writeString(
                            Files.createDirectory(temporary.resolve("deep")).resolve("w"), "half");
                    throw new CancellationException();
                }));
        assertEquals(List.of(), names());
    }

    @Test
    void outputBelowAFileIsRefusedInASentence() throws IOException {
        Path file = Files.writeString(folder.resolve("plain"), "x");
        InvalidInput e = assertThrows(
                InvalidInput.class, () -> WriteSafely.file(file.resolve("deeper/out.tif"), Files::createFile));
        assertTrue(e.getMessage().contains("is a file, not a folder"), e.getMessage());
    }

    @Test
    void missingFolderAndFolderInPlaceOfAFileAreRefused() {
        assertTrue(assertThrows(
                        InvalidInput.class, () -> WriteSafely.file(folder.resolve("no/out.tif"), Files::createFile))
                .getMessage()
                .contains("does not exist"));
        assertTrue(assertThrows(InvalidInput.class, () -> WriteSafely.file(folder, t -> {}))
                .getMessage()
                .contains("it is a folder"));
        assertThrows(InvalidInput.class, () -> WriteSafely.file(Path.of("/"), t -> {}));
    }

    @Test
    void folderIsWrittenWholeAndNeverOverFiles() throws IOException {
        Path target = folder.resolve("model");
        WriteSafely.folder(target, t -> Files.writeString(t.resolve("weights"), "1"));
        assertEquals("1", Files.readString(target.resolve("weights")));
        assertTrue(assertThrows(InvalidInput.class, () -> WriteSafely.folder(target, t -> {}))
                .getMessage()
                .contains("holds files already"));
        assertEquals(List.of("model"), names());
    }

    @Test
    void linkIsWrittenThrough() throws IOException {
        Path real = Files.writeString(folder.resolve("real.txt"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), real);
        WriteSafely.file(link, t -> Files.writeString(t, "new"));
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(real));
    }

    @Test
    void unfinishedFileOfAKilledRunIsNoHindrance() throws IOException {
        Files.writeString(folder.resolve(".part0-a.txt"), "of another run");
        WriteSafely.file(folder.resolve("a.txt"), t -> Files.writeString(t, "new"));
        assertEquals(List.of(".part0-a.txt", "a.txt"), names());
    }

    private static String refusedPlace(Path target) {
        return assertThrows(InvalidInput.class, () -> WriteSafely.requirePlace(target))
                .getMessage();
    }

    @Test
    void lookingForAPlaceWritesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        WriteSafely.requirePlace(file);
        WriteSafely.requirePlace(folder.resolve("new.csv"));
        assertEquals(List.of("a.txt"), names());
        assertTrue(refusedPlace(folder).contains("it is a folder"));
        assertTrue(refusedPlace(folder.resolve("no/new.csv")).contains("does not exist"));
        assertTrue(refusedPlace(file.resolve("new.csv")).contains("is a file, not a folder"));
        assertTrue(refusedPlace(file.resolve("deeper/new.csv")).contains("is a file, not a folder"));
        assertThrows(InvalidInput.class, () -> WriteSafely.requirePlace(Path.of("/")));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void aLookForTheFolderRefusesOneThatHoldsFiles() throws IOException {
        Path full = Files.createDirectory(folder.resolve("full"));
        WriteSafely.requireEmptyPlace(full);
        Files.writeString(full.resolve("a.txt"), "a");
        InvalidInput refused = assertThrows(InvalidInput.class, () -> WriteSafely.requireEmptyPlace(full));
        assertTrue(refused.getMessage().contains("holds files already"), refused.getMessage());
        assertThrows(InvalidInput.class, () -> WriteSafely.requireEmptyPlace(full.resolve("a.txt")));
        assertThrows(
                InvalidInput.class,
                () -> WriteSafely.requireEmptyPlace(folder.resolve("no").resolve("new")));
        WriteSafely.requireEmptyPlace(folder.resolve("new"));
        assertTrue(Files.notExists(folder.resolve("new")), "a look makes no folder");
    }

    @Test
    void folderThatMayNotBeWrittenIsRefused() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        assumeTrue(
                closed.toFile().setWritable(false) && !Files.isWritable(closed),
                "skipped: this user may write anywhere");
        assertTrue(refusedPlace(closed.resolve("a.csv")).contains("may not write"));
    }
}
