package dev.lastseat.mongo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The options of a connection string. The driver ignores unknown options, with a warning
 * at most.
 */
public final class UriOptions {

	/** Copy of the driver's own list, which is not public. A test compares the two. */
	static final Set<String> KNOWN = Set.of("appname", "authmechanism", "authmechanismproperties", "authsource",
			"compressors", "connecttimeoutms", "directconnection", "gssapiservicename", "heartbeatfrequencyms",
			"journal", "loadbalanced", "localthresholdms", "maxconnecting", "maxidletimems", "maxlifetimems",
			"maxpoolsize", "maxstalenessseconds", "minpoolsize", "proxyhost", "proxypassword", "proxyport",
			"proxyusername", "readconcernlevel", "readpreference", "readpreferencetags", "replicaset", "retryreads",
			"retrywrites", "safe", "servermonitoringmode", "serverselectiontimeoutms", "sockettimeoutms", "srvmaxhosts",
			"srvservicename", "ssl", "sslinvalidhostnameallowed", "timeoutms", "tls", "tlsallowinvalidhostnames",
			"tlsinsecure", "uuidrepresentation", "w", "waitqueuetimeoutms", "wtimeoutms", "zlibcompressionlevel");

	private UriOptions() {
	}

	/**
	 * @param uri well-formed or not
	 * @return the names of the options that the driver does not know
	 */
	public static List<String> unknown(String uri) {
		int query = uri.indexOf('?');
		return (query < 0) ? List.of()
				: Arrays.stream(uri.substring(query + 1).split("[&;]"))
					.map((option) -> option.split("=", 2)[0])
					.filter((option) -> !option.isEmpty() && !KNOWN.contains(option.toLowerCase(Locale.ROOT)))
					.toList();
	}

}
