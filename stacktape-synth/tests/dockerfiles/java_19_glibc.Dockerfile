FROM public.ecr.aws/docker/library/gradle:8.1-jdk19 AS build
USER root
WORKDIR /app
COPY . .
RUN STACKTAPE_PROJECT="$PWD" gradle --no-daemon --init-script /app/.stacktape/collect.init.gradle stacktapeCollect

FROM public.ecr.aws/amazoncorretto/amazoncorretto:19
WORKDIR /app
COPY --from=build /out/ ./
USER 1000:1000
CMD ["java", "-cp", "/app/classes:/app/lib/*", "com.acme.Main"]
