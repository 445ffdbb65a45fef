package dev.alertcapture.evidence.session;

/** What the TLS alerts are called that end a handshake (RFC 8446, 6; RFC 5246, 7.2). */
final class TlsAlerts {
  private TlsAlerts() {}

  /** {@code alert 40, handshake_failure}, and what that means where people ask. */
  static String say(int alert) {
    String name = name(alert);
    return name == null ? "alert " + alert : "alert " + alert + ", " + name;
  }

  /** Nothing failed: the sender closes, or was told to stop. */
  static boolean isHarmless(int alert) {
    return alert == 0 || alert == 90 || alert == 100;
  }

  /** It may be about a version of TLS that is too old. */
  static boolean isAboutVersion(int alert) {
    return alert == 40 || alert == 70 || alert == 71 || alert == 86;
  }

  private static String name(int alert) {
    return switch (alert) {
      case 10 -> "unexpected_message";
      case 20 -> "bad_record_mac";
      case 22 -> "record_overflow";
      case 40 -> "handshake_failure";
      case 42 -> "bad_certificate";
      case 43 -> "unsupported_certificate";
      case 44 -> "certificate_revoked";
      case 45 -> "certificate_expired";
      case 46 -> "certificate_unknown";
      case 47 -> "illegal_parameter";
      case 48 -> "unknown_ca";
      case 49 -> "access_denied";
      case 50 -> "decode_error";
      case 51 -> "decrypt_error";
      case 70 -> "protocol_version";
      case 71 -> "insufficient_security";
      case 80 -> "internal_error";
      case 86 -> "inappropriate_fallback";
      case 109 -> "missing_extension";
      case 110 -> "unsupported_extension";
      case 112 -> "unrecognized_name";
      case 113 -> "bad_certificate_status_response";
      case 115 -> "unknown_psk_identity";
      case 116 -> "certificate_required";
      case 120 -> "no_application_protocol";
      default -> null;
    };
  }

  /**
   * What to do.
   *
   * @param sender who sent it, as a sentence says it
   * @param other the other end
   * @param byClient the client sent it
   */
  static String next(int alert, String sender, String other, boolean byClient) {
    return switch (alert) {
      case 42, 43, 44, 46 ->
          "Check the certificate that " + other + " shows: " + sender + " does not accept it.";
      case 45 ->
          "Have the certificate of "
              + other
              + " renewed; check first that the clock of "
              + sender
              + " is right.";
      case 48 ->
          "Compare the certificate chain of "
              + other
              + " with the authorities that "
              + sender
              + " trusts.";
      case 112 ->
          byClient
              ? "Check the name in the certificate of " + other + "."
              : "Check the server name that "
                  + other
                  + " asks for: "
                  + sender
                  + " does not serve it.";
      case 116 -> "Give " + other + " the client certificate that " + sender + " asks for.";
      case 70, 71, 86 -> "Compare the TLS versions that both ends allow.";
      default -> "Compare the cipher suites, TLS versions and certificates that both ends accept.";
    };
  }
}
