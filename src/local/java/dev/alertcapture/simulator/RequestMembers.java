package dev.alertcapture.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An object of a request's body, read as strictly as Microsoft.Network does: a member that is not
 * known, or of another type, is 400 InvalidRequestFormat (docs/design/azure.md, "Errors and
 * limits"). A null is as good as absent.
 */
final class RequestMembers {
  private final ObjectNode node;
  private final String path;

  private RequestMembers(ObjectNode node, String path) {
    this.node = node;
    this.path = path;
  }

  static RequestMembers of(JsonNode node, String path, String type, Set<String> known) {
    if (!(node instanceof ObjectNode object)) {
      throw ArmError.unparsable(
          "Error converting value to type '%s'. Path '%s'.".formatted(type, path));
    }
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw ArmError.unparsable(
            "Could not find member '%s' on object of type '%s'. Path '%s'."
                .formatted(name, type, join(path, name)));
      }
    }
    return new RequestMembers(object, path);
  }

  Optional<RequestMembers> object(String name, String type, Set<String> known) {
    return member(name).map(value -> of(value, join(path, name), type, known));
  }

  Optional<String> text(String name) {
    return member(name)
        .map(
            value -> {
              if (!value.isTextual()) {
                throw wrongType(name, "System.String");
              }
              return value.textValue();
            });
  }

  Optional<Boolean> flag(String name) {
    return member(name)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw wrongType(name, "System.Boolean");
              }
              return value.booleanValue();
            });
  }

  /** The number, or the default; out of range is refused in the simulator's own words. */
  long number(String name, long absent, long most) {
    JsonNode value = member(name).orElse(null);
    if (value == null) {
      return absent;
    }
    if (!value.isIntegralNumber()) {
      throw wrongType(name, "System.Int64");
    }
    if (!value.canConvertToLong() || value.longValue() < 0 || value.longValue() > most) {
      throw ArmError.network(
          400, "SimulatorValueOutOfRange", "%s is from 0 to %d.".formatted(join(path, name), most));
    }
    return value.longValue();
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode each : elements(name)) {
      if (!each.isTextual()) {
        throw wrongType(name, "System.String");
      }
      texts.add(each.textValue());
    }
    return texts;
  }

  List<RequestMembers> objects(String name, String type, Set<String> known) {
    List<RequestMembers> objects = new ArrayList<>();
    for (JsonNode each : elements(name)) {
      objects.add(of(each, join(path, name) + "[" + objects.size() + "]", type, known));
    }
    return objects;
  }

  ArmError wrongType(String name, String type) {
    return ArmError.unparsable(
        "Error converting value to type '%s'. Path '%s'.".formatted(type, join(path, name)));
  }

  private List<JsonNode> elements(String name) {
    List<JsonNode> elements = new ArrayList<>();
    member(name)
        .ifPresent(
            value -> {
              if (!value.isArray()) {
                throw wrongType(name, "System.Array");
              }
              value.forEach(elements::add);
            });
    return elements;
  }

  private Optional<JsonNode> member(String name) {
    return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
