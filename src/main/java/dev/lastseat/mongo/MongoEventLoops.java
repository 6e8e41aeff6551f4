package dev.lastseat.mongo;

import java.util.concurrent.TimeUnit;

import com.mongodb.connection.TransportSettings;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;

import org.springframework.beans.factory.DisposableBean;

/**
 * The threads that the driver's connections run on. Spring Boot would make them as well,
 * and wait two seconds after the last operation before it lets them go: on every stop,
 * with nothing to wait for, since the client is closed by then.
 */
final class MongoEventLoops implements DisposableBean {

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());

	TransportSettings transport() {
		return TransportSettings.nettyBuilder().eventLoopGroup(this.group).build();
	}

	@Override
	public void destroy() {
		this.group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
	}

}
