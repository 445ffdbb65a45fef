package dev.alertcapture.evidence.finding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One thing that the packets show: what, how bad, of whom, with which frames. */
public final class Finding {
  private final Id id;
  private final Severity severity;
  private final String say;
  private final Map<String, Long> numbers = new LinkedHashMap<>();
  private final List<String> caveats = new ArrayList<>();
  private Subject subject = Subject.NONE;
  private Verdict verdict = Verdict.NETWORK;
  private String brief;
  private String next;
  private Threshold threshold;
  private Proof proof;
  private int share;
  private boolean answersMetric;
  private boolean cause;

  /**
   * @param say one sentence, in the words of an engineer to another, with the number that matters
   */
  public Finding(Id id, Severity severity, String say) {
    this.id = id;
    this.severity = severity;
    this.say = say;
  }

  public Finding about(Subject of) {
    subject = of;
    return this;
  }

  /** Who is to blame if this is the first finding. */
  public Finding blames(Verdict word) {
    verdict = word;
    return this;
  }

  /** A few words for a headline that is another finding's: "sql-prod:1433 does not answer". */
  public Finding brief(String words) {
    brief = words;
    return this;
  }

  /** What to do, one imperative sentence. */
  public Finding next(String sentence) {
    next = sentence;
    return this;
  }

  public Finding threshold(String says, String why) {
    threshold = new Threshold(says, why);
    return this;
  }

  public Finding proof(long count, long of, Cited cited, String filter, boolean superset) {
    proof = new Proof(count, of, cited.frames(), filter, superset);
    return this;
  }

  /**
   * A number of the finding by a stable name, units in the name: {@code unanswered}, {@code
   * p95Micros}.
   */
  public Finding number(String name, long value) {
    numbers.put(name, value);
    return this;
  }

  public Finding caveat(String sentence) {
    caveats.add(sentence);
    return this;
  }

  /** Its share of the bytes, connections or lookups of its subject, in thousandths. */
  public Finding share(long part, long whole) {
    share = whole <= 0 ? 0 : (int) (1000 * Math.min(part, whole) / whole);
    return this;
  }

  /** It answers the metric that asked. */
  public Finding answersMetric() {
    answersMetric = true;
    return this;
  }

  /** Another finding is its effect, which has to stand behind it. */
  public Finding cause() {
    cause = true;
    return this;
  }

  public Id id() {
    return id;
  }

  public Severity severity() {
    return severity;
  }

  public String say() {
    return say;
  }

  public Subject subject() {
    return subject;
  }

  public Verdict verdict() {
    return verdict;
  }

  public String brief() {
    return brief == null ? say : brief;
  }

  /** Null where there is nothing to do. */
  public String next() {
    return next;
  }

  /** Null where the rule has none. */
  public Threshold threshold() {
    return threshold;
  }

  /** Null where no frame proves it. */
  public Proof proof() {
    return proof;
  }

  public Map<String, Long> numbers() {
    return numbers;
  }

  public List<String> caveats() {
    return caveats;
  }

  public int share() {
    return share;
  }

  public boolean isAnswerToMetric() {
    return answersMetric;
  }

  public boolean isCause() {
    return cause;
  }

  /** The first frame that it cites; findings without frames come last. */
  public int firstFrame() {
    return proof == null || proof.frames().isEmpty() ? Integer.MAX_VALUE : proof.frames().get(0);
  }
}
