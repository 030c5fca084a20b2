FROM public.ecr.aws/docker/library/maven:3-amazoncorretto-21 AS build
WORKDIR /app
COPY . .
RUN mvn -B -DskipTests package dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/out/lib
RUN cp -r target/classes /out/classes
RUN tar -cf - -T .stacktape/included | tar -xf - -C /out

FROM public.ecr.aws/amazoncorretto/amazoncorretto:21-alpine
RUN apk add --no-cache curl tini
WORKDIR /app
COPY --from=build /out/ ./
USER 1000:1000
ENTRYPOINT ["tini", "--"]
CMD ["java", "-cp", "/app/classes:/app/lib/*", "com.acme.Main"]
