package dev.alertcapture.capture;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * Where a capture's packets are.
 *
 * @param path a blob's URL, or a path on the machine; of several files, what their names begin with
 * @param bytes the size of all together, -1 where it could not be looked at
 * @param detail why it could not be looked at, else null
 * @param parts the files of a scale set's session, one for each instance, as many as fit a row;
 *     none where {@code path} is the only one
 * @param more members that a later version wrote
 */
public record CaptureFile(
    Status status,
    String path,
    long bytes,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Part> parts,
    @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {

  // Half of what one row of the store holds.
  private static final int MAX_PART_CHARS = 250_000;
  private static final int CHARS_AROUND_PART = "{\"path\":\"\",\"bytes\":}".length();

  /** How sure we are that the file is there. */
  public enum Status {
    /** Seen in the storage account, with its size. */
    VERIFIED,
    /** It should be there; the account did not let us look. */
    UNVERIFIED,
    /** On the machine itself, where we can't look. */
    LOCAL
  }

  /**
   * One of several files.
   *
   * @param path its URL
   * @param more members that a later version wrote
   */
  public record Part(
      String path, long bytes, @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {
    public Part {
      more = Unknown.members(more);
    }

    /** As it was just seen. */
    public Part(String path, long bytes) {
      this(path, bytes, Map.of());
    }
  }

  public CaptureFile {
    parts = parts == null ? List.of() : List.copyOf(parts);
    more = Unknown.members(more);
  }

  static CaptureFile verified(String path, long bytes) {
    return new CaptureFile(Status.VERIFIED, path, bytes, null, List.of());
  }

  /** As it was just seen. */
  public CaptureFile(Status status, String path, long bytes, String detail, List<Part> parts) {
    this(status, path, bytes, detail, parts, Map.of());
  }

  /** Several files that were seen. */
  public static CaptureFile verified(String path, List<Part> parts) {
    long bytes = parts.stream().mapToLong(Part::bytes).sum();
    return new CaptureFile(Status.VERIFIED, path, bytes, null, fitting(parts));
  }

  private static List<Part> fitting(List<Part> parts) {
    int chars = 0;
    int count = 0;
    while (count < parts.size() && chars < MAX_PART_CHARS) {
      Part part = parts.get(count);
      chars += CHARS_AROUND_PART + part.path().length() + Long.toString(part.bytes()).length();
      count++;
    }
    return parts.subList(0, count);
  }

  static CaptureFile unverified(String path, String why) {
    return new CaptureFile(Status.UNVERIFIED, path, -1, why, List.of());
  }

  static CaptureFile local(String path) {
    return new CaptureFile(Status.LOCAL, path, -1, null, List.of());
  }
}
