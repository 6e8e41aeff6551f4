package dev.lastseat.web.server;

import io.netty.buffer.UnpooledByteBufAllocator;

import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * Makes Spring encode response bodies into arrays on the heap. With buffers from the pool
 * of Netty, one buffer leaks when the client disconnects between encoding and sending.
 */
public final class HeapBufferDecorator implements HttpHandlerDecoratorFactory {

	/** Its buffers are arrays on the heap, which are sent without a copy. */
	private static final DataBufferFactory FACTORY = new NettyDataBufferFactory(
			new UnpooledByteBufAllocator(false, true));

	@Override
	public HttpHandler apply(HttpHandler handler) {
		return (request, response) -> handler.handle(request, new HeapBufferResponse(response));
	}

	private static final class HeapBufferResponse extends ServerHttpResponseDecorator {

		HeapBufferResponse(ServerHttpResponse response) {
			super(response);
		}

		@Override
		public DataBufferFactory bufferFactory() {
			return FACTORY;
		}

	}

}
