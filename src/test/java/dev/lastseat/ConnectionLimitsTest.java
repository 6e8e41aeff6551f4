package dev.lastseat;

import java.io.IOException;
import java.net.Socket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.web.server.LocalServerPort;

import static dev.lastseat.RawHttp.readToEnd;
import static dev.lastseat.RawHttp.readUntil;
import static dev.lastseat.RawHttp.send;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that are too long, or that no client library sends, over a raw connection.
 * {@link ConnectionTimeoutsTest} covers requests that arrive too slowly.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "lastseat.embedded.storage=memory")
@ExtendWith(QuietOutput.class)
class ConnectionLimitsTest {

	@LocalServerPort
	private int port;

	private Socket connect() throws IOException {
		return RawHttp.connect(this.port);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "GET /api/v1/events?from=%s HTTP/1.1\\r\\nHost: here\\r\\n\\r\\n | uri     | is too long",
					"GET /api/v1/events HTTP/1.1\\r\\nHost: here\\r\\nX-Long: %s\\r\\n\\r\\n | headers | are too long",
					"GET /api/v1/events SMTP\\r\\nHost: here\\r\\n\\r\\n | request | must be HTTP",
					"nonsense\\r\\n\\r\\n | request | must be HTTP" })
	void answersAMalformedRequestWithAProblem(String request, String field, String message) throws IOException {
		try (Socket socket = connect()) {
			send(socket, request.replace("\\r\\n", "\r\n").replace("%s", "x".repeat(9_000)));

			assertThat(readToEnd(socket)).startsWith("HTTP/1.1 400 ")
				.containsIgnoringCase("content-type: application/problem+json")
				.contains("X-Request-Id: ", "\"requestId\":\"")
				.contains("\"type\":\"/problems/invalid-request\"", "\"status\":400", "\"code\":\"invalid-request\"",
						"\"retryable\":false", "{\"field\":\"" + field + "\",\"message\":\"" + message + "\"}");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a%2Fb", "50%25", "a%2Eb", "a%0D%0Ab", "a%00b", "%3B", "%5C", "%2E%2E", ".." })
	void answers404ForAnIdThatIsNotAnObjectId(String id) throws IOException {
		try (Socket socket = connect()) {
			send(socket, "GET /api/v1/events/" + id + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");

			assertThat(readToEnd(socket)).startsWith("HTTP/1.1 404 ").contains("\"code\":\"event-not-found\"");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TRACE", "BREW" })
	void listsTheAllowedMethodsForAnUnsupportedMethod(String method) throws IOException {
		try (Socket socket = connect()) {
			send(socket, method + " /problems/sold-out HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");

			assertThat(readToEnd(socket)).startsWith("HTTP/1.1 405 ")
				.containsIgnoringCase("allow: GET")
				.contains("\"code\":\"method-not-allowed\"");
		}
	}

	@Test
	void answersARequestJustBelowTheLimits() throws IOException {
		try (Socket socket = connect()) {
			send(socket, "GET /api/v1/events?limit=1&unused=" + "x".repeat(4_000)
					+ " HTTP/1.1\r\nHost: here\r\nX-Long: " + "x".repeat(8_000) + "\r\nConnection: close\r\n\r\n");

			assertThat(readToEnd(socket)).startsWith("HTTP/1.1 200 ");
		}
	}

	@Test
	void answersPipelinedRequests() throws IOException {
		try (Socket socket = connect()) {
			send(socket, "GET /actuator/health/liveness HTTP/1.1\r\nHost: here\r\n\r\n".repeat(3));

			String answers = readUntil(socket, "(.*\"UP\"}){3}");
			assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(4);
		}
	}

	@Test
	void logsNoErrorWhenAClientDisconnectsDuringItsRequest(CapturedOutput output) throws IOException {
		try (Socket socket = connect()) {
			send(socket, "POST /api/v1/events HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
					+ "Content-Length: 100\r\n\r\n{\"title\": ");
		}

		try (Socket socket = connect()) {
			send(socket, "GET /actuator/health/liveness HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
			assertThat(readToEnd(socket)).startsWith("HTTP/1.1 200 ");
		}
		assertThat(output).doesNotContain("ERROR");
	}

}
