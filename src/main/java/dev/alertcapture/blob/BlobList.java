package dev.alertcapture.blob;

import dev.alertcapture.azure.UrlPath;
import dev.alertcapture.capture.CaptureFile;
import dev.alertcapture.capture.PortException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The answer to List Blobs, which comes in XML only: {@code <Blob><Name>…</Name><Properties>
 * <Content-Length>…} and, where it is not all, {@code <NextMarker>}.
 *
 * @param blobs as far as they are named and have a size
 * @param next where to go on, null at the end
 */
record BlobList(List<CaptureFile.Part> blobs, String next) {
  private static final int MAX_BLOBS = 1000;

  /** Reads the list of a container. */
  static BlobList read(InputStream xml, String container) throws PortException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    // Nothing outside the answer is ever read, whatever the answer says.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    List<CaptureFile.Part> blobs = new ArrayList<>();
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(xml);
      String name = null;
      String next = null;
      while (reader.hasNext() && blobs.size() < MAX_BLOBS) {
        if (reader.next() != XMLStreamConstants.START_ELEMENT) {
          continue;
        }
        if (reader.getLocalName().equals("Name")) {
          name = reader.getElementText();
        } else if (reader.getLocalName().equals("Content-Length") && name != null) {
          String length = reader.getElementText();
          blobs.add(
              new CaptureFile.Part(
                  container + "/" + UrlPath.of(name),
                  length.matches("\\d{1,18}") ? Long.parseLong(length) : -1));
          name = null;
        } else if (reader.getLocalName().equals("NextMarker")) {
          next = reader.getElementText();
        }
      }
      return new BlobList(blobs, next == null || next.isBlank() ? null : next);
    } catch (XMLStreamException e) {
      throw PortException.unavailable("the list of files can't be read", null);
    }
  }
}
