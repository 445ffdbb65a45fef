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
 * a trailing slash is allowed, and so is what Kubernetes puts in front of a node's id ({@code
 * azure://}); child resources and classic machines are refused, and {@link #id} is rebuilt from the
 * parts, so nothing else of an alert's text ever reaches a URL. Two targets are equal when their
 * ids are, in any letter case; a scale set and its instance are different targets.
 *
 * @param instance the number of a scale set's instance; or a name, which {@link #machine} may be;
 *     else null
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
          "(?:azure://)?/subscriptions/([A-Za-z0-9-]{1,64})/resourceGroups/"
              + NAME
              + "/providers/Microsoft\\.Compute/(virtualMachines|virtualMachineScaleSets)/"
              + NAME
              + "(?:/virtualMachines/([A-Za-z0-9_-]{1,80}))?/?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NUMBER = Pattern.compile("\\d{1,7}");

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
    Kind kind = machine ? Kind.VIRTUAL_MACHINE : Kind.SCALE_SET;
    Target target = new Target(kind, m.group(1), m.group(2), m.group(4), null);
    return Optional.of(instance == null ? target : target.instance(instance));
  }

  private Target instance(String called) {
    String prefix = name + "_";
    String rest =
        called.regionMatches(true, 0, prefix, 0, prefix.length())
            ? called.substring(prefix.length())
            : "";
    String number = NUMBER.matcher(rest).matches() ? rest : called;
    return new Target(Kind.INSTANCE, subscription, resourceGroup, name, number);
  }

  /**
   * The instance of this scale set that Azure Monitor's dimension {@code VMName} names: {@code
   * web-vmss_2} is instance 2, any other name stays a name (docs/design/alerts.md, "Targets").
   * Empty for what can't be a name, and where this is no scale set.
   */
  public Optional<Target> instanceNamed(String machine) {
    return kind == Kind.SCALE_SET && machine.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,79}")
        ? Optional.of(instance(machine))
        : Optional.empty();
  }

  /**
   * The virtual machine of the set's group that has an instance's name: of a flexible set each
   * instance is one. Empty where the instance has a number, and for all but instances.
   */
  public Optional<Target> machine() {
    return kind == Kind.INSTANCE && !NUMBER.matcher(instance).matches()
        ? Optional.of(new Target(Kind.VIRTUAL_MACHINE, subscription, resourceGroup, instance, null))
        : Optional.empty();
  }

  /** Whether an instance's name begins as Azure lets those of its set begin: {@code web-vmss_}. */
  public boolean hasNameOfItsSet() {
    return instance != null && instance.regionMatches(true, 0, name + "_", 0, name.length() + 1);
  }

  /** The scale set of an instance; any other target itself. */
  public Target whole() {
    return kind == Kind.INSTANCE
        ? new Target(Kind.SCALE_SET, subscription, resourceGroup, name, null)
        : this;
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
