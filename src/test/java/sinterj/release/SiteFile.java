package sinterj.release;

import java.nio.file.Path;
import java.util.List;
import org.scijava.util.FileUtils;

/**
 * A file that the update site offers.
 *
 * @param filename where it goes within Fiji, as {@code jars/JTransforms-3.1.jar}
 * @param content where it is now
 * @param description a sentence for the updater's window
 * @param platforms where it is wanted, as {@code linux64}; empty for everywhere
 * @param dependencies names of other files of the site that it needs, as {@link #nameOf} gives them
 * @param links pages on the web about it
 * @param authors who made it
 */
record SiteFile(
        String filename,
        Path content,
        String description,
        List<String> platforms,
        List<String> dependencies,
        List<String> links,
        List<String> authors) {

    /** The name of a file without its version, by which the updater knows it through time; by the updater's own rule. */
    static String nameOf(String filename) {
        return FileUtils.stripFilenameVersion(filename);
    }
}
