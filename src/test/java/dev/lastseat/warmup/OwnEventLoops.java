package dev.lastseat.warmup;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Gives a service of a test event loops of its own. Its end would end shared ones while
 * the HTTP clients of other tests still have connections on them.
 */
public final class OwnEventLoops implements ApplicationContextInitializer<GenericApplicationContext> {

	@Override
	public void initialize(GenericApplicationContext context) {
		context.registerBean(ReactorResourceFactory.class, ScratchService::eventLoops);
	}

}
