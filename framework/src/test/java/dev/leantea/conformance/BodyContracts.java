package dev.leantea.conformance;

import org.junit.jupiter.api.Nested;

/** The suites of the contract about request bodies. */
abstract class BodyContracts {
  /** What a user would type: {@code reactor:nio}. */
  protected abstract String backend();

  @Nested
  final class Bodies extends BodyContract {
    @Override
    protected String backend() {
      return BodyContracts.this.backend();
    }
  }

  @Nested
  final class MemoryOfBodies extends BodyMemoryContract {
    @Override
    protected String backend() {
      return BodyContracts.this.backend();
    }
  }

  @Nested
  final class OfClientsThatLeave extends ClientGoneContract {
    @Override
    protected String backend() {
      return BodyContracts.this.backend();
    }
  }

  @Nested
  final class OfJson extends JsonContract {
    @Override
    protected String backend() {
      return BodyContracts.this.backend();
    }
  }

  @Nested
  final class OfForms extends FormsContract {
    @Override
    protected String backend() {
      return BodyContracts.this.backend();
    }
  }
}
