FROM public.ecr.aws/lambda/ruby:3.3 AS build
RUN dnf install -y gcc gcc-c++ git gzip libyaml-devel make tar && dnf clean all
WORKDIR /app
ENV BUNDLE_WITHOUT=development:test
COPY . .
RUN cd ./api && BUNDLE_PATH=/app/vendor/bundle BUNDLE_FROZEN=true bundle install && rm -rf /app/vendor/bundle/ruby/*/cache
RUN rm -rf .stacktape

FROM --platform=$BUILDPLATFORM public.ecr.aws/docker/library/python:3.13-alpine AS pack
WORKDIR /package
COPY .stacktape/pack.py /pack.py
COPY --from=build /app/ ./
RUN ["python", "/pack.py", "/package", "/package.zip"]

FROM scratch
COPY --from=pack /package.zip /package.zip
