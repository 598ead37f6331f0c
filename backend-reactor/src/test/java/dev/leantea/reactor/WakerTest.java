package dev.leantea.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class WakerTest {
  /** Who wakes while it is closed, or later, writes to no file that got its descriptor's number. */
  @Test
  void close_whileThreadsWake_closesOnceAndNothingIsWrittenAfterwards() throws Exception {
    try (Arena arena = Arena.ofShared()) {
      Path file = Files.createTempFile("leantea-waker", "");
      for (int i = 0; i < 200; i++) {
        closeWhileThreadsWake(new Waker(arena), file);
      }
      assertThat(Files.size(file)).isZero();
      Files.delete(file);
    }
  }

  private static void closeWhileThreadsWake(Waker waker, Path file) throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(Thread.ofPlatform().start(() -> wakeOften(waker)));
    }
    waker.close();
    waker.close();
    try (var next = Files.newOutputStream(file)) { // it gets the number that is free
      waker.wake();
      for (Thread thread : threads) {
        thread.join();
      }
      next.flush();
    }
  }

  private static void wakeOften(Waker waker) {
    for (int i = 0; i < 100; i++) {
      waker.wake();
    }
  }

  @Test
  void close_releasesTheDescriptor() throws Exception {
    try (Arena arena = Arena.ofShared()) {
      int before = descriptors();
      List<Waker> wakers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        wakers.add(new Waker(arena));
      }
      assertThat(descriptors()).isGreaterThanOrEqualTo(before + 100);
      wakers.forEach(Waker::wake);
      wakers.forEach(Waker::close);
      assertThat(descriptors()).isLessThan(before + 100);
    }
  }

  private static int descriptors() {
    String[] open = new File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }
}
