package dev.alertcapture.orchestrator;

import dev.alertcapture.target.Scopes;

/** A person asks for a capture where this app may take none. */
public final class OutsideScopes extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutsideScopes() {
    super(Scopes.OUTSIDE, null, false, false);
  }
}
