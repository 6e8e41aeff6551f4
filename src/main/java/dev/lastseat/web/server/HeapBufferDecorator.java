package dev.lastseat.web.server;

import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * Encodes the bodies of answers into arrays on the heap. Spring would take buffers from
 * Netty's pool, and loses one when the client goes away in the moment between the
 * encoding and the sending.
 */
public final class HeapBufferDecorator implements HttpHandlerDecoratorFactory {

	@Override
	public HttpHandler apply(HttpHandler server) {
		return (request, response) -> server.handle(request, new OnTheHeap(response));
	}

	private static final class OnTheHeap extends ServerHttpResponseDecorator {

		OnTheHeap(ServerHttpResponse response) {
			super(response);
		}

		@Override
		public DataBufferFactory bufferFactory() {
			return DefaultDataBufferFactory.sharedInstance;
		}

	}

}
