package dev.alertcapture.local;

import com.microsoft.azure.functions.ExecutionContext;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Logger;

/**
 * One call of a function, with what its parameters can be bound to.
 *
 * @param request null for a timer
 * @param timer the timer's JSON; null for HTTP
 */
record Invocation(
    String functionName, HttpCall request, Map<String, String> routeParameters, String timer) {

  static Invocation ofRequest(
      String functionName, HttpCall request, Map<String, String> routeParameters) {
    return new Invocation(functionName, request, routeParameters, null);
  }

  static Invocation ofTimer(String functionName) {
    return new Invocation(
        functionName, null, Map.of(), "{\"Schedule\":{\"AdjustForDST\":true},\"IsPastDue\":false}");
  }

  ExecutionContext context() {
    String id = UUID.randomUUID().toString();
    Logger logger = Logger.getAnonymousLogger();
    return new ExecutionContext() {
      @Override
      public Logger getLogger() {
        return logger;
      }

      @Override
      public String getInvocationId() {
        return id;
      }

      @Override
      public String getFunctionName() {
        return functionName;
      }
    };
  }
}
