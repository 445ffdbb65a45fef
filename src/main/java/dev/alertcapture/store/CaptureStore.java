package dev.alertcapture.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows in one partition, with exactly what Azure Table Storage can do, and no more: point reads,
 * ranges in key order, and transactions of up to {@value #MAX_WRITES} rows that take effect whole
 * or not at all.
 *
 * <p>Keys are at most 512 characters and hold no {@code / \ # ?} and no control characters; a row's
 * value is at most {@value #MAX_VALUE_CHARS} characters (a row of 1 MiB in UTF-16), a transaction's
 * together at most 4 MiB. Any method throws {@link StoreException} when the store can't be reached,
 * or does not answer within the {@link StoreTime} of the calling thread; a commit that threw it may
 * have taken effect.
 */
public interface CaptureStore {
  /** Most rows in one transaction. */
  int MAX_WRITES = 100;

  /** Most characters in one row's value: 1 MiB in UTF-16, less room for keys and times. */
  int MAX_VALUE_CHARS = 500_000;

  /** A row as it was read. The ETag changes with each write. */
  record Row(String key, String value, String etag) {}

  /** One write of a transaction. */
  sealed interface Write {
    /** The row that is written. */
    String key();

    /** Fails where the row exists. */
    record Insert(String key, String value) implements Write {}

    /** Fails where the row is gone, or has another ETag. */
    record Replace(String key, String value, String etag) implements Write {}

    /** Fails where the row is gone, or has another ETag; a null ETag matches any. */
    record Delete(String key, String etag) implements Write {}
  }

  /** Somebody else was first; nothing of the transaction took effect. */
  final class Conflict extends Exception {
    private static final long serialVersionUID = 1L;
    private final String key;

    /**
     * A lost transaction.
     *
     * @param key the row that stood in the way
     */
    public Conflict(String key) {
      super("another writer was first at " + key, null, false, false);
      this.key = key;
    }

    /** The row that stood in the way. */
    public String key() {
      return key;
    }
  }

  /** The store did not answer. */
  final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure of the store itself, in words that hold no secret. */
    public StoreException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Names this store among all: part of each session's name, so that two deployments differ. */
  String identity();

  /** One row. */
  Optional<Row> read(String key);

  /** The first rows with {@code from <= key < to}, in key order. */
  List<Row> scan(String from, String to, int limit);

  /** Does all writes or none, and answers the new ETag of each row that is not deleted. */
  Map<String, String> commit(List<? extends Write> writes) throws Conflict;
}
