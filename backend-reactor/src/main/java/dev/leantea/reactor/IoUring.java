package dev.leantea.reactor;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether the engine's io_uring operations are available here, and why not. Any thread.
 */
final class IoUring {
  private static final String NEEDED = "expected Linux 6.1 or newer, got ";

  /**
   * The architectures on which the constants of {@link Abi} and the calls of {@link Native} are
   * valid.
   */
  private static final List<String> MACHINES = List.of("amd64", "x86_64", "aarch64", "riscv64");

  private static final Path DISABLED = Path.of("/proc/sys/kernel/io_uring_disabled");

  /** Probed once, on first use. */
  private static final class Probe {
    static final Optional<String> UNAVAILABLE = probe();
  }

  private IoUring() {}

  /** Why it is unavailable, as one line for the operator; empty if it is available. */
  static Optional<String> unavailable() {
    return Probe.UNAVAILABLE;
  }

  private static Optional<String> probe() {
    String system = System.getProperty("os.name", "");
    String machine = System.getProperty("os.arch", "");
    Optional<String> wrong = wrongMachine(system, machine);
    return wrong.isPresent() ? wrong : tryRing();
  }

  static Optional<String> wrongMachine(String system, String machine) {
    if (!system.equals("Linux")) {
      return Optional.of("expected Linux, got " + system);
    }
    boolean fits =
        MACHINES.contains(machine)
            && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
            && ValueLayout.ADDRESS.byteSize() == Long.BYTES;
    return fits
        ? Optional.empty()
        : Optional.of("expected one of " + MACHINES + ", got " + machine);
  }

  /** Sets up a small ring with all features that the engine uses. */
  private static Optional<String> tryRing() {
    try (Arena arena = Arena.ofConfined()) {
      var libc = new Native();
      try (var ring = new Ring(libc, arena, 4, 8)) {
        new BufferRing(libc, arena, 4, 64).register(libc, arena, ring);
      }
      return Optional.empty();
    } catch (ErrnoException e) {
      return Optional.of(explain(e, System.getProperty("os.version", "?"), disabled()));
    } catch (IllegalCallerException | LinkageError e) {
      return Optional.of(explainNative(e));
    } catch (RuntimeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** The JVM denies native calls, or libc lacks a function. */
  static String explainNative(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause instanceof IllegalCallerException
        ? "native access is denied to this module; the JVM option "
            + option(IoUring.class.getModule())
            + " allows it"
        : "libc: " + cause.getMessage();
  }

  static String option(Module module) {
    return "--enable-native-access=" + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
  }

  /**
   * @param release of the kernel
   * @param disabled value of the sysctl {@code kernel.io_uring_disabled}; 0 if there is none
   */
  static String explain(ErrnoException failure, String release, int disabled) {
    return switch (failure.errno()) {
      case Errno.ENOSYS ->
          "the kernel has no io_uring, or a seccomp filter hides it; " + NEEDED + release;
      case Errno.EINVAL -> failure.getMessage() + "; " + NEEDED + release;
      case Errno.EPERM, Errno.EACCES ->
          disabled > 0
              ? "the sysctl kernel.io_uring_disabled is " + disabled
              : "refused by a seccomp filter or a security module, as is usual in containers";
      case Errno.ENOMEM -> "not enough memory may be locked (ulimit -l); " + failure.getMessage();
      default -> String.valueOf(failure.getMessage());
    };
  }

  private static int disabled() {
    try {
      return Integer.parseInt(Files.readString(DISABLED, StandardCharsets.US_ASCII).strip());
    } catch (IOException | NumberFormatException e) {
      return 0; // before Linux 6.6
    }
  }
}
