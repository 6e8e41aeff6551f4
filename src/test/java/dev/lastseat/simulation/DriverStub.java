package dev.lastseat.simulation;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Stands in for an interface of the driver, of which it knows a few methods. A call of
 * any other is a mistake of the simulation, and ends it.
 */
interface DriverStub {

	/**
	 * @param signature name and types of parameters, like {@code limit(int)}
	 * @throws UnsupportedOperationException for a method that is not known
	 */
	Object call(String signature, Object self, Object[] arguments);

	static <T> T of(Class<T> type, DriverStub stub) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(self, method, arguments) -> stub.call(signature(method), self, arguments)));
	}

	private static String signature(Method method) {
		return Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", ", method.getName() + "(", ")"));
	}

	static UnsupportedOperationException unknown(String signature) {
		return new UnsupportedOperationException("the simulation does not know " + signature);
	}

}
