package dev.leantea.typed;

import dev.leantea.http.Execution;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** The routes that the tests talk about: every type, at every place. */
sealed interface Shop {
  @Path(value = "/health", execution = Execution.NON_BLOCKING)
  record Health() implements Shop {}

  @Path("/users/{id}")
  record User(long id) implements Shop {}

  @Path("/users/me")
  record Me() implements Shop {}

  @Path("/names/{name}")
  record Name(String name) implements Shop {}

  @Path("/names/root")
  record RootName() implements Shop {}

  @Path("/search")
  record Search(String q, OptionalInt page) implements Shop {}

  @Path("/files/{path...}")
  record File(String path) implements Shop {}

  @Path("/all/{count}/{flag}/{id}/{color}/{day}/{own}")
  record InPath(int count, boolean flag, UUID id, Color color, LocalDate day, Sku own)
      implements Shop {}

  @Path("/query")
  record InQuery(
      int count,
      long big,
      boolean flag,
      UUID id,
      Color color,
      LocalDate day,
      Sku own,
      Optional<String> text,
      OptionalLong maybe,
      Optional<Color> shade,
      List<String> tags,
      List<Integer> numbers,
      @Coded(LowerCase.class) String lower)
      implements Shop {}

  @Path(value = "/users", method = "POST")
  record CreateUser(@Body NewUser user, Optional<String> source) implements Shop {}

  @Path(value = "/users/{id}", method = "PUT")
  record ReplaceUsers(long id, @Body List<NewUser> users) implements Shop {}

  /** A sealed interface inside of another. */
  sealed interface Admin extends Shop {
    @Path("/café/{room}/ü")
    record Cafe(String room) implements Admin {}
  }

  enum Color {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "verdant";
      }
    }
  }

  record NewUser(String name, int age) {}

  /** A type of one's own. */
  @Coded(SkuCodec.class)
  record Sku(String shelf, int number) {}

  final class SkuCodec implements Codec<Sku> {
    @Override
    public Sku parse(String text) {
      int dash = text.lastIndexOf('-');
      if (dash < 0) {
        throw new IllegalArgumentException("expected shelf-number, got " + text);
      }
      return new Sku(text.substring(0, dash), Integer.parseInt(text.substring(dash + 1)));
    }

    @Override
    public String format(Sku value) {
      return value.shelf() + "-" + value.number();
    }
  }

  final class LowerCase implements Codec<String> {
    @Override
    public String parse(String text) {
      if (!text.equals(text.toLowerCase(java.util.Locale.ROOT))) {
        throw new IllegalArgumentException("expected lower case, got " + text);
      }
      return text;
    }

    @Override
    public String format(String value) {
      return value;
    }
  }
}
