package dev.alertcapture.simulator;

import dev.alertcapture.traffic.CaptureFile;
import dev.alertcapture.traffic.Frame;
import dev.alertcapture.traffic.Incident;
import dev.alertcapture.traffic.Traffic;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What sessions leave in the account: of a machine with an incident its first packets, as many as
 * the session lasted, at most ten seconds of them; of any other five packets. Filters and the limit
 * of bytes change nothing. Not safe for threads.
 */
final class SessionFiles {
  private static final int WHOLE_PACKET = 262_144;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Map<Incident, List<Frame>> incidents = new EnumMap<>(Incident.class);

  /** A session's file once the session has ended: the same bytes each time. */
  byte[] bytes(CaptureSession session) {
    CaptureRequest request = session.request();
    if (request.incident() == null) {
      return PcapFile.bytes(session.createDone(), request.bytesPerPacket());
    }
    long limit = request.bytesPerPacket();
    int kept = limit == 0 ? WHOLE_PACKET : (int) Math.min(limit, WHOLE_PACKET);
    long later = nanos(session.createDone()) - Traffic.START;
    long end = nanos(session.ended());
    return CaptureFile.pcap()
        .snap(kept)
        .bytes(
            incidents.computeIfAbsent(request.incident(), Incident::frames).stream()
                .map(frame -> frame.later(later).cut(kept))
                .takeWhile(frame -> frame.time() < end)
                .toList());
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * NANOS_PER_SECOND + time.getNano();
  }
}
