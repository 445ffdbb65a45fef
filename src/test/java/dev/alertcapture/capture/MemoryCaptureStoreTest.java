package dev.alertcapture.capture;

class MemoryCaptureStoreTest extends CaptureStoreContract {
  @Override
  protected CaptureStore empty() {
    return new MemoryCaptureStore();
  }
}
