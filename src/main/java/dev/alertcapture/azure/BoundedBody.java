package dev.alertcapture.azure;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An answer's body, read as it comes. It ends with an IOException at a moment that is set
 * beforehand, or after so many bytes, whatever the server does; then, and when it is closed before
 * its end, the rest is not received.
 */
final class BoundedBody extends InputStream implements BodySubscriber<BoundedBody> {
  private static final List<ByteBuffer> END = List.of();

  private final long endNanos;
  private final long limit;
  private final BlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();
  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
  private Flow.Subscription subscription;
  private boolean cut;
  private volatile Throwable failure;
  private boolean ended;
  private long bytes;

  /**
   * A body that is to come.
   *
   * @param endNanos by {@link System#nanoTime}
   * @param limit in bytes
   */
  BoundedBody(long endNanos, long limit) {
    this.endNanos = endNanos;
    this.limit = limit;
  }

  @Override
  public CompletionStage<BoundedBody> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription its) {
    subscription = its;
    if (cut) {
      its.cancel();
    } else {
      its.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> some) {
    arrived.add(some);
  }

  @Override
  public void onError(Throwable error) {
    failure = error;
    arrived.add(END);
  }

  @Override
  public void onComplete() {
    arrived.add(END);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    ByteBuffer next = next();
    if (next == null) {
      return -1;
    }
    int some = Math.min(length, next.remaining());
    next.get(into, offset, some);
    return some;
  }

  /** What is to be read next; null at the end. */
  private ByteBuffer next() throws IOException {
    while (buffers.isEmpty() || !buffers.peek().hasRemaining()) {
      if (!buffers.isEmpty()) {
        buffers.remove();
      } else if (ended) {
        if (failure != null) {
          throw new IOException("the answer was cut off", failure);
        }
        return null;
      } else {
        take(await());
      }
    }
    return buffers.peek();
  }

  private List<ByteBuffer> await() throws IOException {
    try {
      List<ByteBuffer> some = arrived.poll(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (some == null) {
        close();
        throw new HttpTimeoutException("the answer did not end in time");
      }
      return some;
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private void take(List<ByteBuffer> some) throws IOException {
    if (some == END) {
      ended = true;
      return;
    }
    some.forEach(buffer -> bytes += buffer.remaining());
    if (bytes > limit) {
      close();
      throw new IOException("the answer has more than " + limit + " bytes");
    }
    buffers.addAll(some);
    synchronized (this) {
      subscription.request(1);
    }
  }

  @Override
  public synchronized void close() {
    cut = true;
    if (subscription != null) {
      // After the end it does nothing.
      subscription.cancel();
    }
  }
}
