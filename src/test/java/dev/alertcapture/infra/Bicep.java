package dev.alertcapture.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a Bicep file declares, as far as tests ask; by patterns, so only for files that parse.
 *
 * @param code the text without its comments
 */
public record Bicep(Path file, String code) {
  private static final Path FOLDER = Path.of("infra");
  private static final Pattern COMMENT = Pattern.compile("(?m)(^|\\s)//[^\n]*");
  private static final Pattern PARAM =
      Pattern.compile("(?m)((?:^@[^\n]*\n)*)^param (\\w+) ([\\w\\[\\]]+)( =)?");
  private static final Pattern VARIABLE = Pattern.compile("(?m)^var (\\w+)");
  private static final Pattern RESOURCE = Pattern.compile("(?m)^resource \\w+ '([^'@]+)@([^']+)'");
  private static final Pattern MODULE = Pattern.compile("(?m)^module \\w+ '([^']+)'");
  private static final Pattern PART =
      Pattern.compile("(?m)^(?:module \\w+|import \\{[^}]*\\} from) '([^']+)'");
  private static final Pattern TOP =
      Pattern.compile("(?m)^(?:[@}]|(?:param|var|module|resource|output) )");

  /** One parameter with what stands before it. */
  public record Param(String name, String type, boolean hasDefault, String decorators) {}

  /** A module that a file uses, with the names of what it is given. */
  record Module(String path, Set<String> given) {}

  /** A file of {@code infra/}. */
  public static Bicep read(String name) throws IOException {
    return read(FOLDER.resolve(name));
  }

  private static Bicep read(Path file) throws IOException {
    return new Bicep(file, COMMENT.matcher(Files.readString(file)).replaceAll("$1"));
  }

  /** All of them. */
  static List<Bicep> all() throws IOException {
    List<Bicep> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".bicep")).sorted().toList()) {
        all.add(read(file));
      }
    }
    return all;
  }

  /** Its parameters. */
  public List<Param> params() {
    return PARAM
        .matcher(code)
        .results()
        .map(p -> new Param(p.group(2), p.group(3), p.group(4) != null, p.group(1)))
        .toList();
  }

  List<String> variables() {
    return VARIABLE.matcher(code).results().map(v -> v.group(1)).toList();
  }

  /** {@code type@version} of each resource. */
  Set<String> resources() {
    return RESOURCE
        .matcher(code)
        .results()
        .map(r -> r.group(1) + "@" + r.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  List<Module> modules() {
    return MODULE
        .matcher(code)
        .results()
        .map(m -> new Module(m.group(1), keys(blockFrom(m), "params")))
        .toList();
  }

  /** The files that it uses, modules and types. */
  Set<String> parts() {
    return PART.matcher(code)
        .results()
        .map(part -> part.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String blockFrom(MatchResult start) {
    var end = TOP.matcher(code).region(start.end(), code.length());
    return code.substring(start.start(), end.find() ? end.start() : code.length());
  }

  private static Set<String> keys(String text, String before) {
    String body = body(text, before + ":? \\{\n", "\n *\\}").orElse("");
    return Pattern.compile("(?m)^ +(\\w+):")
        .matcher(body)
        .results()
        .map(key -> key.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Optional<String> body(String text, String from, String to) {
    return Pattern.compile(from + "(.*?)" + to, Pattern.DOTALL)
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .findFirst();
  }

  /** How often a name stands in the code as a word. */
  long uses(String name) {
    return Pattern.compile("\\b" + name + "\\b").matcher(code).results().count();
  }
}
