package dev.alertcapture.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alertcapture.options.CaptureOptions.Filter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads filters, and refuses what can't match: Azure takes a malformed address and then captures
 * nothing (docs/design/azure.md, "Model", azure-docs#99171). One value, one range {@code a-b}, or a
 * list {@code a;b}, never a mix of range and list.
 */
final class FilterReader {
  private static final int MAX_CHARS = 8192;
  private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "Any");
  private static final List<String> PARTS =
      List.of("protocol", "localIPAddress", "localPort", "remoteIPAddress", "remotePort");
  private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
  private static final Pattern LIKE_IPV6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}");
  private static final String ADDRESSES =
      "one address (10.0.0.4 or fd00::4), a range (10.0.0.4-10.0.0.9) or a list (10.0.0.4;10.0.0.9)";
  private static final String PORTS =
      "one port from 0 to 65535, a range (80-85) or a list (80;443)";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private FilterReader() {}

  /** Filters that can't be used; the message says which, and what would be right. */
  static final class BadFilter extends Exception {
    private static final long serialVersionUID = 1L;

    BadFilter(String message) {
      super(message, null, false, false);
    }
  }

  /** A list in JSON; {@code []} means every packet. */
  static List<Filter> read(String json) throws BadFilter {
    if (json.length() > MAX_CHARS) {
      throw new BadFilter("longer than " + MAX_CHARS + " characters");
    }
    JsonNode list = tree(json);
    if (list == null || !list.isArray()) {
      throw new BadFilter(
          "not a list in JSON, such as [{\"protocol\": \"TCP\", \"remotePort\": \"443\"}]");
    }
    List<Filter> filters = new ArrayList<>();
    for (JsonNode each : list) {
      filters.add(filter(each, "filter " + (filters.size() + 1)));
    }
    return filters;
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static Filter filter(JsonNode node, String which) throws BadFilter {
    if (!node.isObject()) {
      throw new BadFilter(which + ": not an object with " + String.join(", ", PARTS));
    }
    String[] values = new String[PARTS.size()];
    boolean[] given = new boolean[PARTS.size()];
    for (Map.Entry<String, JsonNode> part : node.properties()) {
      int i = indexOf(PARTS, part.getKey());
      if (i < 0) {
        throw new BadFilter(
            which
                + ": \""
                + OptionReader.quoted(part.getKey())
                + "\" is no part of a filter; there are "
                + String.join(", ", PARTS));
      }
      if (given[i]) {
        throw new BadFilter(which + ": " + PARTS.get(i) + " stands in it twice");
      }
      given[i] = true;
      JsonNode value = part.getValue();
      if (!value.isTextual() && !value.isIntegralNumber() && !value.isNull()) {
        throw new BadFilter(which + ", " + PARTS.get(i) + ": not a text");
      }
      values[i] = value.isNull() || value.asText().isBlank() ? null : value.asText().strip();
    }
    return new Filter(
        protocol(values[0], which),
        addresses(values[1], which + ", " + PARTS.get(1)),
        ports(values[2], which + ", " + PARTS.get(2)),
        addresses(values[3], which + ", " + PARTS.get(3)),
        ports(values[4], which + ", " + PARTS.get(4)));
  }

  private static int indexOf(List<String> words, String word) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equalsIgnoreCase(word)) {
        return i;
      }
    }
    return -1;
  }

  private static String protocol(String text, String which) throws BadFilter {
    int i = text == null ? PROTOCOLS.indexOf("Any") : indexOf(PROTOCOLS, text);
    if (i < 0) {
      throw wrong(which + ", protocol", text, "one of " + String.join(", ", PROTOCOLS));
    }
    return PROTOCOLS.get(i);
  }

  private static String addresses(String text, String where) throws BadFilter {
    return text == null ? null : checked(text, where, FilterReader::address, ADDRESSES);
  }

  private static String ports(String text, String where) throws BadFilter {
    return text == null ? null : checked(text, where, FilterReader::port, PORTS);
  }

  /**
   * The text without blanks and without a separator at its end, once each value is known to be one.
   */
  private static String checked(
      String text, String where, Function<String, byte[]> parse, String right) throws BadFilter {
    String tight = text.replaceAll("\\s*([;-])\\s*", "$1").replaceAll(";$", "");
    List<String> values = Arrays.asList(tight.split(tight.contains(";") ? ";" : "-", -1));
    List<byte[]> parsed = values.stream().map(parse).toList();
    boolean range = tight.contains("-");
    if (parsed.contains(null) || (range && values.size() != 2)) {
      throw wrong(where, text, right);
    }
    if (range && !isRange(parsed.get(0), parsed.get(1))) {
      throw wrong(where, text, "a range that goes from low to high, both of one kind");
    }
    return tight;
  }

  private static boolean isRange(byte[] low, byte[] high) {
    return low.length == high.length
        && new BigInteger(1, low).compareTo(new BigInteger(1, high)) <= 0;
  }

  /** Its bytes, or null. Nothing that could be a host's name is looked up. */
  private static byte[] address(String text) {
    boolean six = text.contains(":") && LIKE_IPV6.matcher(text).matches();
    if (!six && !IPV4.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static byte[] port(String text) {
    boolean right = text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65535;
    return right ? BigInteger.valueOf(65536L + Integer.parseInt(text)).toByteArray() : null;
  }

  private static BadFilter wrong(String where, String text, String right) {
    return new BadFilter(where + ": \"" + OptionReader.quoted(text) + "\" is not " + right);
  }
}
