package dev.leantea.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Execution;
import dev.leantea.http.Handler;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnswersTest {
  private final Handler routes = Answers.routes(Additions.NONE).build();

  @Nested
  final class OnReactor extends ServeContract {
    @Override
    protected String backend() {
      return "reactor";
    }
  }

  @Nested
  final class OnNetty extends ServeContract {
    @Override
    protected String backend() {
      return "netty";
    }
  }

  @Nested
  final class OnBlocking extends ServeContract {
    @Override
    protected String backend() {
      return "blocking";
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /health,          NON_BLOCKING",
    "GET,  /health/blocking, BLOCKING",
    "GET,  /json,            NON_BLOCKING",
    "GET,  /json/blocking,   BLOCKING",
    "GET,  /echo?msg=hi,     NON_BLOCKING",
    "POST, /echo,            BLOCKING",
    "GET,  /users/42,        BLOCKING",
    "GET,  /sleep/1,         BLOCKING",
    "POST, /upload,          BLOCKING",
  })
  void execution_isAsDeclared(Method method, String target, Execution execution) {
    assertThat(routes.resolve(Request.of(method, target)).execution()).isEqualTo(execution);
  }

  @Test
  void files_withoutFolder_areNotServed() throws Exception {
    assertThat(routes.handle(Request.of(Method.GET, "/files/a.txt")).status()).isEqualTo(404);
    assertThat(routes.handle(Request.of(Method.POST, "/files/a.txt")).status()).isEqualTo(404);
  }
}
