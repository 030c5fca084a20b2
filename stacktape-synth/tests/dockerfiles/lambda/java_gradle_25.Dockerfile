FROM public.ecr.aws/docker/library/gradle:9-jdk25 AS build
USER root
WORKDIR /app
COPY . .
RUN STACKTAPE_PROJECT="$PWD" gradle --no-daemon --init-script /app/.stacktape/collect.init.gradle stacktapeCollect
RUN mkdir -p /out/classes /out/lib
RUN tar -cf - -T .stacktape/included | tar -xf - -C /out/classes

FROM --platform=$BUILDPLATFORM public.ecr.aws/docker/library/python:3.13-alpine AS pack
WORKDIR /package
COPY .stacktape/pack.py /pack.py
COPY --from=build /out/classes/ ./
COPY --from=build /out/lib/ lib/
RUN ["python", "/pack.py", "/package", "/package.zip"]

FROM scratch
COPY --from=pack /package.zip /package.zip
