package dev.alertcapture.target;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where captures may be taken, whatever the app's identity is allowed to do.
 *
 * @param ids of subscriptions and resource groups, in lower case; none means everywhere
 */
public record Scopes(List<String> ids) {
  /** Everywhere. */
  public static final Scopes ALL = new Scopes(List.of());

  public static final String OUTSIDE =
      "outside CAPTURE_ALLOWED_SCOPES, the subscriptions and resource groups where this app may"
          + " capture";

  private static final Pattern ID =
      Pattern.compile(
          "/subscriptions/[A-Za-z0-9-]{1,64}(?:/resourceGroups/" + Target.NAME + ")?/?",
          Pattern.CASE_INSENSITIVE);

  public Scopes {
    ids = List.copyOf(ids);
  }

  /** One scope as {@link #ids} has it; empty for what is no id of the kind. */
  public static Optional<String> parse(String id) {
    return ID.matcher(id).matches()
        ? Optional.of(id.toLowerCase(Locale.ROOT).replaceAll("/$", ""))
        : Optional.empty();
  }

  /** Why nothing is captured on a target, or empty where it may be. */
  public Optional<String> whyNot(Target target) {
    boolean inside =
        ids.isEmpty() || ids.stream().anyMatch(id -> target.key().startsWith(id + "/"));
    return inside ? Optional.empty() : Optional.of(OUTSIDE);
  }
}
