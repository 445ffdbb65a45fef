package dev.alertcapture.local.sample;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;

/** Hands out one instance for all calls. */
public class SampleInjector implements FunctionInstanceInjector {
  private final SampleFunctions functions = new SampleFunctions("injected");

  @Override
  public <T> T getInstance(Class<T> type) {
    return type.cast(functions);
  }
}
