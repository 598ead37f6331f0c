package dev.leantea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TlsLibraryTest {
  private static final Optional<String> FOUND = Optional.empty();
  private static final Optional<String> ABSENT = Optional.of("no libssl.so.3");

  private static TlsLibrary select(String name, Optional<String> unavailable) {
    return TlsLibrary.select(name, () -> unavailable, () -> "OpenSSL 3.x");
  }

  @Test
  void openSsl_isTheDefaultWhereItIsFound() {
    assertThat(select("", FOUND)).isEqualTo(new TlsLibrary.OpenSslLibrary("OpenSSL 3.x"));
    assertThat(select("", ABSENT))
        .isEqualTo(new TlsLibrary.Jdk("the JDK; OpenSSL is unavailable: no libssl.so.3"));
  }

  @Test
  void name_selects() {
    assertThat(select("openssl", FOUND))
        .isEqualTo(new TlsLibrary.OpenSslLibrary("OpenSSL 3.x, as selected"));
    assertThat(select("jdk", FOUND)).isEqualTo(new TlsLibrary.Jdk("the JDK, as selected"));
  }

  @Test
  void openSsl_selectedAndAbsent_isAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> select("openssl", ABSENT))
        .withMessage(
            "TLS: expected OpenSSL, which LEANTEA_TLS or the configuration selects: no libssl.so.3");
  }

  @Test
  void name_unknown_isAnErrorThatNamesTheChoices() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> select("boringssl", FOUND))
        .withMessage("LEANTEA_TLS: expected openssl or jdk, got \"boringssl\"");
  }
}
