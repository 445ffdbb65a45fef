package dev.alertcapture.evidence.names;

import dev.alertcapture.evidence.packet.Bytes;
import java.util.Arrays;

/**
 * Puts the handshake data of QUIC together: CRYPTO frames (RFC 9000, 19.6), each with its offset,
 * in any order, again and overlapping. The frames are kept as they came, and laid out when asked.
 */
final class CryptoStream {
  private static final int FRAME_PADDING = 0;
  private static final int FRAME_PING = 1;
  private static final int FRAME_ACK = 2;
  private static final int FRAME_ACK_ECN = 3;
  private static final int FRAME_CRYPTO = 6;

  /** In {@link Pages}, each piece stands behind its offset and its length, two bytes each. */
  private static final int PIECE_HEADER_LENGTH = 4;

  private final Pages pages;
  private final QuicReader reader = new QuicReader();
  private final byte[] pieceHeader = new byte[PIECE_HEADER_LENGTH];
  private final byte[] pieces = new byte[Pages.MAX_LENGTH];
  private final byte[] laidOut = new byte[Pages.MAX_LENGTH];
  private final boolean[] known = new boolean[Pages.MAX_LENGTH];

  CryptoStream(Pages pages) {
    this.pages = pages;
  }

  /**
   * Keeps the pieces in a packet's decrypted payload.
   *
   * @param handle the chain with earlier pieces, or {@link Pages#NONE}
   * @param start where in the stream the message begins whose pieces are wanted
   * @return the chain with all of them
   */
  int add(int handle, int start, byte[] payload, int length) {
    int chain = pages.isOpen(handle) ? handle : pages.open();
    reader.start(payload, 0, length);
    while (!reader.atEnd() && !reader.failed()) {
      long type = reader.varint();
      if (type == FRAME_CRYPTO) {
        long offset = reader.varint();
        long size = reader.varint();
        int from = reader.position();
        reader.skip(size);
        if (!reader.failed()) {
          keep(chain, offset - start, payload, from, (int) size);
        }
      } else if (type == FRAME_ACK || type == FRAME_ACK_ECN) {
        skipAck(type == FRAME_ACK_ECN);
      } else if (type != FRAME_PADDING && type != FRAME_PING) {
        break; // No handshake data comes behind a CONNECTION_CLOSE; others are not allowed here.
      }
    }
    return chain;
  }

  /** Lays all pieces out; returns how many {@link #bytes} are known from the message's first on. */
  int assemble(int handle) {
    if (!pages.isOpen(handle)) {
      return 0;
    }
    Arrays.fill(known, false);
    int length = pages.copy(handle, pieces);
    int at = 0;
    while (at + PIECE_HEADER_LENGTH <= length) {
      int offset = Bytes.u16(pieces, at);
      int from = at + PIECE_HEADER_LENGTH;
      int size = Math.min(Bytes.u16(pieces, at + 2), length - from);
      System.arraycopy(pieces, from, laidOut, offset, size);
      Arrays.fill(known, offset, offset + size, true);
      at = from + size;
    }
    int end = 0;
    while (end < known.length && known[end]) {
      end++;
    }
    return end;
  }

  /** What was laid out last. */
  byte[] bytes() {
    return laidOut;
  }

  void close(int handle) {
    pages.close(handle);
  }

  private void keep(int chain, long offset, byte[] bytes, int from, int size) {
    int skipped = (int) Math.min(size, Math.max(0, -offset));
    int length = size - skipped;
    long at = offset + skipped;
    if (length == 0 || at + length > Pages.MAX_LENGTH) {
      return;
    }
    pieceHeader[0] = (byte) (at >> 8);
    pieceHeader[1] = (byte) at;
    pieceHeader[2] = (byte) (length >> 8);
    pieceHeader[3] = (byte) length;
    pages.append(chain, pieceHeader, 0, PIECE_HEADER_LENGTH);
    pages.append(chain, bytes, from + skipped, from + size);
  }

  private void skipAck(boolean withEcn) {
    reader.varint(); // largest
    reader.varint(); // delay
    long ranges = reader.varint();
    reader.varint(); // first range
    for (long i = 0; i < ranges && !reader.failed(); i++) {
      reader.varint();
      reader.varint();
    }
    for (int i = 0; withEcn && i < 3; i++) {
      reader.varint();
    }
  }
}
