FROM public.ecr.aws/docker/library/gradle:8-jdk17 AS build
USER root
WORKDIR /app
COPY . .
RUN STACKTAPE_PROJECT="$PWD" gradle --no-daemon --init-script /app/.stacktape/collect.init.gradle stacktapeCollect

FROM public.ecr.aws/amazoncorretto/amazoncorretto:17-alpine
RUN apk add --no-cache curl tini
WORKDIR /app
COPY --from=build /out/ ./
USER 1000:1000
ENTRYPOINT ["tini", "--"]
CMD ["java", "-cp", "/app/classes:/app/lib/*", "com.acme.Main"]
