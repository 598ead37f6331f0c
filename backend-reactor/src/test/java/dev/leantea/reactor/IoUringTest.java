package dev.leantea.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IoUringTest {
  private static String explain(int errno, int disabled) {
    return IoUring.explain(new ErrnoException("io_uring_setup", -errno), "5.15.0", disabled);
  }

  @Test
  void unavailable_here_isOneLineOrNone() {
    assertThat(IoUring.unavailable()).isSameAs(IoUring.unavailable());
    IoUring.unavailable().ifPresent(why -> assertThat(why).isNotBlank().doesNotContain("\n"));
  }

  @Test
  void explain_oldKernel_namesTheVersionNeeded() {
    assertThat(explain(Errno.EINVAL, 0)).contains("Linux 6.1 or newer").contains("5.15.0");
    assertThat(explain(Errno.ENOSYS, 0)).contains("Linux 6.1 or newer").contains("seccomp");
  }

  @Test
  void explain_refused_namesTheSysctlOrTheFilter() {
    assertThat(explain(Errno.EPERM, 2)).contains("kernel.io_uring_disabled is 2");
    assertThat(explain(Errno.EPERM, 0)).contains("seccomp");
    assertThat(explain(Errno.EACCES, 0)).contains("seccomp");
  }

  @Test
  void explain_memory_namesTheLimit() {
    assertThat(explain(Errno.ENOMEM, 0)).contains("ulimit -l");
  }

  @Test
  void explain_other_saysTheCallAndTheError() {
    assertThat(explain(Errno.EMFILE, 0)).isEqualTo("io_uring_setup: too many open files");
  }

  @Test
  void wrongMachine_notLinux_saysWhatItIs() {
    assertThat(IoUring.wrongMachine("Mac OS X", "aarch64"))
        .hasValueSatisfying(why -> assertThat(why).contains("Mac OS X"));
    assertThat(IoUring.wrongMachine("Linux", "s390x"))
        .hasValueSatisfying(why -> assertThat(why).contains("s390x"));
  }

  @Test
  void unavailable_nativeAccessDenied_namesTheOption() throws Exception {
    assertThat(probe("--illegal-native-access=deny"))
        .contains("--enable-native-access=ALL-UNNAMED");
  }

  @Test
  void unavailable_nativeAccessAllowed_isAsInThisJvm() throws Exception {
    assertThat(probe("--enable-native-access=ALL-UNNAMED"))
        .isEqualTo(IoUring.unavailable().orElse("available"));
  }

  private static String probe(String option) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(option);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out.strip();
  }

  /** What a JVM with other options finds. */
  static final class Probe {
    private Probe() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
      System.out.println(IoUring.unavailable().orElse("available"));
    }
  }
}
