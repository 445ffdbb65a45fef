package dev.alertcapture.evidence.names;

import static dev.alertcapture.evidence.names.DnsTransactions.Role.QUERY;
import static dev.alertcapture.evidence.names.DnsTransactions.Role.REPEATED;
import static dev.alertcapture.evidence.names.DnsTransactions.Role.RESPONSE;
import static dev.alertcapture.evidence.names.DnsTransactions.Role.RETRY;
import static dev.alertcapture.evidence.names.DnsTransactions.Role.UNSOLICITED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.names.DnsTransactions.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsTransactionsTest {
  private static final long MS = 1_000_000L;
  private static final int A = 1;

  /** The names of the lookups that ended without an answer. */
  private final List<Integer> unanswered = new ArrayList<>();

  private final DnsTransactions dns = new DnsTransactions(this::ended);

  private void ended(int slot) {
    unanswered.add(dns.name(slot));
  }

  private Role query(int conversation, int id, int name, long ms, int frame) {
    return dns.query(conversation, id, name, A, ms * MS, frame, false);
  }

  private Role response(int conversation, int id, int code, long ms) {
    return dns.response(conversation, id, code, true, ms * MS);
  }

  @Test
  void matchesAResponseToItsQuery() {
    assertThat(query(1, 7, 0, 100, 5)).isEqualTo(QUERY);
    assertThat(response(1, 7, 0, 130)).isEqualTo(RESPONSE);
    assertThat(dns.queryFrame(dns.slot())).isEqualTo(5);
    assertThat(dns.queryTime(dns.slot())).isEqualTo(100 * MS);
    dns.endAll();
    assertThat(unanswered).isEmpty();
  }

  @Test
  void keepsConversationsAndIdsApart() {
    query(1, 7, 0, 0, 1);
    assertThat(response(2, 7, 0, 1)).isEqualTo(UNSOLICITED);
    assertThat(dns.slot()).isEqualTo(Slots.NONE);
    assertThat(response(1, 8, 0, 1)).isEqualTo(UNSOLICITED);
    assertThat(response(1, 7, 0, 1)).isEqualTo(RESPONSE);
  }

  @Test
  void aRetryWithin5SecondsBelongsToTheFirstQuery() {
    query(1, 7, 0, 0, 1);
    assertThat(query(1, 7, 0, 1_000, 2)).isEqualTo(RETRY);
    assertThat(query(1, 7, 0, 4_999, 3)).isEqualTo(RETRY);
    assertThat(response(1, 7, 0, 5_010)).isEqualTo(RESPONSE);
    int slot = dns.slot();
    assertThat(dns.queryFrame(slot)).isEqualTo(1);
    assertThat(dns.queryTime(slot)).isZero();
    assertThat(dns.lastTry(slot)).isEqualTo(4_999 * MS);
    assertThat(dns.tries(slot)).isEqualTo(3);
  }

  @Test
  void after5SecondsATransactionBeginsButTheLookupGoesOn() {
    query(1, 7, 0, 0, 1);
    assertThat(query(1, 7, 0, 5_000, 2)).isEqualTo(QUERY);
    assertThat(unanswered).isEmpty();
    response(1, 7, 0, 5_020);
    int slot = dns.slot();
    assertThat(dns.queryFrame(slot)).isEqualTo(2);
    assertThat(dns.firstTry(slot)).isZero();
    assertThat(dns.tries(slot)).isEqualTo(2);
    dns.endAll();
    assertThat(unanswered).isEmpty();
  }

  @Test
  void after6SecondsTheSameQuestionIsAnotherLookup() {
    query(1, 7, 3, 0, 1);
    query(1, 7, 3, 6_001, 2);
    assertThat(unanswered).containsExactly(3);
    assertThat(dns.tries(dns.slot())).isEqualTo(1);
  }

  @Test
  void anotherQuestionIsAnotherLookupOfTheSameTransaction() {
    query(1, 7, 3, 0, 1);
    assertThat(query(1, 7, 4, 100, 2)).isEqualTo(RETRY);
    assertThat(unanswered).containsExactly(3);
    response(1, 7, 0, 150);
    int slot = dns.slot();
    assertThat(dns.queryFrame(slot)).isEqualTo(1);
    assertThat(dns.firstTry(slot)).isEqualTo(100 * MS);
    assertThat(dns.name(slot)).isEqualTo(4);
  }

  @Test
  void anotherTypeIsAnotherLookup() {
    dns.query(1, 7, 3, A, 0, 1, false);
    dns.query(1, 7, 3, 28, MS, 2, false);
    assertThat(unanswered).containsExactly(3);
    assertThat(dns.type(dns.slot())).isEqualTo(28);
  }

  @Test
  void aSecondResponseIsRepeated() {
    query(1, 7, 0, 0, 1);
    response(1, 7, 0, 10);
    assertThat(response(1, 7, 0, 11)).isEqualTo(REPEATED);
  }

  @Test
  void aZoneTransferHasManyResponses() {
    dns.query(1, 7, 0, 252, 0, 1, false);
    response(1, 7, 0, 10);
    assertThat(response(1, 7, 0, 11)).isEqualTo(RESPONSE);
  }

  @Test
  void aQueryAfterItsResponseBeginsATransaction() {
    query(1, 7, 0, 0, 1);
    response(1, 7, 0, 10);
    assertThat(query(1, 7, 0, 20, 3)).isEqualTo(QUERY);
    response(1, 7, 0, 25);
    assertThat(dns.queryFrame(dns.slot())).isEqualTo(3);
  }

  @Test
  void seesAQuestionAskedAgainThoughItsAnswerSettledIt() {
    query(1, 7, 0, 0, 1);
    assertThat(dns.isAskedAgain(dns.slot())).isFalse();
    response(1, 7, 3, 10);
    query(1, 7, 0, 20, 3);
    assertThat(dns.isAskedAgain(dns.slot())).isTrue();
  }

  @Test
  void aCopyIsARetryForTsharkButNoTry() {
    query(1, 7, 3, 0, 1);
    assertThat(dns.query(1, 7, 3, A, MS, 2, true)).isEqualTo(RETRY);
    assertThat(dns.tries(dns.slot())).isEqualTo(1);
    assertThat(dns.lastTry(dns.slot())).isZero();
  }

  @Test
  void aCopyThatComesAfterTheAnswerIsNoQuestionAskedAgain() {
    query(1, 7, 3, 0, 1);
    response(1, 7, 0, 10);
    assertThat(dns.query(1, 7, 3, A, 11 * MS, 3, true)).isEqualTo(QUERY);
    assertThat(dns.isAskedAgain(dns.slot())).isFalse();
    assertThat(response(1, 7, 0, 12)).isEqualTo(RESPONSE);
    dns.query(1, 8, 3, A, 20 * MS, 5, true);
    dns.endAll();
    assertThat(unanswered).isEmpty();
  }

  @Test
  void servfailOrACutAnswerSettlesNothing() {
    query(1, 7, 0, 0, 1);
    response(1, 7, 2, 10);
    query(1, 7, 0, 20, 3);
    assertThat(dns.isAskedAgain(dns.slot())).isFalse();
    dns.response(1, 7, 0, false, 30 * MS);
    query(1, 7, 0, 40, 5);
    assertThat(dns.isAskedAgain(dns.slot())).isFalse();
    response(1, 7, 0, 50);
    query(1, 7, 1, 60, 7);
    assertThat(dns.isAskedAgain(dns.slot())).isFalse();
  }

  @Test
  void aLookupIsGivenUp10SecondsAfterItsLastTry() {
    query(1, 7, 3, 0, 1);
    query(1, 7, 3, 3_000, 2);
    query(2, 9, 4, 12_999, 3);
    assertThat(unanswered).isEmpty();
    query(2, 10, 5, 13_000, 4);
    assertThat(unanswered).containsExactly(3);
    assertThat(response(1, 7, 0, 20_000)).as("late, but no stranger").isEqualTo(RESPONSE);
    dns.endAll();
    assertThat(unanswered).containsExactly(3, 4, 5);
  }

  @Test
  void aLookupThatIsTriedForeverHoldsUpNoOther() {
    query(1, 7, 3, 0, 1);
    query(2, 7, 4, 1, 2);
    for (int s = 1; s < 18; s++) {
      query(1, 7, 3, s * 1_000L, s);
    }
    assertThat(unanswered).containsExactly(4);
  }

  @Test
  void theOldestMakesRoomAndIsToldIfUnanswered() {
    query(1, 0, 1_000, 0, 1);
    query(1, 1, 2_000, 0, 2);
    response(1, 1, 0, 1);
    for (int i = 2; i < DnsTransactions.CAPACITY + 2; i++) {
      dns.query(i, i, i, A, 2 * MS, i, false);
    }
    assertThat(unanswered).containsExactly(1_000);
    assertThat(response(1, 0, 0, 3)).isEqualTo(UNSOLICITED);
    assertThat(response(2, 2, 0, 3)).isEqualTo(RESPONSE);
    dns.endAll();
    assertThat(unanswered).hasSize(DnsTransactions.CAPACITY);
  }

  @Test
  void timeThatGoesBackEndsNothing() {
    query(1, 7, 3, 60_000, 1);
    query(2, 7, 4, 1_000, 2);
    assertThat(unanswered).isEmpty();
    assertThat(response(1, 7, 0, 1_001)).isEqualTo(RESPONSE);
  }
}
