package dev.alertcapture.evidence.pcap;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks gzip, several members too. Ends quietly where the packed bytes are cut or damaged, and
 * says so; a failure of the stream below is not taken for that, and is thrown.
 */
final class GzipInput extends InputStream {
  private final Source source;
  private GZIPInputStream unpacked;
  private boolean damaged;

  GzipInput(InputStream in) {
    source = new Source(in);
  }

  /** Whether the end that {@link #read} told was not the end of whole gzip members. */
  boolean damaged() {
    return damaged;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    if (damaged) {
      return -1;
    }
    int read = -1;
    try {
      if (unpacked == null) {
        unpacked = new GZIPInputStream(source, 1 << 16);
      }
      read = unpacked.read(bytes, from, count);
    } catch (EOFException | ZipException e) {
      damaged = true;
    }
    if (source.failure != null) {
      throw source.failure;
    }
    return read;
  }

  /** Remembers that the stream failed, for GZIPInputStream hides that between members. */
  private static final class Source extends FilterInputStream {
    private IOException failure;

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      try {
        return super.read(bytes, from, count);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** GZIPInputStream looks for another member only where there is something to read. */
    @Override
    public int available() {
      return 1;
    }
  }
}
