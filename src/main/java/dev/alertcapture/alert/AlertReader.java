package dev.alertcapture.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Reads what Azure Monitor posts. Which schema a body is in shows in the body alone: one URL can
 * receive all of them (docs/design/alerts.md, "Schemas").
 */
public final class AlertReader {
  private static final int MAX_DEPTH = 100;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final String EXPECTED =
      "Send what an Azure Monitor action group posts: the common alert schema"
          + " (schemaId azureMonitorCommonAlertSchema), a metric alert without it"
          + " (schemaId AzureMonitorMetricAlert), or a classic alert (status and context).";

  // The order of docs/design/alerts.md: a schemaId is sure, the classic shape is what is left.
  private final List<SchemaReader> readers =
      List.of(
          new CommonReader(),
          new MetricAlertReader(),
          new ActivityLogReader(),
          new LegacyLogReader(),
          new BudgetReader(),
          new AutoscaleReader(),
          new ClassicReader());

  private final JsonMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Reads one body. */
  public Alert read(String body) throws NotAnAlert {
    JsonNode root = parse(body, EXPECTED);
    Optional<Alert> alert = find(new Fields(root));
    if (alert.isPresent()) {
      return alert.get();
    }
    throw new NotAnAlert(
        Forwarded.advice(root)
            .or(() -> Forwarded.wrapped(root, member -> find(member).isPresent()))
            .orElse("The body is JSON, but no alert that is known here. " + EXPECTED));
  }

  private Optional<Alert> find(Fields root) {
    return readers.stream().flatMap(reader -> reader.read(root).stream()).findFirst();
  }

  /** Reads what a person posts who wants a capture. */
  public Alert readByHand(String body) throws NotAnAlert {
    return HandReader.read(parse(body, HandReader.EXPECTED));
  }

  private JsonNode parse(String body, String expected) throws NotAnAlert {
    try {
      JsonNode root = mapper.readTree(body.startsWith(BYTE_ORDER_MARK) ? body.substring(1) : body);
      if (root == null || root.isMissingNode()) {
        throw new NotAnAlert("The body is empty (one sent in chunks arrives empty). " + expected);
      }
      return root;
    } catch (IOException e) {
      throw new NotAnAlert("The body is not JSON. " + expected);
    }
  }
}
