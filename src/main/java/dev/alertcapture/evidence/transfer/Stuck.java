package dev.alertcapture.evidence.transfer;

import dev.alertcapture.evidence.packet.Packet;

/** A segment that a side sends again and again, waiting longer each time. */
final class Stuck {
  private int sequence;
  private int length;
  private boolean fragile;
  private int resends;
  private long since;
  private long last;
  private long firstWait;
  private long lastWait;
  private int firstFrame;
  private int lastFrame;

  void again(Packet p, int frame) {
    if (resends == 0 || p.sequence != sequence) {
      sequence = p.sequence;
      length = p.payloadLength;
      fragile = p.version == 6 || p.dontFragment;
      resends = 0;
      since = p.time;
      firstFrame = frame;
      firstWait = lastWait = 0;
    } else {
      lastWait = Math.max(0, p.time - last);
      firstWait = resends == 1 ? lastWait : firstWait;
      length = Math.min(length, p.payloadLength);
    }
    resends++;
    last = p.time;
    lastFrame = frame;
  }

  /** It was sent again so often that it can't be chance, backing off. */
  boolean isHopeless() {
    return fragile && resends >= 3 && lastWait > firstWait;
  }

  int sequence() {
    return sequence;
  }

  /** Payload bytes, the least of those sent. */
  int length() {
    return length;
  }

  int resends() {
    return resends;
  }

  /** When it was sent again first, in nanoseconds since 1970. */
  long since() {
    return since;
  }

  int firstFrame() {
    return firstFrame;
  }

  int lastFrame() {
    return lastFrame;
  }
}
