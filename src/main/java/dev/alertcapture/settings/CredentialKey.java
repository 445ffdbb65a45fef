package dev.alertcapture.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The key of an encrypted password: decimal bytes, one a line as PowerShell writes them, in a file
 * or in a setting.
 *
 * @param setting where it came from
 * @param where the same in words, for messages
 */
record CredentialKey(String setting, String where, List<Integer> numbers) {
  private static final String TEXT = "AZURE_CRED_KEY";
  private static final String FILE = "AZURE_CRED_KEY_FILE";
  private static final String DEFAULT_FILE = "keys/PassEncryptKey.key";
  private static final Pattern PATH = Pattern.compile("[^\\p{Cntrl}]{1,200}");
  private static final List<Integer> LENGTHS = List.of(16, 24, 32);
  private static final int MAX_FILE_BYTES = 4096;
  // Line breaks may come as two characters each in a setting.
  private static final String SEPARATORS = "(?:[\\s,\\ufeff]|\\\\r|\\\\n)+";

  /** The key, or null with a problem said. The setting goes before the file. */
  static CredentialKey read(Environment env) {
    String text = env.text(TEXT);
    return text != null ? parse(env, TEXT, "it", text) : file(env);
  }

  private static CredentialKey file(Environment env) {
    String name = env.text(FILE) == null ? DEFAULT_FILE : env.text(FILE);
    if (numbers(name) != null || EncryptedPassword.isOne(name) || !PATH.matcher(name).matches()) {
      env.problem(FILE, "not the path of a file; the key itself belongs in " + TEXT);
      return null;
    }
    String path = name;
    try {
      Path file = Path.of(name).toAbsolutePath().normalize();
      path = file.toString();
      try (InputStream bytes = Files.newInputStream(file)) {
        return parse(env, FILE, "the file " + path, text(bytes.readNBytes(MAX_FILE_BYTES)));
      }
    } catch (NoSuchFileException e) {
      env.problem(
          FILE,
          "there is no file "
              + path
              + ", and AzureCredPassword is encrypted: put its key there, or the key's text in "
              + TEXT);
    } catch (IOException | InvalidPathException e) {
      env.problem(FILE, "the file " + path + " can't be read: " + e.getClass().getSimpleName());
    }
    return null;
  }

  // Set-Content writes single bytes; Out-File and ">" of Windows PowerShell write UTF-16.
  private static String text(byte[] bytes) {
    String hex = HexFormat.of().formatHex(bytes, 0, Math.min(2, bytes.length));
    boolean wide = hex.equals("fffe") || hex.equals("feff");
    return new String(bytes, wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
  }

  private static CredentialKey parse(Environment env, String setting, String where, String text) {
    List<Integer> numbers = numbers(text);
    if (numbers == null || !LENGTHS.contains(numbers.size())) {
      // What it holds may be a secret, so it is not repeated.
      env.problem(
          setting,
          where
              + " is not a key: 16, 24 or 32 numbers from 0 to 255, one a line"
              + (numbers == null ? "" : "; it has " + numbers.size()));
      return null;
    }
    return new CredentialKey(setting, where, numbers);
  }

  /** Null where they are not all bytes. */
  private static List<Integer> numbers(String text) {
    List<String> words =
        Arrays.stream(text.split(SEPARATORS, -1)).filter(word -> !word.isEmpty()).toList();
    boolean bytes =
        !words.isEmpty()
            && words.stream()
                .allMatch(word -> word.matches("\\d{1,3}") && Integer.parseInt(word) <= 255);
    return bytes ? words.stream().map(Integer::valueOf).toList() : null;
  }

  byte[] bytes() {
    byte[] bytes = new byte[numbers.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = numbers.get(i).byteValue();
    }
    return bytes;
  }

  @Override
  public String toString() {
    return "CredentialKey[" + where + "]";
  }
}
