package sinterj.release;

import java.util.List;

/**
 * What the site's list says of one file: {@code plugin} in its terms.
 *
 * @param filename the present name, with version
 * @param platforms where it is wanted; empty for everywhere
 * @param current what is offered now, or null if the file is obsolete
 * @param previous what was offered before, oldest first
 */
record SiteRecord(String filename, List<String> platforms, Version current, List<Previous> previous) {

    /**
     * What is offered now.
     *
     * @param timestamp YYYYMMDDhhmmss
     * @param dependencies names without versions
     */
    record Version(
            String checksum,
            long timestamp,
            long size,
            String description,
            List<Dependency> dependencies,
            List<String> links,
            List<String> authors) {}

    /** Another file that is needed, in the version of this time or a later one. */
    record Dependency(String filename, long timestamp) {}

    /**
     * What was offered once.
     *
     * @param obsolete when it was replaced or withdrawn, YYYYMMDDhhmmss
     */
    record Previous(String filename, long timestamp, long obsolete, String checksum) {}

    /** The name of the content on the server. */
    String served() {
        return filename + "-" + current.timestamp();
    }
}
