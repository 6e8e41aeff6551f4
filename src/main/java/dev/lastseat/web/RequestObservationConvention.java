package dev.lastseat.web;

import dev.lastseat.web.log.RequestIds;
import dev.lastseat.web.problem.ProblemException;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerHttpObservationDocumentation.LowCardinalityKeyNames;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * What metrics and traces tell of a request. The pattern of its route is enough: paths
 * hold user ids. In their place a trace has the id of the request.
 */
final class RequestObservationConvention extends DefaultServerRequestObservationConvention {

	/**
	 * A problem is told by its code, since they are all of one class.
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
