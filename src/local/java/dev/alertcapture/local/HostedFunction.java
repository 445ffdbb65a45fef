package dev.alertcapture.local;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A staged function, ready to be called: a new object for each call unless an injector says
 * otherwise (docs/design/worker.md, "The host and the worker").
 */
final class HostedFunction {
  private final StagedApp.Function definition;
  private final Class<?> type;
  private final Method method;
  private final List<Binder> binders = new ArrayList<>();
  private final Optional<FunctionInstanceInjector> injector;

  HostedFunction(
      StagedApp.Function definition, ClassLoader app, Optional<FunctionInstanceInjector> injector) {
    this.definition = definition;
    this.injector = injector;
    try {
      type = Class.forName(definition.className(), false, app);
      List<Method> candidates =
          Stream.of(type.getMethods())
              .filter(m -> m.getName().equals(definition.methodName()))
              .toList();
      if (candidates.size() != 1) {
        throw new IllegalArgumentException(
            candidates.size() + " public methods " + definition.methodName());
      }
      method = candidates.get(0);
      for (Parameter parameter : method.getParameters()) {
        binders.add(binder(parameter));
      }
    } catch (ReflectiveOperationException | LinkageError | IllegalArgumentException e) {
      throw new IllegalStateException(
          "Function " + definition.name() + " can't be loaded from the stage: " + e, e);
    }
  }

  String name() {
    return definition.name();
  }

  Optional<Route> route() {
    return definition.route();
  }

  /** Calls the function; what it throws comes out as it was thrown. */
  Object invoke(Invocation invocation) throws Throwable {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(type.getClassLoader());
    try {
      Object[] arguments = new Object[binders.size()];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = binders.get(i).bind(invocation);
      }
      Object target =
          injector.isPresent()
              ? injector.get().getInstance(type)
              : type.getDeclaredConstructor().newInstance();
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private interface Binder {
    Object bind(Invocation invocation);
  }

  private static Binder binder(Parameter parameter) throws ReflectiveOperationException {
    if (parameter.getType() == ExecutionContext.class) {
      return Invocation::context;
    }
    for (Annotation annotation : parameter.getAnnotations()) {
      // By name: the annotations are the stage's own classes.
      switch (annotation.annotationType().getSimpleName()) {
        case "HttpTrigger" -> {
          return requestBinder(parameter);
        }
        case "TimerTrigger" -> {
          return Invocation::timer;
        }
        case "BindingName" -> {
          String name = (String) annotation.annotationType().getMethod("value").invoke(annotation);
          return invocation -> invocation.routeParameters().get(name);
        }
        default -> {}
      }
    }
    throw new IllegalArgumentException("the local host can't bind its parameter " + parameter);
  }

  private static Binder requestBinder(Parameter parameter) {
    if (parameter.getParameterizedType() instanceof ParameterizedType message
        && message.getRawType() == HttpRequestMessage.class) {
      Type body = message.getActualTypeArguments()[0];
      boolean optional =
          body instanceof ParameterizedType wrapper && wrapper.getRawType() == Optional.class;
      Type wanted = optional ? ((ParameterizedType) body).getActualTypeArguments()[0] : body;
      if (wanted == String.class || wanted == byte[].class) {
        return invocation -> invocation.request().message((Class<?>) wanted, optional);
      }
    }
    throw new IllegalArgumentException(
        "the local host binds requests with a String or byte[] body, not " + parameter);
  }
}
