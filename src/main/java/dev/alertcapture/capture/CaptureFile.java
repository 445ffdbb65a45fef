package dev.alertcapture.capture;

/**
 * Where a capture's packets are.
 *
 * @param path a blob's URL, or a path on the machine
 * @param bytes its size, -1 where it could not be looked at
 * @param detail why it could not be looked at, else null
 */
public record CaptureFile(Status status, String path, long bytes, String detail) {

  /** How sure we are that the file is there. */
  public enum Status {
    /** Seen in the storage account, with its size. */
    VERIFIED,
    /** It should be there; the account did not let us look. */
    UNVERIFIED,
    /** On the machine itself, where we can't look. */
    LOCAL
  }

  static CaptureFile verified(String path, long bytes) {
    return new CaptureFile(Status.VERIFIED, path, bytes, null);
  }

  static CaptureFile unverified(String path, String why) {
    return new CaptureFile(Status.UNVERIFIED, path, -1, why);
  }

  static CaptureFile local(String path) {
    return new CaptureFile(Status.LOCAL, path, -1, null);
  }
}
