package dev.leantea.tls.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.leantea.conformance.Requirement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether OpenSSL is found, and the line that says why not. */
final class OpenSslTest {
  /** In CI it must be there, so that the tests that need it run. */
  @Test
  void available_hasAVersion() {
    Requirement.require(OpenSsl.unavailable().isEmpty(), "libssl.so.3");
    assertThat(OpenSsl.version()).startsWith("OpenSSL 3.");
  }

  @Test
  void library_absent_isNamed() {
    Throwable failure = catchThrowable(() -> Calls.library("libssl-that-is-not-there.so.3"));
    assertThat(OpenSsl.explain(failure))
        .startsWith("expected libssl.so.3 and libcrypto.so.3 of OpenSSL 3")
        .contains("libssl-that-is-not-there.so.3");
  }

  @Test
  void version_tooOld_isNamed() {
    assertThat(OpenSsl.tooOld(0x1010_115fL))
        .contains("expected OpenSSL 3.0 or newer, got version 1010115f");
    assertThat(OpenSsl.tooOld(0x3000_0000L)).isEmpty();
  }

  @Test
  void machine_notLinux_isNamed() {
    assertThat(OpenSsl.wrongMachine("Mac OS X", "aarch64"))
        .contains("expected 64-bit Linux, got Mac OS X on aarch64");
  }

  @Test
  void nativeAccess_denied_namesTheOption() throws Exception {
    assertThat(probe("--illegal-native-access=deny"))
        .isEqualTo(
            "native access is denied to this module; the JVM option"
                + " --enable-native-access=ALL-UNNAMED allows it");
  }

  @Test
  void nativeAccess_allowed_isAsInThisJvm() throws Exception {
    assertThat(probe("--enable-native-access=ALL-UNNAMED"))
        .isEqualTo(OpenSsl.unavailable().orElse("available"));
  }

  private static String probe(String option) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String path = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(List.of(java, option, "-cp", path, Probe.class.getName()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out.strip();
  }

  /** What a JVM with other options finds. */
  static final class Probe {
    private Probe() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
      System.out.println(OpenSsl.unavailable().orElse("available"));
    }
  }
}
