package dev.alertcapture.table;

import java.net.URI;

/**
 * The account that holds the table, and what opens it.
 *
 * @param endpoint of its table service, without a slash at the end
 */
public record TableAccount(URI endpoint, Access access) {

  /** What opens an account. It prints without its secret. */
  public sealed interface Access {
    /** Which of them it is, in words. */
    String inWords();

    /** The account's key. */
    record Key(String account, String key) implements Access {
      @Override
      public String inWords() {
        return "by account key";
      }

      @Override
      public String toString() {
        return "Key[" + account + "]";
      }
    }

    /** A shared access signature, without a question mark in front. */
    record Signature(String sas) implements Access {
      @Override
      public String inWords() {
        return "by shared access signature";
      }

      @Override
      public String toString() {
        return "Signature[…]";
      }
    }

    /** The app's managed identity; without a client id, the system-assigned one. */
    record Identity(String clientId) implements Access {
      @Override
      public String inWords() {
        return "by managed identity" + (clientId == null ? "" : " " + clientId);
      }
    }
  }
}
