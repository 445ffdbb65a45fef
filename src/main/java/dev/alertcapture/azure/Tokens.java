package dev.alertcapture.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import dev.alertcapture.capture.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/**
 * An identity's tokens for one scope. However many wait for one, it is asked for once, and each
 * waits no longer than its own deadline; azure-core's cache makes them wait for one another, each
 * for the whole time of a request. A request that nobody waits for any more ends with its own
 * time-out, and serves who comes next.
 */
public final class Tokens implements TokenCredential {
  private static final Duration REFRESH_BEFORE_END = Duration.ofMinutes(5);

  private final TokenCredential credential;
  private final TokenRequestContext request;
  private AccessToken last;
  private CompletableFuture<AccessToken> coming;

  /** Tokens that a credential gets for a scope. */
  public Tokens(TokenCredential credential, String scope) {
    this.credential = credential;
    this.request = new TokenRequestContext().addScopes(scope);
  }

  /** A token. Throws {@link ClientAuthenticationException} where there is none in time. */
  public AccessToken get(Deadline deadline) {
    CompletableFuture<AccessToken> asked;
    synchronized (this) {
      boolean serves = last != null && !last.isExpired();
      if (serves && last.getDurationUntilExpiration().compareTo(REFRESH_BEFORE_END) > 0) {
        return last;
      }
      if (coming == null) {
        coming = ask();
      }
      if (serves) {
        return last;
      }
      asked = coming;
    }
    try {
      return asked.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new ClientAuthenticationException("no answer in time", null, e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ClientAuthenticationException refused
          ? refused
          : new ClientAuthenticationException(
              e.getCause().getClass().getSimpleName(), null, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientAuthenticationException("interrupted", null, e);
    }
  }

  private CompletableFuture<AccessToken> ask() {
    CompletableFuture<AccessToken> asked = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                came(credential.getTokenSync(request));
                asked.complete(last());
              } catch (RuntimeException | Error e) {
                came(null);
                asked.completeExceptionally(e);
              }
            },
            "token");
    thread.setDaemon(true);
    thread.start();
    return asked;
  }

  private synchronized void came(AccessToken token) {
    coming = null;
    last = token == null ? last : token;
  }

  private synchronized AccessToken last() {
    return last;
  }

  /** For an SDK that wants a credential: the token that {@link TokenPolicy} has waited for. */
  @Override
  public AccessToken getTokenSync(TokenRequestContext ignored) {
    AccessToken token = last();
    if (token == null || token.isExpired()) {
      throw new ClientAuthenticationException("no token yet", null);
    }
    return token;
  }

  @Override
  public Mono<AccessToken> getToken(TokenRequestContext ignored) {
    return Mono.fromCallable(() -> getTokenSync(ignored));
  }
}
