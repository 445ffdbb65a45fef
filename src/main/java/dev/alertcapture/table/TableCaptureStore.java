package dev.alertcapture.table;

import com.azure.core.credential.AzureNamedKeyCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.Context;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableClientBuilder;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import dev.alertcapture.azure.Credentials;
import dev.alertcapture.azure.TokenPolicy;
import dev.alertcapture.azure.Tokens;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.Transaction;
import dev.alertcapture.table.TableAccount.Access;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The durable store: one partition of one table in Azure Table Storage. Making it sends nothing;
 * each call is synchronous and ends within {@link TableCalls.Limits#USUAL}, a scan within that for
 * each page of {@value #MAX_PAGE_ROWS} rows.
 */
public final class TableCaptureStore implements CaptureStore {
  private static final String TABLE = "alertcaptures";
  // The same in all clouds.
  private static final String STORAGE_SCOPE = "https://storage.azure.com/.default";
  private static final int MAX_PAGE_ROWS = 1000;

  private final TableClient client;
  private final TableCalls calls;
  private final String identity;

  /** The store in an account, over the HTTP client that the app shares. */
  public TableCaptureStore(TableAccount account, HttpClient http) {
    this(account, http, TABLE, TableCalls.Limits.USUAL);
  }

  TableCaptureStore(TableAccount account, HttpClient http, String table, TableCalls.Limits limits) {
    this.client = client(account, http, table);
    this.identity = account.endpoint() + "/" + table;
    this.calls = new TableCalls(client, identity, limits);
  }

  private static TableClient client(TableAccount account, HttpClient http, String table) {
    TableClientBuilder builder =
        new TableClientBuilder()
            .endpoint(account.endpoint().toString())
            .tableName(table)
            .httpClient(http)
            // The repetitions are ours (TableCalls): the SDK repeats commits whose answer was lost.
            .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))))
            .addPolicy(new AnswerPolicy());
    Access access = account.access();
    if (access instanceof Access.Key key) {
      builder.credential(new AzureNamedKeyCredential(key.account(), key.key()));
    } else if (access instanceof Access.Signature signature) {
      builder.sasToken(signature.sas());
    } else {
      Tokens tokens =
          new Tokens(
              Credentials.managed(((Access.Identity) access).clientId(), http), STORAGE_SCOPE);
      builder.addPolicy(new TokenPolicy(tokens)).credential(tokens);
    }
    return builder.buildClient();
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public Optional<Row> read(String key) {
    return calls.read(
        "reading " + key,
        context -> {
          try {
            return Optional.of(
                TableRows.row(
                    client
                        .getEntityWithResponse(TableRows.PARTITION, key, null, null, context)
                        .getValue()));
          } catch (RuntimeException e) {
            TableFailure failure = TableFailure.of(e);
            if (failure.is(404, "ResourceNotFound")) {
              return Optional.empty();
            }
            throw failure;
          }
        });
  }

  @Override
  public List<Row> scan(String from, String to, int limit) {
    List<Row> rows = new ArrayList<>();
    String next = null;
    do {
      // Also a page that is not the last may have fewer rows, or none.
      PagedResponse<TableEntity> page = page(from, to, limit - rows.size(), next);
      page.getValue().stream()
          .limit(limit - rows.size())
          .forEach(entity -> rows.add(TableRows.row(entity)));
      next = page.getContinuationToken();
    } while (next != null && rows.size() < limit);
    return rows;
  }

  private PagedResponse<TableEntity> page(String from, String to, int most, String next) {
    ListEntitiesOptions options =
        new ListEntitiesOptions()
            .setFilter(TableRows.range(from, to))
            .setTop(Math.min(most, MAX_PAGE_ROWS));
    return calls.read(
        "reading rows from " + from,
        context ->
            client.listEntities(options, null, context).iterableByPage(next).iterator().next());
  }

  @Override
  public Map<String, String> commit(List<? extends Write> writes) throws Conflict {
    Transaction.check(writes);
    for (Write write : writes) {
      if (write instanceof Write.Replace replace && replace.etag() == null) {
        throw new Conflict(write.key());
      }
    }
    List<TableTransactionAction> actions = writes.stream().map(TableRows::action).toList();
    TransactionAnswer answer =
        calls.commit("committing " + writes.get(0).key(), context -> send(actions, context));
    if (answer.isConflict()) {
      throw new Conflict(inTheWay(answer, writes));
    }
    Map<String, String> etags = new HashMap<>();
    for (int i = 0; i < writes.size(); i++) {
      if (!(writes.get(i) instanceof Write.Delete)) {
        etags.put(writes.get(i).key(), answer.etags().get(i));
      }
    }
    return etags;
  }

  private TransactionAnswer send(List<TableTransactionAction> actions, Context context) {
    TransactionAnswer answer = new TransactionAnswer(actions.size());
    try {
      client.submitTransactionWithResponse(actions, null, answer.in(context));
    } catch (RuntimeException e) {
      if (!answer.hasCome()) {
        throw e;
      }
      // The SDK's view of the answer; ours follows.
    }
    answer.check();
    return answer;
  }

  private String inTheWay(TransactionAnswer answer, List<? extends Write> writes) {
    int index = answer.failedIndex();
    if (index >= 0 && index < writes.size()) {
      return writes.get(index).key();
    }
    for (Write write : writes) {
      if (!stillHolds(write)) {
        return write.key();
      }
    }
    return writes.get(0).key();
  }

  private boolean stillHolds(Write write) {
    String now = read(write.key()).map(Row::etag).orElse(null);
    if (write instanceof Write.Insert) {
      return now == null;
    }
    String then =
        write instanceof Write.Replace replace ? replace.etag() : ((Write.Delete) write).etag();
    return now != null && (then == null || then.equals(now));
  }
}
