package dev.alertcapture.target;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a capture runs on: a virtual machine, a scale set, or one instance of a scale set.
 *
 * <p>Made only from a full ARM id (docs/design/alerts.md, "Targets"): matching is case-insensitive,
 * a trailing slash is allowed, child resources and classic machines are refused, and {@link #id} is
 * rebuilt from the parts, so nothing else of an alert's text ever reaches a URL. Two targets are
 * equal when their ids are, in any letter case; a scale set and its instance are different targets.
 *
 * @param instance the instance of a scale set, else null
 */
public record Target(
    Kind kind, String subscription, String resourceGroup, String name, String instance) {

  /** What sort of resource a target is. */
  public enum Kind {
    /** One virtual machine. */
    VIRTUAL_MACHINE,
    /** A scale set, all of its instances. */
    SCALE_SET,
    /** One instance of a scale set. */
    INSTANCE
  }

  // Letters and digits of any script, as Azure allows in resource groups; never only dots, which a
  // URL would take for a folder, nor a sign that lower case would make one with another letter: the
  // dotted capital I, Ohm, Kelvin, Angstrom.
  static final String NAME =
      "(?!\\.+(?:/|$))([\\p{L}\\p{N}._()\\-&&[^\u0130\u2126\u212A\u212B]]{1,90})";
  private static final Pattern ID =
      Pattern.compile(
          "/subscriptions/([A-Za-z0-9-]{1,64})/resourceGroups/"
              + NAME
              + "/providers/Microsoft\\.Compute/(virtualMachines|virtualMachineScaleSets)/"
              + NAME
              + "(?:/virtualMachines/([A-Za-z0-9_-]{1,80}))?/?",
          Pattern.CASE_INSENSITIVE);

  /** The target that an ARM id names, or empty where the id names anything else. */
  public static Optional<Target> parse(String id) {
    Matcher m = ID.matcher(id == null ? "" : id.strip());
    if (!m.matches()) {
      return Optional.empty();
    }
    boolean machine = m.group(3).equalsIgnoreCase("virtualMachines");
    String instance = m.group(5);
    if (machine && instance != null) {
      return Optional.empty();
    }
    Kind kind = machine ? Kind.VIRTUAL_MACHINE : instance == null ? Kind.SCALE_SET : Kind.INSTANCE;
    return Optional.of(new Target(kind, m.group(1), m.group(2), m.group(4), instance));
  }

  /**
   * The instance of this scale set that Azure Monitor's dimension {@code VMName} names: {@code
   * web-vmss_2} (docs/design/alerts.md, "Targets"). Empty for any other name, such as those of a
   * flexible set's machines, which end in eight hexadecimal digits; and where this is no scale set.
   */
  public Optional<Target> instanceNamed(String machine) {
    String prefix = name + "_";
    boolean ours =
        kind == Kind.SCALE_SET && machine.regionMatches(true, 0, prefix, 0, prefix.length());
    String number = ours ? machine.substring(prefix.length()) : "";
    return number.matches("\\d{1,7}")
        ? Optional.of(new Target(Kind.INSTANCE, subscription, resourceGroup, name, number))
        : Optional.empty();
  }

  @JsonCreator
  static Target of(String id) {
    return parse(id).orElseThrow(() -> new IllegalArgumentException("not a target: " + id));
  }

  /**
   * A region in the form in which Azure names it in ids: {@code westcentralus} for {@code West
   * Central US}; empty where it can't be one.
   */
  public static Optional<String> region(String location) {
    String name = location == null ? "" : location.replace(" ", "").toLowerCase(Locale.ROOT);
    return name.matches("[a-z0-9]{1,50}") ? Optional.of(name) : Optional.empty();
  }

  /** The ARM id, rebuilt from its parts, in the letter case in which it came. */
  @JsonValue
  public String id() {
    return resourceId() + (instance == null ? "" : "/virtualMachines/" + instance);
  }

  /** The ARM id that a session names as its target: the scale set's for an instance of it. */
  public String resourceId() {
    return "/subscriptions/"
        + subscription
        + "/resourceGroups/"
        + resourceGroup
        + "/providers/Microsoft.Compute/"
        + (kind == Kind.VIRTUAL_MACHINE ? "virtualMachines/" : "virtualMachineScaleSets/")
        + name;
  }

  /** The id as keys and hashes use it: lower case. */
  public String key() {
    return id().toLowerCase(Locale.ROOT);
  }

  /** What people call it: {@code web-01}, {@code web-vmss/2}. */
  public String shortName() {
    return instance == null ? name : name + "/" + instance;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Target target && key().equals(target.key());
  }

  @Override
  public int hashCode() {
    return Objects.hash(key());
  }

  @Override
  public String toString() {
    return id();
  }
}
