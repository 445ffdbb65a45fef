package dev.alertcapture.orchestrator;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * The ports of a process: each call may be its last, before its effect or after. Once dead, it
 * makes none.
 */
final class MortalPorts {
  private static final double DIES = 0.06;

  private final Long fate;
  private final Map<String, Integer> calls = new HashMap<>();
  private boolean dead;

  /**
   * The ports of one life.
   *
   * @param fate decides which calls it does not survive; null for an immortal
   */
  MortalPorts(Long fate) {
    this.fate = fate;
  }

  /** The process is gone; nothing catches it. */
  static final class Died extends Error {
    private static final long serialVersionUID = 1L;

    Died() {
      super("the process has died", null, false, false);
    }
  }

  synchronized boolean isDead() {
    return dead;
  }

  <T> T mortal(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              Random fateOfCall = fate(method.getName());
              boolean dies = fateOfCall != null && fateOfCall.nextDouble() < DIES;
              if (dies && fateOfCall.nextBoolean()) {
                die();
              }
              Object result;
              try {
                result = method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (dies) {
                die();
              }
              return result;
            }));
  }

  /** What becomes of the next call of a method; null where the process is immortal. */
  private synchronized Random fate(String method) {
    if (dead) {
      throw new Died();
    }
    int count = calls.merge(method, 1, Integer::sum);
    if (fate == null) {
      return null;
    }
    Random random = new Random(fate * 31 + method.hashCode() * 131L + count);
    random.nextInt();
    return random;
  }

  private synchronized void die() {
    dead = true;
    throw new Died();
  }
}
