# syntax=docker/dockerfile:1
# Builds from source: docker build -t lastseat .
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src/main src/main
# The cache keeps downloaded artifacts between builds.
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -ntp package -Dmaven.test.skip=true

FROM eclipse-temurin:25-jre
# A number, so that Kubernetes can check runAsNonRoot. A new volume takes the owner of /data.
RUN useradd --system --uid 10001 lastseat \
 && install -d -o 10001 -g 10001 /data
WORKDIR /app
COPY --from=build /build/target/lastseat.jar ./
# Trains the AOT cache: loaded classes, and profiles of the methods that ran often, so that they are compiled earlier. The
# load is the warm-up of the service, with the embedded engine in memory. SIGTERM ends it (exit code 143), and Java writes
# the cache. It is made in this stage, because it is valid only for the Java, the options and the files of its training.
# When Java cannot use it, for example with another collector or with a heap above 32 GB, it logs that and starts without.
# The cache has no adapters: Java 25 finds some of them by a hash that is not unique, and warns at each start (JDK-8364929).
RUN timeout --preserve-status --signal=TERM 60 \
  java -XX:+UnlockDiagnosticVMOptions -XX:-AOTAdapterCaching -XX:AOTCacheOutput=/app/lastseat.aot \
  --enable-native-access=ALL-UNNAMED -XX:+UseParallelGC -jar /app/lastseat.jar \
  --lastseat.embedded.storage=memory --lastseat.warmup.time=40s || [ $? = 143 ] && [ -s /app/lastseat.aot ]
USER 10001

# All addresses of the container: a published port does not reach its loopback address. So the published port decides
# which clients can connect. In open mode, without an issuer of access tokens, each of them may do everything, and the
# log has a warning:
#   docker run -p 127.0.0.1:8080:8080 lastseat     this machine only
#   docker run -p 8080:8080 lastseat               every client that reaches this machine
# With SERVER_ADDRESS=127.0.0.1 no client outside of the container can connect.
ENV SERVER_ADDRESS=0.0.0.0
# The files of the embedded engine. They are not used when SPRING_MONGODB_URI names a MongoDB.
ENV LASTSEAT_EMBEDDED_DIRECTORY=/data
VOLUME /data
EXPOSE 8080

# Healthy while the service is ready. Uses bash, because not every base image has curl.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${MANAGEMENT_SERVER_PORT:-${SERVER_PORT:-8080}} && printf 'GET /actuator/health/readiness HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r status <&3 && [[ $status == *' 200 '* ]]"]

# Runs without a shell, so that the service receives the signal of docker stop. It ends within 10 s plus
# LASTSEAT_WEB_DRAINTIME. Docker kills it after 10 s: allow more with docker run --stop-timeout. The heap takes 60 % of the
# memory of the container; the rest is for network buffers, threads and code. JDK_JAVA_OPTIONS=-Xmx... overrides it. The
# parallel collector costs a request less than G1, the default. A method with a profile in the cache goes to C2, the
# optimizing compiler, after 2^15 calls or 2^18 turns of a loop, instead of 2^11 and 2^14: otherwise C2 takes processor
# time away from the start.
STOPSIGNAL SIGTERM
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseParallelGC", "-XX:Tier2InvokeNotifyFreqLog=15", "-XX:Tier2BackedgeNotifyFreqLog=18", "-XX:AOTCache=/app/lastseat.aot", "-jar", "/app/lastseat.jar"]
