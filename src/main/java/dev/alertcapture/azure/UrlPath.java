package dev.alertcapture.azure;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Names as URLs have them. */
public final class UrlPath {
  private UrlPath() {}

  /** One segment of a path, or one value of a query. */
  public static String segment(String name) {
    // Only forms write a blank as a plus.
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Several segments with slashes between them, which stay. */
  public static String of(String names) {
    return Arrays.stream(names.split("/", -1))
        .map(UrlPath::segment)
        .collect(Collectors.joining("/"));
  }
}
