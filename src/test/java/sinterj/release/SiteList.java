package sinterj.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The list of a site, {@code db.xml.gz}, in the format of Fiji's updater. */
final class SiteList {
    private SiteList() {}

    /**
     * Writes the list; the same records give the same bytes. There is no white space between elements: without a
     * document type Fiji's reader takes it for the beginning of the next text.
     */
    static void write(List<SiteRecord> records, Path file) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("pluginRecords");
            for (SiteRecord record : records) write(record, xml);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static void write(SiteRecord record, XMLStreamWriter xml) throws XMLStreamException {
        start(xml, "plugin", "filename", record.filename());
        for (String platform : record.platforms()) text(xml, "platform", platform);
        if (record.current() != null) write(record.current(), xml);
        for (SiteRecord.Previous p : record.previous()) {
            start(
                    xml,
                    "previous-version",
                    "timestamp",
                    Long.toString(p.timestamp()),
                    "timestamp-obsolete",
                    Long.toString(p.obsolete()),
                    "checksum",
                    p.checksum(),
                    "filename",
                    p.filename());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void write(SiteRecord.Version v, XMLStreamWriter xml) throws XMLStreamException {
        start(
                xml,
                "version",
                "checksum",
                v.checksum(),
                "timestamp",
                Long.toString(v.timestamp()),
                "filesize",
                Long.toString(v.size()));
        if (!v.description().isEmpty()) text(xml, "description", v.description());
        for (SiteRecord.Dependency d : v.dependencies()) {
            start(xml, "dependency", "filename", d.filename(), "timestamp", Long.toString(d.timestamp()));
            xml.writeEndElement();
        }
        for (String link : v.links()) text(xml, "link", link);
        for (String author : v.authors()) text(xml, "author", author);
        xml.writeEndElement();
    }

    private static void start(XMLStreamWriter xml, String name, String... attributes) throws XMLStreamException {
        xml.writeStartElement(name);
        for (int i = 0; i < attributes.length; i += 2) xml.writeAttribute(attributes[i], attributes[i + 1]);
    }

    private static void text(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    /** Reads a list that {@link #write} wrote. */
    static List<SiteRecord> read(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Element root = factory.newDocumentBuilder().parse(in).getDocumentElement();
            List<SiteRecord> records = new ArrayList<>();
            for (Element plugin : children(root, "plugin")) records.add(record(plugin));
            return records;
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException(file + " is not the list of an update site: " + e.getMessage(), e);
        }
    }

    private static SiteRecord record(Element plugin) {
        List<Element> versions = children(plugin, "version");
        List<SiteRecord.Previous> previous = new ArrayList<>();
        for (Element p : children(plugin, "previous-version")) {
            previous.add(new SiteRecord.Previous(
                    p.getAttribute("filename"),
                    Long.parseLong(p.getAttribute("timestamp")),
                    Long.parseLong(p.getAttribute("timestamp-obsolete")),
                    p.getAttribute("checksum")));
        }
        return new SiteRecord(
                plugin.getAttribute("filename"),
                texts(plugin, "platform"),
                versions.isEmpty() ? null : version(versions.get(0)),
                previous);
    }

    private static SiteRecord.Version version(Element v) {
        List<SiteRecord.Dependency> dependencies = new ArrayList<>();
        for (Element d : children(v, "dependency")) {
            dependencies.add(
                    new SiteRecord.Dependency(d.getAttribute("filename"), Long.parseLong(d.getAttribute("timestamp"))));
        }
        return new SiteRecord.Version(
                v.getAttribute("checksum"),
                Long.parseLong(v.getAttribute("timestamp")),
                Long.parseLong(v.getAttribute("filesize")),
                String.join("", texts(v, "description")),
                dependencies,
                texts(v, "link"),
                texts(v, "author"));
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element e && e.getTagName().equals(name)) found.add(e);
        }
        return found;
    }

    private static List<String> texts(Element parent, String name) {
        return children(parent, name).stream().map(Element::getTextContent).toList();
    }
}
