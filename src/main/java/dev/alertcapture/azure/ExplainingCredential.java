package dev.alertcapture.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.microsoft.aad.msal4j.MsalJsonParsingException;
import com.microsoft.aad.msal4j.MsalServiceException;
import java.io.IOException;
import reactor.core.publisher.Mono;

/**
 * A credential that says why it got no token, always as a {@link ClientAuthenticationException}.
 * azure-identity 1.19 throws a bare RuntimeException where a secret is refused, and refers to
 * causes for the authority's words.
 */
record ExplainingCredential(TokenCredential credential) implements TokenCredential {
  @Override
  public Mono<AccessToken> getToken(TokenRequestContext request) {
    return Mono.error(new UnsupportedOperationException("calls are synchronous here"));
  }

  @Override
  public AccessToken getTokenSync(TokenRequestContext request) {
    try {
      return credential.getTokenSync(request);
    } catch (RuntimeException e) {
      throw new ClientAuthenticationException(why(e), null, e);
    }
  }

  private static String why(RuntimeException failed) {
    Throwable last = failed;
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      // A parser's message quotes what it could not read, which may be a token.
      if (cause instanceof MsalServiceException said
          && said.getMessage() != null
          && !(cause instanceof MsalJsonParsingException)) {
        return said.getMessage();
      }
      if (cause instanceof IOException) {
        return "no answer (" + cause.getClass().getSimpleName() + ")";
      }
      last = cause;
    }
    return last.getClass().getSimpleName();
  }
}
