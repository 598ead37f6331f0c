package dev.leantea.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.ClientGoneException;
import dev.leantea.http.HttpException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class IncomingBodyTest {
  private static final byte[] HELLO = latin1("hello");

  private final BodySource source = new BodySource();

  private static byte[] latin1(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static void offer(IncomingBody body, String text) {
    byte[] bytes = latin1("?" + text);
    int size = text.length();
    assertThat(body.offer(bytes, 1, bytes.length, size)).isEqualTo(size);
    Arrays.fill(bytes, (byte) 'x'); // the array is the connection's again
  }

  @Test
  void bytes_allThere_joined() throws IOException {
    var body = source.body(5, 100);
    offer(body, "he");
    offer(body, "llo");
    body.end();
    assertThat(body.bytes()).isEqualTo(HELLO);
    assertThat(body.bytes()).isSameAs(body.bytes());
    assertThat(body.isConsumed()).isTrue();
    assertThat(source.calls).containsExactly("firstRead");
  }

  /** The client leaves before the handler reads: what is reserved then must not be lost. */
  @Test
  void bytes_afterTheExchangeIsOver_leavesNothingReserved() {
    Application application = BodySource.application(100);
    var body = new IncomingBody(source, 5, application);
    body.fail(new Failure.PeerGone("on purpose"));
    body.release();
    assertThatThrownBy(body::bytes).isInstanceOf(ClientGoneException.class);
    assertThat(application.budget().reserved()).isZero();
  }

  /** Of unknown length: it grows as it is gathered. */
  @Test
  void bytes_afterTheExchangeIsOver_leavesNothingReservedOfWhatHadArrived() throws IOException {
    Application application = BodySource.application(100);
    var body = new IncomingBody(source, -1, application);
    offer(body, "hello");
    body.end();
    body.release();
    assertThat(body.bytes()).isEqualTo(HELLO);
    assertThat(application.budget().reserved()).isZero();
  }

  @Test
  void release_whileItsHandlerRuns_isReservedUntilItReturns() throws IOException {
    Application application = BodySource.application(100);
    var body = new IncomingBody(source, 5, application);
    body.handlerBegins();
    offer(body, "hello");
    body.end();
    assertThat(body.bytes()).isEqualTo(HELLO);
    body.reserveMemory().resize(20);
    body.release();
    assertThat(application.budget().reserved()).isEqualTo(25);
    body.handlerReturned();
    assertThat(application.budget().reserved()).isZero();
  }

  @Test
  void release_again_givesBackOnce() throws IOException {
    Application application = BodySource.application(100);
    var body = new IncomingBody(source, 5, application);
    offer(body, "hello");
    body.end();
    assertThat(body.bytes()).isEqualTo(HELLO);
    assertThat(application.budget().reserved()).isEqualTo(5);
    body.release();
    body.release();
    assertThat(application.budget().reserved()).isZero();
  }

  @Test
  void offer_moreThanThereIsRoomFor_takesWhatFits() throws IOException {
    var body = source.body(-1, 100);
    byte[] bytes = new byte[Pipe.CAPACITY + 1];
    assertThat(body.offer(bytes, 0, bytes.length, bytes.length)).isEqualTo(Pipe.CAPACITY);
    assertThat(body.offer(bytes, 0, 1, 1)).isZero();
    assertThat(body.stream().readNBytes(1)).hasSize(1);
    assertThat(source.calls).containsExactly("firstRead", "demand");
  }

  @Test
  void bytes_piecesOfOneReceive_joined() throws IOException {
    var body = source.body(-1, 100);
    byte[] bytes = latin1("hel..lo..");
    assertThat(body.offer(bytes, 0, 3, 9)).isEqualTo(3);
    assertThat(body.offer(bytes, 5, 7, 4)).isEqualTo(2);
    body.end();
    assertThat(body.bytes()).isEqualTo(HELLO);
  }

  @Test
  void stream_readBetweenPiecesOfOneReceive_losesNone() throws IOException {
    var body = source.body(-1, 100);
    byte[] bytes = latin1("hel..lo..");
    assertThat(body.offer(bytes, 0, 3, 9)).isEqualTo(3);
    InputStream in = body.stream();
    assertThat(in.readNBytes(2)).isEqualTo(latin1("he"));
    assertThat(body.offer(bytes, 5, 7, 4)).isEqualTo(2);
    body.end();
    assertThat(in.readAllBytes()).isEqualTo(latin1("llo"));
  }

  @Test
  void bytes_notYetThere_pulledByTheReader() throws IOException {
    var holder = new AtomicReference<IncomingBody>();
    var pulling =
        new BodySource(
            () -> {
              offer(holder.get(), "hello");
              holder.get().end();
            });
    var body = pulling.body(5, 100);
    holder.set(body);
    assertThat(body.bytes()).isEqualTo(HELLO);
  }

  @Test
  void bytes_notYetThere_waitsForAnotherThread() throws Exception {
    var body = source.body(5, 100);
    var read = new AtomicReference<byte[]>(new byte[0]);
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    read.set(body.bytes());
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });
    offer(body, "hello");
    body.end();
    reader.join();
    assertThat(read.get()).isEqualTo(HELLO);
  }

  @Test
  void bytes_declaredTooLarge_refusedBeforeAnythingIsAskedFor() {
    var body = source.body(101, 100);
    assertThat(body.collect()).isFalse();
    assertThatThrownBy(body::bytes)
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(413));
    assertThat(source.calls).isEmpty();
  }

  @Test
  void bytes_chunksTooLarge_refused() {
    var body = source.body(-1, 4);
    assertThat(body.collect()).isTrue();
    assertThat(body.isRefused()).isFalse();
    offer(body, "hello");
    assertThat(body.isRefused()).isTrue();
    assertThatThrownBy(body::bytes).isInstanceOf(HttpException.class);
  }

  @Test
  void bytes_exactlyTheLimit_accepted() throws IOException {
    var body = source.body(-1, 5);
    offer(body, "hello");
    body.end();
    assertThat(body.bytes()).isEqualTo(HELLO);
  }

  @Test
  void stream_readsToTheEnd() throws IOException {
    var body = source.body(5, 1);
    offer(body, "he");
    offer(body, "llo");
    body.end();
    InputStream in = body.stream();
    assertThat(in.read()).isEqualTo('h');
    assertThat(in.available()).isEqualTo(1);
    assertThat(body.isConsumed()).isFalse();
    assertThat(in.readAllBytes()).isEqualTo(latin1("ello"));
    assertThat(in.read()).isEqualTo(-1);
    assertThat(in.read(new byte[1], 0, 0)).isZero();
    assertThat(body.isConsumed()).isTrue();
  }

  @Test
  void stream_twice_refused() {
    var body = source.body(5, 100);
    assertThat(body.stream()).isNotNull();
    assertThatThrownBy(body::stream).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(body::bytes).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void stream_slowReader_ownerIsHeldBackAndAskedAgain() throws IOException {
    var body = source.body(1_000_000, 100);
    assertThat(body.room()).isEqualTo(Pipe.CAPACITY);
    offer(body, "x".repeat(Pipe.CAPACITY));
    assertThat(body.room()).isZero();
    assertThat(body.stream().readNBytes(10)).hasSize(10);
    assertThat(source.calls).containsExactly("firstRead", "demand");
    assertThat(body.room()).isEqualTo(Pipe.CAPACITY);
  }

  @Test
  void fail_whatHasComeIsReadThenItThrows() throws IOException {
    var body = source.body(5, 100);
    offer(body, "he");
    body.fail(new Failure.PeerGone("gone"));
    InputStream in = body.stream();
    assertThat(in.readNBytes(2)).isEqualTo(latin1("he"));
    assertThatThrownBy(in::read).isInstanceOf(ClientGoneException.class);
  }

  @Test
  void fail_afterTheEnd_ignored() throws IOException {
    var body = source.body(5, 100);
    offer(body, "hello");
    body.end();
    body.fail(new Failure.PeerGone("gone"));
    assertThat(body.bytes()).isEqualTo(HELLO);
  }

  @Test
  void discard_takesAnyAmountAndKeepsNothing() {
    var body = source.body(-1, 100);
    offer(body, "x".repeat(60_000));
    body.discard();
    assertThat(body.room()).isEqualTo(Integer.MAX_VALUE);
    offer(body, "x".repeat(70_000));
    assertThat(body.exceeds(129_999)).isTrue();
    assertThat(body.exceeds(130_000)).isFalse();
  }

  @Test
  void exceeds_declaredLength_knownFromTheStart() {
    assertThat(source.body(65_537, 100).exceeds(65_536)).isTrue();
    assertThat(source.body(65_536, 100).exceeds(65_536)).isFalse();
  }

  @Test
  void bytes_interrupted_throwsAndStaysInterrupted() {
    var body = source.body(5, 100);
    Thread.currentThread().interrupt();
    assertThatThrownBy(body::bytes).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
