package dev.alertcapture.health;

/**
 * One thing that must be so for captures to work.
 *
 * @param name what was looked at: {@code store}, {@code watcher westcentralus} …
 * @param ok whether it is so
 * @param said what was seen; never a secret
 * @param remedy what to do where it is not so, else null
 */
public record Check(String name, boolean ok, String said, String remedy) {
  static Check ok(String name, String said) {
    return new Check(name, true, said, null);
  }

  static Check bad(String name, String said, String remedy) {
    return new Check(name, false, said, remedy);
  }

  /** The check that the settings can be read, when they can't: the only one that can be made. */
  public static Check badSettings(String problems) {
    return bad("settings", problems, "Set the named app settings as the message says.");
  }
}
