package sinterj.io;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import sinterj.base.InvalidInput;

/**
 * Writes a file or a folder whole or not at all: under a temporary name beside its place, renamed when it is complete.
 * After a failure or a cancellation nothing is left behind, and what stood there before is untouched.
 */
public final class WriteSafely {
    private static final int TEMPORARY_NAMES = 1000;

    /** Of Linux, in bytes; others take less or not much more. */
    private static final int LONGEST_PATH = 4096;

    private WriteSafely() {}

    /** What is to be written. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes everything.
         *
         * @param temporary an empty file or folder with a name of its own; a file keeps the extension of the target
         * @throws IOException if that fails; told to the user as a sentence
         */
        void writeTo(Path temporary) throws IOException;
    }

    /**
     * Writes a file; one that exists is replaced in the end.
     *
     * @param target the file, in a folder that exists
     * @param content writes it
     * @throws InvalidInput if the place cannot hold a file, or writing fails
     */
    public static void file(Path target, Content content) {
        write(target, content, Files::createFile, WriteSafely::requirePlaceForFile);
    }

    /**
     * Writes a folder that does not exist yet, or is empty.
     *
     * @param target the folder, in a folder that exists
     * @param content fills it
     * @throws InvalidInput if the place holds something, or writing fails
     */
    public static void folder(Path target, Content content) {
        write(target, content, Files::createDirectory, WriteSafely::requirePlaceForFolder);
    }

    /**
     * Looks, without writing anything, whether a file can be put in a place; for a look before long work.
     *
     * @throws InvalidInput if the folder is missing or cannot be written, or a folder has the name
     */
    public static void requirePlace(Path target) {
        requireParent(target);
        requirePlaceForFile(target);
        requireWritable(target);
    }

    /**
     * Looks, without writing anything, whether a folder can be put in a place; for a look before long work.
     *
     * @throws InvalidInput if the folder around it is missing or cannot be written, or the place holds something
     */
    public static void requireEmptyPlace(Path target) {
        requireParent(target);
        try {
            requirePlaceForFolder(target);
        } catch (IOException e) {
            throw cannot(target, IoReason.of(e) + ". Choose another place.");
        }
        requireWritable(target);
    }

    private static void requireWritable(Path target) {
        Path folder = folderOf(target);
        if (!Files.isWritable(folder)) {
            throw cannot(target, "you may not write into the folder '" + folder + "'. Choose another place.");
        }
    }

    /** Where the file will really lie: a link is written through, not replaced. */
    private static Path folderOf(Path target) {
        try {
            Path real = Files.isSymbolicLink(target) && Files.exists(target) ? target.toRealPath() : target;
            return real.toAbsolutePath().normalize().getParent();
        } catch (IOException e) {
            throw cannot(target, IoReason.of(e) + ". Choose another place.");
        }
    }

    @FunctionalInterface
    private interface Step {
        void of(Path path) throws IOException;
    }

    private static void write(Path target, Content content, Step create, Step requirePlace) {
        requireParent(target);
        Path temporary = null;
        try {
            // A link is written through, not replaced.
            Path real = Files.isSymbolicLink(target) && Files.exists(target) ? target.toRealPath() : target;
            requirePlace.of(real);
            temporary = temporaryBeside(real, create);
            content.writeTo(temporary);
            move(temporary, real);
            temporary = null;
        } catch (IOException e) {
            throw new InvalidInput(
                    "'" + target + "' cannot be written: " + IoReason.of(e)
                            + ". Check that there is room and permission, or choose another place.",
                    e);
        } finally {
            if (temporary != null) delete(temporary);
        }
    }

    private static void requireParent(Path target) {
        Path parent = target.toAbsolutePath().normalize().getParent();
        if (parent == null) throw cannot(target, "it is no name of a file. Give the name of a file in a folder.");
        if (Files.isDirectory(parent)) return;
        int length = target.toString().length();
        if (length > LONGEST_PATH) {
            throw cannot(target, "it has " + length + " letters, more than a computer takes. Give a shorter path.");
        }
        for (Path above = parent; above != null; above = above.getParent()) {
            if (Files.exists(above) && !Files.isDirectory(above)) {
                throw cannot(target, "'" + above + "' is a file, not a folder. Choose another place.");
            }
        }
        throw cannot(target, "the folder '" + parent + "' does not exist. Create it, or choose another place.");
    }

    private static void requirePlaceForFile(Path target) {
        if (Files.isDirectory(target)) throw cannot(target, "it is a folder. Give the name of a file in it.");
    }

    private static void requirePlaceForFolder(Path target) throws IOException {
        if (!Files.exists(target)) return;
        if (!Files.isDirectory(target)) throw cannot(target, "it is a file, not a folder. Choose another name.");
        try (Stream<Path> content = Files.list(target)) {
            if (content.findAny().isPresent()) {
                throw cannot(target, "the folder holds files already. Empty it, or choose another name.");
            }
        }
    }

    private static InvalidInput cannot(Path target, String why) {
        return new InvalidInput("'" + target + "' cannot be written: " + why);
    }

    /** Not Files.createTempFile: its files can be read by nobody but their owner, and so could the result. */
    private static Path temporaryBeside(Path target, Step create) throws IOException {
        for (int i = 0; i < TEMPORARY_NAMES; i++) {
            Path path = target.resolveSibling(".part" + i + "-" + target.getFileName());
            try {
                create.of(path);
                return path;
            } catch (FileAlreadyExistsException e) {
                continue; // another run writes there, or was killed while it did
            }
        }
        throw new IOException(TEMPORARY_NAMES + " unfinished files named .part... lie beside it");
    }

    private static void move(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void delete(Path temporary) {
        try (Stream<Path> tree = Files.walk(temporary)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) Files.deleteIfExists(path);
        } catch (IOException e) {
            // What made the writing fail is told; that the rest of it could not be removed adds nothing.
        }
    }
}
