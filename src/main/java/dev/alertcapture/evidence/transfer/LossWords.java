package dev.alertcapture.evidence.transfer;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Subject;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Words;
import java.util.List;

/** What is said of losses. */
final class LossWords {
  /** All that tshark takes for sent again; it is more than what counts as lost here. */
  private static final String MARKS = "(tcp.analysis.retransmission || tcp.analysis.out_of_order)";

  private final Words words;

  private final Resends resends;

  LossWords(Context context, Resends resends) {
    words = context.words();
    this.resends = resends;
  }

  /** A loss between two addresses. */
  Finding one(Id id, Severity severity, Loss loss) {
    Pair pair = loss.pair();
    Finding finding = new Finding(id, severity, sentence(id, loss));
    finding.about(subject(pair)).next(next(id, pair)).brief(brief(id, loss));
    return proof(finding, List.of(loss), filter(pair));
  }

  /** Many peers with the same share: the cause is what they have in common. */
  Finding alike(Id id, List<Loss> losses, long judged) {
    Severity worst = losses.stream().map(Loss::severity).sorted().findFirst().orElseThrow();
    long least = losses.stream().mapToLong(Loss::share).min().orElseThrow();
    long most = losses.stream().mapToLong(Loss::share).max().orElseThrow();
    boolean all = judged <= losses.size();
    String who = all ? "all " + losses.size() : Say.of(losses.size(), judged);
    String say =
        "Loss is alike with "
            + who
            + " peers: "
            + Say.percent(least, 1000)
            + " to "
            + Say.percent(most, 1000)
            + " of what "
            + (id == Id.L_OUT ? "is sent to them was sent again" : told(id))
            + ". It is what they share: "
            + (all ? words.machine() + "'s link or its limits." : "a part of the way.");
    Finding finding = new Finding(id, worst, say);
    finding.next(
        "Look at what these peers share: the network card, the bandwidth limit of the VM's size, the"
            + " first hop.");
    return proof(finding, losses, MARKS);
  }

  private static String told(Id id) {
    return id == Id.L_IN ? "they send did not arrive the first time" : "they send came twice";
  }

  /** Too many for a sentence each. */
  Finding folded(Id id, List<Loss> losses) {
    Loss worst = losses.get(0);
    for (Loss loss : losses) {
      worst = loss.bytes() > worst.bytes() ? loss : worst;
    }
    long times = losses.stream().mapToLong(Loss::times).sum();
    Severity severity =
        id == Id.L_SPURIOUS
            ? Severity.INFO
            : losses.stream().map(Loss::severity).sorted().findFirst().orElseThrow();
    String what =
        switch (id) {
          case L_IN -> "did not arrive the first time from ";
          case L_BACK -> "came again from ";
          case L_SPURIOUS -> "were sent again for nothing to ";
          default -> "were sent again to ";
        };
    String say =
        Say.count(times, "segment")
            + " "
            + what
            + Say.count(losses.size(), "peer")
            + ", most of them with "
            + peer(worst.pair())
            + " ("
            + Say.bytes(worst.bytes())
            + " of "
            + Say.bytes(worst.pair().payload())
            + ").";
    return proof(new Finding(id, severity, say).next(next(id, worst.pair())), losses, MARKS);
  }

  /** A receiver whose acknowledgments the file does not have. */
  Finding mute(Pair pair) {
    String say =
        peer(pair)
            + " acknowledges nothing on "
            + Say.count(pair.muteFlows(), "connection")
            + ", so nobody can say why "
            + Say.count(pair.mute(), "segment")
            + " to it "
            + (pair.mute() == 1 ? "was" : "were")
            + " sent again.";
    return new Finding(Id.L_OUT, Severity.INFO, say).about(subject(pair));
  }

