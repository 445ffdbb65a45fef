package dev.alertcapture.evidence.names;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The public constants by which a version of QUIC protects its Initial packets. */
final class QuicVersion {
  /** Drafts 21 and 22; the constants below are named after the first draft with their salt. */
  private static final QuicVersion DRAFT_22 =
      new QuicVersion("7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a", "quic", 0);

  private static final QuicVersion DRAFT_23 =
      new QuicVersion("c3eef712c72ebb5a11a7d2432bb46365bef9f502", "quic", 0);

  private static final QuicVersion DRAFT_29 =
      new QuicVersion("afbfec289993d24c9e9786f19c6111e04390a899", "quic", 0);

  /** RFC 9001, 5.2; drafts 33 and 34 are the same. */
  static final QuicVersion V1 =
      new QuicVersion("38762cf7f55934b34d179ae6a4c80cadccbb7f0a", "quic", 0);

  /** RFC 9369, 3.2 and 3.3. */
  static final QuicVersion V2 =
      new QuicVersion("0dede3def700a6db819381be6e269dcbf9bd2ed9", "quicv2", 1);

  /** What the last two digits of a draft's version count from. */
  private static final int DRAFT = 0xFF00_0000;

  private final byte[] salt;
  private final byte[] keyLabel;
  private final byte[] ivLabel;
  private final byte[] headerLabel;
  private final int initialType;

  private QuicVersion(String salt, String prefix, int initialType) {
    this.salt = HexFormat.of().parseHex(salt);
    this.keyLabel = label(prefix + " key");
    this.ivLabel = label(prefix + " iv");
    this.headerLabel = label(prefix + " hp");
    this.initialType = initialType;
  }

  /** The version with this number, or null if it is not known. Facebook's are drafts too. */
  static QuicVersion of(int number) {
    return switch (number) {
      case 1 -> V1;
      case 0x6B33_43CF -> V2;
      case 0xFACE_B001 -> DRAFT_22;
      case 0xFACE_B002, 0xFACE_B00E -> DRAFT_23;
      default -> isReserved(number) ? DRAFT_29 : ofDraft(number - DRAFT);
    };
  }

  /** Versions that force a negotiation (RFC 9000, 15); tshark 4.0.17 takes them for draft 29. */
  private static boolean isReserved(int number) {
    return (number & 0x0F0F_0F0F) == 0x0A0A_0A0A;
  }

  private static QuicVersion ofDraft(int draft) {
    if (draft < 21 || draft > 34) {
      return null;
    }
    if (draft < 29) {
      return draft < 23 ? DRAFT_22 : DRAFT_23;
    }
    return draft < 33 ? DRAFT_29 : V1;
  }

  byte[] salt() {
    return salt;
  }

  byte[] keyLabel() {
    return keyLabel;
  }

  byte[] ivLabel() {
    return ivLabel;
  }

  byte[] headerLabel() {
    return headerLabel;
  }

  /** The two type bits of an Initial packet's first byte. */
  int initialType() {
    return initialType;
  }

  private static byte[] label(String text) {
    return ("tls13 " + text).getBytes(StandardCharsets.US_ASCII);
  }
}
