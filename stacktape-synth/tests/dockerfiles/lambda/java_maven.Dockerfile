FROM public.ecr.aws/docker/library/maven:3-amazoncorretto-21 AS build
WORKDIR /app
COPY . .
RUN mvn -B -DskipTests package dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/out/lib
RUN cp -r target/classes /out/classes
RUN mkdir -p /out/classes /out/lib

FROM --platform=$BUILDPLATFORM public.ecr.aws/docker/library/python:3.13-alpine AS pack
WORKDIR /package
COPY .stacktape/pack.py /pack.py
COPY --from=build /out/classes/ ./
COPY --from=build /out/lib/ lib/
RUN ["python", "/pack.py", "/package", "/package.zip"]

FROM scratch
COPY --from=pack /package.zip /package.zip
