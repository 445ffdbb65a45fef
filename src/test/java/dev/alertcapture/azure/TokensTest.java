package dev.alertcapture.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import dev.alertcapture.capture.Deadline;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

@Timeout(20)
class TokensTest {
  private static final TokenRequestContext ANY = new TokenRequestContext();

  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch answers = new CountDownLatch(1);

  /** Answers once it may. */
  private final class Slow implements TokenCredential {
    private final Duration life;

    Slow(Duration life) {
      this.life = life;
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
      asked.incrementAndGet();
      try {
        answers.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new AccessToken("token-" + asked, OffsetDateTime.now(ZoneOffset.UTC).plus(life));
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
      return Mono.error(new AssertionError("asynchronous"));
    }
  }

  private static Deadline in(long millis) {
    return Deadline.in(Duration.ofMillis(millis), System::nanoTime);
  }

  @Test
  void nobodyWaitsLongerThanHisDeadlineAndAllAreServedByOneRequest() throws Exception {
    Tokens tokens = new Tokens(new Slow(Duration.ofHours(1)), "scope");
    assertThatThrownBy(() -> tokens.get(in(50)))
        .isInstanceOf(ClientAuthenticationException.class)
        .hasMessageContaining("no answer in time");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<String>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(threads.submit(() -> tokens.get(in(15_000)).getToken()));
      }
      answers.countDown();
      for (Future<String> each : all) {
        assertThat(each.get()).isEqualTo("token-1");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(asked).hasValue(1);
    assertThat(tokens.getTokenSync(ANY).getToken()).isEqualTo("token-1");
  }

  @Test
  void aTokenThatEndsSoonServesWhileTheNextIsAskedFor() {
    answers.countDown();
    Tokens tokens = new Tokens(new Slow(Duration.ofMinutes(4)), "scope");
    assertThat(tokens.get(in(10_000)).getToken()).isEqualTo("token-1");
    assertThat(tokens.get(in(0)).getToken()).startsWith("token-");
    assertThat(asked.get()).isPositive();
  }

  @Test
  void aTokenThatIsOverServesNobody() {
    answers.countDown();
    Tokens tokens = new Tokens(new Slow(Duration.ofMinutes(-1)), "scope");
    assertThat(tokens.get(in(10_000)).isExpired()).isTrue();
    assertThatThrownBy(() -> tokens.getTokenSync(ANY)).hasMessageContaining("no token yet");
    tokens.get(in(10_000));
    assertThat(asked).hasValue(2);
  }

  @Test
  void aRefusalIsTheWaitersAndTheNextAsksAnew() {
    AtomicInteger refusals = new AtomicInteger();
    TokenCredential refusing =
        request -> {
          throw new ClientAuthenticationException("refused " + refusals.incrementAndGet(), null);
        };
    Tokens tokens = new Tokens(refusing, "scope");
    assertThatThrownBy(() -> tokens.get(in(10_000))).hasMessageContaining("refused 1");
    assertThatThrownBy(() -> tokens.get(in(10_000))).hasMessageContaining("refused 2");
  }
}
