package dev.leantea.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class UringSocketsTest {
  private final UringSockets sockets = new UringSockets();

  @SuppressWarnings("NullAway") // these sockets do nothing, so they need no engine
  private UringSocket put() {
    var socket = new UringSocket(null, -1, sockets.nextId());
    sockets.put(socket);
    return socket;
  }

  @Test
  void find_anyOperationOfASocket_findsIt() {
    UringSocket first = put();
    UringSocket second = put();
    assertThat(sockets.find(UringEngine.RECEIVE | first.id)).isSameAs(first);
    assertThat(sockets.find(UringEngine.SEND | second.id)).isSameAs(second);
  }

  @Test
  void find_afterItsPlaceIsUsedAgain_findsNobody() {
    UringSocket old = put();
    sockets.remove(old);
    assertThat(sockets.find(UringEngine.RECEIVE | old.id)).isNull();
    UringSocket next = put();
    assertThat((int) next.id).isEqualTo((int) old.id);
    assertThat(sockets.find(UringEngine.RECEIVE | old.id)).isNull();
    assertThat(sockets.find(UringEngine.RECEIVE | next.id)).isSameAs(next);
  }

  @Test
  void find_placeThatNeverWas_findsNobody() {
    assertThat(sockets.find(UringEngine.RECEIVE | 1_000_000)).isNull();
  }

  @Test
  void put_manyInAnyOrder_eachIsFoundAndPlacesAreReused() {
    var random = new Random(5);
    var open = new ArrayList<UringSocket>();
    for (int i = 0; i < 100_000; i++) {
      if (open.size() < 1000 && (open.isEmpty() || random.nextInt(100) < 55)) {
        open.add(put());
      } else {
        sockets.remove(open.remove(random.nextInt(open.size())));
      }
    }
    assertThat(sockets.size()).isEqualTo(open.size());
    assertThat(open).allMatch(socket -> sockets.find(socket.id) == socket);
    assertThat(open).allMatch(socket -> (int) socket.id < 1000);
    var each = new HashSet<UringSocket>();
    sockets.forEach(each::add);
    assertThat(each).containsExactlyInAnyOrderElementsOf(open);
  }
}
