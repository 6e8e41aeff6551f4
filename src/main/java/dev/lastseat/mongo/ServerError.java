package dev.lastseat.mongo;

import com.mongodb.MongoException;
import com.mongodb.MongoServerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Error answer of a server, without its message. This error is logged, and the message
 * may contain the command, and user ids in it.
 */
final class ServerError extends RuntimeException {

	private static final Logger logger = LoggerFactory.getLogger(ServerError.class);

	private ServerError(Throwable error) {
		super(FailureLog.describe(error));
		setStackTrace(error.getStackTrace());
	}

	/**
	 * @return the same error if its message comes from the driver; else a new one without
	 * the server's message
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
