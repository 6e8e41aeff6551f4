package dev.lastseat.mongo;

import com.mongodb.MongoException;
import com.mongodb.MongoServerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An error that a server answered with, without its message: the message can show the
 * command, and user ids in it, and this error ends in the log.
 */
final class ServerError extends RuntimeException {

	private static final Logger logger = LoggerFactory.getLogger(ServerError.class);

	private ServerError(Throwable error) {
		super(FailureLog.describe(error));
		setStackTrace(error.getStackTrace());
	}

	/**
	 * @return the error; another one in its place when its message is the server's
	 */
	static Throwable withoutMessage(Throwable error) {
		boolean ofServer = error instanceof MongoServerException
				|| (error instanceof MongoException failure && failure.getCode() > 0);
		if (!ofServer) {
			return error;
		}
		logger.debug("The server answered with an error", error);
		return new ServerError(error);
	}

}
