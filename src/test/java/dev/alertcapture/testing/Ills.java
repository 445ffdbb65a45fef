package dev.alertcapture.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Answers that begin well and then hold whoever waits for their end. */
public final class Ills {
  /** Bytes of a body that is too long. */
  public static final long HUGE = 100L * 1024 * 1024;

  private static final long TRICKLE_NANOS = 50_000_000;

  private Ills() {}

  /** A byte every 50 ms, for as long as anybody listens. */
  public static HttpHandler trickling() {
    return exchange -> {
      OutputStream body = begin(exchange);
      while (!Thread.currentThread().isInterrupted()) {
        body.write(' ');
        body.flush();
        LockSupport.parkNanos(TRICKLE_NANOS);
      }
    };
  }

  /** Some bytes, and then nothing more. */
  public static HttpHandler stalling() {
    return exchange -> {
      OutputStream body = begin(exchange);
      body.write(' ');
      body.flush();
      // The stub server then holds the connection.
      exchange.getResponseHeaders().set("X-Stub-Hangs", "yes");
    };
  }

  /** 100 MB of blanks, as fast as they are taken. */
  public static HttpHandler hugeBody() {
    return exchange -> {
      byte[] some = new byte[64 * 1024];
      Arrays.fill(some, (byte) ' ');
      OutputStream body = begin(exchange);
      for (long sent = 0; sent < HUGE; sent += some.length) {
        body.write(some);
      }
    };
  }

  private static OutputStream begin(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }
}
