package dev.leantea.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandlerScopeTest {
  private static final ThreadLocal<String> USER = new ThreadLocal<>();
  private static final ThreadLocal<String> TENANT = new InheritableThreadLocal<>();
  private static final String NAME = "serving";

  /** The kinds of thread that call handlers. */
  enum Kind {
    PLATFORM,
    VIRTUAL;

    /** Runs a test on a new thread of this kind. */
    void run(Runnable test) throws Exception {
      var task = new FutureTask<>(test, true);
      Thread.Builder threads = this == PLATFORM ? Thread.ofPlatform() : Thread.ofVirtual();
      threads.name(NAME).start(task);
      task.get();
    }
  }

  /** What a handler finds in a thread-local before it sets it. */
  private static Optional<String> replace(ThreadLocal<String> local, String value) {
    Optional<String> found = Optional.ofNullable(local.get());
    local.set(value);
    return found;
  }

  @ParameterizedTest
  @EnumSource
  void call_threadLocals_areNewInEachCall(Kind kind) throws Exception {
    assumeTrue(HandlerScope.available(), CarriedThreads.option());
    kind.run(
        () -> {
          USER.set("of the loop");
          TENANT.set("of the loop");
          for (ThreadLocal<String> local : List.of(USER, TENANT)) {
            assertThat(HandlerScope.call(HandlerScopeTest::replace, local, "anna")).isEmpty();
            assertThat(HandlerScope.call(HandlerScopeTest::replace, local, "bert")).isEmpty();
            assertThat(local.get()).isEqualTo("of the loop");
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void call_threadLocalsOfANestedCall_areItsOwn(Kind kind) throws Exception {
    assumeTrue(HandlerScope.available(), CarriedThreads.option());
    kind.run(
        () -> {
          String left = HandlerScope.call(HandlerScopeTest::nest, "outer", "inner");
          assertThat(left).isEqualTo("outer");
          assertThat(USER.get()).isNull();
        });
  }

  private static String nest(String outer, String inner) {
    USER.set(outer);
    assertThat(HandlerScope.call(HandlerScopeTest::replace, USER, inner)).isEmpty();
    return USER.get();
  }

  @ParameterizedTest
  @EnumSource
  void call_interruptNameAndClassLoader_areAsBefore(Kind kind) throws Exception {
    kind.run(
        () -> {
          Thread thread = Thread.currentThread();
          ClassLoader before = thread.getContextClassLoader();
          HandlerScope.call(HandlerScopeTest::spoil, thread, ClassLoader.getPlatformClassLoader());
          assertThat(thread.isInterrupted()).isFalse();
          assertThat(thread.getName()).isEqualTo(NAME);
          assertThat(thread.getContextClassLoader()).isSameAs(before);
        });
  }

  private static boolean spoil(Thread thread, ClassLoader loader) {
    thread.interrupt();
    thread.setName("spoilt");
    thread.setContextClassLoader(loader);
    return true;
  }

  @ParameterizedTest
  @EnumSource
  void call_handlerThrows_isAsBeforeToo(Kind kind) throws Exception {
    kind.run(
        () -> {
          Thread thread = Thread.currentThread();
          assertThatThrownBy(() -> HandlerScope.call(HandlerScopeTest::fail, thread, "why"))
              .isInstanceOf(IllegalStateException.class)
              .hasMessage("why");
          assertThat(thread.isInterrupted()).isFalse();
          assertThat(thread.getName()).isEqualTo(NAME);
        });
  }

  private static boolean fail(Thread thread, String why) {
    spoil(thread, ClassLoader.getPlatformClassLoader());
    throw new IllegalStateException(why);
  }
}
