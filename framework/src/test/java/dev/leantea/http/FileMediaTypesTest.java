package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileMediaTypesTest {
  @ParameterizedTest
  @CsvSource({
    "index.html, text/html; charset=utf-8",
    "INDEX.HTM, text/html; charset=utf-8",
    "a.css, text/css; charset=utf-8",
    "a.min.js, text/javascript; charset=utf-8",
    "a.mjs, text/javascript; charset=utf-8",
    "a.txt, text/plain; charset=utf-8",
    "a.md, text/markdown; charset=utf-8",
    "a.csv, text/csv; charset=utf-8",
    "a.vtt, text/vtt; charset=utf-8",
    "a.json, application/json",
    "a.js.map, application/json",
    "a.webmanifest, application/manifest+json",
    "a.xml, application/xml",
    "a.pdf, application/pdf",
    "a.zip, application/zip",
    "a.tar.gz, application/gzip",
    "a.wasm, application/wasm",
    "a.m3u8, application/vnd.apple.mpegurl",
    "a.mpd, application/dash+xml",
    "a.svg, image/svg+xml",
    "a.png, image/png",
    "a.jpg, image/jpeg",
    "a.jpeg, image/jpeg",
    "a.gif, image/gif",
    "a.webp, image/webp",
    "a.avif, image/avif",
    "favicon.ico, image/vnd.microsoft.icon",
    "a.woff, font/woff",
    "a.woff2, font/woff2",
    "a.ttf, font/ttf",
    "a.otf, font/otf",
    "a.mp3, audio/mpeg",
    "a.wav, audio/wav",
    "a.mp4, video/mp4",
    "a.webm, video/webm",
    "a.ts, video/mp2t",
    "a.exe, application/octet-stream",
    "a.unknown, application/octet-stream",
    "README, application/octet-stream",
    "html, application/octet-stream",
    "a., application/octet-stream",
    "'', application/octet-stream"
  })
  void of_fileName_isTheTypeOfItsExtension(String name, String mediaType) {
    assertThat(MediaType.ofFile(name)).isEqualTo(new MediaType(mediaType));
  }
}
