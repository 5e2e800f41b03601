package sinterj.release;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.scijava.util.FileUtils;

/**
 * Brings a folder to the state of an update site as Fiji's updater does, from the format alone: it shares no code with
 * what writes the site, apart from the checksum and Fiji's rule for names without versions.
 */
final class SiteReader {
    private static final class Offer {
        private String filename;
        private String checksum;
        private long timestamp;
        private long size;
        private final List<String> platforms = new ArrayList<>();
        private final List<String> needs = new ArrayList<>();
        /** Older names and their checksums. */
        private final Map<String, String> before = new HashMap<>();
    }

    private final Path site;
    private final List<Offer> offers = new ArrayList<>();

    SiteReader(Path site) throws IOException {
        this.site = site;
        try (InputStream in =
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(site.resolve("db.xml.gz"))))) {
            XMLInputFactory factory = XMLInputFactory.newFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            read(factory.createXMLStreamReader(in));
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private void read(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) continue;
            Offer last = offers.isEmpty() ? null : offers.get(offers.size() - 1);
            switch (xml.getLocalName()) {
                case "plugin" -> {
                    Offer offer = new Offer();
                    offer.filename = xml.getAttributeValue(null, "filename");
                    offers.add(offer);
                }
                case "version" -> {
                    last.checksum = xml.getAttributeValue(null, "checksum");
                    last.timestamp = Long.parseLong(xml.getAttributeValue(null, "timestamp"));
                    last.size = Long.parseLong(xml.getAttributeValue(null, "filesize"));
                }
                case "previous-version" ->
                    last.before.put(xml.getAttributeValue(null, "checksum"), xml.getAttributeValue(null, "filename"));
                case "platform" -> last.platforms.add(xml.getElementText());
                case "dependency" -> last.needs.add(xml.getAttributeValue(null, "filename"));
                default -> {}
            }
        }
    }

    /** Installs, upgrades and removes; returns a line for each thing done. */
    List<String> update(Path fiji, String platform) throws IOException {
        List<String> done = new ArrayList<>();
        for (Offer offer : offers) {
            Path present = present(fiji, offer.filename);
            String checksum = present == null ? null : SiteChecksum.of(relative(fiji, present), present);
            if (present != null && offer.before.containsKey(checksum)) {
                Files.delete(present);
                done.add("removed " + relative(fiji, present));
            } else if (present != null && !checksum.equals(offer.checksum)) {
                done.add("kept " + relative(fiji, present) + ", which the user changed");
                continue;
            } else if (present != null) {
                continue;
            }
            boolean wanted = offer.platforms.isEmpty() || offer.platforms.contains(platform);
            if (offer.checksum != null && wanted) done.add(install(offer, fiji));
        }
        return done;
    }

    private String install(Offer offer, Path fiji) throws IOException {
        Path served = site.resolve(offer.filename + "-" + offer.timestamp);
        if (Files.size(served) != offer.size) throw new IOException(served + " has another size than the list says");
        if (!SiteChecksum.of(offer.filename, served).equals(offer.checksum)) {
            throw new IOException(served + " is not what the list says");
        }
        Path target = fiji.resolve(offer.filename);
        Files.createDirectories(target.getParent());
        Files.copy(served, target, StandardCopyOption.REPLACE_EXISTING);
        return "installed " + offer.filename;
    }

    /** Files that an offered file needs and the site does not offer. */
    List<String> missing() {
        List<String> names = offers.stream()
                .filter(o -> o.checksum != null)
                .map(o -> FileUtils.stripFilenameVersion(o.filename))
                .toList();
        return offers.stream()
                .flatMap(o -> o.needs.stream())
                .filter(n -> !names.contains(n))
                .toList();
    }

    private static String relative(Path fiji, Path file) {
        return fiji.relativize(file).toString().replace('\\', '/');
    }

    private static Path present(Path fiji, String filename) throws IOException {
        Path folder = fiji.resolve(filename).getParent();
        if (!Files.isDirectory(folder)) return null;
        String name = FileUtils.stripFilenameVersion(filename);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f ->
                            FileUtils.stripFilenameVersion(relative(fiji, f)).equals(name))
                    .findFirst()
                    .orElse(null);
        }
    }
}
