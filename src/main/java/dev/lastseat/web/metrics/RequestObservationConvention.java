package dev.lastseat.web.metrics;

import dev.lastseat.web.log.RequestIds;
import dev.lastseat.web.problem.ProblemException;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerHttpObservationDocumentation.LowCardinalityKeyNames;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * Defines the tags of a request in metrics and traces. The tags contain the pattern of
 * the route instead of the path, because paths contain user ids. Traces also contain the
 * request id.
 */
final class RequestObservationConvention extends DefaultServerRequestObservationConvention {

	/**
	 * Identifies a problem by its code, because all problems have the same exception
	 * class.
	 */
	@Override
	protected KeyValue exception(ServerRequestObservationContext context) {
		return (context.getError() instanceof ProblemException problem)
				? KeyValue.of(LowCardinalityKeyNames.EXCEPTION, problem.code().code()) : super.exception(context);
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
		return (context.getResponse() != null) ? KeyValues.of("request.id", RequestIds.of(context.getResponse()))
				: KeyValues.empty();
	}

}
