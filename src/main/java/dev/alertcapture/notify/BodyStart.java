package dev.alertcapture.notify;

import com.azure.core.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The first kilobyte of an answer's body, however long the rest may be. */
final class BodyStart {
  private static final int MAX_BYTES = 1024;

  private BodyStart() {}

  /** The text; empty where it can't be read in the time that the request has. */
  static String of(HttpResponse answer) {
    try {
      byte[] start = answer.getBodyAsInputStreamSync().readNBytes(MAX_BYTES);
      return new String(start, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
