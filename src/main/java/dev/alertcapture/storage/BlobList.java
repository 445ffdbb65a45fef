package dev.alertcapture.storage;

import dev.alertcapture.capture.CaptureFile;
import dev.alertcapture.capture.Trouble;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The answer to List Blobs, which comes in XML only: {@code <Blob><Name>…</Name><Properties>
 * <Content-Length>…}.
 */
final class BlobList {
  private static final int MOST = 1000;

  private BlobList() {}

  /** The blobs in a container, as far as they are named and have a size. */
  static List<CaptureFile.Part> read(InputStream xml, String container) throws Trouble {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    // Nothing outside the answer is ever read, whatever the answer says.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    List<CaptureFile.Part> blobs = new ArrayList<>();
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(xml);
      String name = null;
      while (reader.hasNext() && blobs.size() < MOST) {
        if (reader.next() != XMLStreamConstants.START_ELEMENT) {
          continue;
        }
        if (reader.getLocalName().equals("Name")) {
          name = reader.getElementText();
        } else if (reader.getLocalName().equals("Content-Length") && name != null) {
          String length = reader.getElementText();
          blobs.add(
              new CaptureFile.Part(
                  container + "/" + encode(name),
                  length.matches("\\d{1,18}") ? Long.parseLong(length) : -1));
          name = null;
        }
      }
      return blobs;
    } catch (XMLStreamException e) {
      throw Trouble.unavailable("the list of files can't be read", null);
    }
  }

  private static String encode(String name) {
    return Arrays.stream(name.split("/", -1))
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }
}
