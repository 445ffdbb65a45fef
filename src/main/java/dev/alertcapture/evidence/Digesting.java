package dev.alertcapture.evidence;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Takes the SHA-256 of what is read, on a second thread, one piece behind the reader. */
final class Digesting extends FilterInputStream {
  private static final int PIECE = 1 << 20;

  private final MessageDigest digest;
  private final ExecutorService thread;
  private byte[] filling = new byte[PIECE];
  private byte[] other = new byte[PIECE];
  private int filled;
  private long count;
  private Future<?> busy;

  Digesting(InputStream in) {
    super(in);
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(work, "capture-digest");
              made.setDaemon(true);
              return made;
            });
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int got = super.read(bytes, from, length);
    for (int at = from, left = got; left > 0; ) {
      int part = Math.min(left, PIECE - filled);
      System.arraycopy(bytes, at, filling, filled, part);
      filled += part;
      at += part;
      left -= part;
      if (filled == PIECE) {
        hand();
      }
    }
    count += Math.max(0, got);
    return got;
  }

  private void hand() throws IOException {
    await();
    byte[] piece = filling;
    int length = filled;
    filling = other;
    other = piece;
    filled = 0;
    busy = thread.submit(() -> digest.update(piece, 0, length));
  }

  private void await() throws IOException {
    try {
      if (busy != null) {
        busy.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public long skip(long n) throws IOException {
    return Math.max(0, read(new byte[(int) Math.min(n, PIECE)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Reads what is left, and says how many bytes there were in all. */
  long drain() throws IOException {
    byte[] rest = new byte[1 << 16];
    while (read(rest, 0, rest.length) > 0) {
      // Only the digest wants it.
    }
    return count;
  }

  /** In lower-case hexadecimal; nothing can be read after it. */
  String sha256() throws IOException {
    hand();
    await();
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Does nothing: a reader closes its stream at the end, and the digest is asked for after it. */
  @Override
  public void close() {}

  void stop() {
    thread.shutdownNow();
  }
}
