# Builds from source; nothing but Docker is needed.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY . .
RUN ./mvnw -B -ntp package -DskipTests \
 && java -Djarmode=tools -jar target/lastseat.jar extract --layers --launcher --destination extracted

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 lastseat
USER lastseat
WORKDIR /app
# What changes least comes first, so that a new build replaces the last layer only.
COPY --from=build /build/extracted/dependencies/ ./
COPY --from=build /build/extracted/spring-boot-loader/ ./
COPY --from=build /build/extracted/snapshot-dependencies/ ./
COPY --from=build /build/extracted/application/ ./
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --start-interval=1s \
  CMD curl --fail --silent --output /dev/null "http://127.0.0.1:${SERVER_PORT:-8080}/actuator/health/readiness"
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "org.springframework.boot.loader.launch.JarLauncher"]
