package sinterj.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why the computer could not read or write a file, in words that end a sentence of ours. */
final class IoReason {
    private IoReason() {}

    static String of(IOException e) {
        if (e instanceof NoSuchFileException) return "there is no such file";
        if (e instanceof AccessDeniedException) return "access is denied";
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        boolean none = reason == null || reason.isBlank();
        return none ? e.getClass().getSimpleName() : reason.replaceAll("[.!\\s]+$", "");
    }
}
