package sinterj.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * The folder that Fiji's updater reads: {@code db.xml.gz} and each file as {@code <path>-<timestamp>}. Publishing over an
 * existing folder keeps what was offered before, so that the updater knows an older file of ours from one that its user
 * has changed.
 */
final class UpdateSite {
    private final Path folder;
    private final long now;
    private final Map<String, SiteRecord> old = new TreeMap<>();

    private UpdateSite(Path folder, long now) throws IOException {
        this.folder = folder;
        this.now = now;
        Path list = folder.resolve("db.xml.gz");
        if (!Files.exists(list)) return;
        for (SiteRecord record : SiteList.read(list)) old.put(SiteFile.nameOf(record.filename()), record);
    }

    /**
     * Makes the site, or brings it to a new state.
     *
     * @param files all that is to be offered; a file offered before and not named now becomes obsolete
     * @param folder the site
     * @param now YYYYMMDDhhmmss, for what is new or changed
     * @return what the site lists now
     * @throws IllegalArgumentException if anything is new, changed or gone but the time is not later than all times that
     *     the site states; the updater would not offer it
     */
    static List<SiteRecord> publish(List<SiteFile> files, Path folder, long now) throws IOException {
        Files.createDirectories(folder);
        UpdateSite site = new UpdateSite(folder, now);
        Map<String, SiteRecord> records = new TreeMap<>();
        for (SiteFile file : site.inOrderOfNeed(files)) {
            records.put(SiteFile.nameOf(file.filename()), site.record(file, records));
        }
        site.old.forEach((name, record) -> records.computeIfAbsent(name, n -> site.obsolete(record)));
        List<SiteRecord> list = List.copyOf(records.values());
        site.requireLaterThanBefore(list);
        for (SiteFile file : files) site.serve(file, records.get(SiteFile.nameOf(file.filename())));
        Path written = folder.resolve("db.xml.gz.new");
        SiteList.write(list, written);
        Files.move(written, folder.resolve("db.xml.gz"), StandardCopyOption.REPLACE_EXISTING);
        return list;
    }

    /** A file after those that it needs, whose times its record states. */
    private List<SiteFile> inOrderOfNeed(List<SiteFile> files) {
        Map<String, SiteFile> waiting = new LinkedHashMap<>();
        files.stream()
                .sorted(Comparator.comparing(SiteFile::filename))
                .forEach(f -> waiting.put(SiteFile.nameOf(f.filename()), f));
        List<SiteFile> order = new ArrayList<>();
        while (!waiting.isEmpty()) {
            int before = order.size();
            for (SiteFile file : List.copyOf(waiting.values())) {
                if (file.dependencies().stream().noneMatch(waiting::containsKey)) {
                    order.add(waiting.remove(SiteFile.nameOf(file.filename())));
                }
            }
            if (order.size() == before) throw new IllegalArgumentException("need each other: " + waiting.keySet());
        }
        return order;
    }

    private SiteRecord record(SiteFile file, Map<String, SiteRecord> ready) throws IOException {
        String checksum = SiteChecksum.of(file.filename(), file.content());
        SiteRecord before = old.get(SiteFile.nameOf(file.filename()));
        SiteRecord.Version last = before == null ? null : before.current();
        boolean same = last != null
                && last.checksum().equals(checksum)
                && before.filename().equals(file.filename());
        List<SiteRecord.Dependency> needs = file.dependencies().stream()
                .map(name -> new SiteRecord.Dependency(
                        name, ready.get(name).current().timestamp()))
                .toList();
        SiteRecord.Version version = new SiteRecord.Version(
                checksum,
                same ? last.timestamp() : now,
                same ? last.size() : Files.size(file.content()),
                file.description(),
                needs,
                file.links(),
                file.authors());
        List<SiteRecord.Previous> previous = before == null ? List.of() : before.previous();
        if (last != null && !same) previous = withdrawn(before);
        return new SiteRecord(file.filename(), file.platforms(), version, previous);
    }

    private void serve(SiteFile file, SiteRecord record) throws IOException {
        Path served = folder.resolve(record.served());
        SiteRecord before = old.get(SiteFile.nameOf(record.filename()));
        if (before != null && content(before).equals(content(record)) && Files.exists(served)) return;
        Files.createDirectories(served.getParent());
        Files.copy(file.content(), served, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The updater takes a file for new only if its time is later than the list that it saw last. */
    private void requireLaterThanBefore(List<SiteRecord> list) {
        long newest =
                old.values().stream().flatMapToLong(UpdateSite::times).max().orElse(0);
        if (now > newest) return;
        for (SiteRecord record : list) {
            SiteRecord before = old.get(SiteFile.nameOf(record.filename()));
            if (before != null && content(before).equals(content(record))) continue;
            throw new IllegalArgumentException(
                    record.filename() + " is new, has changed or is gone, but the time " + now
                            + " is not later than the newest on the site, " + newest
                            + ", so that Fiji would not see it. Raise project.build.outputTimestamp in pom.xml.");
        }
    }

    private static String content(SiteRecord record) {
        return record.filename()
                + (record.current() == null ? "" : record.current().checksum());
    }

    private static LongStream times(SiteRecord record) {
        LongStream current = record.current() == null
                ? LongStream.empty()
                : LongStream.of(record.current().timestamp());
        return LongStream.concat(
                current, record.previous().stream().flatMapToLong(p -> LongStream.of(p.timestamp(), p.obsolete())));
    }

    private SiteRecord obsolete(SiteRecord record) {
        if (record.current() == null) return record;
        return new SiteRecord(record.filename(), record.platforms(), null, withdrawn(record));
    }

    private List<SiteRecord.Previous> withdrawn(SiteRecord record) {
        List<SiteRecord.Previous> previous = new ArrayList<>(record.previous());
        previous.add(new SiteRecord.Previous(
                record.filename(),
                record.current().timestamp(),
                now,
                record.current().checksum()));
        return previous;
    }
}
