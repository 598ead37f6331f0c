package dev.leantea.conformance;

import org.junit.jupiter.api.Nested;

/** All suites of the contract for a backend with event loops. */
public abstract class LoopContracts extends Contracts {
  @Nested
  final class Held extends HeldLoopContract {
    @Override
    protected String backend() {
      return LoopContracts.this.backend();
    }
  }

  @Nested
  final class HeldBesideSockets extends HeldLoopSocketsContract {
    @Override
    protected String backend() {
      return LoopContracts.this.backend();
    }
  }

  @Nested
  final class HeldListener extends HeldLoopListenerContract {
    @Override
    protected String backend() {
      return LoopContracts.this.backend();
    }
  }

  @Nested
  final class NobodyPays extends NobodyPaysContract {
    @Override
    protected String backend() {
      return LoopContracts.this.backend();
    }
  }
}
