package dev.alertcapture.notify;

import com.azure.core.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The first kilobyte of an answer's body, however slow the rest may be. */
final class BodyStart {
  private static final int MAX_BYTES = 1024;

  private BodyStart() {}

  /** The text; empty where it can't be read in that time. Closing the answer ends the reading. */
  static String of(HttpResponse answer, Duration time) {
    FutureTask<byte[]> reading = new FutureTask<>(() -> read(answer));
    Thread reader = new Thread(reading, "answer of a channel");
    reader.setDaemon(true);
    reader.start();
    try {
      return new String(reading.get(time.toNanos(), TimeUnit.NANOSECONDS), StandardCharsets.UTF_8);
    } catch (ExecutionException | TimeoutException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static byte[] read(HttpResponse answer) throws IOException {
    return answer.getBodyAsInputStreamSync().readNBytes(MAX_BYTES);
  }
}
