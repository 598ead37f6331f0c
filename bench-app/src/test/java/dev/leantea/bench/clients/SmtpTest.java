package dev.leantea.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Server;
import dev.leantea.bench.clients.Requests.Answer;
import dev.leantea.http.Response;
import dev.leantea.net.LoopSocketFactory;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jakarta Mail over loop sockets, in handlers of every backend, with a real SMTP server. */
@Timeout(120)
final class SmtpTest {
  private static Session session(LocalServer smtp) {
    var settings = new Properties();
    settings.put("mail.transport.protocol", "smtp");
    settings.put("mail.smtp.host", "127.0.0.1");
    settings.put("mail.smtp.port", "" + smtp.port());
    settings.put("mail.smtp.socketFactory", new LoopSocketFactory());
    settings.put("mail.smtp.socketFactory.fallback", "false");
    return Session.getInstance(settings);
  }

  private static void send(Session session, String subject) throws MessagingException {
    var message = new MimeMessage(session);
    message.setFrom(new InternetAddress("shop@example.org"));
    message.setRecipient(RecipientType.TO, new InternetAddress("customer@example.org"));
    message.setSubject(subject);
    message.setText("A line.\r\n.\r\nA line that begins with a dot was before this one.\r\n");
    Transport.send(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring:2", "reactor:nio:2", "netty:2", "blocking"})
  void messages_ofManyHandlers_allArrive(String backend) throws Exception {
    try (LocalServer smtp = LocalServer.smtp()) {
      Session session = session(smtp);
      try (Server server =
          Requests.serve(
              backend,
              request -> {
                send(session, request.path());
                return Response.text(200, request.path());
              })) {
        assertThat(Requests.ask(server, 8, 5)).hasSize(40).allMatch(Answer::isOwn);
      }
      assertThat(received(smtp)).hasSize(40).doesNotHaveDuplicates();
    }
  }

  /** The subjects of the messages that the server has. */
  private static List<String> received(LocalServer smtp) throws IOException {
    return Files.readAllLines(smtp.log()).stream()
        .filter(line -> line.startsWith("Subject: "))
        .toList();
  }
}
