package dev.lastseat.simulation;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Implements a few methods of an interface of the driver. A call of any other method
 * throws, because the simulation then has a gap.
 */
interface DriverStub {

	/**
	 * @param signature name and parameter types, for example {@code limit(int)}
	 * @throws UnsupportedOperationException for a method that is not implemented
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
		return new UnsupportedOperationException("the simulation does not implement " + signature);
	}

}