  private Finding proof(Finding finding, List<Loss> losses, String filter) {
    Cited cited = new Cited();
    long times = 0;
    long bytes = 0;
    long payload = 0;
    long segments = 0;
    for (Loss loss : losses) {
      loss.cite(cited);
      times += loss.times();
      bytes += loss.bytes();
      payload += loss.pair().payload();
      segments += loss.pair().segments();
    }
    if (resends.left() > 0) {
      finding.caveat(
          Say.count(resends.left(), "segment")
              + " of further connections could not be looked at, there were too many.");
    }
    return finding
        .number("times", times)
        .number("bytes", bytes)
        .number("ofBytes", payload)
        .number("ofSegments", segments)
        .share(bytes, payload)
        .threshold(Thresholds.LOSS.says(), Thresholds.LOSS.why())
        .proof(times, segments, cited, filter, true);
  }

  private String sentence(Id id, Loss loss) {
    Pair pair = loss.pair();
    String amount =
        pair.isOfLittle()
            ? Say.bytes(loss.bytes()) + " of " + Say.bytes(pair.payload())
            : Say.percent(loss.bytes(), pair.payload());
    String from = pair.own && !pair.stranger ? words.machine() : peer(pair, pair.from);
    String to = peer(pair, pair.to);
    String what = amount + " of what " + from;
    String times = " (" + Say.count(loss.times(), "time") + "): ";
    String after = pair.stranger ? "after the point of capture" : "after " + words.machine();
    return switch (id) {
      case L_IN ->
          what
              + " sent did not arrive the first time"
              + times
              + "lost before "
              + (pair.stranger ? "the point of capture" : words.machine())
              + ".";
      case L_BACK -> what + " sent came here and was sent again" + times + backCause(loss) + ".";
      case L_SPURIOUS ->
          what
              + " sent to "
              + to
              + " was sent again though it had arrived"
              + times
              + "the sender waited too short, or the acknowledgments came late.";
      default -> what + " sent to " + to + " was sent again" + times + outCause(loss, after) + ".";
    };
  }

  private static String outCause(Loss loss, String after) {
    long rate = loss.pair().flatRate();
    String flat = rate == 0 ? "" : " (flat at " + Say.bits(rate) + ": a rate limit?)";
    if (loss.isMostly(Tally.HOLE)) {
      return "lost " + after + flat;
    }
    if (loss.isMostly(Tally.REPORTED)) {
      return "it had arrived, its acknowledgments were lost or late";
    }
    return loss.isMostly(Tally.OVERTAKEN)
        ? "it arrived, but was overtaken by what was sent after it"
        : "lost " + after + ", or its acknowledgments were" + flat;
  }

  private String backCause(Loss loss) {
    if (loss.isMostly(Tally.ACKNOWLEDGED, Tally.REPORTED, Tally.OVERTAKEN)) {
      return words.machine() + "'s acknowledgments were lost or late";
    }
    return loss.isMostly(Tally.HOLE)
        ? words.machine() + " did not take what had arrived: its firewall or receive queue"
        : words.machine() + " did not take it, or its acknowledgments were lost";
  }

  private String brief(Id id, Loss loss) {
    String share = Say.percent(loss.bytes(), loss.pair().payload());
    return share
        + (id == Id.L_OUT ? " of what goes to " : " of what comes from ")
        + peer(loss.pair())
        + " is lost";
  }

  private String next(Id id, Pair pair) {
    String other = peer(pair);
    return switch (id) {
      case L_SPURIOUS -> null;
      case L_IN -> "Test the way from " + other + " to here: packets are lost before this point.";
      case L_BACK ->
          "Look at " + words.machine() + "'s own drops, and at the way to " + other + ".";
      default ->
          "Test the way to "
              + other
              + ", and compare with a capture there: what it lacks is lost between; look for a"
              + " bandwidth limit.";
    };
  }

  private String peer(Pair pair) {
    return peer(pair, pair.peer());
  }

  /** The peer by its service where it serves one, anybody else by the address. */
  private String peer(Pair pair, int address) {
    if (address != pair.peer()) {
      return words.address(address);
    }
    return pair.port() > 0
        ? words.service(address, pair.port(), pair.name())
        : words.peer(address, pair.name());
  }

  private Subject subject(Pair pair) {
    String name = words.name(pair.name());
    return Subject.of(words.address(pair.peer()), pair.port(), "tcp", name);
  }

  private String filter(Pair pair) {
    return words.is("src", pair.from) + " && " + words.is("dst", pair.to) + " && " + MARKS;
  }
}
