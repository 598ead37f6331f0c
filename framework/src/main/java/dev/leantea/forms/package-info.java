/**
 * HTML forms: {@code application/x-www-form-urlencoded} and {@code multipart/form-data}. The latter
 * needs {@code org.apache.commons:commons-fileupload2-core} among the application's dependencies.
 *
 * <pre>
 *  Request.bytes  ─▶ UrlencodedReader ─▶ Part: in memory ───────────────────────────────┬▶ Form
 *  Request.stream ─▶ MultipartReader  ─▶ Part: small in memory, large in a temporary file ┘
 *                    PartHead, ContentDisposition
 * </pre>
 */
@NullMarked
package dev.leantea.forms;

import org.jspecify.annotations.NullMarked;
